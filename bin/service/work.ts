// The working half of the service: the four queues with their processors, and the reconciler that makes every job again from the rows.
import { arrive } from '../../bots/arrive.ts';
import type { Channel } from '../../bots/channel.ts';
import { type HearDeps, hearNext } from '../../bots/hear.ts';
import { perform } from '../../bots/perform.ts';
import { wake } from '../../bots/wake.ts';
import type { PgStore } from '../../db/store.ts';
import { isTransient } from '../../db/transient.ts';
import type { Vault } from '../../db/vault.ts';
import type { Queues } from '../../queues/backend.ts';
import { deliverProcessor } from '../../queues/deliver.ts';
import { kindOfFile } from '../../queues/file-kind.ts';
import { hearProcessor } from '../../queues/hear.ts';
import { keepMediaProcessor } from '../../queues/keep-media.ts';
import { type Reconciler, startReconciler } from '../../queues/reconcile.ts';
import { wakeProcessor } from '../../queues/wake.ts';
import { startWorkers, type Workers } from '../../queues/worker.ts';
import type { Clock } from '../../src/ports/ambient.ts';
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
}

function hearing(parts: WorkParts): HearDeps {
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
  const hearDeps = hearing(parts);
  const performDeps = {
    store,
    clock,
    buttonKey: parts.buttonKey,
    channel: (name: Channel['name']) => (name === channel.name ? channel : null),
    openFile: (sha256: string) => vault.open(sha256),
    personAt: (office: string, chat: { channel: Channel['name']; id: string }) => store.personAt(office, chat),
  };
  const workers = await startWorkers(
    queues,
    {
      hear: hearProcessor({ hear: (lane) => hearNext(hearDeps, lane), again: (lane) => queues.add('hear', { lane }) }),
      wake: wakeProcessor({ wake: (timer) => wake({ store, clock }, timer) }),
      deliver: deliverProcessor({
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
      }),
      'keep-media': keepMediaProcessor({
        store,
        clock,
        vault,
        bytesMax: FILE_MAX_BYTES,
        fetch: (file) => channel.fetch(file),
        detect: (sha256) => kindOfFile(vault.place(sha256)),
        arrived: (media, arrival) => arrive({ store, clock }, media, arrival),
        log,
        again: (media, delayMs) => queues.add('keep-media', { media }, { delayMs }),
      }),
    },
    { log },
  );
  const reconciler = startReconciler({ store, queues, clock, log });
  return { workers, reconciler };
}
