// What goes out over WhatsApp: texts with their polls, changes of standing messages, files. It asks the pace and the circuit first and
// never waits itself. Sent means taken by WhatsApp's server; what nobody answered is sent again under the same id.
import { createHash } from 'node:crypto';
import type { Chat } from '../../src/office/office.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Channel, OutFile, Sent } from '../channel.ts';
import type { Circuit } from './circuit.ts';
import { compose, composePoll } from './compose.ts';
import { jidOf } from './identity.ts';
import { idBeside, madeAt, pollSecret } from './own-ids.ts';
import type { Pace } from './pace.ts';
import type { Content, SendOptions, Socket, Taken } from './socket.ts';

export type Messenger = Pick<Channel, 'say' | 'edit' | 'album' | 'answer'>;

export interface MessengerParts {
  socket: Socket;
  clock: Clock;
  pace: Pace;
  circuit: Circuit;
  buttonKey: Uint8Array;
  /** Off where WhatsApp does not take polls: the text says everything. */
  polls: boolean;
  /** `base`: an id that is the same at every attempt; the messages' own are drawn from it. */
  sendFiles(jid: string, files: readonly OutFile[], base: string): Promise<FilesTaken>;
}

/** As for one message; `messages`: the files' own, in their order. */
export type FilesTaken = { taken: 'yes'; messages: string[] } | Exclude<Taken, { taken: 'yes' }>;

const RETRY_MS = 5_000;
const LIMITED_MS = 60_000;
/** WhatsApp lets a message be changed for 15 minutes. */
const EDIT_WITHIN_MS = 14 * 60_000;
/** A connection that has been away for longer than this is taken to be lost: whoever has another channel is reached there. */
export const LOST_AFTER_MS = 120_000;
const ALBUM_MAX = 10;

/** This chat only: not on WhatsApp, blocked, closed to us until the person writes. */
const CHAT_CODES = new Set([403, 404, 406, 410, 463]);
const LIMIT_CODES = new Set([419, 420, 429]);

export function createMessenger(parts: MessengerParts): Messenger {
  const { socket, clock, pace, circuit, buttonKey, polls } = parts;

  /** Why nothing can go to the chat at this moment. */
  function hindrance(chat: Chat, messages: number): Sent | null {
    const now = clock.now();
    const state = socket.state();
    if (state.is === 'unpaired' || state.is === 'restricted') return { sent: 'unreachable', why: `the number is ${state.is}`, whole: true };
    if (state.is === 'connecting') {
      const lost = now - state.since > LOST_AFTER_MS;
      return lost
        ? { sent: 'unreachable', why: 'no connection', whole: true }
        : { sent: 'later', afterMs: RETRY_MS, why: 'connecting', whole: true };
    }
    const closed = circuit.closed(chat.id, now);
    if (closed) return { sent: 'unreachable', why: closed.why, ...(closed.whole ? { whole: true } : {}) };
    const waitMs = pace.waitMs(chat.id, messages, now);
    return waitMs > 0 ? { sent: 'later', afterMs: waitMs, why: 'pace' } : null;
  }

  function sentOf(chat: Chat, taken: FilesTaken): Sent {
    const now = clock.now();
    if (taken.taken === 'yes') {
      circuit.worked(chat.id);
      return { sent: 'yes', messages: taken.messages };
    }
    if (taken.taken === 'unknown') {
      circuit.failed(now);
      return { sent: 'later', afterMs: RETRY_MS, why: taken.why };
    }
    const why = `WhatsApp answered ${taken.code}`;
    if (CHAT_CODES.has(taken.code)) {
      circuit.shut(chat.id, now);
      // New chats may be closed to the number as a whole.
      if (taken.code === 463) circuit.failed(now);
      return { sent: 'unreachable', why };
    }
    circuit.failed(now);
    if (LIMIT_CODES.has(taken.code)) return { sent: 'later', afterMs: LIMITED_MS, why, whole: true };
    if (taken.code >= 500) return { sent: 'later', afterMs: RETRY_MS, why };
    return { sent: 'refused', why };
  }

  async function paced(chat: Chat, messages: number, send: () => Promise<FilesTaken>): Promise<Sent> {
    const hindered = hindrance(chat, messages);
    if (hindered) return hindered;
    // Counted before the call: what runs beside it must see it.
    pace.note(chat.id, messages, clock.now());
    return sentOf(chat, await send());
  }

  async function one(jid: string, content: Content, options: SendOptions, shownAs: string): Promise<FilesTaken> {
    const taken = await socket.send(jid, content, options);
    return taken.taken === 'yes' ? { taken: 'yes', messages: [shownAs] } : taken;
  }

  return {
    async say(chat, message, { replyTo, ids }) {
      const jid = jidOf(chat);
      const text = compose(message);
      if (jid === null) return { sent: 'unreachable', why: 'not a chat of WhatsApp' };
      if (text === null || !ids) return { sent: 'refused', why: text === null ? 'message without text' : 'message without an id' };
      const poll = polls ? composePoll(message.poll) : null;
      const reply = replyTo === undefined ? {} : { replyTo };
      const sent = await paced(chat, poll ? 2 : 1, () => one(jid, { text }, { messageId: ids.message, ...reply }, ids.message));
      if (sent.sent !== 'yes') return sent;
      // One tap for those whose phone shows it; whether it does or not, the text has been taken and says how to answer.
      if (poll) await socket.send(jid, { poll: { ...poll, secret: pollSecret(buttonKey, ids.poll) } }, { messageId: ids.poll });
      return sent;
    },
    async edit(chat, id, message) {
      const jid = jidOf(chat);
      const text = compose(message);
      const made = madeAt(id);
      if (text === null) return { sent: 'refused', why: 'message without text' };
      if (jid === null || made === null || clock.now() - made > EDIT_WITHIN_MS) return { sent: 'gone' };
      const messageId = idBeside(buttonKey, id, `change ${createHash('sha256').update(text).digest('hex')}`);
      return paced(chat, 1, () => one(jid, { text, edit: id }, { messageId }, id));
    },
    async album(chat, files, ids) {
      const jid = jidOf(chat);
      if (jid === null) return { sent: 'unreachable', why: 'not a chat of WhatsApp' };
      if (!ids) return { sent: 'refused', why: 'files without an id' };
      if (files.length === 0 || files.length > ALBUM_MAX) return { sent: 'refused', why: `album of ${files.length} files` };
      return paced(chat, files.length, () => parts.sendFiles(jid, files, ids.message));
    },
    // Nobody taps on WhatsApp: what was chosen in words is answered in words.
    answer: async () => ({ sent: 'yes', messages: [] }),
  };
}
