// `start --only whatsapp`: the gateway and nothing else in this process, by itself or as the child of a whole service.
import { mkdirSync } from 'node:fs';
import { migrate } from '../../db/migrate.ts';
import { openStore } from '../../db/store.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Logger } from '../log.ts';
import type { Settings } from '../settings.ts';
import { realChance, realClock } from './ambient.ts';
import type { Closing } from './closing.ts';
import type { Errands } from './errands.ts';
import { configuredLine, Halt, openDatabase, say } from './opening.ts';
import { startGateway } from './whatsapp.ts';

const CONNECTIONS = 8;

/** `failed`: the gateway ended by itself; the process is to end with this reason. */
export async function runWhatsApp(settings: Settings, close: Closing, log: Logger, failed: (reason: string) => void): Promise<void> {
  mkdirSync(settings.dataDir, { recursive: true });
  const { url, brought } = await openDatabase(settings, close, log);
  await migrate(url);
  const errands: { here: Errands | null } = { here: null };
  const ring = (channel: Chat['channel'], what: { chat: Chat } | { media: string }): void => {
    store.bells.ringDue(channel, what).catch(() => log.warn({}, 'whatsapp: a bell did not ring'));
  };
  const store = await openStore({
    url,
    chance: realChance,
    max: CONNECTIONS,
    onPosted: (chats) => {
      for (const chat of chats) {
        if (chat.channel === 'whatsapp') errands.here?.deliver(chat);
        else ring(chat.channel, { chat });
      }
    },
    onMedia: (media) => errands.here?.keep(media),
  });
  close.add('store', () => store.close());
  const clock = realClock(settings.telegram.mode === 'simulator' ? await store.clockOffset() : 0);
  say(`embedded: ${brought === '' ? 'tidak ada' : brought}`);
  say(configuredLine(settings));
  const reason = await startGateway({ store, clock, settings, close, log, errands }, failed);
  if (reason !== null) throw new Halt(reason);
  say('open: bagian ini tanpa alamat web');
}
