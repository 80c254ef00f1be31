// The words of the approval sheet and of the printed register, as they stand on the pages.
import { describe, expect, test } from 'vitest';
import { bytesText } from '../../bin/papers/bytes-text.ts';
import { registerPaper } from '../../bin/papers/register-paper.ts';
import { sheetPaper } from '../../bin/papers/sheet-paper.ts';
import type { Paper } from '../../documents/paper.ts';
import { paperPdf } from '../../documents/pdf.ts';
import type { Case, State } from '../../src/case/case.ts';
import type { Office } from '../../src/office/office.ts';
import { sheetOf } from '../../src/sheet/sheet.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { readPdf, textOf } from '../documents/read-pdf.ts';
import { at, caseWith, decision, office as plain, revisionWith, sop } from '../register/sample.ts';

const office: Office = {
  ...plain,
  supervisors: [['budi']],
  people: plain.people.map((person) => (person.id === 'budi' ? { ...person, nip: '197001012000031001', position: 'Sekretaris' } : person)),
};
const waiting: State = { status: 'running', back: null, step: 'periksa', role: 'pemeriksa', round: 1, enteredAt: 0, dueAt: null };

const handedIn = (changes: Partial<Case> = {}): Case =>
  caseWith({
    number: { year: 2026, serial: 1, text: '0001/2026' },
    revisions: [revisionWith({ hash: 'fe'.repeat(32), declared: ['izin ada'] })],
    stays: [{ step: 'serahkan', round: 1, role: 'pembuat', enteredAt: 0, dueAt: null, leftAt: at('2026-11-20T14:05:00') }],
    rounds: { serahkan: 1, terima: 1, periksa: 1 },
    decisions: [decision({ step: 'terima', verdict: 'receive', note: 'Lengkap' })],
    state: waiting,
    ...changes,
  });
const published = handedIn({
  decisions: [
    decision({ step: 'terima', verdict: 'receive', note: 'Lengkap' }),
    decision({ step: 'sah', person: 'maya', onBehalfOf: 'budi', capacity: 'plh', note: 'Bagus', at: at('2026-11-20T15:10:00') }),
  ],
  rounds: { terima: 1, periksa: 1, sah: 1 },
  publications: [
    { channel: 'website', link: 'https://contoh.example/1', proof: null, person: 'maya', at: at('2026-11-20T16:00:00') },
    { channel: 'media_sosial', link: null, proof: null, waived: 'Akun dibekukan', person: 'maya', at: at('2026-11-20T16:01:00') },
  ],
  forms: [{ form: 'audio', text: null, file: { sha256: 'cc', bytes: 3 }, person: 'maya', at: at('2026-11-20T16:00:00') }],
  state: { status: 'published', at: at('2026-11-20T16:01:00') },
});

/** Words as they follow each other, whatever lines they were broken into. */
const wordsOf = async (paper: Paper): Promise<string> => textOf(readPdf(await paperPdf(paper, { compress: false })));

async function sheetWords(c: Case, of: Sop = sop): Promise<string> {
  const entry = {
    office: 'contoh',
    seq: 41,
    case: c.id,
    type: 'x',
    at: at('2026-11-20T16:01:00'),
    by: 'maya',
    body: {},
    prevHash: '',
    hash: 'a1'.repeat(32),
  };
  const sheet = sheetOf(c, of, office, [entry]);
  if (!sheet) throw new Error('no sheet');
  return wordsOf(sheetPaper(sheet, new Map()));
}

let once: Promise<string> | undefined;
/** Looked at by many tests, laid out once. */
function publishedWords(): Promise<string> {
  once ??= sheetWords(published);
  return once;
}

describe('the approval sheet', () => {
  test('names office, number, SOP, activity, maker, hand-in, content and every file with its hash', async () => {
    const words = await publishedWords();
    for (const part of [
      'DINAS CONTOH LEMBAR PERSETUJUAN KONTEN Nomor register: 0001/2026',
      'SOP : Alur Contoh',
      'Kegiatan : Pasar Murah',
      'Tanggal kegiatan : Kamis, 19 November 2026',
      'Diserahkan oleh : Sari Dewi, Staf',
      'Diserahkan pada : Jumat, 20 November 2026, pukul 14.05 WIB',
      'Caption (7/200 karakter) Caption',
      'Narasi (1 kata) Narasi',
      'Berkas (5)',
      '1. Foto foto, 1 B, x/y, SHA-256 aa… aa',
    ]) {
      expect(words).toContain(part);
    }
  });

  test('has each decision with role, name, NIP, position, time with its zone and written response', async () => {
    const words = await publishedWords();
    expect(words).toContain('Pemeriksa Budi NIP 197001012000031001 Sekretaris DITERIMA (revisi ke-1) Lengkap');
    expect(words).toContain('20-11-2026 pukul 15.00 WIB');
    expect(words).toContain('Plh. Pemeriksa Maya a.n. Budi YA (revisi ke-1) Bagus');
    expect(words).toContain('Sari Dewi, 20-11-2026 pukul 14.05 WIB, menyatakan: izin ada.');
  });

  test('says of each decision through which channel and on which message it was made, where that is known', async () => {
    expect(await publishedWords()).not.toContain('lewat Telegram');
    const via = (channel: 'telegram' | 'whatsapp', message: string | null): Case => ({
      ...published,
      decisions: published.decisions.map((decision) => ({ ...decision, via: { channel, message } })),
    });
    expect(await sheetWords(via('telegram', '812'))).toContain('pukul 15.00 WIB lewat Telegram, pesan 812');
    const unnamed = await sheetWords(via('whatsapp', null));
    expect(unnamed).toContain('lewat WhatsApp');
    expect(unnamed).not.toContain('pesan');
  });

  test('has the publications, what was left out and why, and the accessible forms', async () => {
    const words = await publishedWords();
    expect(words).toContain('Website https://contoh.example/1');
    expect(words).toContain('Dilewati: Akun dibekukan');
    expect(words).toContain('Audio (Maya, 20-11-2026 pukul 16.00 WIB): berkas, SHA-256 cc');
  });

  test('claims no more than an account’s tap, and leaves room to sign by hand', async () => {
    const words = await publishedWords();
    expect(words).toMatch(/Tingkat tanda tangan: L0\..*lewat akun terdaftar; bukan tanda tangan elektronik tersertifikasi/);
    expect(words).not.toMatch(/BSrE|BSSN/);
    expect(words).toMatch(/Pemeriksa Budi NIP 197001012000031001 Sekretaris DITERIMA lewat akun terdaftar, 20-11-2026 pukul 15.00 WIB/);
    expect(words).toMatch(/a\.n\. Budi Plh\. Pemeriksa Maya NIP/);
  });

  test('carries the hash of the content and the end of its history', async () => {
    const words = await publishedWords();
    expect(words).toContain(`Hash isi (SHA-256) : ${'fe'.repeat(32)}`);
    expect(words).toContain('1 catatan; terakhir nomor 41');
    expect(words).toContain(`Hash riwayat : ${'a1'.repeat(32)}`);
  });

  test('of an unfinished case says so, and what is still to do', async () => {
    const words = await sheetWords(handedIn());
    expect(words).toContain('BELUM SELESAI: dalam pemeriksaan.');
    expect(words).toContain('belum Pemeriksa – BELUM Memeriksa konten');
    expect(words).toContain('belum diputus');
    expect(words).toContain('Media sosial belum');
    expect(await publishedWords()).not.toContain('BELUM');
  });

  test('of a withdrawn case says that it is not shown', async () => {
    const words = await sheetWords(handedIn({ state: { status: 'withdrawn', at: 1, by: 'sari' } }));
    expect(words).toContain('DITARIK: konten ini tidak ditayangkan.');
  });

  test('has a box for the hardcopy where the SOP keeps one', async () => {
    expect(await sheetWords(published, { ...sop, copies: ['softcopy', 'hardcopy'] })).toContain('Hardcopy disimpan di');
    expect(await publishedWords()).not.toContain('Hardcopy');
  });

  test('keeps what people wrote as text, and shows in its place what cannot be printed', async () => {
    const hostile = revisionWith({ caption: 'A\u202eB 🇮🇩\u0007<b>', title: '=1+1' });
    const words = await sheetWords(handedIn({ revisions: [hostile] }));
    expect(words).toContain('AB ▯ <b>');
    expect(words).toContain('Kegiatan : =1+1');
    expect(words).toContain('▯ menggantikan karakter yang tidak dapat dicetak');
  });
});

describe('the printed register', () => {
  const facts = (c: Case) => ({ case: c, sop, office, now: at('2026-11-21T08:00:00') });
  const words = async (...cases: Case[]) =>
    wordsOf(registerPaper([{ office, cases: cases.map(facts) }], '2026-11', at('2026-11-21T08:00:00')));

  test('has a line for each piece of content, with what was said, where it stands and whether in time', async () => {
    const text = await words(published, handedIn());
    expect(text).toContain('REGISTER DOKUMENTASI DAN KONTEN Masa: November 2026 Dicetak Sabtu, 21 November 2026, pukul 08.00 WIB');
    expect(text).toContain('0001/2026');
    expect(text).toMatch(/YA – Maya a\.n\. Budi, Plh\..*Bagus/);
    expect(text).toContain('tepat waktu');
    expect(text).toContain('Halaman 1 dari');
  });

  test('sums up files and states, and has a place for the head of the office', async () => {
    const text = await words(published, handedIn());
    expect(text).toContain(
      'Jumlah konten : 2 Jumlah berkas : 4 foto, 2 video, 2 dokumen, 2 audio Sudah tayang : 1 Dalam pemeriksaan : 1 Terlambat : 0',
    );
    expect(text).toContain('Mengetahui, Sekretaris Budi NIP 197001012000031001');
  });

  test('of a month without content says that there is none', async () => {
    expect(await words()).toContain('Jumlah konten : 0 Jumlah berkas : tanpa berkas Terlambat : 0');
  });

  test('begins each office on a page of its own', async () => {
    const two = [office, { ...office, name: 'Dinas Lain', supervisors: [] }].map((one) => ({ office: one, cases: [] }));
    const pages = readPdf(await paperPdf(registerPaper(two, null, at('2026-11-21T08:00:00')), { compress: false }));
    expect(pages.map(({ pieces }) => pieces[0]?.text)).toEqual(['DINAS CONTOH', 'DINAS LAIN']);
    expect(textOf(pages)).toContain('Masa: seluruhnya');
  });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1,0 kB'],
  [2_140_000, '2,1 MB'],
  [345_600, '346 kB'],
  [999_900, '1,0 MB'],
  [5e12, '5000 GB'],
])('%d bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));
