import { describe, expect, test } from 'vitest';
import { faultLines } from '../../bots/wording/faults.ts';
import { answerText, noticeMessage } from '../../bots/wording/notice.ts';
import { page, plain } from '../../bots/wording/text.ts';
import type { Refusal } from '../../src/case/command.ts';
import { context, decision, named, refusals } from './samples.ts';

const said = (refusal: Refusal, of: typeof named | null = named) =>
  plain(noticeMessage({ notice: 'refusal', refusal, named: of }, context).runs);
const all = Object.values(refusals);

describe('every refusal', () => {
  test.each(all)('$refused says what is wrong and the repair, without raising its voice', (refusal) => {
    const text = said(refusal);
    expect(text).toMatch(/\.$/);
    expect(text).not.toMatch(/!|undefined|null|NaN|\[object/);
    expect(text.split('\n').length).toBeLessThanOrEqual(10);
    if (refusal.refused !== 'stranger') expect(text).toMatch(/^(⚠️|❌|ℹ️) /u);
  });

  test.each(all)('$refused fits into the answer to a tap', (refusal) => {
    const text = answerText({ notice: 'refusal', refusal, named }, context.names);
    expect(text?.length).toBeLessThanOrEqual(200);
    expect(text).toMatch(/\.$/);
  });

  test.each(all)('$refused can be said without a case, as a whole sentence', (refusal) => {
    expect(said(refusal, null)).toMatch(/\.$/);
    expect(said(refusal, null)).toMatch(/^[^a-z]*?[A-Z]/);
  });
});

describe('the numbers', () => {
  test('a caption one too long', () => {
    expect(said({ refused: 'caption-length', length: 201, max: 200 })).toContain(
      'Caption 201/200 karakter. Kurangi 1 karakter, lalu kirim ulang.',
    );
  });
  test('a caption that came too long with a file is asked for in its turn, not now', () => {
    const refusal = { refused: 'caption-length', length: 201, max: 200, later: true } as const;
    expect(said({ refused: 'incomplete', missing: [{ part: 'caption', max: 200, length: 450 }] })).toContain(
      'Caption 450/200 karakter. Kurangi 250 karakter.',
    );
    expect(said(refusal)).toMatch(/Caption 201\/200 karakter\. Kurangi 1 karakter\./);
    expect(said(refusal)).not.toMatch(/kirim ulang/);
    expect(noticeMessage({ notice: 'refusal', refusal, named }, context).asks).toBeUndefined();
  });
  test('one file too few, and files on their way', () => {
    expect(said({ refused: 'incomplete', missing: [{ part: 'media', have: 3, min: 4, pending: 0 }] })).toContain(
      'Baru 3 dokumentasi, SOP meminta minimal 4. Kirim 1 lagi.',
    );
    const waiting = said({ refused: 'incomplete', missing: [{ part: 'media', have: 3, min: 4, pending: 1 }] });
    expect(waiting).toContain('Tunggu sebentar');
    expect(waiting).not.toContain('Kirim');
    const whole = said({ refused: 'files-coming', files: 2 });
    expect(whole).toContain('2 berkas masih disimpan. Tunggu sebentar, lalu coba lagi.');
  });
  test('a reason too short and one too long', () => {
    expect(said({ refused: 'reason-length', of: 'rejection', length: 9, min: 10, max: 500 })).toContain('minimal 10. Tambah 1 karakter');
    expect(said({ refused: 'reason-length', of: 'rejection', length: 512, min: 10, max: 500 })).toContain('512/500 karakter. Kurangi 12');
  });
  test('thousands with their dots', () => {
    expect(said({ refused: 'narrative-length', length: 20_001, max: 20_000 })).toContain('20.001/20.000');
  });
  test('what is empty is called empty', () => {
    expect(said({ refused: 'title-length', length: 0, max: 150 })).toContain('kosong');
    expect(said({ refused: 'response-length', length: 0, max: 500 })).toContain('kosong');
    expect(said({ refused: 'narrative-length', length: 0, max: 500 })).toContain('kosong');
  });
  test('a day that has not come', () => {
    expect(said({ refused: 'date-future', eventDate: '2026-11-21', maxDays: 0 })).toContain('Sabtu, 21 November 2026 belum tiba');
    expect(said({ refused: 'date-future', eventDate: '2027-11-20', maxDays: 30 })).toContain('lebih dari 30 hari');
  });
});

describe('who may and who did', () => {
  test('a decided case says who decided what and when', () => {
    const text = said({ refused: 'already-decided', decision });
    for (const word of ['TERIMA', 'Kartika', 'Ketua PPID Pembantu', 'pukul 12.05 WIB', '0042/REG-KONTEN']) expect(text).toContain(word);
  });
  test('a deputy is named with whom he stood for', () => {
    const text = said({ refused: 'already-decided', decision: { ...decision, verdict: 'reject', capacity: 'plh', onBehalfOf: 'budi' } });
    expect(text).toContain('TOLAK oleh Kartika (Plh. Ketua PPID Pembantu, a.n. Budi Santoso)');
  });
  test('without names, ids are made readable', () => {
    expect(answerText({ notice: 'refusal', refusal: { refused: 'already-decided', decision }, named: null })).toContain(
      'Kartika (Ketua PPID Pembantu)',
    );
  });
  test('somebody else’s part is named with its role and his own', () => {
    expect(said(refusals['not-your-role'])).toMatch(/milik Ketua PPID Pembantu\.\nAnda terdaftar sebagai Tim Pelaksana\./);
    expect(said({ refused: 'not-your-role', needed: '', yours: [] })).toContain('Anda belum memiliki peran');
  });
  test('a stranger hears one sentence and nothing else', () => {
    expect(said({ refused: 'stranger' })).toBe('Layanan ini khusus pegawai terdaftar.');
    expect(plain(noticeMessage({ notice: 'stranger' }, context).runs)).toBe('Layanan ini khusus pegawai terdaftar.');
  });
});

test('a refused text opens a reply again, a refused tap does not', () => {
  const asks = (refusal: Refusal) => noticeMessage({ notice: 'refusal', refusal, named }, context).asks;
  expect(asks(refusals['reason-length'])).toBe(true);
  expect(asks(refusals['caption-length'])).toBe(true);
  expect(asks(refusals['date-unclear'])).toBe(true);
  expect(asks(refusals['already-decided'])).toBeUndefined();
  expect(asks(refusals['own-case'])).toBeUndefined();
  expect(asks(refusals['proof-kind'])).toBe(true);
});

describe('files that cannot be used', () => {
  const words = (...args: Parameters<typeof faultLines>) => plain(page(...faultLines(...args)));
  test('a file too big is told with both sizes and what to do', () => {
    expect(words({ fault: 'too-big', bytes: 36_909_875, max: 20 * 1024 * 1024 }, 'pasar.mp4')).toMatch(
      /pasar\.mp4 berukuran 35,2 MB.*20 MB/,
    );
    expect(words({ fault: 'too-big', bytes: null, max: 20_000_000 }, null)).toContain('Berkas terlalu besar; batasnya 20 MB.');
  });
  test('a proof and a form are told what counts, and where to go on', () => {
    for (const why of [
      { fault: 'too-big', bytes: null, max: 20_000_000 },
      { fault: 'wrong-type', found: 'application/zip' },
    ] as const) {
      expect(words(why, 'a.zip', 'proof')).toMatch(/a\.zip.*\nBukti tayang: foto .*\nKirim ulang bila ditanyakan/);
      expect(words(why, 'a.zip', 'form')).toMatch(/a\.zip.*\nBentuk aksesibel: .*teks.*\nKirim ulang bila ditanyakan/);
    }
  });
  test('each fault says how to go on', () => {
    for (const why of [
      { fault: 'empty' },
      { fault: 'wrong-type', found: 'application/zip' },
      { fault: 'wrong-type', found: null },
      { fault: 'damaged' },
      { fault: 'gone' },
    ] as const)
      expect(words(why, 'a.zip')).toMatch(/a\.zip.*\n.*(kirim ulang|Kirim)/i);
  });
});
