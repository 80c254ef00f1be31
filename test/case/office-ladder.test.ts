// The ladder is the office's own: what its file says is what its cases want.
import { expect, test } from 'vitest';
import { nextDaily } from '../../src/case/digest.ts';
import { wantedTimers } from '../../src/case/timers.ts';
import type { Office } from '../../src/office/office.ts';
import { readOffice } from '../../src/office/read.ts';
import { caseOf, HOUR, history, SOP, TO_RECEIVER } from '../support/rules.ts';
import { FRIDAY_9, MEDSOS } from '../support/sample-office.ts';

function officeWith(ladder: string): Office {
  const reading = readOffice(
    `office: { id: contoh, name: Dinas Contoh, timezone: Asia/Jakarta }
sops: [${MEDSOS}]
people:
  - { id: sari, name: Sari Dewi, roles: [tim_pelaksana], telegram: 1001 }
  - { id: budi, name: Budi, roles: [tim_pertimbangan], telegram: 1002 }
${ladder}`,
    { sopIds: [MEDSOS] },
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.office;
}

const local = (at: number) => new Date(at + 7 * HOUR).toISOString().slice(5, 16);
const atReceiver = caseOf(history(TO_RECEIVER));
const rungs = (ladder: string) =>
  wantedTimers(atReceiver, { sop: SOP, office: officeWith(ladder) }).map(({ rung, at }) => `${rung} ${local(at)}`);
const rest = ['overdue 11-23T16:00', 'escalate-1 11-24T09:30', 'escalate-2 11-24T11:30', 'escalate-3 11-24T14:30'];

test('without a word in the file: a quarter before, at, and two, four and six working hours after', () => {
  expect(rungs('')).toEqual(['remind 11-23T11:40', ...rest]);
  expect(local(nextDaily(officeWith(''), FRIDAY_9) ?? 0)).toBe('11-23T07:45');
});

test('the reminder comes when the part of the time is left that the file names', () => {
  expect(rungs('ladder: { remind_at: 1/2 }')).toEqual(['remind 11-23T08:21', ...rest]);
});

test('the reminder comes at least as long before as the file says', () => {
  expect(rungs('ladder: { remind_at: 1/100, remind_min: 2h }')).toEqual(['remind 11-23T14:00', ...rest]);
});

test('escalations come when the file says, as many as it names, or none', () => {
  expect(rungs('ladder: { escalate: [30m] }').slice(1)).toEqual(['overdue 11-23T16:00', 'escalate-1 11-24T08:00']);
  expect(rungs('ladder: { escalate: [] }').slice(1)).toEqual(['overdue 11-23T16:00']);
});

test('the daily digest comes when the file says, or never', () => {
  expect(local(nextDaily(officeWith('ladder: { daily: "09:30" }'), FRIDAY_9) ?? 0)).toBe('11-20T09:30');
  expect(nextDaily(officeWith('ladder: { daily: false }'), FRIDAY_9)).toBeNull();
});
