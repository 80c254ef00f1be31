// A month as it is told in a chat.
import { expect, it } from 'vitest';
import type { Case, Stay } from '../../src/case/case.ts';
import { recapOf } from '../../src/register/recap.ts';
import { at, caseWith, decision, office, revisionWith, sop } from './sample.ts';

const NOW = at('2026-11-27T09:00:00');
const stay = (step: string, role: string, minutes: number, changes: Partial<Stay> = {}): Stay => ({
  step,
  role,
  round: 1,
  enteredAt: at('2026-11-23T08:00:00'),
  dueAt: at('2026-11-23T09:00:00'),
  leftAt: at('2026-11-23T08:00:00') + minutes * 60_000,
  ...changes,
});
const october = at('2026-10-30T10:00:00');
const recap = (...cases: Case[]) =>
  recapOf(
    cases.map((c) => ({ case: c, sop })),
    office,
    '2026-11',
    NOW,
  );

it('counts the cases that came, were decided, sent back, published and late in the month, each once', () => {
  const told = recap(
    caseWith({ revisions: [revisionWith()], decisions: [decision({ verdict: 'receive' })], stays: [stay('terima', 'pemeriksa', 90)] }),
    caseWith({
      revisions: [revisionWith({ at: october }), revisionWith({ revision: 2 })],
      decisions: [decision({ verdict: 'reject' }), decision({ round: 2, verdict: 'reject' }), decision({ round: 3 })],
      state: { status: 'published', at: NOW - 1 },
    }),
    caseWith({
      revisions: [revisionWith()],
      decisions: [decision({ at: october, verdict: 'reject' })],
      state: { status: 'published', at: october },
    }),
  );
  expect(told).toMatchObject({ month: '2026-11', entered: 2, decided: 1, returned: 1, published: 1, late: 1 });
});

it('counts as late what waits past a deadline of this month, not of another, and not before it', () => {
  const waiting = (dueAt: number | null) =>
    caseWith({ state: { status: 'running', back: null, step: 'periksa', role: 'pemeriksa', round: 1, enteredAt: october, dueAt } });
  const late = (c: Case) => recap(c).late;
  expect([NOW - 1, NOW, NOW + 1, october, null].map((dueAt) => late(waiting(dueAt)))).toEqual([1, 0, 0, 0, 0]);
  const ended = (leftAt: number, dueAt: number | null) => caseWith({ stays: [stay('periksa', 'pemeriksa', 0, { leftAt, dueAt })] });
  expect([ended(NOW, NOW - 1), ended(NOW, null), ended(NOW, NOW), ended(october, october - 1)].map(late)).toEqual([1, 0, 0, 0]);
});

it('tells of each step of the month in the order of the SOP what was planned and taken', () => {
  const { steps } = recap(
    caseWith({
      stays: [stay('periksa', 'pemeriksa', 30), stay('terima', 'pemeriksa', 10), stay('periksa', 'pemeriksa', 0, { leftAt: october })],
    }),
    caseWith({ stays: [stay('periksa', 'pemeriksa', 90), stay('jadwalkan', 'pemeriksa', 5, { dueAt: null })] }),
  );
  expect(steps).toEqual([
    { sop: null, step: 'terima', planned: 60, actual: 10, stays: 1, late: 0 },
    { sop: null, step: 'periksa', planned: 60, actual: 60, stays: 2, late: 1 },
    { sop: null, step: 'jadwalkan', planned: null, actual: 5, stays: 1, late: 0 },
  ]);
});

it('keeps SOPs apart by their titles', () => {
  const other = { ...sop, id: 'lain', title: 'Alur Lain' };
  const one = caseWith({ stays: [stay('terima', 'pemeriksa', 10)] });
  const followed = [
    { case: one, sop },
    { case: { ...one, sop: { id: 'lain', version: 'v1' } }, sop: other },
  ];
  expect(recapOf(followed, office, '2026-11', NOW).steps.map((step) => [step.sop, step.stays])).toEqual([
    ['Alur Contoh', 1],
    ['Alur Lain', 1],
  ]);
});

it('names what was left out in the month', () => {
  const waived = { channel: 'website', link: null, proof: null, person: 'maya', at: NOW, waived: 'Situs sedang tutup' };
  expect(recap(caseWith({ publications: [waived, { ...waived, channel: 'media_sosial', at: october }] })).waived).toEqual([
    { number: null, channel: 'website', reason: 'Situs sedang tutup', person: 'Maya' },
  ]);
});
