// Outgoing work of a process that shares nothing with the others but the database: rung by a bell, and found again in the rows.
import type { PgStore } from '../../db/store.ts';
import { atOnce } from '../../queues/at-once.ts';
import type { Queues } from '../../queues/backend.ts';
import { chatOf, chatText, startReconciler } from '../../queues/reconcile.ts';
import type { Chat } from '../../src/office/office.ts';
import { inHand } from './in-hand.ts';
import { type OutgoingParts, outgoing } from './outgoing.ts';

export interface Errands {
  deliver(chat: Chat): void;
  keep(media: string): void;
  /** Looks at the rows now: the channel can be used again, or not any more. */
  look(): void;
  stop(): Promise<void>;
}

/** Side by side. The platform's own pace holds them back long before. */
const AT_ONCE = { chats: 6, files: 3 } as const;
const STOP_MS = 5_000;

export interface ErrandsParts extends Omit<OutgoingParts, 'again'> {
  /** `false` while another process holds the channel: then what waits is that one's business. */
  mine(): boolean;
}

export async function startErrands(parts: ErrandsParts): Promise<Errands> {
  const { store, clock, channel, log, mine } = parts;
  const pauses = new Set<NodeJS.Timeout>();
  const later = (work: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      pauses.delete(timer);
      work();
    }, ms);
    pauses.add(timer);
  };
  const { deliver, keep } = outgoing({
    ...parts,
    again: {
      deliver: async (chat, delayMs) => later(() => deliverNow(chat), delayMs),
      keep: async (media, delayMs) => later(() => void (mine() && files.run(media)), delayMs),
    },
  });
  // What fails stays in its row, and the next round finds it.
  const left = (): void => undefined;
  const chats = atOnce({ limit: AT_ONCE.chats, work: (text) => deliverText(text), failed: left, log });
  const files = atOnce({ limit: AT_ONCE.files, work: (media) => keep({ media }), failed: left, log });
  const deliverText = (text: string): Promise<void> => {
    const chat = chatOf(text);
    return deliver({ channel: chat.channel, chat: chat.id });
  };
  const deliverNow = (chat: Chat): void => void (mine() && chats.run(chatText(chat)));
  const taken = inHand(files, clock);
  // One that did not come is found by the reconciler at every round, and begun anew after its pause.
  const keepNow = (media: string): void => void (mine() && taken(media));
  const rows: Pick<PgStore, 'backlog'> = {
    backlog: async (now, limit) => ({ ...(await store.backlog(now, limit, [channel.name])), lanes: [], timers: [], soon: [] }),
  };
  const doors: Pick<Queues, 'add'> = {
    add: async (_, payload) => {
      if ('chat' in payload) deliverNow({ channel: payload.channel, id: payload.chat });
      else if ('media' in payload) keepNow(payload.media);
      return true;
    },
  };
  const reconciler = startReconciler({ store: rows, queues: doors, clock, log });
  const silence = await store.bells.onDue(channel.name, (due) => ('chat' in due ? deliverNow(due.chat) : keepNow(due.media)));
  return {
    deliver: deliverNow,
    keep: keepNow,
    look: () => void reconciler.kick(),
    async stop() {
      await silence().catch(() => undefined);
      await reconciler.stop();
      for (const timer of pauses) clearTimeout(timer);
      await Promise.all([chats.stop(STOP_MS), files.stop(STOP_MS)]);
    },
  };
}
