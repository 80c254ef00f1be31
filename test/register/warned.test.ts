// What an SOP warns of, and what has become of it.
import { expect, test } from 'vitest';
import type { Publication } from '../../src/case/case.ts';
import { warnedOf } from '../../src/register/warned.ts';
import { sopNamed } from '../support/sample-office.ts';
import { at, caseWith, office } from './sample.ts';

const DISHUB = 'kalbar-dishub-penayangan';
const PPID = 'kalteng-disdagperin-pengumuman';
const number = { year: 2026, serial: 1, text: '0001/2026' };
const sop = { id: DISHUB, version: 'v' };
const done = { status: 'published', at: at('2026-11-20T23:30:00') } as const;
const shown = (channel: string, when: string, more: Partial<Publication> = {}): Publication => ({
  channel,
  link: 'https://x.id/1',
  proof: null,
  person: 'maya',
  at: at(when),
  ...more,
});
const stay = { step: 'unggah', round: 1, role: 'r', enteredAt: 0, dueAt: at('2026-11-20T10:00:00'), leftAt: at('2026-11-20T11:00:00') };

const cases = [
  caseWith({
    sop,
    number,
    state: done,
    publications: [shown('website', '2026-11-18T09:00:00'), shown('media_sosial', '2026-11-18T09:05:00')],
  }),
  caseWith({
    sop,
    number,
    state: done,
    stays: [stay],
    publications: [
      shown('website', '2026-11-20T23:30:00'),
      shown('media_sosial', '2026-11-20T23:31:00', { link: null, waived: 'Akun dipulihkan' }),
    ],
  }),
  caseWith({ sop, number, handedInLate: true, state: done }),
  caseWith({ sop }),
];
const now = at('2026-11-21T00:10:00');

test('the SOP’s warning stands beside how many were late, what was left out, and the days since each channel was last fed', () => {
  expect(warnedOf(cases, [sopNamed(DISHUB)], office, now)).toEqual([
    {
      sop: DISHUB,
      warnings: 'Jika SOP ini tidak dilaksanakan akan berdampak tidak mutakhirnya semua informasi',
      cases: 3,
      late: 2,
      channel: 'website',
      published: 2,
      waived: 0,
      last_published_at: '2026-11-20T23:30:00+07:00',
      days_since: 1,
    },
    expect.objectContaining({
      channel: 'media_sosial',
      published: 1,
      waived: 1,
      last_published_at: '2026-11-18T09:05:00+07:00',
      days_since: 3,
    }),
  ]);
});

test('a channel that was never fed says so, and what is open and overdue counts as late', () => {
  const state = { status: 'running', step: 's', role: 'r', round: 1, enteredAt: 0, dueAt: now - 1, back: null } as const;
  const open = (dueAt: number | null) => caseWith({ sop: { id: PPID, version: 'v' }, number, state: { ...state, dueAt } });
  const rows = warnedOf(
    [open(now - 1), open(now + 1), open(null)],
    [sopNamed(PPID), { ...sopNamed(PPID), id: 'lain', warnings: [] }],
    office,
    now,
  );
  expect(rows).toHaveLength(10);
  expect(rows[0]).toMatchObject({
    cases: 3,
    late: 1,
    channel: 'papan_pengumuman',
    published: 0,
    last_published_at: null,
    days_since: null,
  });
  expect(rows[0]?.warnings).toMatch(/pelayanan prima tidak akan tercapai dan image positif/);
  expect(rows[5]).toMatchObject({ sop: 'lain', warnings: null, cases: 0, late: 0 });
});
