// One device of a person: identity keys, Signal sessions and one-time keys of its own, made of nothing but what Baileys exports.
import '../../../bots/whatsapp/quiet-libsignal.ts';
import {
  addTransactionCapability,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  encodeWAMessage,
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  initAuthCreds,
  KEY_BUNDLE_TYPE,
  proto,
  type SignalKeyStoreWithTransaction,
  type SignalRepositoryWithLIDStore,
  unpadRandomMax16,
  xmppPreKey,
  xmppSignedPreKey,
} from '@whiskeysockets/baileys';
import { tag } from './connection.ts';
import { memoryKeys, silent } from './keys.ts';
import type { LinkedDevice } from './linked-device.ts';

export interface Sealed {
  type: 'pkmsg' | 'msg';
  ciphertext: Uint8Array;
}

export class SignalDevice {
  readonly creds = initAuthCreds();
  readonly repository: SignalRepositoryWithLIDStore;
  private readonly keys: SignalKeyStoreWithTransaction;
  private nextPreKey = 1;
  private work: Promise<unknown> = Promise.resolve();

  constructor() {
    this.keys = addTransactionCapability(memoryKeys(), silent, { maxCommitRetries: 2, delayBetweenTriesMs: 10 });
    this.repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds: this.creds, keys: this.keys }, silent);
  }

  /** The `user` node of the answer to a question for keys, with a one-time key that was never given before. */
  async bundle(jid: string): Promise<BinaryNode> {
    const id = this.nextPreKey++;
    const pair = Curve.generateKeyPair();
    await this.keys.set({ 'pre-key': { [id]: pair } });
    return tag('user', { jid }, [
      tag('registration', {}, encodeBigEndian(this.creds.registrationId)),
      tag('type', {}, KEY_BUNDLE_TYPE),
      tag('identity', {}, this.creds.signedIdentityKey.public),
      xmppSignedPreKey(this.creds.signedPreKey),
      xmppPreKey(pair, id),
    ]);
  }

  /** One after the other: a session's chain has one next key. */
  encryptFor(device: LinkedDevice, message: proto.IMessage): Promise<Sealed> {
    return this.inTurn(async () => {
      const { exists } = await this.repository.validateSession(device.lid);
      if (!exists) await this.repository.injectE2ESession({ jid: device.lid, session: device.takeBundle() });
      return this.repository.encryptMessage({ jid: device.lid, data: encodeWAMessage(message) });
    });
  }

  decryptFrom(device: LinkedDevice, sealed: BinaryNode): Promise<proto.Message> {
    return this.inTurn(async () => {
      const type = sealed.attrs['type'];
      if ((type !== 'pkmsg' && type !== 'msg') || !(sealed.content instanceof Uint8Array)) throw new Error(`sealed as ${type}`);
      const plain = await this.repository.decryptMessage({ jid: device.lid, type, ciphertext: sealed.content });
      return proto.Message.decode(unpadRandomMax16(plain));
    });
  }

  /** The other side could not read and sends new keys: the next message begins a new session. */
  renew(device: LinkedDevice, keys: BinaryNode): Promise<void> {
    const signed = getBinaryNodeChild(keys, 'skey');
    const once = getBinaryNodeChild(keys, 'key');
    const bytes = (node: BinaryNode | undefined, name: string): Buffer => {
      const found = getBinaryNodeChildBuffer(node, name);
      if (!found) throw new Error(`no ${name} in the keys`);
      return Buffer.from(found);
    };
    const key = (node: BinaryNode | undefined) => ({ keyId: bytes(node, 'id').readUIntBE(0, 3), publicKey: point(bytes(node, 'value')) });
    return this.inTurn(() =>
      this.repository.injectE2ESession({
        jid: device.lid,
        session: {
          registrationId: device.registrationId,
          identityKey: point(bytes(keys, 'identity')),
          signedPreKey: { ...key(signed), signature: bytes(signed, 'signature') },
          preKey: key(once),
        },
      }),
    );
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.work.then(act);
    this.work = done.catch(() => undefined);
    return done;
  }
}

function point(key: Buffer): Buffer {
  return key.length === 33 ? key : Buffer.concat([KEY_BUNDLE_TYPE, key]);
}
