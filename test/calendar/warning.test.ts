// From October on the supervisors hear once a month that next year's free days are not known yet.
import { describe, expect, test } from 'vitest';
import { watchCalendar } from '../../bots/calendar-warning.ts';
import { calendarWarnings, nextMonthOpening } from '../../src/calendar/warning.ts';
import { Phones, RAHMAT } from '../support/phones.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const office = sampleOffice({ supervisors: [['rahmat'], ['maya', 'rahmat']] });

describe('the warning', () => {
  test('is one for each supervisor and missing year, and none while the tables are there', () => {
    expect(calendarWarnings(office, at('2027-09-30T09:00:00'))).toEqual([]);
    expect(calendarWarnings(office, at('2027-10-01T09:00:00'))).toEqual([
      { out: 'say', to: { person: 'rahmat' }, notice: { notice: 'calendar-missing', year: 2028 } },
      { out: 'say', to: { person: 'maya' }, notice: { notice: 'calendar-missing', year: 2028 } },
    ]);
  });

  test('is looked for at the opening of the first working day of each month', () => {
    const next = (local: string) => new Date(nextMonthOpening(office, at(local)) + 7 * 3_600_000).toISOString().slice(0, 16);
    expect(next('2026-10-15T09:00:00')).toBe('2026-11-02T07:30');
    expect(next('2026-12-31T23:00:00')).toBe('2027-01-04T07:30');
  });
});

test('the supervisor reads it in October, November and December, with the repair, and only then', async () => {
  const phones = new Phones(sampleOffice(), [sopNamed(MEDSOS)], at('2027-09-01T08:00:00'));
  const [known] = [...phones.store.tables.offices.values()];
  if (!known) throw new Error('no office');
  await watchCalendar(phones.store, known, phones.now);
  await watchCalendar(phones.store, known, phones.now);
  await phones.settle();
  const warnings = () => phones.chat(RAHMAT).filter(({ text }) => text.includes('Hari libur nasional 2028')).length;
  await phones.advance(at('2027-10-01T07:29:00'));
  expect(warnings()).toBe(0);
  await phones.advance(at('2027-10-01T07:30:00'));
  expect(warnings()).toBe(1);
  expect(phones.last(RAHMAT)).toMatch(/holidays di berkas instansi/);
  await phones.advance(at('2027-12-20T12:00:00'));
  expect(warnings()).toBe(3);
});

test('an office that was set up at night looks at its next opening', async () => {
  const phones = new Phones(sampleOffice(), [sopNamed(MEDSOS)], at('2027-11-05T23:00:00'));
  const [known] = [...phones.store.tables.offices.values()];
  if (known) await watchCalendar(phones.store, known, phones.now);
  await phones.advance(at('2027-11-08T07:29:00'));
  expect(phones.chat(RAHMAT)).toEqual([]);
  await phones.advance(at('2027-11-08T07:30:00'));
  expect(phones.last(RAHMAT)).toMatch(/2028 belum ada/);
});
