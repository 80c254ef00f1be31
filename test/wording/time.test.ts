import { expect, test } from 'vitest';
import { clock, dayOf, duration, longDate, moment, monthName, nearMoment, shortDate, shortMoment } from '../../bots/wording/time.ts';

const at = (text: string) => Date.parse(text);
const friday = at('2026-11-20T14:05:00+07:00');

test('dates are written as in a letter, and short in lists', () => {
  expect(longDate('2026-11-20')).toBe('Jumat, 20 November 2026');
  expect(longDate('2027-08-01')).toBe('Minggu, 1 Agustus 2027');
  expect(shortDate('2026-03-05')).toBe('05-03-2026');
  expect(monthName('2026-02')).toBe('Februari 2026');
  expect(monthName('kapan')).toBe('kapan');
});

test('each of the three zones has its own letters', () => {
  expect(clock(friday, 'Asia/Jakarta')).toBe('pukul 14.05 WIB');
  expect(clock(friday, 'Asia/Pontianak')).toBe('pukul 14.05 WIB');
  expect(clock(friday, 'Asia/Makassar')).toBe('pukul 15.05 WITA');
  expect(clock(friday, 'Asia/Jayapura')).toBe('pukul 16.05 WIT');
  expect(clock(friday, 'UTC')).toBe('pukul 07.05 UTC+00:00');
});

test('the day is the day of the office, not of the machine', () => {
  expect(dayOf(at('2026-11-20T23:30:00+07:00'), 'Asia/Jayapura')).toBe('2026-11-21');
  expect(shortMoment(at('2026-11-20T23:30:00+07:00'), 'Asia/Jayapura')).toBe('21-11-2026 pukul 01.30 WIT');
});

test('today needs no date, tomorrow and yesterday carry theirs', () => {
  const near = (text: string) => nearMoment(at(text), 'Asia/Jakarta', friday);
  expect(near('2026-11-20T16:00:00+07:00')).toBe('hari ini pukul 16.00 WIB');
  expect(near('2026-11-21T16:00:00+07:00')).toBe('besok, Sabtu, 21 November 2026, pukul 16.00 WIB');
  expect(near('2026-11-19T08:00:00+07:00')).toBe('kemarin, Kamis, 19 November 2026, pukul 08.00 WIB');
  expect(near('2026-11-23T16:00:00+07:00')).toBe('Senin, 23 November 2026, pukul 16.00 WIB');
});

test('durations are whole units, rounded down', () => {
  expect(duration(0)).toBe('kurang dari 1 detik');
  expect(duration(45_900)).toBe('45 detik');
  expect(duration(179_000)).toBe('2 menit');
  expect(duration(7_200_000)).toBe('2 jam');
  expect(duration(8_100_000)).toBe('2 jam 15 menit');
});

test('no text carries a space that only looks like one', () => {
  for (const text of [moment(friday, 'Asia/Jakarta'), longDate('2026-11-20'), duration(8_100_000)]) {
    expect(text).not.toMatch(/[\u00a0\u202f\u2009]/);
  }
});
