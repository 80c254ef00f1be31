// Killed around the receipt, and everything brought again: what was sent is there, once.
import { expect, test } from 'vitest';
import { killAround, replay } from './killing.ts';
import { gatewayEnv, inbox, openWorld } from './linked.ts';

test('killed around the receipt: every message that was receipted is there, and each that was sent is there once', async () => {
  const world = await openWorld();
  const { sent, there, lost } = await killAround(world, { kills: 2, seed: 7, env: gatewayEnv(world) });
  expect(lost).toEqual([]);
  expect(sent.length).toBeGreaterThan(4);
  expect([...there].sort()).toEqual([...sent].sort());
  await world.close();
}, 120_000);

test('brought again, first as a shell, or twice: each is there once, in order', async () => {
  const world = await openWorld();
  const sent = await replay(world, 25);
  expect((await inbox(world)).map(({ body }) => body.key.id)).toEqual(sent);
  await world.close();
}, 120_000);
