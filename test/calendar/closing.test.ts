// When an office closes next.
import { expect, test } from 'vitest';
import { nextClosing } from '../../src/calendar/closing.ts';
import { sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const next = (local: string, more: Parameters<typeof sampleOffice>[0] = {}) =>
  new Date(nextClosing(sampleOffice(more), at(local)) + 7 * 3_600_000).toISOString().slice(0, 16);

test('is today’s closing until it has come, then that of the next working day', () => {
  expect(next('2026-11-20T09:00:00')).toBe('2026-11-20T16:30');
  expect(next('2026-11-20T16:29:59')).toBe('2026-11-20T16:30');
  expect(next('2026-11-20T16:30:00')).toBe('2026-11-23T16:00');
  expect(next('2026-11-21T12:00:00')).toBe('2026-11-23T16:00');
});

test('of an office that never closes is after its quiet hours', () => {
  expect(next('2026-11-20T09:00:00', { hours: 'always' })).toBe('2026-11-21T06:00');
  expect(next('2026-11-21T06:00:00', { hours: 'always' })).toBe('2026-11-22T06:00');
});
