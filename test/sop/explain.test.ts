// The table that `sop explain` prints.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueWords } from '../../src/sop/due-words.ts';
import { explainSop } from '../../src/sop/explain.ts';
import type { Due } from '../../src/sop/sop.ts';
import { textTable, wrap } from '../../src/sop/text-table.ts';
import { SAMPLE, sampleWith, sopOf } from './sample.ts';

const explained = (...changes: [string, string][]) => explainSop(sopOf(sampleWith(...changes)));

/** The cells of each row of the table, joined over its lines. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('+')) {
      if (row.length > 0) rows.push(row);
      row = [];
    } else if (line.startsWith('|')) {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      row = cells.map((cell, i) => [row[i], cell].filter(Boolean).join(' '));
    }
  }
  // Above the titles stands the group of the three columns that every SOP has.
  return rows.filter((cells) => !cells.includes('MUTU BAKU'));
}

describe('An explained SOP', () => {
  it('has the columns an official knows, one row for each step', () => {
    const rows = cellsOf(explainSop(sopOf(SAMPLE)));
    expect(rows[0]).toEqual(['NO', 'URAIAN PROSEDUR', 'PELAKSANA', 'KELENGKAPAN', 'WAKTU', 'OUTPUT']);
    expect(rows.slice(1).map(([no, , who]) => [no, who])).toEqual([
      ['1', 'Pembuat'],
      ['2', 'Pemeriksa'],
      ['3', 'Pemeriksa'],
      ['4', 'Pemeriksa'],
      ['5', 'Admin'],
    ]);
    expect(rows[1]?.[3]).toBe('Dokumentasi minimal 2 (foto, video) Narasi Caption maksimal 200 karakter');
    expect(rows[1]?.[4]).toBe('Hari H kegiatan, pukul 23.59');
    expect(rows[3]?.[1]).toBe('Memeriksa konten TERIMA: lanjut. TOLAK: kembali ke langkah 1.');
    expect(rows[5]?.[1]).toBe('Menayangkan konten Kanal: website, media sosial');
  });

  it('prints a dash for what is blank and numbers what is a list', () => {
    const blank = explainSop(sopOf(SAMPLE));
    for (const label of [
      'Nomor SOP',
      'Tanggal pembuatan',
      'Tanggal revisi',
      'Tanggal efektif',
      'Disahkan oleh',
      'Dasar hukum',
      'Keterkaitan',
      'Peringatan',
    ]) {
      expect(blank).toMatch(new RegExp(`^${label} *: -$`, 'm'));
    }
    const long = 'Undang-Undang tentang '.repeat(10).trim();
    const text = explainSop(
      sopOf(
        `number: 7/SOP\ndates: { made: 2024-08-05 }\nenacted_by: Kepala ${'Dinas '.repeat(30).trim()}\nlegal_basis: [Satu, ${long}]\nwarnings: [Awas]\n${SAMPLE}`,
      ),
    );
    expect(text).toMatch(/^Nomor SOP *: 7\/SOP$/m);
    expect(text).toMatch(/^Tanggal pembuatan *: 2024-08-05$/m);
    expect(text).toMatch(/^ {3}1\. Satu$/m);
    expect(text).toMatch(/^ {3}2\. Undang-Undang.*\n {6}\S/m);
    expect(text).toMatch(/^Disahkan oleh *: Kepala.*\n {24}Dinas/m);
    expect(text).toMatch(/^ALUR CONTOH$/m);
  });

  it('stands under the heading that the government’s form gives kelengkapan, waktu and output', () => {
    const [above = '', group = '', rule = '', titles = ''] = explainSop(sopOf(SAMPLE))
      .split('\n')

      .filter((line) => /^[|+]/.test(line));
    expect([...group].indexOf('M')).toBe([...titles].indexOf('K', titles.indexOf('KELENGKAPAN')));
    expect(group).toMatch(/^\| +\| MUTU BAKU +\|$/);
    expect([above.length, group.length, rule.length]).toEqual([140, 140, 140]);
    const [, withRemarks = ''] = explained(['kind: receive', 'kind: receive\n    remarks: [Wajib]'])
      .split('\n')
      .filter((line) => /^[|+]/.test(line));
    expect(withRemarks).toMatch(/^\| +\| MUTU BAKU +\| +\|$/);
  });

  it('says of a legal basis what has replaced it, and leaves its words', () => {
    const text = explainSop(
      sopOf(
        `legal_basis: [Peraturan Komisi Informasi Nomor 1 Tahun 2010 tentang Standar, Peraturan Komisi Informasi Nomor 1 Tahun 2013]\n${SAMPLE}`,
      ),
    );
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '1. Peraturan Komisi Informasi Nomor 1 Tahun 2010 tentang Standar (telah diganti dengan Peraturan Komisi Informasi Nomor 1 Tahun 2021)',
    );
    expect(text).toMatch(/^ {3}2\. Peraturan Komisi Informasi Nomor 1 Tahun 2013$/m);
  });

  it('says what is asked for and declared beside the table’s own words', () => {
    const requires = (more: string) =>
      cellsOf(explained(['requires: { media: { min: 2 }, narrative: true, caption: { max: 200 } }', `requires: { ${more} }`]))[1]?.[1];
    expect(requires('information_class: [berkala, serta_merta], public_information: true, source: true')).toContain(
      'Ditanyakan: klasifikasi (berkala atau serta merta), nomor DIP dan SK penetapannya, sumber bahan.',
    );
    expect(requires('checklist: [Bahasa baik, Mudah dipahami]')).toContain('Dinyatakan: Bahasa baik; Mudah dipahami.');
    expect(requires('narrative: true')).not.toMatch(/Ditanyakan|Dinyatakan/);
    const decide = cellsOf(explained(['kind: decide', 'kind: decide\n    checklist: [Benar]']))[3]?.[1];
    expect(decide).toContain('Dinyatakan: Benar.');
    const assign = (more: string) =>
      cellsOf(
        explained(['steps:', `steps:\n  - { id: tugaskan, kind: assign, role: pemeriksa, activity: Menugaskan, due: tentative${more} }`]),
      )[1]?.[1];
    expect(assign(', disposition: true')).toBe('Menugaskan Pelaksana langkah 2 ditunjuk di sini. Ditanyakan: disposisi.');
    expect(assign('')).toBe('Menugaskan Pelaksana langkah 2 ditunjuk di sini.');
    const sop = sopOf(
      sampleWith(['steps:', 'steps:\n  - { id: tugaskan, kind: assign, role: pemeriksa, activity: Menugaskan, due: tentative }']),
    );
    const steps = sop.steps.map(({ ...step }) => {
      if (step.kind === 'assign') delete step.assignTo;
      return step;
    });
    expect(cellsOf(explainSop({ ...sop, steps }))[1]?.[1]).toBe('Menugaskan');
    const publish = cellsOf(
      explained(['channels: [website, media_sosial]', 'channels: [website]\n    accessibility: { min: 1, forms: [audio, braille] }']),
    )[5]?.[1];
    expect(publish).toContain('Bentuk aksesibel: paling sedikit 1 dari audio, braille.');
  });

  it('is never wider than 140 characters', () => {
    const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
    expect(widest(explainSop(sopOf(SAMPLE)))).toBe(140);
    expect(widest(explained(['kind: receive', `kind: receive\n    remarks: [${'panjang'.repeat(30)}]`]))).toBe(140);
  });

  it('prints the words of the SOP beside the deadline that is kept', () => {
    const [, , row] = cellsOf(
      explained([
        'kind: receive',
        'kind: receive\n    needs_text: [Hasil]\n    time_text: H+1\n    output_text: Tanggapan\n    output: [register]',
      ]),
    );
    expect(row?.slice(3)).toEqual(['Hasil', 'H+1 (H+1 hari kerja sejak penyerahan, saat kantor tutup)', 'Tanggapan']);
    const same = cellsOf(explained(['due: tentative', 'due: tentative\n    time_text: Tentatif']));
    expect(same[4]?.[4]).toBe('Tentatif');
    const outputs = cellsOf(explained(['kind: receive', 'kind: receive\n    output: [register, written-response, Lain]']));
    expect(outputs[2]?.[5]).toBe('Register dokumentasi dan konten Tanggapan tertulis Lain');
  });

  it('has a column of remarks when a step has remarks', () => {
    const rows = cellsOf(explained(['kind: receive', 'kind: receive\n    remarks: [Wajib dibaca]']));
    expect(rows[0]?.at(-1)).toBe('KETERANGAN');
    expect(rows[2]?.at(-1)).toBe('Wajib dibaca');
    expect(rows[3]?.at(-1)).toBe('');
  });

  it('says how many decide, who may repair, and that one channel is enough', () => {
    const decide = (more: string) => cellsOf(explained(['kind: decide', `kind: decide\n    ${more}`]))[3]?.[1];
    expect(decide('needs: all')).toContain('Diputus oleh semua pemegang peran');
    expect(decide('needs: { count: 2 }')).toContain('Diputus oleh 2 pemegang peran');
    expect(decide('repair: true')).toContain('Bila dikembalikan ke sini');
    expect(decide('accepted_as: terverifikasi')).toContain('lanjut, konten terverifikasi.');
    expect(decide('correct: true')).toContain('Caption dan narasi dapat diperbaiki di langkah ini sebelum diputus.');
    expect(decide('needs: any')).not.toContain('Diputus oleh');
    const channels = (written: string) => cellsOf(explained(['channels: [website, media_sosial]', `channels: ${written}`]))[5]?.[1];
    expect(channels('[website, radio_kota]\n    channels_needed: any')).toContain('website, radio kota (paling sedikit satu)');
    expect(channels('[website]\n    channels_needed: any')).not.toContain('paling sedikit');
  });

  it('prints a role that lost its label by its id, and no requirement where there is none', () => {
    const sop = sopOf(sampleWith(['requires: { media: { min: 2 }, narrative: true, caption: { max: 200 } }', 'requires: {}']));
    const rows = cellsOf(explainSop({ ...sop, roles: {} }));
    expect(rows[1]?.slice(2, 4)).toEqual(['pembuat', '']);
  });
});

describe('The words of a deadline', () => {
  it.each<[Due, string]>([
    [{ kind: 'tentative' }, 'Tentatif'],
    [{ kind: 'within', amount: 15, unit: 'm', from: 'step' }, '15 menit kerja sejak langkah dimulai'],
    [{ kind: 'within', amount: 2, unit: 'h', from: 'schedule' }, '2 jam kerja sejak jadwal tayang'],
    [{ kind: 'within', amount: 1, unit: 'd', from: 'handover' }, '1 hari kerja sejak penyerahan'],
    [{ kind: 'elapsed', ms: 3000, from: 'step' }, '3 detik sejak langkah dimulai (waktu berjalan, termasuk di luar jam kerja)'],
    [{ kind: 'elapsed', ms: 90_000, from: 'step' }, '90 detik sejak langkah dimulai (waktu berjalan, termasuk di luar jam kerja)'],
    [{ kind: 'elapsed', ms: 120_000, from: 'step' }, '2 menit sejak langkah dimulai (waktu berjalan, termasuk di luar jam kerja)'],
    [{ kind: 'elapsed', ms: 7_200_000, from: 'step' }, '2 jam sejak langkah dimulai (waktu berjalan, termasuk di luar jam kerja)'],
    [{ kind: 'elapsed', ms: 86_400_000, from: 'step' }, '1 hari sejak langkah dimulai (waktu berjalan, termasuk di luar jam kerja)'],
    [{ kind: 'elapsed', ms: 5, from: 'step' }, '5 milidetik sejak langkah dimulai (waktu berjalan, termasuk di luar jam kerja)'],
    [{ kind: 'days', days: 0, from: 'event', calendar: false, at: 'day-end' }, 'Hari H kegiatan, pukul 23.59'],
    [
      { kind: 'days', days: 1, from: 'handover', calendar: false, at: 'office-close' },
      'H+1 hari kerja sejak penyerahan, saat kantor tutup',
    ],
    [{ kind: 'days', days: 2, from: 'event', calendar: true, at: 'office-close' }, 'H+2 hari kalender sejak kegiatan, saat kantor tutup'],
  ])('of %j are "%s"', (due, words) => {
    expect(dueWords(due)).toBe(words);
  });
});

describe('Wrapped text', () => {
  it('breaks between words, after slashes, and else where the width ends', () => {
    expect(wrap('satu dua tiga', 8)).toEqual(['satu dua', 'tiga']);
    expect(wrap('Pengelola/Medsos', 12)).toEqual(['Pengelola/', 'Medsos']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('/abcdefgh', 4)).toEqual(['/abc', 'defg', 'h']);
    expect(wrap('', 5)).toEqual(['']);
  });

  it('turns control characters into spaces, so that a file cannot steer the terminal', () => {
    expect(wrap('a\u001b[31mb\u202ec', 20)).toEqual(['a [31mb c']);
  });

  it('never exceeds its width and loses no letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        const bare = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, '');
        const lines = wrap(text, width);
        const segmenter = new Intl.Segmenter('id', { granularity: 'grapheme' });
        for (const line of lines) expect([...segmenter.segment(line)].length).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(bare);
      }),
    );
  });

  it('leaves a cell empty that the row does not have', () => {
    expect(
      textTable(
        [
          { title: 'A', width: 1 },
          { title: 'B', width: 1 },
        ],
        [[['x']]],
      ),
    ).toBe(['+---+---+', '| A | B |', '+---+---+', '| x |   |', '+---+---+'].join('\n'));
  });
});
