// Hints on language: few, sure, and never in the way.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hintsOf, SENTENCE_MAX } from '../../src/text/hints.ts';
import { APART, STANDARD_WORDS, TOGETHER } from '../../src/text/standard-words.ts';
import { INTAN, toDesigner } from '../support/other-walks.ts';
import { KARTIKA, Phones, SARI } from '../support/phones.ts';

const better = (text: string) => hintsOf(text).flatMap((hint) => (hint.hint === 'word' ? [`${hint.found} → ${hint.better}`] : []));

describe('a text', () => {
  test.each([
    ['Aktifitas warga di lokasi', 'Aktifitas → aktivitas'],
    ['Kepala dinas menghimbau pedagang', 'menghimbau → mengimbau'],
    ['Hari Jum’at ini', 'Jum’at → Jumat'],
    ['Acara ini di hadiri Bupati', 'di hadiri → dihadiri'],
    ['Pasar murah Di Laksanakan besok', 'Di Laksanakan → Dilaksanakan'],
    ['Warga dihalaman kantor', 'dihalaman → di halaman'],
    ['Dinas bekerjasama dengan Bulog', 'bekerjasama → bekerja sama'],
  ])('"%s" gets the hint %s', (text, hint) => {
    expect(better(text)).toEqual([hint]);
  });

  test('says of the same word once, however often it stands there', () => {
    expect(better('Resiko tinggi, resiko rendah, resiko sedang')).toEqual(['Resiko → risiko']);
  });

  test('hears of a small word that stands twice, not of a doubled word that is right', () => {
    expect(hintsOf('Harga yang yang wajar, anak-anak, kupu-kupu')).toEqual([{ hint: 'twice', found: 'yang yang' }]);
  });

  test('hears of a sentence that is too long, and dots within numbers end none', () => {
    const long = Array.from({ length: SENTENCE_MAX + 1 }, (_, i) => (i === 3 ? '09.00' : 'kata')).join(' ');
    expect(hintsOf(`${long}. Selesai.`)).toEqual([{ hint: 'long', words: SENTENCE_MAX + 1, begins: 'kata kata kata 09.00' }]);
    expect(hintsOf(long.split(' ').slice(1).join(' '))).toEqual([]);
  });

  test('hears of a short form that is explained nowhere, not of one that everybody knows', () => {
    expect(hintsOf('Kegiatan TPID pukul 09.00 WIB di kantor RT')).toEqual([{ hint: 'short-form', found: 'TPID' }]);
    expect(hintsOf('Tim Pengendalian Inflasi Daerah (TPID) bertemu; TPID akan hadir')).toEqual([]);
    expect(hintsOf('TPID (Tim Pengendalian Inflasi Daerah) bertemu')).toEqual([]);
    expect(hintsOf('PASAR MURAH DIBUKA UNTUK SEMUA WARGA KOTA KITA')).toEqual([]);
    expect(hintsOf('#PASARMURAH nomor 12/DIP/2026 @DINAS')).toEqual([]);
  });

  test('that is right gets none: the SOPs’ own sentences, and places after "di"', () => {
    expect(
      hintsOf('Dinas mengadakan pasar murah di halaman kantor. Di mana pun, keluar rumah itu perlu; dibangun dan dibuka untuk umum.'),
    ).toEqual([]);
    const folder = new URL('../../sops/', import.meta.url);
    for (const name of readdirSync(folder)) {
      const activities = readFileSync(new URL(name, folder), 'utf8').match(/activity: .*/g) ?? [];
      expect(activities.flatMap((one) => hintsOf(one).filter(({ hint }) => hint === 'word' || hint === 'twice'))).toEqual([]);
    }
  });
});

test('no word of the table leads to another of it, or to itself', () => {
  for (const [wrong, right] of [...STANDARD_WORDS, ...APART]) {
    expect(right.toLowerCase()).not.toBe(wrong);
    expect(better(right)).toEqual([]);
  }
  expect(new Set(TOGETHER).size).toBe(TOGETHER.length);
});

describe('in the chat', () => {
  test('the draft shows them, may be handed in all the same, and is free of them once it is put right', async () => {
    const p = new Phones();
    await p.album(SARI, 4, 'Aktifitas pasar murah di hadiri Bupati');
    await p.text(SARI, 'Pasar murah Langkai');
    await p.must(SARI, 'Hari ini');
    await p.text(SARI, 'Dinas mengadakan pasar murah untuk menjaga harga bahan pokok.');
    const card = () => p.said(SARI, /📝 Draf/)?.text ?? '';
    expect(card()).toMatch(/Saran bahasa \(tidak menghalangi penyerahan\):\n• "Aktifitas" → "aktivitas"\n• "di hadiri" → "dihadiri"/);
    expect(p.labels(SARI)).toContain('SERAHKAN');
    await p.must(SARI, 'Ubah caption');
    await p.text(SARI, 'Aktivitas pasar murah dihadiri Bupati');
    expect(card()).not.toContain('Saran bahasa');
    await p.must(SARI, 'SERAHKAN');
    expect(p.said(SARI, /Sudah diserahkan/)?.text).not.toContain('Saran');
    expect(p.said(KARTIKA, /Saran/)).toBeUndefined();
  });

  test('of every kind in words, and more than five are counted', async () => {
    const p = await toDesigner();
    await p.must(INTAN, 'KERJAKAN');
    await p.photo(INTAN, 'desain');
    const writes = async (text: string) => {
      await p.text(INTAN, text);
      await p.must(INTAN, 'Jadikan narasi');
      return p.said(INTAN, /Penyusunan konten/)?.text ?? '';
    };
    expect(await writes(`Resiko yang yang tinggi TPID ${'kata '.repeat(40)}`)).toMatch(
      /• "Resiko" → "risiko"\n• Kata ganda: "yang yang"\n• Kalimat 45 kata, diawali "Resiko yang yang tinggi": pecah .*\n• Singkatan "TPID": tulis/,
    );
    const card = await writes('Resiko, ijin, antri, obyek, jaman, sistim, resiko');
    expect(card).toMatch(/• "jaman" → "zaman"\n• dan 1 saran lain/);
    expect(card).toMatch(/Dengan menekan SERAHKAN Anda menyatakan: tata bahasa benar, tidak ada kesalahan ejaan, dan mudah dipahami/);
  });
});
