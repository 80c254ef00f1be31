// The simulated Telegram of a start without a token: the Bot API server on loopback and its page of phones.
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { PgStore } from '../../db/store.ts';
import type { Reconciler } from '../../queues/reconcile.ts';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { simulatorRoutes } from '../../web/simulator/page.ts';
import type { ShiftedClock } from './ambient.ts';

/** No secret: the server it opens listens on this machine only. */
export const SIMULATOR_TOKEN = '1000000001:SIMULATOR-bukan-token-sungguhan';

export async function startSimulator(dataDir: string, clock: ShiftedClock, office: Office | undefined): Promise<BotApi> {
  const api = await startBotApi({ token: SIMULATOR_TOKEN, clock, stateFile: join(dataDir, 'simulator', 'chats.json') });
  for (const person of office?.people ?? []) if (person.telegram !== undefined) api.phone(Number(person.telegram), person.name);
  return api;
}

/** The page; moving its clock moves the service's clock, and everything that has fallen due meanwhile happens at once. */
export function simulatorPage(
  api: BotApi,
  store: PgStore,
  clock: ShiftedClock,
  kick: () => Reconciler | null,
  office: Office,
  sops: Sop[],
): Hono {
  const label = (role: string) => sops.map((sop) => sop.roles[role]).find((text) => text !== undefined) ?? role;
  return simulatorRoutes(api, {
    office: {
      name: office.name,
      people: office.people.map(({ id, name, roles, telegram }) => ({
        id,
        name,
        roles: roles.map(label),
        telegram: telegram === undefined ? null : Number(telegram),
      })),
    },
    now: () => clock.now(),
    timezone: office.timezone,
    moveClock: async (to) => {
      const real = clock.now() - clock.offset();
      if (to < clock.now() - 1_000) throw new Error('Waktu tidak dapat dimundurkan: yang sudah tercatat akan terletak di masa depan.');
      clock.shift(to - real);
      await store.setClockOffset(clock.offset());
      await kick()?.kick();
    },
  });
}
