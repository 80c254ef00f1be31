// A second gateway of the same number: it waits, and leaves everything that the first one does to the first one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../bin/log.ts';
import { realClock } from '../../bin/service/ambient.ts';
import { closing } from '../../bin/service/closing.ts';
import type { Errands } from '../../bin/service/errands.ts';
import { startGateway, tellsItself } from '../../bin/service/whatsapp.ts';
import { readSettings } from '../../bin/settings.ts';
import { gatewayEnv, LOCK, openWorld, type World } from './linked.ts';

const BUDI = { channel: 'whatsapp', id: '+6281200000002' } as const;
let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Another gateway, for as long as `meanwhile` lasts. */
async function another(meanwhile: (errands: Errands) => Promise<void>): Promise<void> {
  const read = readSettings(gatewayEnv(world));
  if (!read.ok) throw new Error(JSON.stringify(read));
  const { settings } = read;
  const log = openLog({ level: 'silent', secrets: [] });
  const close = closing(log);
  const errands: { here: Errands | null } = { here: null };
  const reason = await startGateway({ store: world.store, clock: realClock(0), settings, close, log, errands }, () => undefined);
  if (reason !== null || errands.here === null) throw new Error(reason ?? 'no errands');
  await meanwhile(errands.here);
  await close.all();
}

test('while the first holds the number, the second touches none of its deliveries', async () => {
  const { store } = world;
  const held = await store.holdLock(LOCK);
  await store.transaction((tx) =>
    tx.send(null, [{ out: 'say', to: { chat: BUDI }, notice: { notice: 'unsupported', name: 'untuk yang pertama' } }], Date.now()),
  );
  await another(async (errands) => errands.deliver(BUDI));
  expect((await store.leaseDelivery(BUDI, Date.now(), 60_000))?.attempts).toBe(1);
  await held?.release();
});

test('it says nothing of the number either, but for one that is being linked while nobody else speaks of it', () => {
  expect(tellsItself(true, { state: 'connecting' }, { silentMs: 3_600_000 })).toBe(false);
  expect(tellsItself(true, { state: 'unpaired' }, { silentMs: 1_000 })).toBe(false);
  expect(tellsItself(true, { state: 'unpaired' }, { silentMs: 60_000 })).toBe(true);
  expect(tellsItself(false, { state: 'connecting' }, { silentMs: 0 })).toBe(true);
});
