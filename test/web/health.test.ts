// Health is progress: what hangs, throws or grows old is down.
import { expect, test } from 'vitest';
import { type Check, type DoorState, healthOf, progressCheck } from '../../web/health.ts';

const fine: Check = { name: 'database', run: async () => ({ ok: true, detail: 'menjawab' }) };

test('all well is ok, with what is up', async () => {
  expect(await healthOf([fine])).toEqual({ status: 'ok', up: { database: 'menjawab' }, down: {} });
});

test('one that is not well is named beside what is up', async () => {
  const bad: Check = { name: 'telegram', run: async () => ({ ok: false, detail: 'tidak terjangkau' }) };
  expect(await healthOf([fine, bad])).toEqual({ status: 'down', up: { database: 'menjawab' }, down: { telegram: 'tidak terjangkau' } });
});

test('a check that throws is down and does not say what it threw', async () => {
  const thrower: Check = {
    name: 'redis',
    run: async () => {
      throw new Error('redis://:secret@host');
    },
  };
  expect((await healthOf([thrower])).down).toEqual({ redis: 'gagal diperiksa' });
});

test('a check that never answers is down after its time', async () => {
  const hanging: Check = { name: 'database', run: () => new Promise(() => {}) };
  expect((await healthOf([hanging], 10)).down['database']).toMatch(/tidak menjawab/);
});

test.each<[string, DoorState, boolean]>([
  ['nothing waits', { waiting: 0, oldestMs: null }, true],
  ['much waits but young', { waiting: 5000, oldestMs: 60_000 }, true],
  ['one waits too long', { waiting: 1, oldestMs: 60_001 }, false],
])('a door is judged by the age of its oldest work: %s', async (_name, state, ok) => {
  const finding = await progressCheck('inbox', async () => state, 60_000).run();
  expect(finding.ok).toBe(ok);
});
