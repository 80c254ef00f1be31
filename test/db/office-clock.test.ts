// An office is woken once for a matter, whoever rings, and again when the matter wants it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ring } from '../../bots/office-clock.ts';
import type { OfficeHandler } from '../../bots/office-handler.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { officeTimerId } from '../../src/office/clock.ts';
import { NOW, office, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const HOUR = 3_600_000;
let database: FreshDatabase;
let one: PgStore;
let other: PgStore;
const told: { id: string; at: number }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  one = await openStore({ url: database.url, chance: seeded(1), onTimers: (timers) => void told.push(...timers) });
  other = await openStore({ url: database.url, chance: seeded(2) });
  await one.applyOffice(office, [sop], NOW);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await database.close();
});
beforeEach(async () => {
  await one.transaction((tx) => tx.setOfficeTimer(office.id, 'daily', NOW, { since: NOW - HOUR, replace: true }));
});

const clock = { now: () => NOW };
const standing = () => one.transaction((tx) => tx.lockOfficeTimer(office.id, 'daily'));

test('two processes ring one timer once', async () => {
  const rung: string[] = [];
  const handlerOf =
    (name: string): OfficeHandler =>
    async (_, of, { since }) => {
      rung.push(`${of.id} ${since}`, name);
      return null;
    };
  const rings = [one, other, one, other].map((store, i) =>
    ring({ store, clock, handlers: { daily: handlerOf(`${i}`) } }, office.id, 'daily'),
  );
  await Promise.all(rings);
  expect(rung).toEqual([`${office.id} ${NOW - HOUR}`, expect.anything()]);
  expect(await standing()).toBeNull();
});

test('what the work says is when it is rung next, looking back to this ring, and somebody is told', async () => {
  await ring({ store: one, clock, handlers: { daily: async () => NOW + HOUR } }, office.id, 'daily');
  expect(await standing()).toEqual({ office: office.id, what: 'daily', at: NOW + HOUR, since: NOW });
  expect(told.at(-1)).toEqual({ id: officeTimerId(office.id, 'daily'), at: NOW + HOUR });
});

test('work that fails is rung again, and nothing of it stays', async () => {
  const failing: OfficeHandler = async (tx, { id }) => {
    await tx.setOfficeTimer(id, 'calendar', NOW);
    throw new Error('half way');
  };
  await expect(ring({ store: one, clock, handlers: { daily: failing } }, office.id, 'daily')).rejects.toThrow('half way');
  expect(await one.dueTimers(NOW, 10)).toEqual([officeTimerId(office.id, 'daily')]);
});

test('a timer that is not due, that nobody wants, or that only another version knows is left alone', async () => {
  let rung = 0;
  const counting: OfficeHandler = async () => {
    rung += 1;
    return null;
  };
  await ring({ store: one, clock: { now: () => NOW - 1 }, handlers: { daily: counting } }, office.id, 'daily');
  await ring({ store: one, clock, handlers: { calendar: counting } }, office.id, 'calendar');
  await ring({ store: one, clock, handlers: {} }, office.id, 'daily');
  expect(rung).toBe(0);
  expect(await standing()).not.toBeNull();
});
