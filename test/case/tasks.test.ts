// Who may take, give, repair, schedule, leave out and finish, and what is refused; cases made in the chat, judged by the rules.
import { describe, expect, test } from 'vitest';
import { statusOf } from '../../src/case/case.ts';
import { openChannels } from '../../src/case/decide-announce.ts';
import { mayFinish } from '../../src/case/decide-publish.ts';
import { mayRepair } from '../../src/case/decide-task.ts';
import { evolve } from '../../src/case/evolve.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { dishub, diskominfo } from '../support/other-phones.ts';
import {
  AGUS,
  BAMBANG,
  DARMA,
  INTAN,
  NURDIN,
  REASON,
  RIZAL,
  toDesigner,
  toHeadOfSection,
  toMaker,
  toPublisher,
  toScheduler,
  YUSUF,
} from '../support/other-walks.ts';

const HOME = { channel: 'telegram', id: INTAN } as const;

describe('a step to prepare that others have begun', () => {
  test('is taken by a holder of its role, once, while it waits', async () => {
    const p = await toDesigner();
    const seen = { step: 'desain', round: 1 };
    expect(statusOf(p.case)).toBe('running');
    expect(p.rule({ type: 'take', seen, home: HOME, by: 'agus' })).toBe('not-your-role');
    expect(p.rule({ type: 'take', seen, home: HOME, by: 'nobody' })).toBe('not-your-role');
    expect(p.rule({ type: 'take', seen: { ...seen, round: 2 }, home: HOME, by: 'intan' })).toBe('outdated');
    expect(p.rule({ type: 'hand-in', seen: { round: 1 }, by: 'rizal' })).toBe('not-now');
    expect(p.rule({ type: 'take', seen, home: HOME, by: 'intan' })).toEqual(['taken']);
    await p.must(INTAN, 'KERJAKAN');
    expect(statusOf(p.case)).toBe('running');
    expect(p.rule({ type: 'take', seen, home: HOME, by: 'intan' })).toBe('already-taken');
    expect(p.rule({ type: 'assign', seen: { round: 1 }, by: 'intan' })).toBe('not-now');
    expect(p.rule({ type: 'withdraw', by: 'intan' })).toBe('not-now');
  });

  test('leaves behind what was still on its way', async () => {
    const p = await toDesigner();
    const c = p.case;
    const [first] = c.content.media;
    if (!first) throw new Error('no media');
    const late = { ...first, id: 'late', state: 'pending' } as const;
    p.store.tables.cases.set(c.id, evolve(c, { type: 'media-added', at: p.now, by: 'rizal', media: late }));
    expect(p.rule({ type: 'take', seen: { step: 'desain', round: 1 }, home: HOME, by: 'intan' })).toEqual(['media-dropped', 'taken']);
    expect(evolve(c, { type: 'repaired', at: 0, by: 'x', step: 's', round: 1, revision: c.revisions[0] as never }).revisions).toHaveLength(
      2,
    );
  });

  test('goes back to who made it, also further back, and again to whoever made it after him', async () => {
    const back = (sop: Sop): Sop => ({
      ...sop,
      steps: sop.steps.map((step) => (step.id === 'verifikasi' && step.kind === 'decide' ? { ...step, rejectTo: 'kumpulkan' } : step)),
    });
    const p = await toDesigner(dishub({ sop: back }));
    await p.must(INTAN, 'KERJAKAN');
    await p.photo(INTAN, 'desain');
    await p.must(INTAN, 'SERAHKAN');
    await p.must(BAMBANG, 'TIDAK');
    await p.text(BAMBANG, REASON);
    expect(p.case).toMatchObject({ maker: 'rizal', home: { id: RIZAL }, state: { status: 'returned', step: 'kumpulkan' } });
    await p.must(RIZAL, 'Perbaiki sekarang');
    await p.photo(RIZAL, 'bahan baru');
    await p.must(RIZAL, 'SERAHKAN');
    expect(p.case.state).toMatchObject({ status: 'making', assigned: 'intan', round: 2 });
  });
});

describe('a task', () => {
  test('is whole before it is given, and only the named person may take it', async () => {
    const p = diskominfo();
    await p.text(NURDIN, '/kirim');
    await p.text(NURDIN, 'Pengumuman layanan aduan');
    expect(p.rule({ type: 'assign', seen: { round: 1 }, by: 'nurdin' })).toBe('incomplete');
    expect(p.rule({ type: 'assign', seen: { round: 2 }, by: 'nurdin' })).toBe('outdated');
    expect(p.rule({ type: 'caption', caption: { text: 'a' }, by: 'nurdin' })).toBe('not-now');
    expect(p.rule({ type: 'detail', part: 'source', text: 'sendiri', by: 'nurdin' })).toBe('not-now');
    expect(p.rule({ type: 'detail', part: 'disposition', text: 'x'.repeat(501), by: 'nurdin' })).toBe('detail-length');
    expect(p.rule({ type: 'detail', part: 'assignee', text: 'darma', by: 'nurdin' })).toBe('assignee-unclear');
    await p.text(NURDIN, '045/2026: siapkan pengumuman');
    await p.photo(NURDIN, 'disposisi');
    expect(p.last(NURDIN)).toMatch(/tidak menerima foto/);
    await p.text(NURDIN, 'siapa saja');
    expect(p.last(NURDIN)).toMatch(/belum dapat dikenali/);
    await p.text(NURDIN, 'Yusuf Ramadhan');
    await p.must(NURDIN, 'Ubah pelaksana');
    await p.must(NURDIN, 'Tika Maharani');
    await p.text(NURDIN, 'sudah ya');
    expect(p.last(NURDIN)).toMatch(/belum dapat dipahami/);
    await p.must(NURDIN, 'TUGASKAN');
    expect(p.rule({ type: 'take', seen: { step: 'susun', round: 1 }, home: HOME, by: 'yusuf' })).toBe('already-taken');
  });

  test('goes to the others when the named person is there no more', async () => {
    const p = await toMaker();
    p.store.tables.offices.set(p.office.id, { ...p.office, people: p.office.people.filter(({ id }) => id !== 'tika') });
    const office = { ...p.office, people: p.office.people.filter(({ id }) => id !== 'tika') };
    expect(office.people.some(({ telegram }) => telegram === YUSUF)).toBe(true);
    Object.assign(p.office, office);
    expect(p.rule({ type: 'take', seen: { step: 'susun', round: 1 }, home: HOME, by: 'yusuf' })).toEqual(['taken']);
  });

  test('a file begins none', async () => {
    const p = diskominfo();
    await p.photo(NURDIN, 'foto');
    expect(p.cases).toEqual([]);
  });
});

test('only what has come back is repaired, by its holder, with a text that says something', async () => {
  const p = await toHeadOfSection();
  const facts = { now: p.now, office: p.office, sop: p.sop };
  const repair = (text: string, by = 'nurdin', part: 'caption' | 'narrative' = 'narrative') =>
    p.rule({ type: 'repair', seen: p.seen, part, text: { text }, by });
  expect(repair('Naskah lain')).toBe('not-now');
  expect(mayRepair(p.case, facts)).toBe(false);
  await p.must(NURDIN, 'YA');
  await p.must(DARMA, 'TIDAK');
  await p.text(DARMA, REASON);
  expect(repair('Naskah lain', 'darma')).toBe('not-your-role');
  expect(repair('')).toBe('narrative-empty');
  expect(repair('Layanan aduan dibuka setiap hari kerja.')).toEqual([]);
  expect(repair('Caption baru', 'nurdin', 'caption')).toEqual(['repaired']);
  await p.must(NURDIN, 'PERBAIKI');
  await p.text(NURDIN, ' \u200b ');
  expect(p.last(NURDIN)).toMatch(/masih kosong/);
  await p.text(NURDIN, 'Naskah lain');
  expect(p.case.revisions).toHaveLength(2);
  expect(mayRepair(p.case, facts)).toBe(true);
});

test('a schedule is chosen by its holder at its step', async () => {
  const p = await toScheduler();
  const schedule = p.now + 60_000;
  expect(p.rule({ type: 'schedule', seen: p.seen, schedule, by: 'agus' })).toBe('not-your-role');
  expect(p.rule({ type: 'schedule', seen: p.seen, schedule: p.now - 120_000, by: 'bambang' })).toBe('schedule-past');
  expect(p.rule({ type: 'schedule', seen: p.seen, schedule, by: 'bambang' })).toEqual(['scheduled', 'entered']);
  await p.must(BAMBANG, 'ATUR JADWAL');
  await p.text(BAMBANG, 'sekarang');
  expect(p.rule({ type: 'schedule', seen: p.seen, schedule, by: 'agus' })).toBe('outdated');
  expect(p.rule({ type: 'waive', seen: p.seen, channel: 'website', reason: 'pendek', by: 'agus' })).toBe('reason-length');
  expect(p.rule({ type: 'waive', seen: p.seen, channel: 'website', reason: REASON, by: 'rizal' })).toBe('not-your-role');
  expect(p.rule({ type: 'finish', seen: p.seen, by: 'agus' })).toBe('not-now');
  const button = p.platform.button(AGUS, 'Lewati Media sosial');
  await p.must(AGUS, 'Lewati Website');
  await p.text(AGUS, REASON);
  expect(p.rule({ type: 'waive', seen: p.seen, channel: 'media_sosial', reason: REASON, by: 'agus' })).toBe('last-channel');
  await p.tap(AGUS, button?.data ?? '', button?.message ?? '');
  await p.settle();
  expect(p.lastAnswer.text).toMatch(/tidak dapat dilewati/);
});

test('one channel is enough only once the content stands there, with its accessible form', async () => {
  const p = await toPublisher();
  const facts = { now: p.now, office: p.office, sop: p.sop };
  const form = (text: string, by = 'fitri') => p.rule({ type: 'provide-form', seen: p.seen, form: 'audio', text, by });
  expect(form('', 'fitri')).toBe('response-length');
  expect(form('naskah', 'lestari')).toBe('not-your-role');
  expect(form('naskah')).toEqual(['form-provided']);
  const announce = (channel: string) =>
    p.rule({ type: 'announce', seen: p.seen, channel, link: 'https://x.id/1', proof: null, by: 'fitri' });
  expect(announce('website')).toBe('forms-incomplete');
  await p.must('1103', 'Serahkan audio');
  await p.text('1103', 'naskah suara');
  expect(p.rule({ type: 'finish', seen: p.seen, by: 'fitri' })).toBe('not-now');
  expect(p.rule({ type: 'finish', seen: p.seen, by: 'lestari' })).toBe('not-your-role');
  expect(openChannels(p.case, facts)).toHaveLength(5);
  await p.must('1103', 'SUDAH TAYANG');
  await p.text('1103', 'https://ppid.example.org/1');
  expect(mayFinish(p.case, facts)).toBe(true);
  await p.must('1103', 'SELESAI');
  expect(mayFinish(p.case, facts)).toBe(false);
  expect(p.rule({ type: 'finish', seen: { step: 'sebarluaskan', round: 1, revision: 1 }, by: 'fitri' })).toBe('outdated');
});
