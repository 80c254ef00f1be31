// Makes every job again from the rows: at the start, every few seconds, and when somebody moved the clock. All queues may be lost.
import type { ChannelName, Chat } from '../src/office/office.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Backlog, Store } from '../src/ports/store.ts';
import type { Queues } from './backend.ts';
import type { Log } from './log.ts';
import { messageOf } from './within.ts';

const EVERY_MS = 3_000;
/** While a list comes back full there is more behind it; a look at a long list costs the database something, too. */
const SOON_MS = 1_000;
/** Rows of each kind in one round. */
const LIMIT = 500;
/** Jobs added side by side: enough to be fast, few enough to leave connections to people's taps. */
const ABREAST = 8;
/** Timers farther ahead get their job in a later round. */
const AHEAD_MS = 600_000;
/** Only the nearest: the others are found when they are due, at most one round late. */
const AHEAD_MAX = 50;

export interface ReconcileDeps {
  store: Pick<Store, 'backlog'>;
  queues: Pick<Queues, 'add'>;
  clock: Clock;
  log: Log;
  everyMs?: number;
  /** Runs the work once, later; returns how to take that back. Real time when absent. */
  later?: (work: () => void, ms: number) => () => void;
}

export interface Reconciler {
  /** A round now, for a clock that was moved or a backend that came back. Resolves when it is done. */
  kick(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts with a round at once; that round's end can be awaited with `kick`. */
export function startReconciler(deps: ReconcileDeps): Reconciler {
  const { everyMs = EVERY_MS, later = inRealTime } = deps;
  let stopped = false;
  let cancel = (): void => undefined;
  let rounds: Promise<void> = Promise.resolve();

  // One round after the other: a kick during a round is a round of its own, because the clock may have moved in between.
  const kick = (): Promise<void> => {
    rounds = rounds.then(async () => {
      cancel();
      if (stopped) return;
      const full = await reconcile(deps);
      if (!stopped) cancel = later(() => void kick(), full ? SOON_MS : everyMs);
    });
    return rounds;
  };

  void kick();
  return {
    kick,
    async stop() {
      stopped = true;
      cancel();
      await rounds;
    },
  };
}

/** One round. Never throws. `true`: there is more than fitted into it. */
export async function reconcile({ store, queues, clock, log }: ReconcileDeps): Promise<boolean> {
  try {
    const now = clock.now();
    const backlog = await store.backlog(now, LIMIT);
    await abreast(jobsOf(backlog, now, queues));
    return [backlog.lanes, backlog.timers, backlog.chats, backlog.media].some((list) => list.length >= LIMIT);
  } catch (error) {
    log.warn({ err: messageOf(error) }, 'reconcile: a round failed');
    return false;
  }
}

type Job = () => Promise<boolean>;

function jobsOf(backlog: Backlog, now: number, queues: Pick<Queues, 'add'>): Job[] {
  return [
    ...backlog.timers.map((timer) => () => queues.add('wake', { timer })),
    ...backlog.lanes.map((lane) => () => queues.add('hear', { lane })),
    ...backlog.chats.map((text) => () => queues.add('deliver', chatPayload(chatOf(text)))),
    ...backlog.media.map((media) => () => queues.add('keep-media', { media })),
    ...backlog.soon
      .filter(({ at }) => at - now <= AHEAD_MS)
      .sort((one, other) => one.at - other.at)
      .slice(0, AHEAD_MAX)
      .map(
        ({ id, at }) =>
          () =>
            queues.add('wake', { timer: id }, { delayMs: Math.max(0, at - now) }),
      ),
  ];
}

/** Gives up at the first job that could not be added: the backend is down, and the next round comes soon. */
async function abreast(jobs: Job[]): Promise<void> {
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      if (!(await job())) next = jobs.length;
    }
  };
  await Promise.all(Array.from({ length: Math.min(ABREAST, jobs.length) }, runner));
}

/** `telegram:-100123` → the chat. The id itself may hold colons. */
export function chatOf(text: string): Chat {
  const colon = text.indexOf(':');
  return { channel: text.slice(0, colon) as ChannelName, id: text.slice(colon + 1) };
}

/** As `backlog` names a chat. */
export function chatText(chat: Chat): string {
  return `${chat.channel}:${chat.id}`;
}

function chatPayload(chat: Chat) {
  return { channel: chat.channel, chat: chat.id };
}

function inRealTime(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
