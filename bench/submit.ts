// Hand-ins from the inbox to the commit, beside the commits that the bare server makes.
import { setTimeout as pause } from 'node:timers/promises';
import { hearNext } from '../bots/hear.ts';
import { arrivalOf } from '../bots/telegram/arrival.ts';
import { translate } from '../bots/telegram/translate.ts';
import { isTransient } from '../db/transient.ts';
import { type Figure, percentile } from './figure.ts';
import { insertsPerSecond } from './floor/inserts.ts';
import type { Server } from './server.ts';
import type { Sizes } from './sizes.ts';
import { chance, completeDrafts, type Ground, layGround } from './tapping.ts';
import { ACCOUNT, openTelegram } from './telegram.ts';
import { buttonOf } from './world.ts';

/** As many as the queue `hear` runs side by side. */
const ABREAST = 8;
/** Hand-ins that are not counted: every connection prepares its statements once. */
const WARM_UP = 60;

async function writeDown({ store, sop, key }: Ground, cases: Awaited<ReturnType<typeof completeDrafts>>): Promise<string[]> {
  const arrivals = cases.flatMap(({ case: c }, n) => {
    const id = Number(c.home.id);
    const from = { id, is_bot: false, first_name: 'Orang' };
    const chat = { id, type: 'private', first_name: 'Orang' };
    const message = { message_id: 1, date: Math.floor(Date.now() / 1_000), chat, text: 'Draf lengkap' };
    const callback_query = { id: String(n), from, chat_instance: '1', message, data: buttonOf(c, 'handIn', sop, c.home, key) };
    const arrival = arrivalOf({ update_id: 1_000 + n, callback_query }, ACCOUNT);
    return arrival ? [arrival] : [];
  });
  await store.receive(arrivals, Date.now());
  return arrivals.map(({ lane }) => lane);
}

async function handIns(server: Server, sizes: Sizes): Promise<{ perSecond: number; times: number[] }> {
  const url = await server.migrated('submit');
  const api = await openTelegram();
  const ground = await layGround(api, url, sizes.offices, Math.ceil((sizes.handIns + WARM_UP) / sizes.offices));
  try {
    const lanes = await writeDown(ground, await completeDrafts(ground));
    const deps = {
      store: ground.store,
      clock: { now: () => Date.now() },
      chance,
      buttonKey: ground.key,
      translate: (body: unknown, at: number) => translate(body, { account: ACCOUNT, username: 'alur_contoh_bot' }, at),
      transient: isTransient,
      apart: <T>(_begun: number, work: () => Promise<T>): Promise<T> => work(),
      poisoned: (_post: unknown, why: string) => {
        throw new Error(why);
      },
    };
    // The last transactions of the preparation may still be writing.
    await pause(500);
    const hearAll = async (some: string[]): Promise<number[]> => {
      const left = some.values();
      const times: number[] = [];
      const worker = async (): Promise<void> => {
        for (const lane of left) {
          const begun = performance.now();
          await hearNext(deps, lane);
          times.push(performance.now() - begun);
        }
      };
      await Promise.all(Array.from({ length: ABREAST }, worker));
      return times;
    };
    await hearAll(lanes.slice(0, WARM_UP));
    const startedAt = performance.now();
    const times = await hearAll(lanes.slice(WARM_UP));
    const seconds = (performance.now() - startedAt) / 1_000;
    const handedIn = (await Promise.all(ground.offices.map(({ id }) => ground.store.transaction((tx) => tx.cases({ office: id }))))).flat();
    const running = handedIn.filter(({ state }) => state.status === 'running').length;
    if (running !== lanes.length) throw new Error(`${running} of ${lanes.length} hand-ins were taken`);
    return { perSecond: times.length / seconds, times };
  } finally {
    await ground.store.close();
    await api.close();
  }
}

export async function benchSubmit(server: Server, sizes: Sizes): Promise<Figure[]> {
  const url = await server.empty('inserts');
  const one = await insertsPerSecond(url, 1, sizes.insertSeconds);
  const ten = await insertsPerSecond(url, 10, sizes.insertSeconds);
  const { perSecond, times } = await handIns(server, sizes);
  const tenFloor = { is: 'bare inserts, one commit a row, 10 connections', value: ten };
  return [
    { bench: 'submit', name: 'hand-ins, 8 side by side', unit: '/s', value: perSecond, floor: tenFloor },
    {
      bench: 'submit',
      name: 'one hand-in among 8, median',
      unit: 'ms',
      value: percentile(times, 0.5),
      floor: { is: 'one bare insert, 1 connection', value: 1_000 / one },
    },
    {
      bench: 'submit',
      name: 'one hand-in among 8, p99',
      unit: 'ms',
      value: percentile(times, 0.99),
      floor: { is: 'one bare insert, 1 connection', value: 1_000 / one },
    },
  ];
}
