// The line of a case in the Register Dokumentasi dan Konten.
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/register/csv.ts';
import { REGISTER_COLUMNS, registerRow } from '../../src/register/row.ts';
import { at, caseWith, decision, office, revisionWith, sop } from './sample.ts';

const row = (changes: Parameters<typeof caseWith>[0]) => registerRow(caseWith(changes), sop, office, at('2026-11-20T14:05:00'));

const place = { step: 'periksa', role: 'pemeriksa', round: 1, enteredAt: at('2026-11-20T14:05:00'), dueAt: null };
const running = { status: 'running', back: null, ...place } as const;

describe('A row of the register', () => {
  it('of a draft knows only what has been sent', () => {
    expect(row({})).toEqual({
      number: null,
      submitted_at: null,
      title: null,
      event_date: null,
      submitter: 'Sari Dewi',
      position: 'Staf',
      photos: 0,
      videos: 0,
      documents: 0,
      audio: 0,
      caption: null,
      narrative: null,
      responses: null,
      review: null,
      approval: null,
      revision: null,
      publications: null,
      published_at: null,
      publisher: null,
      proof_links: 0,
      proof_files: 0,
      late: false,
      late_steps: null,
      status: 'draft',
      sop: 'contoh',
      sop_version: 'v1',
      information_class: null,
      dip: null,
      sk: null,
      scheduled_at: null,
      waived: null,
      copies: null,
      hardcopy: null,
    });
    const content = { title: 'Judul', eventDate: '2026-11-19', caption: { text: 'C' }, narrative: { text: 'N' }, media: [] };
    expect(row({ content })).toMatchObject({ title: 'Judul', event_date: '2026-11-19', caption: 'C', narrative: 'N' });
  });

  it('shows the newest revision with the time of the first hand-in', () => {
    const revisions = [
      revisionWith(),
      revisionWith({ revision: 2, title: 'Pasar Murah II', caption: null, at: at('2026-11-23T09:00:00') }),
    ];
    expect(row({ revisions, number: { year: 2026, serial: 42, text: '0042/2026' }, state: running })).toMatchObject({
      number: '0042/2026',
      submitted_at: '2026-11-20T14:05:00+07:00',
      title: 'Pasar Murah II',
      event_date: '2026-11-19',
      caption: null,
      narrative: 'Narasi',
      photos: 2,
      videos: 1,
      documents: 1,
      audio: 1,
      revision: 2,
      status: 'running',
    });
  });

  it('tells responses, review and approval apart, of the newest revision only, in the words of the SOP', () => {
    const decisions = [
      decision({ verdict: 'reject', note: 'Foto buram', revision: 0 }),
      decision({ step: 'terima', verdict: 'receive', note: 'Lengkap' }),
      decision({ onBehalfOf: 'maya', note: 'Baik' }),
      decision({ step: 'sah', verdict: 'reject', note: 'Nama keliru', role: 'hilang', person: 'pergi' }),
    ];
    expect(row({ revisions: [revisionWith()], decisions, state: running })).toMatchObject({
      responses: '2026-11-20T15:00:00+07:00 Budi (Pemeriksa): DITERIMA, Lengkap',
      review: '2026-11-20T15:00:00+07:00 Budi a.n. Maya (Pemeriksa): TERIMA, Baik',
      approval: '2026-11-20T15:00:00+07:00 pergi (hilang): TIDAK, Nama keliru',
    });
  });

  it('joins several decisions of a stage', () => {
    const decisions = [decision({ note: 'Satu' }), decision({ person: 'maya', note: 'Dua' })];
    expect(row({ revisions: [revisionWith()], decisions }).review).toMatch(/Budi .*Satu; .*Maya .*Dua$/);
  });

  it('shows channels, links and proof once it is published', () => {
    const publications = [
      { channel: 'website', link: 'https://contoh.test/1', proof: null, person: 'maya', at: at('2026-11-23T10:00:00') },
      { channel: 'papan_pengumuman', link: null, proof: { sha256: 'aa', bytes: 1 }, person: 'maya', at: at('2026-11-23T11:00:00') },
    ];
    const shown = {
      publications: 'website https://contoh.test/1; papan_pengumuman',
      publisher: 'Maya',
      proof_links: 1,
      proof_files: 1,
    };
    expect(row({ publications, state: { status: 'published', at: at('2026-11-23T11:00:00') } })).toMatchObject({
      ...shown,
      published_at: '2026-11-23T11:00:00+07:00',
    });
    expect(row({ publications, state: { status: 'approved', ...place } })).toMatchObject({ ...shown, published_at: null });
  });

  it('is late as soon as the step that it is at is past its deadline, and not before', () => {
    const waiting = caseWith({ state: { ...running, dueAt: at('2026-11-23T16:00:00') } });
    expect(registerRow(waiting, sop, office, at('2026-11-23T16:00:00'))).toMatchObject({ late: false, late_steps: null });
    expect(registerRow(waiting, sop, office, at('2026-11-23T16:00:01'))).toMatchObject({ late: true, late_steps: 'periksa' });
  });

  it('is late by its hand-in or by a step, which is named once', () => {
    const stay = { step: 'periksa', round: 1, role: 'pemeriksa', enteredAt: 1, dueAt: 5, leftAt: 6 };
    expect(row({ handedInLate: true })).toMatchObject({ late: true, late_steps: null });
    expect(row({ stays: [stay, { ...stay, round: 2 }, { ...stay, step: 'sah' }] })).toMatchObject({
      late: true,
      late_steps: 'periksa; sah',
    });
    expect(
      row({
        stays: [
          { ...stay, leftAt: 5 },
          { ...stay, dueAt: null },
        ],
      }),
    ).toMatchObject({ late: false, late_steps: null });
  });

  it('names whoever handed in first, whoever has it in hand now', () => {
    const revisions = [revisionWith(), revisionWith({ revision: 2, by: 'maya', materialOf: 1 })];
    expect(row({ maker: 'maya', revisions })).toMatchObject({ submitter: 'Sari Dewi', position: 'Staf' });
    expect(row({ maker: 'maya' })).toMatchObject({ submitter: 'Maya', position: null });
  });

  it('shows what only some SOPs ask for: class, numbers, schedule, how it is kept', () => {
    const details = { class: 'berkala', dip: 'DIP-7', sk: 'SK 12/2026' };
    const told = { information_class: 'berkala', dip: 'DIP-7', sk: 'SK 12/2026' };
    expect(row({ revisions: [revisionWith({ details })] })).toMatchObject(told);
    expect(row({ content: { ...caseWith().content, details } })).toMatchObject(told);
    expect(row({ schedule: at('2026-11-24T09:00:00') })).toMatchObject({ scheduled_at: '2026-11-24T09:00:00+07:00' });
    const kept = (copies: ('softcopy' | 'hardcopy')[]) => registerRow(caseWith(), { ...sop, copies }, office, 0);
    expect(kept(['softcopy', 'hardcopy'])).toMatchObject({ copies: 'softcopy; hardcopy', hardcopy: '☐' });
    expect(kept(['softcopy'])).toMatchObject({ copies: 'softcopy', hardcopy: null });
  });

  it('tells a channel that was left out, with its reason, apart from those that were published', () => {
    const publications = [
      { channel: 'website', link: 'https://contoh.test/1', proof: null, person: 'maya', at: at('2026-11-23T10:00:00') },
      { channel: 'media_sosial', link: null, proof: null, waived: 'Akun dikunci', person: 'budi', at: at('2026-11-23T11:00:00') },
    ];
    expect(row({ publications, state: { status: 'published', at: at('2026-11-23T11:00:00') } })).toMatchObject({
      publications: 'website https://contoh.test/1',
      publisher: 'Maya',
      published_at: '2026-11-23T10:00:00+07:00',
      waived: 'media_sosial: Akun dikunci',
    });
  });

  it('names a maker who is gone by his id', () => {
    expect(row({ maker: 'pergi' })).toMatchObject({ submitter: 'pergi', position: null });
  });

  it('has a column for every key, and goes into CSV', () => {
    expect(REGISTER_COLUMNS.map(({ key }) => key)).toEqual(Object.keys(row({})));
    expect(toCsv(REGISTER_COLUMNS, [row({ revisions: [revisionWith({ title: '=1+1' })] })])).toContain(",'=1+1,");
  });
});
