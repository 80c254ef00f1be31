// The working half of the service: the four queues with their processors, and the reconciler that makes every job again from the rows.
import { arrive } from '../../bots/arrive.ts';
import type { Channel } from '../../bots/channel.ts';
import { type HearDeps, hearNext } from '../../bots/hear.ts';
import { perform } from '../../bots/perform.ts';
import { wake } from '../../bots/wake.ts';
import type { PgStore } from '../../db/store.ts';
import { isTransient } from '../../db/transient.ts';
import type { Vault } from '../../db/vault.ts';
import { alarmClock } from '../../queues/alarm-clock.ts';
import { atOnce } from '../../queues/at-once.ts';
import type { Queues } from '../../queues/backend.ts';
import { deliverProcessor } from '../../queues/deliver.ts';
import { kindOfFile } from '../../queues/file-kind.ts';
import { hearProcessor } from '../../queues/hear.ts';
import { keepMediaProcessor } from '../../queues/keep-media.ts';
import { chatOf, chatText, type Reconciler, startReconciler } from '../../queues/reconcile.ts';
import { wakeProcessor } from '../../queues/wake.ts';
import { startWorkers, type Workers } from '../../queues/worker.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Instant } from '../../src/time.ts';
import type { Metrics } from '../../web/metrics.ts';
import type { Logger } from '../log.ts';
import { realChance } from './ambient.ts';

/** Largest file that is taken, in bytes: what a local Bot API server gives. */
const FILE_MAX_BYTES = 2_000 * 1024 * 1024;

export interface WorkParts {
  store: PgStore;
  vault: Vault;
  queues: Queues;
  clock: Clock;
  buttonKey: Uint8Array;
  /** The running channels. */
  channel: Channel;
  metrics: Metrics;
  log: Logger;
}

export interface Work {
  workers: Workers;
  reconciler: Reconciler;
  /** A lane has post, a chat has deliveries: at once here when there is room, by the queue otherwise. */
  hear(lane: string, tap: boolean): void;
  deliver(chat: Chat): void;
  keep(media: string): void;
  /** Timers were saved, due at these instants. */
  alarms(instants: Instant[]): void;
  stop(): Promise<void>;
}

/** Side by side in this process, beside what the queues run. Taps have room of their own: they never wait behind uploads. */
const AT_ONCE = { taps: 6, posts: 4, chats: 12, files: 3 } as const;
/** A file that has not come is begun anew here so long after this process last began on it. */
const FILE_AGAIN_MS = 120_000;
const BEGUN_MAX = 10_000;
const AT_ONCE_STOP_MS = 5_000;

function hearDepsOf(parts: WorkParts): HearDeps {
  const { store, clock, buttonKey, channel, log } = parts;
  return {
    store,
    clock,
    chance: realChance,
    buttonKey,
    translate: (body, at) => channel.translate(body, at),
    transient: isTransient,
    poisoned: (post, why) => log.error({ post: post.id, lane: post.lane, why }, 'hear: a post was set aside; its chat goes on'),
  };
}

export async function startWork(parts: WorkParts): Promise<Work> {
  const { store, vault, queues, clock, channel, metrics, log } = parts;
  const hearDeps = hearDepsOf(parts);
  const performDeps = {
    store,
    clock,
    buttonKey: parts.buttonKey,
    channel: (name: Channel['name']) => (name === channel.name ? channel : null),
    openFile: (sha256: string) => vault.open(sha256),
    personAt: (office: string, chat: { channel: Channel['name']; id: string }) => store.personAt(office, chat),
  };
  const hear = hearProcessor({ hear: (lane) => hearNext(hearDeps, lane), again: (lane) => queues.add('hear', { lane }) });
  const deliver = deliverProcessor({
    store,
    clock,
    perform: async (delivery) => {
      const delivered = await perform(performDeps, delivery);
      metrics.delivered(delivery.chat.channel, delivered.ended);
      if (delivered.ended === 'refused')
        log.warn({ delivery: delivery.id, out: delivery.out.out, why: delivered.why }, 'deliver: refused for good');
      return delivered;
    },
    again: (chat, delayMs) => queues.add('deliver', { channel: chat.channel, chat: chat.id }, { delayMs }),
  });
  const wakeUp = wakeProcessor({ wake: (timer) => wake({ store, clock }, timer) });
  const keep = keepMediaProcessor({
    store,
    clock,
    vault,
    bytesMax: FILE_MAX_BYTES,
    fetch: (file) => channel.fetch(file),
    detect: (sha256) => kindOfFile(vault.place(sha256)),
    arrived: (media, arrival) => arrive({ store, clock }, media, arrival),
    log,
    again: (media, delayMs) => queues.add('keep-media', { media }, { delayMs }),
  });
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
  const later = (lane: string, tap: boolean): void => void queues.add('hear', { lane }, { priority: tap ? 0 : 1 });
  const hearing = (limit: number, tap: boolean) =>
    atOnce({ limit, work: (lane) => hear({ lane }), failed: (lane) => later(lane, tap), log });
  const taps = hearing(AT_ONCE.taps, true);
  const posts = hearing(AT_ONCE.posts, false);
  const queueChat = (chat: Chat): void => void queues.add('deliver', { channel: chat.channel, chat: chat.id });
  const chats = atOnce({
    limit: AT_ONCE.chats,
    work: (text) => deliver({ channel: chatOf(text).channel, chat: chatOf(text).id }),
    failed: (text) => queueChat(chatOf(text)),
    log,
  });
  const hearNow = (lane: string, tap: boolean): void => {
    if (!(tap ? taps : posts).run(lane)) later(lane, tap);
  };
  const deliverNow = (chat: Chat): void => {
    if (!chats.run(chatText(chat))) queueChat(chat);
  };
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
  /** When this process last began on a file: its own pauses between two tries are the queue's business. */
  const begun = new Map<string, number>();
  const keepNow = (media: string): boolean => {
    const now = clock.now();
    if (now - (begun.get(media) ?? Number.NEGATIVE_INFINITY) < FILE_AGAIN_MS || !files.run(media)) return false;
    if (begun.size > BEGUN_MAX) begun.clear();
    begun.set(media, now);
    return true;
  };
  const doors: Pick<Queues, 'add'> = {
    add: async (name, payload, options) => {
      const now = (options?.delayMs ?? 0) <= 0;
      if ('lane' in payload) hearNow(payload.lane, false);
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
  const reconciler = startReconciler({ store, queues: doors, clock, log });
  return {
    workers,
    reconciler,
    hear: hearNow,
    deliver: deliverNow,
    alarms: (instants) => {
      for (const at of instants) alarms.set(at);
    },
    keep: (media) => {
      if (!keepNow(media)) void queues.add('keep-media', { media });
    },
    stop: async () => {
      await Promise.all([taps, posts, chats, files, alarms].map((one) => one.stop(AT_ONCE_STOP_MS)));
    },
  };
}
