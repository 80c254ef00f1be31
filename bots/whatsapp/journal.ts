// Every message is written down in the commit of the very ratchet step that opened it, before its receipt can leave. Baileys sends the receipt
// before anybody who listens to its events could store anything, and a message whose ratchet step alone was committed can never be opened again.
import './quiet-libsignal.ts';
import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  decodeMessageNode,
  isLidUser,
  jidDecode,
  proto,
  type SignalDataSet,
  type SignalKeyStoreWithTransaction,
  type SocketConfig,
  toNumber,
  unpadRandomMax16,
  type WAMessage,
} from '@whiskeysockets/baileys';
import type { Arrival } from '../../src/ports/store.ts';
import { arrivalOf, type Envelope, type Me, rawKeyOf, saysSomething } from './arrival.ts';
import { ARRIVALS, type Auth, numberOf } from './auth-state.ts';
import { externalIdOf, plainId } from './known-by.ts';
import type { Log } from './log.ts';
import type { RawKey } from './raw.ts';

/** So many ids of what was journaled are remembered, to spare the database a second look. */
const KNOWN_MAX = 2_000;

export interface Journal {
  /** For the socket's `frame`, which fires before Baileys' own handlers. */
  onFrame(node: BinaryNode): void;
  makeSignalRepository: SocketConfig['makeSignalRepository'];
  /** For `messages.upsert`: writes down what came another way than by a ratchet step of ours, such as what the owner's phone handed on later. */
  onUpsert(messages: WAMessage[]): Promise<void>;
}

type Keys = SignalKeyStoreWithTransaction;

export function openJournal(auth: Auth, log: Log): Journal {
  /** The stanza of each ciphertext that is about to be opened, by the identity of its bytes. */
  const stanzas = new WeakMap<Uint8Array, BinaryNode>();
  const known = new Set<string>();
  const { creds } = auth.state;
  const me = (): Me => ({ pn: plainId(creds.me?.id) ?? '', lid: plainId(creds.me?.lid) });
  const account = (): string => numberOf(creds) ?? 'unlinked';

  const remember = (id: string): void => {
    if (known.size >= KNOWN_MAX) known.clear();
    known.add(id);
  };

  /** Never throws for what a sender wrote: an unreadable message must not stop the others. */
  const read = (envelope: Envelope, key: RawKey, message: proto.IMessage | null): Arrival | null => {
    try {
      return arrivalOf(envelope, key, message, me(), account());
    } catch (error) {
      log.warn({ err: error instanceof Error ? error.name : 'unknown' }, 'whatsapp: a message could not be written as JSON');
      return null;
    }
  };

  const makeSignalRepository: SocketConfig['makeSignalRepository'] = (signal, logger, find) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(signal, logger, find);
    const keys = signal.keys as Keys;

    const arrivalIn = async (stanza: BinaryNode, message: proto.IMessage): Promise<Arrival | null> => {
      if (stanza.attrs['category'] === 'peer' || !saysSomething(message)) return null;
      const { fullMessage } = decodeMessageNode(stanza, creds.me?.id ?? '', creds.me?.lid ?? '');
      const key = rawKeyOf(fullMessage.key);
      if (key === null) return null;
      return read(envelopeOf(fullMessage), await withBothIds(key, keys), message);
    };

    const opening = <A>(open: (opts: A) => Promise<Uint8Array>, bytesOf: (opts: A) => Uint8Array, lockOf: (opts: A) => string) => {
      return async (opts: A): Promise<Uint8Array> => {
        const stanza = stanzas.get(bytesOf(opts));
        if (stanza === undefined) return open(opts);
        let journaled: string | null = null;
        // Baileys' own transaction inside becomes a part of this one: one commit for the ratchet, the group's key and the message.
        const padded = await keys.transaction(async () => {
          const opened = await open(opts);
          const message = decoded(opened);
          if (message === null) return opened;
          await takeGroupKey(repository, stanza, message);
          const arrival = await arrivalIn(stanza, message);
          if (arrival === null) return opened;
          await keys.set({ [ARRIVALS]: { [arrival.externalId]: arrival } } as SignalDataSet);
          journaled = arrival.externalId;
          return opened;
        }, lockOf(opts));
        if (journaled !== null) remember(journaled);
        return padded;
      };
    };

    const { decryptMessage, decryptGroupMessage } = repository;
    repository.decryptMessage = opening(
      decryptMessage.bind(repository),
      ({ ciphertext }) => ciphertext,
      ({ jid }) => jid,
    );
    repository.decryptGroupMessage = opening(
      decryptGroupMessage.bind(repository),
      ({ msg }) => msg,
      ({ group }) => group,
    );
    return repository;
  };

  return {
    onFrame(node) {
      if (node.tag !== 'message' || !Array.isArray(node.content)) return;
      // Baileys works off what had waited in order, one at a time, and lets what comes live overtake it and each other. A reason must not
      // come before the word that it belongs to: every message goes the way of those that had waited.
      node.attrs['offline'] ??= '0';
      for (const { tag, content } of node.content) if (tag === 'enc' && content instanceof Uint8Array) stanzas.set(content, node);
    },
    makeSignalRepository,
    async onUpsert(messages) {
      const arrivals: Arrival[] = [];
      for (const one of messages) {
        const key = rawKeyOf(one.key);
        const content = one.message ?? null;
        const kept = content === null ? isKeptFromUs(one) : saysSomething(content);
        if (key === null || !kept || (content !== null && known.has(externalIdOf(key)))) continue;
        const arrival = read(envelopeOf(one), await withBothIds(key, auth.state.keys), content);
        if (arrival !== null && !known.has(arrival.externalId)) arrivals.push(arrival);
      }
      if (arrivals.length > 0) await auth.receive(arrivals);
    },
  };
}

function envelopeOf(message: WAMessage): Envelope {
  return { key: message.key, messageTimestamp: toNumber(message.messageTimestamp) || 0, pushName: message.pushName };
}

/** A photo to be seen once does not come to linked devices: only that it was sent. */
function isKeptFromUs(message: WAMessage): boolean {
  return 'isViewOnce' in message.key && message.key.isViewOnce === true;
}

function decoded(padded: Uint8Array): proto.IMessage | null {
  try {
    return proto.Message.decode(unpadRandomMax16(padded));
  } catch {
    return null;
  }
}

/**
 * The key of a group comes with its first message. Baileys stores it in a commit of its own, after the one that used up the message it came in:
 * killed in between, it would be gone.
 */
async function takeGroupKey(repository: ReturnType<SocketConfig['makeSignalRepository']>, stanza: BinaryNode, message: proto.IMessage) {
  const item = message.senderKeyDistributionMessage;
  const author = stanza.attrs['participant'] ?? stanza.attrs['from'];
  if (!item?.groupId || author === undefined) return;
  await repository.processSenderKeyDistributionMessage({ authorJid: author, item });
}

/** The other form of the sender's id, when an earlier message taught it. Nothing is asked for over the network here. */
async function withBothIds(key: RawKey, keys: Pick<Keys, 'get'>): Promise<RawKey> {
  if (key.participant !== null)
    return key.participantAlt === null ? { ...key, participantAlt: await otherIdOf(key.participant, keys) } : key;
  return key.remoteJidAlt === null ? { ...key, remoteJidAlt: await otherIdOf(key.remoteJid, keys) } : key;
}

async function otherIdOf(id: string, keys: Pick<Keys, 'get'>): Promise<string | null> {
  const user = jidDecode(id)?.user;
  if (user === undefined) return null;
  const hidden = isLidUser(id);
  const name = hidden ? `${user}_reverse` : user;
  const other = (await keys.get('lid-mapping', [name]))[name];
  return other === undefined ? null : `${other}@${hidden ? 's.whatsapp.net' : 'lid'}`;
}
