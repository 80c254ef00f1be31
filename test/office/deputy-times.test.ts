// When those whom it concerns hear that a deputy begins or ends: as the office opens, never at midnight.
import { expect, test } from 'vitest';
import { asFiled } from '../../src/office/deputies.ts';
import { deputyChanges, nextDeputyChange } from '../../src/office/deputy-times.ts';
import type { Deputy, Office } from '../../src/office/office.ts';
import { sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const WEEK: Deputy = { kind: 'plh', by: 'maya', for: 'kartika', roles: ['ketua_ppid_pembantu'], from: '2026-11-23', to: '2026-11-27' };
const officeWith = (...deputies: Deputy[]): Office => ({ ...sampleOffice(), deputies });
const FRIDAY = at('2026-11-20T09:00:00');
const MONDAY_OPENING = at('2026-11-23T07:30:00');
const AFTER = at('2026-11-30T07:30:00');

test('one after the other: the opening of the first day, then that of the first working day after the last', () => {
  const office = officeWith(WEEK);
  expect(nextDeputyChange(office, FRIDAY)).toBe(MONDAY_OPENING);
  expect(nextDeputyChange(office, MONDAY_OPENING)).toBe(AFTER);
  expect(nextDeputyChange(office, AFTER)).toBeNull();
  expect(nextDeputyChange(sampleOffice(), FRIDAY)).toBeNull();
  expect(nextDeputyChange(officeWith({ ...WEEK, to: null }), MONDAY_OPENING)).toBeNull();
});

test('a first day that is free is told of at the next opening; days that are all free at eight of the first', () => {
  const saturday = { ...WEEK, from: '2026-11-21' };
  expect(nextDeputyChange(officeWith(saturday), FRIDAY)).toBe(MONDAY_OPENING);
  expect(nextDeputyChange(officeWith({ ...saturday, to: '2026-11-22' }), FRIDAY)).toBe(at('2026-11-21T08:00:00'));
});

test('each is told of once, however seldom the office is woken', () => {
  const office = officeWith(WEEK);
  const none = { begun: [], ended: [] };
  expect(deputyChanges(office, FRIDAY, MONDAY_OPENING - 1)).toEqual(none);
  expect(deputyChanges(office, FRIDAY, MONDAY_OPENING)).toEqual({ begun: [WEEK], ended: [] });
  expect(deputyChanges(office, MONDAY_OPENING, AFTER - 1)).toEqual(none);
  expect(deputyChanges(office, MONDAY_OPENING, AFTER)).toEqual({ begun: [], ended: [WEEK] });
  // Slept through: what is over by now has not begun any more.
  expect(deputyChanges(office, FRIDAY, AFTER)).toEqual({ begun: [], ended: [WEEK] });
  expect(deputyChanges(sampleOffice(), FRIDAY, AFTER)).toEqual(none);
});

test('whoever was set in a chat for the same day was told of then', () => {
  const early = at('2026-11-23T06:00:00');
  const chat = { id: 'x', at: early };
  expect(deputyChanges(officeWith({ ...WEEK, chat }), early, MONDAY_OPENING).begun).toEqual([]);
  expect(deputyChanges(officeWith({ ...WEEK, chat: { id: 'x', at: FRIDAY } }), FRIDAY, MONDAY_OPENING).begun).toHaveLength(1);
});

test('what a file made of an office is the office without what was set in chats', () => {
  const chosen: Deputy = { ...WEEK, chat: { id: 'x', at: FRIDAY } };
  expect(asFiled(officeWith(WEEK, chosen))).toEqual(officeWith(WEEK));
  expect(asFiled(officeWith(chosen))).toEqual(sampleOffice());
  expect(asFiled(sampleOffice())).toEqual(sampleOffice());
});
