// How long a start takes, on a fresh folder and on one that was used, and how much memory the service holds when nothing happens.

import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '../db/embedded.ts';
import type { Figure } from './figure.ts';
import { scratch } from './server.ts';
import { run, startService } from './service.ts';
import type { Sizes } from './sizes.ts';
import { openTelegram, TOKEN } from './telegram.ts';

const MB = 1_000_000;

async function bareStart(folder: string): Promise<number> {
  const startedAt = performance.now();
  const embedded = await startEmbedded({ dataDir: folder });
  const seconds = (performance.now() - startedAt) / 1_000;
  await embedded.stop();
  if (embedded.movedBecauseRoot) rmSync(dirname(embedded.dataDir), { recursive: true, force: true });
  return seconds;
}

/** The bare telegraf bot's memory, in bytes. */
async function echoMemory(idleSeconds: number): Promise<number | null> {
  const api = await openTelegram();
  const bot = await run({
    args: ['bench/floor/echo-bot.ts'],
    env: { BOT_TOKEN: TOKEN, API_ROOT: api.root },
    ready: async () => api.calls.some(({ method }) => method === 'deleteWebhook'),
  });
  await pause(idleSeconds * 1_000);
  const bytes = bot.rss();
  await bot.stop();
  await api.close();
  return bytes;
}

export async function benchStart(sizes: Sizes): Promise<Figure[]> {
  const [bare, own] = [scratch(), scratch()];
  try {
    const floors = { cold: await bareStart(bare.folder), second: await bareStart(bare.folder) };
    const first = await startService({ DATA_DIR: own.folder });
    await first.stop();
    const second = await startService({ DATA_DIR: own.folder });
    await pause(sizes.idleSeconds * 1_000);
    const rss = second.rss();
    await second.stop();
    const echo = await echoMemory(sizes.idleSeconds);
    const is = 'bare embedded PostgreSQL';
    const memory: Figure[] =
      rss === null
        ? []
        : [
            {
              bench: 'memory',
              name: 'the service, idle',
              unit: 'MB',
              value: rss / MB,
              floor: echo === null ? null : { is: 'bare telegraf echo bot', value: echo / MB },
            },
          ];
    return [
      {
        bench: 'start',
        name: 'first start, fresh folder',
        unit: 's',
        value: first.readyMs / 1_000,
        floor: { is: `${is}, made anew`, value: floors.cold },
        promise: '≤ 60 s',
      },
      {
        bench: 'start',
        name: 'second start',
        unit: 's',
        value: second.readyMs / 1_000,
        floor: { is, value: floors.second },
        promise: '≤ 5 s',
      },
      ...memory,
    ];
  } finally {
    bare.remove();
    own.remove();
  }
}
