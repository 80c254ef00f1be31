// The working half of the service: the four queues with their processors, and the reconciler that makes every job again from the rows.
import type { Channel } from '../../bots/channel.ts';
import { type HearDeps, hearNext } from '../../bots/hear.ts';
import { isTapLane } from '../../bots/telegram/arrival.ts';
import { wake } from '../../bots/wake.ts';
import { translate as translateWhatsApp } from '../../bots/whatsapp/translate.ts';
import type { Due } from '../../db/bell.ts';
import type { PgStore } from '../../db/store.ts';
import { isTransient } from '../../db/transient.ts';
import type { Vault } from '../../db/vault.ts';
import { alarmClock } from '../../queues/alarm-clock.ts';
import { atOnce } from '../../queues/at-once.ts';
import type { Queues } from '../../queues/backend.ts';
import { hearProcessor } from '../../queues/hear.ts';
import type { Looker } from '../../queues/look/looker.ts';
import { pauses } from '../../queues/pauses.ts';
import { precedence } from '../../queues/precedence.ts';
import { chatOf, chatText, type Reconciler, startReconciler } from '../../queues/reconcile.ts';
import { wakeProcessor } from '../../queues/wake.ts';
import { messageOf } from '../../queues/within.ts';
import { startWorkers, type Workers } from '../../queues/worker.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Instant } from '../../src/time.ts';
import type { Metrics } from '../../web/metrics.ts';
import type { Logger } from '../log.ts';
import { realChance } from './ambient.ts';
import { apart } from './apart.ts';
import { inHand } from './in-hand.ts';
import { outgoing } from './outgoing.ts';

export interface WorkParts {
  store: PgStore;
  vault: Vault;
  looker: Looker;
  queues: Queues;
  clock: Clock;
  buttonKey: Uint8Array;
  /** The channel that this process holds. */
  channel: Channel;
  /** WhatsApp runs in a process beside this one. */
  besideWhatsApp: boolean;
  metrics: Metrics;
  log: Logger;
}

export interface Work {
  workers: Workers;
  reconciler: Reconciler;
  /**
   * A lane has post, a chat has deliveries (`answers`: to taps among them): at once here, or in line for it. What finds neither room stays
   * in its row, where the reconciler looks again and again.
   */
  hear(lane: string, tap: boolean): void;
  deliver(chat: Chat, answers: boolean): void;
  keep(media: string): void;
  /** Timers were saved, due at these instants. */
  alarms(instants: Instant[]): void;
  stop(): Promise<void>;
}

/** Side by side in this process, beside what the queues run. Taps and their answers have room of their own: they never wait behind uploads. */
const AT_ONCE = { taps: 10, posts: 6, answers: 6, chats: 12, files: 3 } as const;
/** In line behind them. What a crowd sends beyond that goes through no queue: its jobs would cost more than the work, and it is all in the rows. */
const IN_LINE = { taps: 200, posts: 500, answers: 200, chats: 500 } as const;
/** While a tap is judged, other post does not begin; longer than this it does not wait for them. */
const TAPS_FIRST_MS = 300;
/** Pauses of chats that are kept in this process. */
const PAUSE_MAX_MS = 60_000;
const PAUSES_MAX = 10_000;
const AT_ONCE_STOP_MS = 5_000;

function hearDepsOf(parts: WorkParts): HearDeps {
  const { store, clock, buttonKey, channel, log } = parts;
  return {
    store,
    clock,
    chance: realChance,
    buttonKey,
    translate: (body, at, name) => (name === 'whatsapp' ? translateWhatsApp(body, buttonKey, at) : channel.translate(body, at)),
    transient: isTransient,
    apart: apart(),
    poisoned: (post, why) => log.error({ post: post.id, lane: post.lane, why }, 'hear: a post was set aside; its chat goes on'),
  };
}

export async function startWork(parts: WorkParts): Promise<Work> {
  const { store, queues, clock, channel, metrics, log } = parts;
  const hearDeps = hearDepsOf(parts);
  const tapsFirst = precedence(TAPS_FIRST_MS);
  const hear = hearProcessor({
    hear: async (lane) => {
      if (isTapLane(lane)) return tapsFirst.first(() => hearNext(hearDeps, lane));
      await tapsFirst.clear();
      return hearNext(hearDeps, lane);
    },
    again: (lane) => queues.add('hear', { lane }),
  });
  const out = outgoing({
    ...parts,
    counted: (name, ending) => metrics.delivered(name, ending),
    again: {
      deliver: async (chat, delayMs) =>
        paused.set(chatText(chat), delayMs) || queues.add('deliver', { channel: chat.channel, chat: chat.id }, { delayMs }),
      keep: (media, delayMs) => queues.add('keep-media', { media }, { delayMs }),
    },
  });
  const keep: typeof out.keep = async (payload) => {
    await tapsFirst.clear();
    return out.keep(payload);
  };
  const { deliver } = out;
  const wakeUp = wakeProcessor({ wake: (timer) => wake({ store, clock }, timer) });
  const later = (lane: string, tap: boolean): void => void queues.add('hear', { lane }, { priority: tap ? 0 : 1 });
  const hearing = (what: 'taps' | 'posts') =>
    atOnce({
      limit: AT_ONCE[what],
      line: IN_LINE[what],
      work: (lane) => hear({ lane }),
      failed: (lane) => later(lane, what === 'taps'),
      log,
    });
  const taps = hearing('taps');
  const posts = hearing('posts');
  const queueChat = (chat: Chat): void => void queues.add('deliver', { channel: chat.channel, chat: chat.id });
  const delivering = (what: 'answers' | 'chats') =>
    atOnce({
      limit: AT_ONCE[what],
      line: IN_LINE[what],
      work: (text) => deliver({ channel: chatOf(text).channel, chat: chatOf(text).id }),
      failed: (text) => queueChat(chatOf(text)),
      log,
    });
  const chats = delivering('chats');
  const answers = delivering('answers');
  /** What another process holds is its business: it is rung, and finds it in the rows should it not hear. */
  const elsewhere = (name: Chat['channel'], what: Due): Promise<void> =>
    store.bells.ringDue(name, what).catch((error: unknown) => log.warn({ err: messageOf(error) }, 'work: a bell did not ring'));
  const hearNow = (lane: string): void => void (isTapLane(lane) ? taps : posts).run(lane);
  const deliverNow = (chat: Chat, answer = false): void => {
    if (chat.channel !== channel.name) void elsewhere(chat.channel, { chat });
    else (answer ? answers : chats).run(chatText(chat));
  };
  const paused = pauses({ longestMs: PAUSE_MAX_MS, limit: PAUSES_MAX, ended: (text) => deliverNow(chatOf(text)) });
  // Only now: a job of an earlier run may come at once.
  const workers = await startWorkers(
    queues,
    {
      hear,
      wake: wakeUp,
      deliver,
      'keep-media': keep,
    },
    { log },
  );
  // What waits in the rows is done here at once when there is room: a job that a queue holds back or has lost keeps nobody waiting.
  const alarms = alarmClock({
    store,
    clock,
    wake: (timer) => wakeUp({ timer }),
    failed: (timer) => void queues.add('wake', { timer }),
    log,
  });
  const files = atOnce({
    limit: AT_ONCE.files,
    work: (media) => keep({ media }),
    failed: (media) => void queues.add('keep-media', { media }),
    log,
  });
  const keepNow = inHand(files, clock);
  const doors: Pick<Queues, 'add'> = {
    add: async (name, payload, options) => {
      const now = (options?.delayMs ?? 0) <= 0;
      if ('lane' in payload) hearNow(payload.lane);
      else if ('chat' in payload) deliverNow({ channel: payload.channel, id: payload.chat });
      else if ('timer' in payload && now && alarms.ring()) return true;
      else if ('media' in payload && keepNow(payload.media)) return true;
      else {
        if ('timer' in payload) alarms.set(clock.now() + (options?.delayMs ?? 0));
        return queues.add(name, payload, options);
      }
      return true;
    },
  };
  const mine = { backlog: (now: Instant, limit: number) => store.backlog(now, limit, [channel.name]) };
  const reconciler = startReconciler({ store: mine, queues: doors, clock, log });
  const keepHere = (media: string): void => {
    if (!keepNow(media)) void queues.add('keep-media', { media });
  };
  const keepWherever = async (media: string): Promise<void> => {
    const from = await store.channelOfMedia(media).catch(() => null);
    if (from === null || from === channel.name) keepHere(media);
    else await elsewhere(from, { media });
  };
  const silence = parts.besideWhatsApp
    ? await Promise.all([
        store.bells.onHeard((lane) => hearNow(lane)),
        store.bells.onDue(channel.name, (due) => ('chat' in due ? deliverNow(due.chat) : keepHere(due.media))),
      ])
    : [];
  return {
    workers,
    reconciler,
    hear: hearNow,
    deliver: deliverNow,
    alarms: (instants) => {
      for (const at of instants) alarms.set(at);
    },
    keep: (media) => {
      if (parts.besideWhatsApp) void keepWherever(media);
      else keepHere(media);
    },
    stop: async () => {
      paused.stop();
      await Promise.allSettled(silence.map((end) => end()));
      await Promise.all([taps, posts, answers, chats, files, alarms].map((one) => one.stop(AT_ONCE_STOP_MS)));
    },
  };
}
