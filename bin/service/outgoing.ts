// What goes out over one channel and what is fetched from it, by the process that holds the channel.
import { arrive } from '../../bots/arrive.ts';
import type { Channel } from '../../bots/channel.ts';
import { perform } from '../../bots/perform.ts';
import type { PgStore } from '../../db/store.ts';
import { isTransient } from '../../db/transient.ts';
import type { Vault } from '../../db/vault.ts';
import type { Payload } from '../../queues/catalogue.ts';
import { deliverProcessor } from '../../queues/deliver.ts';
import { keepMediaProcessor } from '../../queues/keep-media.ts';
import type { Looker } from '../../queues/look/looker.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Delivered } from '../../src/ports/store.ts';
import type { Logger } from '../log.ts';

/** Largest file that is taken, in bytes: what a local Bot API server gives. */
const FILE_MAX_BYTES = 2_000 * 1024 * 1024;

export interface OutgoingParts {
  store: PgStore;
  vault: Vault;
  looker: Looker;
  clock: Clock;
  buttonKey: Uint8Array;
  channel: Channel;
  log: Logger;
  /** Told how each delivery ended. */
  counted(channel: Channel['name'], ending: Delivered['ended']): void;
  /** Comes back to it, not before so many milliseconds. */
  again: { deliver(chat: Chat, delayMs: number): Promise<unknown>; keep(media: string, delayMs: number): Promise<unknown> };
}

export interface Outgoing {
  deliver(payload: Payload<'deliver'>): Promise<void>;
  keep(payload: Payload<'keep-media'>): Promise<void>;
}

export function outgoing(parts: OutgoingParts): Outgoing {
  const { store, vault, looker, clock, channel, log } = parts;
  const performDeps = {
    store,
    clock,
    buttonKey: parts.buttonKey,
    channel: (name: Channel['name']) => (name === channel.name ? channel : null),
    openFile: (sha256: string) => vault.open(sha256),
    personAt: (office: string, chat: Chat) => store.personAt(office, chat),
  };
  return {
    deliver: deliverProcessor({
      store,
      clock,
      transient: isTransient,
      perform: async (delivery) => {
        const delivered = await perform(performDeps, delivery);
        parts.counted(delivery.chat.channel, delivered.ended);
        if (delivered.ended === 'refused')
          log.warn({ delivery: delivery.id, out: delivery.out.out, why: delivered.why }, 'deliver: refused for good');
        return delivered;
      },
      again: parts.again.deliver,
    }),
    keep: keepMediaProcessor({
      store,
      clock,
      vault,
      bytesMax: FILE_MAX_BYTES,
      fetch: (file) => channel.fetch(file),
      detect: (sha256) => looker.kind(vault.place(sha256)),
      arrived: (media, arrival) => arrive({ store, clock }, media, arrival),
      log,
      again: parts.again.keep,
    }),
  };
}
