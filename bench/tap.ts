// From a tap to its answer, through a service of its own, beside a bot that does nothing but answer.

import type { BotApi } from '../web/simulator/bot-api.ts';
import { type Figure, median, percentile } from './figure.ts';
import type { Server } from './server.ts';
import { run, startService } from './service.ts';
import type { Sizes } from './sizes.ts';
import { emptyDoors, layGround, makeTaps } from './tapping.ts';
import { answeredOnly, openTelegram, type Tap, TOKEN, tapAtRate, tapOnce } from './telegram.ts';

export const RATES = [20, 50];
const WARM_UP = 40;

export interface TapTimes {
  /** By rate, milliseconds. */
  times: Map<number, number[]>;
  /** All at once, until the last was answered. */
  burstPerSecond: number;
}

function countOf(sizes: Sizes): number {
  return WARM_UP + RATES.reduce((sum, rate) => sum + rate * sizes.tapSeconds, 0) + sizes.tapBurst;
}

async function measure(api: BotApi, taps: Tap[], sizes: Sizes, between: () => Promise<void>): Promise<TapTimes> {
  const left = [...taps];
  const take = (count: number): Tap[] => left.splice(0, count);
  await tapAtRate(api, take(WARM_UP), 20);
  await between();
  const times = new Map<number, number[]>();
  for (const rate of RATES) {
    times.set(rate, await tapAtRate(api, take(rate * sizes.tapSeconds), rate));
    await between();
  }
  const burst = take(sizes.tapBurst);
  const startedAt = performance.now();
  answeredOnly(await Promise.all(burst.map((tap) => tapOnce(api, tap))));
  return { times, burstPerSecond: burst.length / ((performance.now() - startedAt) / 1_000) };
}

async function alur(server: Server, sizes: Sizes): Promise<TapTimes> {
  const url = await server.migrated('tap');
  const api = await openTelegram();
  const ground = await layGround(api, url, sizes.offices, sizes.makersPerOffice);
  const taps = await makeTaps(api, url, ground, countOf(sizes));
  await ground.store.close();
  const service = await startService({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.root,
    DATABASE_URL: url,
    DATA_DIR: server.folder,
  });
  try {
    return await measure(api, taps, sizes, () => emptyDoors(url));
  } finally {
    await service.stop();
    await api.close();
  }
}

async function echo(sizes: Sizes): Promise<TapTimes> {
  const api = await openTelegram();
  const taps = Array.from(
    { length: countOf(sizes) },
    (_, n): Tap => ({ chatId: 20_000_000 + (n % 100), message: 0, data: 'x'.repeat(50) }),
  );
  for (const { chatId } of taps.slice(0, 100)) api.phone(chatId, 'Orang');
  const bot = await run({
    args: ['bench/floor/echo-bot.ts'],
    env: { BOT_TOKEN: TOKEN, API_ROOT: api.root },
    ready: async () => api.calls.some(({ method }) => method === 'deleteWebhook'),
  });
  try {
    return await measure(api, taps, sizes, async () => undefined);
  } finally {
    await bot.stop();
    await api.close();
  }
}

export async function benchTap(server: Server, sizes: Sizes): Promise<Figure[]> {
  const floor = await echo(sizes);
  const ours = await alur(server, sizes);
  const is = 'bare telegraf echo bot';
  const figures = RATES.flatMap((rate): Figure[] => {
    const [own, bare] = [ours.times.get(rate) ?? [], floor.times.get(rate) ?? []];
    return [
      {
        bench: 'tap',
        name: `tap to answer at ${rate}/s, median`,
        unit: 'ms',
        value: median(own),
        floor: { is, value: median(bare) },
        promise: '≤ 50 ms',
      },
      {
        bench: 'tap',
        name: `tap to answer at ${rate}/s, p99`,
        unit: 'ms',
        value: percentile(own, 0.99),
        floor: { is, value: percentile(bare, 0.99) },
        promise: '≤ 150 ms',
      },
    ];
  });
  const burst = { is, value: floor.burstPerSecond };
  return [
    ...figures,
    {
      bench: 'tap',
      name: `taps answered, ${sizes.tapBurst} at once`,
      unit: '/s',
      value: ours.burstPerSecond,
      floor: burst,
      promise: '≥ 300 /s',
    },
  ];
}
