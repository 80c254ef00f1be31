import { describe, expect, test } from 'vitest';
import { ANSWER_MAX, answerText, noticeMessage } from '../../bots/wording/notice.ts';
import { plain } from '../../bots/wording/text.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { appointments, CASE, context, draftNamed, ladders, NOW, named, notices } from './samples.ts';

const say = (notice: Notice) => noticeMessage(notice, context);
const text = (notice: Notice) => plain(say(notice).runs);
const all = Object.values(notices);
const of = <K extends Notice['notice']>(kind: K) => notices[kind] as Extract<Notice, { notice: K }>;

describe('every notice', () => {
  test.each(all)('$notice has words, an icon at the start and no hole', (notice) => {
    const words = text(notice);
    expect(words).not.toMatch(/undefined|null|NaN|\[object|^\s|\n\n/);
    expect(words).not.toMatch(/[\u00a0\u202f]/);
    if (notice.notice !== 'stranger') expect(words).toMatch(/^\p{Extended_Pictographic}\ufe0f? /u);
    // The help of somebody with every duty has a line for each command.
    expect(words.split('\n').length).toBeLessThanOrEqual(notice.notice === 'help' ? 11 : 10);
  });

  test.each(all)('$notice answers a tap in at most two hundred characters', (notice) => {
    const answer = answerText(notice, context.names);
    expect(answer).not.toBe('');
    expect(answer?.length).toBeLessThanOrEqual(ANSWER_MAX);
  });

  const numbered = all.filter((notice) => 'named' in notice && notice.named?.number);
  test.each(numbered)('$notice carries the register number, so that a repeat is recognised', (notice) => {
    expect(text(notice)).toContain(named.number);
  });
});

test('a tap may be answered by nothing', () => {
  expect(answerText(null)).toBeNull();
});

test('an answer to a tap keeps whole lines and never half of one', () => {
  const answer = answerText({ notice: 'help', roles: ['Tim Pelaksana'], maker: true, decider: true, publisher: true });
  expect(answer).toMatch(/^📌 Panduan untuk Tim Pelaksana Menyerahkan: .*lengkap\.$/);
});

describe('the receipt', () => {
  test('has the number, the hand-in time, the next deadline and the lateness', () => {
    const words = text(of('receipt'));
    for (const word of [
      '0042/REG-KONTEN/DISDAGPERIN/XI/2026',
      'Jumat, 20 November 2026, pukul 14.05 WIB',
      'Tim Pertimbangan Pelayanan Informasi',
      'Senin, 23 November 2026, pukul 16.00 WIB',
      'terlambat',
      'Rabu, 18 November 2026',
    ])
      expect(words).toContain(word);
  });
  test('says nothing of lateness when there is none, and names a later revision', () => {
    expect(text({ ...of('receipt'), late: null })).not.toMatch(/terlambat/i);
    expect(text({ ...of('receipt'), revision: 2 })).toContain('revisi ke-2');
    expect(text({ ...of('receipt'), next: { label: 'Admin', dueAt: null } })).toContain('Berikutnya: Admin.');
    expect(text({ ...of('receipt'), next: { label: '', dueAt: null } })).not.toContain('Berikutnya');
  });
});

describe('a returned case', () => {
  test('says who, quotes why, and offers the draft unless it is open already', () => {
    const words = text(of('returned'));
    expect(words).toContain('Kartika (Ketua PPID Pembantu)');
    expect(words).toContain('"Nama Kepala Dinas keliru; foto ke-3 buram."');
    expect(words).toContain('Perbaiki sebelum Senin, 23 November 2026');
    expect(
      say(of('returned'))
        .buttons.flat()
        .map(({ label, does }) => [label, does]),
    ).toEqual([['✏️ Perbaiki sekarang', { tap: `resume/${CASE}/2/1/1/-` }]]);
    const focused: Notice = { ...of('returned'), focused: true };
    expect(say(focused).buttons).toEqual([]);
    expect(text(focused)).toContain('tekan SERAHKAN');
  });
  test('says where the next message goes, and how to begin other content to whoever begins any', () => {
    const at = (step: number): Notice => ({ ...of('returned'), index: { step, round: 1, revision: 1 } });
    expect(text(at(0))).toContain('kiriman berikutnya masuk ke draf ini. Untuk konten lain, ketik /kirim dahulu.');
    expect(text(at(1))).toContain('kiriman berikutnya masuk ke draf ini.');
    expect(text(at(1))).not.toContain('/kirim');
  });
  test('a deadline that has gone by is not announced as one to come', () => {
    const words = text({ ...of('returned'), dueAt: NOW - 1 });
    expect(words).not.toContain('Perbaiki sebelum');
    expect(words).toContain('sudah lewat');
    expect(text({ ...of('returned'), dueAt: null })).not.toMatch(/sebelum|lewat/);
  });
});

describe('the ladder', () => {
  const rungs = Object.entries(ladders).flatMap(([rung, notice]) =>
    (['holder', 'supervisor'] as const).map((to) => ({ rung, to, notice: { ...notice, to } })),
  );
  test.each(rungs)('$rung to the $to names case, step, holder and time', ({ notice }) => {
    const words = text(notice);
    for (const word of ['0042/REG-KONTEN', 'Pasar Murah Jekan Raya', 'Memeriksa konten', 'Kartika', 'Ketua PPID Pembantu', 'Tenggat'])
      expect(words).toContain(word);
  });
  test.each(Object.entries(appointments))('%s names the case and the chosen time; without its place it has no buttons', (_, notice) => {
    expect(text(notice)).toMatch(/tayang: 0042\/REG-KONTEN.*\nJadwal: .*pukul 14\.(05|20) WIB/);
    const { index: _index, ...bare } = notice;
    expect(noticeMessage(bare, context).buttons).toEqual([]);
  });
  test.each(Object.entries(ladders))('%s is a request to the holder and a report to the supervisor', (_, notice) => {
    expect(text({ ...notice, to: 'holder' })).not.toBe(text({ ...notice, to: 'supervisor' }));
  });
  test('a reminder says what is left and nothing of lateness', () => {
    expect(text(ladders.remind)).toContain('Sisa waktu 1 jam 55 menit.');
    expect(text(ladders.remind)).not.toMatch(/terlambat/i);
  });
  test('at the deadline it is late from now on', () => {
    expect(text(ladders.overdue)).toContain('Terlambat mulai saat ini');
  });
  test('told in the evening after a deadline at closing, it is late already, though no working hour has passed', () => {
    const words = text({ ...ladders.overdue, dueAt: NOW - 90 * 60_000, lateMs: 0 });
    expect(words).toContain('Sudah terlambat.');
    expect(words).not.toContain('saat ini');
  });
  test('an escalation counts itself and the lateness in working hours, and names a late hand-in as the cause', () => {
    const words = text(ladders.escalated);
    expect(words).toContain('Eskalasi ke-2');
    expect(words).toContain('Terlambat 4 jam (jam kerja).');
    expect(words).toContain('diserahkan terlambat');
  });
  test('where the wall clock counts, nothing is said of working hours', () => {
    expect(text({ ...ladders.escalated, dueAt: NOW - 9000, lateMs: 9000 })).toContain('Terlambat 9 detik.');
  });
  test('nobody holding the role is said as such; a draft is called a draft', () => {
    expect(text({ ...ladders.overdue, holders: [] })).toContain('belum ada (Ketua PPID Pembantu)');
    expect(text({ ...ladders.remind, named: draftNamed })).toContain('draf "Pasar Murah Jekan Raya"');
  });
});

describe('lists', () => {
  test('an empty queue and an empty state are sentences', () => {
    expect(text({ notice: 'queue', items: [] })).toContain('Tidak ada konten yang menunggu Anda');
    expect(text({ notice: 'status', items: [] })).toContain('Belum ada konten');
    expect(text({ notice: 'register', rows: [], month: '2026-11' })).toContain('November 2026: belum ada konten');
    expect(text({ notice: 'choose-media', named, media: [], round: 1 })).toContain('Belum ada berkas');
  });
  test('late work is marked', () => {
    const [first = '', second = ''] = text(of('queue')).split('\n').slice(1);
    expect(first).not.toContain('TERLAMBAT');
    expect(second).toContain('TERLAMBAT');
  });
  test('a long list says how much more there is', () => {
    const [item] = of('queue').items;
    if (!item) throw new Error('the sample queue is empty');
    expect(text({ notice: 'queue', items: Array.from({ length: 11 }, () => item) })).toContain('dan 3 lagi');
  });
  test('a history tells what, when and who in words', () => {
    const words = text(of('status-one'));
    expect(words).toContain('20-11-2026 pukul 11.05 WIB: Diserahkan – Sari Dewi');
    expect(words).toContain('Diterima – Budi Santoso, "Sesuai, tanpa catatan"');
    const published = { ...of('status-one'), lines: [{ at: NOW, what: 'published', who: 'Maya', note: 'papan_pengumuman' }] };
    expect(text(published)).toContain('Tayang – Maya, Papan pengumuman');
    const long = { ...of('status-one'), lines: Array.from({ length: 15 }, () => ({ at: NOW, what: 'told', who: null, note: null })) };
    expect(text(long)).toContain('3 catatan sebelumnya');
  });
  test('an SOP is chosen by its place in the list', () => {
    const buttons = say(of('choose-sop')).buttons.flat();
    expect(buttons.map(({ does }) => does)).toEqual([{ tap: `startSop/${CASE}/0/1/0/0` }, { tap: `startSop/${CASE}/0/1/0/1` }]);
    expect(buttons[1]?.label).toBe('SOP: Terima');
  });
  test('another SOP: what of the draft is of no use there', () => {
    expect(text(of('sop-chosen'))).toContain(
      '4 dokumen tidak dihitung dan tidak ikut diserahkan: SOP ini menerima foto dan video.\nTidak dipakai pada SOP ini: klasifikasi dan nomor DIP.',
    );
    const { unfit: _, ...more } = of('sop-chosen');
    expect(text(more)).not.toContain('tidak dihitung');
    const task: Notice = { ...of('sop-chosen'), unfit: { photos: 2, videos: 0, documents: 0, takes: [] }, dropped: [] };
    expect(text(task)).toMatch(/2 foto tidak dihitung dan tidak ikut diserahkan: penugasan tidak memuat berkas\.$/);
  });
  test('a file is dropped by its own place, not by its place in the list', () => {
    const taps = say(of('choose-media'))
      .buttons.flat()
      .map(({ does }) => does);
    expect(taps).toEqual([{ tap: `dropMedia/${CASE}/0/1/0/0` }, { tap: `dropMedia/${CASE}/0/1/0/3` }]);
  });
});

describe('people', () => {
  test('help tells each only what is his', () => {
    const help = (who: Partial<Extract<Notice, { notice: 'help' }>>) =>
      text({ notice: 'help', roles: [], maker: false, decider: false, publisher: false, ...who });
    expect(help({ maker: true })).toContain('SERAHKAN');
    expect(help({ maker: true })).not.toMatch(/TOLAK|SUDAH TAYANG/);
    expect(help({ decider: true })).toContain('TOLAK');
    expect(help({ publisher: true })).toContain('SUDAH TAYANG');
  });
  test.each(['blocked', 'unbound', 'unwritten', 'failed'] as const)('somebody %s is told of with what helps', (why) => {
    expect(text({ notice: 'unreachable', person: 'Kartika', why, named: null })).toMatch(/^⚠️ Kartika .*\n(Mintalah|Hubungi)/);
  });
});

describe('drafts', () => {
  test('a dropped draft and a dropped question are told apart', () => {
    expect(text({ notice: 'cancelled', named: draftNamed })).toContain('Dibatalkan: draf "Pasar Murah Jekan Raya"');
    expect(text({ notice: 'cancelled', named })).toContain('Tidak ada yang berubah pada 0042');
    expect(text({ notice: 'cancelled', named: { ...draftNamed, title: null } })).toContain('draf tanpa judul');
  });
  test('a draft that is open is dropped by /batal only where it can be', () => {
    expect(text(of('draft-open'))).toContain('/batal');
    expect(text({ ...of('draft-open'), may: 'begin' })).toMatch(/tidak dapat dibatalkan.*\/kirim/);
    expect(text({ ...of('draft-open'), may: 'nothing' })).toMatch(/tidak dapat dibatalkan\.$/);
  });
  test('a draft put aside can be taken up again', () => {
    const [resume] = say(of('set-aside')).buttons.flat();
    expect(resume).toMatchObject({ label: '✏️ Lanjutkan draf ini', does: { tap: `resume/${CASE}/2/1/1/-` } });
    expect(text(of('set-aside'))).toContain('masuk ke draf lain');
  });
});
