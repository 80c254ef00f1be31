// The simulated Telegram of a start without a token: the Bot API server on loopback and its page of phones.
import { join } from 'node:path';
import type { Hono } from 'hono';
import { readable } from '../../bots/wording/terms.ts';
import type { PgStore } from '../../db/store.ts';
import type { Reconciler } from '../../queues/reconcile.ts';
import { officeTimerOf } from '../../src/office/clock.ts';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { type PageOffice, simulatorRoutes } from '../../web/simulator/page.ts';
import type { ShiftedClock } from './ambient.ts';

/** No secret: the server it opens listens on this machine only. */
export const SIMULATOR_TOKEN = '1000000001:SIMULATOR-bukan-token-sungguhan';

/** A phone for everybody with an account, and the role's groups with its holders in them. */
function openChats(api: BotApi, office: Office): void {
  const phones = office.people.flatMap(({ name, roles, telegram }) =>
    telegram === undefined ? [] : [{ id: Number(telegram), name, roles }],
  );
  for (const { id, name } of phones) api.phone(id, name);
  for (const { role, chat } of office.groups) {
    const members = phones.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
    if (chat.channel === 'telegram') api.group(Number(chat.id), `Grup ${readable(role)}`, members);
  }
}

export async function startSimulator(dataDir: string, clock: ShiftedClock, offices: Office[]): Promise<BotApi> {
  const api = await startBotApi({
    token: SIMULATOR_TOKEN,
    clock,
    stateFile: join(dataDir, 'simulator', 'chats.json'),
    enforceLimits: true,
  });
  for (const office of offices) openChats(api, office);
  return api;
}

function onThePage(office: Office, sops: Sop[]): PageOffice {
  const label = (role: string) => sops.map((sop) => sop.roles[role]).find((text) => text !== undefined) ?? role;
  return {
    id: office.id,
    name: office.name,
    timezone: office.timezone,
    people: office.people.map(({ id, name, roles, telegram }) => ({
      id,
      name,
      roles: roles.map(label),
      telegram: telegram === undefined ? null : Number(telegram),
    })),
  };
}

/** The page; moving its clock moves the service's clock, and everything that has fallen due meanwhile happens at once. */
export async function simulatorPage(
  api: BotApi,
  store: PgStore,
  clock: ShiftedClock,
  kick: () => Reconciler | null,
  offices: Office[],
): Promise<Hono> {
  const shown: PageOffice[] = [];
  for (const office of offices) shown.push(onThePage(office, await store.transaction((tx) => tx.sopsOf(office.id))));
  return simulatorRoutes(api, {
    offices: shown,
    now: () => clock.now(),
    // A case's own: what the office does every day is no reminder.
    nextAlarm: async () => (await store.backlog(clock.now(), 1)).soon.find(({ id }) => officeTimerOf(id) === null)?.at ?? null,
    moveClock: async (to) => {
      const real = clock.now() - clock.offset();
      if (to < clock.now() - 1_000) throw new Error('Waktu tidak dapat dimundurkan: yang sudah tercatat akan terletak di masa depan.');
      clock.shift(to - real);
      await store.setClockOffset(clock.offset());
      await kick()?.kick();
    },
  });
}
