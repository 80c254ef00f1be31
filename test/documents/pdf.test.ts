// Papers as PDF: what stands on the pages, and that nothing leaves them.
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Block, Paper } from '../../documents/paper.ts';
import { paperPdf } from '../../documents/pdf.ts';
import { qrRows } from '../../documents/qr.ts';
import { UNPRINTABLE } from '../../src/text/printable.ts';
import { type Page, readPdf, textOf } from './read-pdf.ts';

const paper = (blocks: Block[], changes: Partial<Paper> = {}): Paper => ({
  orientation: 'portrait',
  title: 'Lembar',
  at: new Date('2026-11-20T07:00:00Z'),
  blocks,
  foot: 'Kaki',
  page: (page, of) => `Halaman ${page} dari ${of}`,
  unprintable: `${UNPRINTABLE} tidak tercetak`,
  ...changes,
});
const pagesOf = async (blocks: Block[], changes: Partial<Paper> = {}) =>
  readPdf(await paperPdf(paper(blocks, changes), { compress: false }));

/** Everything stands between the margins of A4. */
function outside(pages: Page[], width = 595, height = 842) {
  return pages.flatMap(({ pieces }) => pieces.filter(({ x, y }) => !(x >= 49 && x < width - 50 && y > 35 && y < height - 49)));
}

const long = (words: number) => Array.from({ length: words }, (_, i) => `kata${i}`).join(' ');

describe('a paper', () => {
  test('is a tagged PDF/A in Indonesian with its typefaces inside, made when its content says', async () => {
    const pdf = (await paperPdf(paper([{ block: 'text', text: 'Halo' }]), { compress: false })).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7\n/);
    expect(pdf.trimEnd()).toMatch(/%%EOF$/);
    expect(pdf).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(pdf).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    expect(pdf).toContain('/Marked true');
    expect(pdf).toContain('/Lang (id)');
    expect(pdf).toContain('(D:20261120070000Z)');
    expect(pdf.match(/\/FontFile2 /g)).toHaveLength(pdf.match(/\/FontName \/[A-Z]{6}\+DejaVu/g)?.length ?? 0);
    expect(pdf).not.toContain('Helvetica');
  });

  test('has the same bytes when it is made again', async () => {
    const blocks: Block[] = [
      { block: 'text', text: 'Halo' },
      { block: 'seal', code: 'x', alt: 'kode', fields: [{ label: 'a', value: 'b' }] },
    ];
    expect((await paperPdf(paper(blocks))).equals(await paperPdf(paper(blocks)))).toBe(true);
    expect((await paperPdf(paper(blocks))).equals(await paperPdf(paper(blocks, { title: 'Lain' })))).toBe(false);
  });

  test('numbers its pages', async () => {
    const pages = await pagesOf([{ block: 'text', text: 'satu' }, { block: 'new-page' }, { block: 'text', text: 'dua' }]);
    expect(pages.map((page) => textOf([page]))).toEqual(['satu Kaki Halaman 1 dari 2', 'dua Kaki Halaman 2 dari 2']);
  });

  test('asks each typeface for itself what it can draw', async () => {
    const sign = '\u{1F600}';
    const text = textOf(
      await pagesOf([
        {
          block: 'fields',
          fields: [
            { label: 'Tanda', value: `a${sign}` },
            { label: 'Lain', value: `b${sign}`, mono: true },
          ],
        },
      ]),
    );
    expect(text).toContain(`a${sign}`);
    expect(text).toContain(`b${UNPRINTABLE}`);
    expect(text).not.toContain('\ufffd');
  });

  test('says what the box stands for, and only when there is one', async () => {
    expect(textOf(await pagesOf([{ block: 'text', text: 'Halo 🇮🇩' }]))).toContain(`Halo ${UNPRINTABLE} ${UNPRINTABLE} tidak tercetak`);
    expect(textOf(await pagesOf([{ block: 'text', text: 'Halo' }]))).not.toContain(UNPRINTABLE);
  });
});

describe('a text', () => {
  test('of many pages loses no word and leaves no margin', async () => {
    const pages = await pagesOf([{ block: 'quote', text: long(1500) }]);
    expect(pages.length).toBeGreaterThan(2);
    expect(outside(pages)).toEqual([]);
    expect([...textOf(pages).matchAll(/kata(\d+)/g)].map((match) => Number(match[1]))).toEqual(Array.from({ length: 1500 }, (_, i) => i));
  });

  test('without a blank is broken at the edge', async () => {
    const pages = await pagesOf([{ block: 'fields', fields: [{ label: 'Tautan', value: `https://contoh.example/${'a1'.repeat(300)}` }] }]);
    expect(outside(pages)).toEqual([]);
    // No line of these letters that fits has so many.
    expect(pages.flatMap(({ pieces }) => pieces).filter(({ text }) => text.length > 90)).toEqual([]);
    expect(textOf(pages).replaceAll(' ', '')).toContain(`https://contoh.example/${'a1'.repeat(300)}`);
  });

  test('keeps its own lines, and cannot turn the direction of what follows', async () => {
    const [page] = await pagesOf([{ block: 'text', text: 'satu\n\ndua \u202ekebalik' }]);
    expect(page?.pieces.slice(0, 2).map(({ text }) => text)).toEqual(['satu', 'dua kebalik']);
  });
});

describe('a table', () => {
  const columns = [
    { title: 'Nomor', width: 1 },
    { title: 'Isi', width: 3 },
  ];

  test('repeats its head on each page and keeps each row together', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`no${i}`, `isi${i} ${long(30)}`]);
    const pages = await pagesOf([{ block: 'table', columns, rows, empty: '–' }]);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(page.pieces[0]?.text).toBe('Nomor');
      const words = textOf([page]);
      expect((words.match(/\bno\d+/g) ?? []).length).toBe((words.match(/kata29\b/g) ?? []).length);
    }
    expect(outside(pages)).toEqual([]);
  });

  test('breaks a row that is longer than a page, and loses nothing of it', async () => {
    const pages = await pagesOf(
      [
        {
          block: 'table',
          columns,
          rows: [
            ['1', long(2500)],
            ['2', 'habis'],
          ],
          empty: '–',
        },
      ],
      { orientation: 'landscape' },
    );
    expect(pages.length).toBeGreaterThan(2);
    expect(outside(pages, 842, 595)).toEqual([]);
    expect(textOf(pages).match(/kata\d+/g)).toHaveLength(2500);
    expect(textOf(pages)).toContain('habis');
  });

  test('says so when there is nothing in it', async () => {
    expect(textOf(await pagesOf([{ block: 'table', columns, rows: [], empty: 'Belum ada.' }]))).toContain('Nomor Isi Belum ada.');
  });
});

describe('the other blocks', () => {
  test('letterhead, heading, notice and fields say their words in order', async () => {
    const pages = await pagesOf([
      { block: 'letterhead', name: 'DINAS', below: ['Provinsi'], heading: ['LEMBAR', 'Nomor 1'] },
      { block: 'notice', text: 'BELUM SELESAI' },
      { block: 'heading', text: 'Isi' },
      { block: 'fields', fields: [{ label: 'Hash', value: 'ab12', mono: true }] },
    ]);
    expect(textOf(pages)).toBe('DINAS Provinsi LEMBAR Nomor 1 BELUM SELESAI Isi Hash : ab12 Kaki Halaman 1 dari 1');
  });

  test('a heading is never the last line of a page', async () => {
    for (const lines of [54, 55, 56, 57]) {
      const pages = await pagesOf([
        { block: 'text', text: Array.from({ length: lines }, (_, i) => `baris ${i}`).join('\n') },
        { block: 'heading', text: 'Judul' },
        { block: 'text', text: 'Sesudahnya' },
      ]);
      const page = pages.find(({ pieces }) => pieces.some(({ text }) => text === 'Judul'));
      expect(page?.pieces.map(({ text }) => text)).toContain('Sesudahnya');
    }
  });

  test('pictures stand beside their words, and a file without one says what it is', async () => {
    const jpeg = await sharp({ create: { width: 40, height: 90, channels: 3, background: '#336699' } })
      .jpeg()
      .toBuffer();
    const small = 'ab'.repeat(32);
    const blocks: Block[] = [
      {
        block: 'pictures',
        pictures: [
          { jpeg, alt: 'Gambar kecil', lines: ['1. foto.jpg', 'foto, 2,1 MB'], small },
          { jpeg: null, alt: 'video', lines: ['2. Video'], small },
        ],
      },
    ];
    const pdf = await paperPdf(paper(blocks), { compress: false });
    expect(textOf(readPdf(pdf))).toContain(`1. foto.jpg foto, 2,1 MB ${small} video 2. Video ${small}`);
    expect(pdf.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(1);
    expect(pdf.toString('latin1')).toContain('/Alt (Gambar kecil)');
  });

  test('signatures stand in pairs, the last of three in the middle, one alone at the right', async () => {
    const place = (name: string | null) => ({ above: ['Kepala'], name, below: ['NIP'] });
    const at = async (...names: (string | null)[]) => {
      const [page] = await pagesOf([{ block: 'signatures', places: names.map(place) }]);
      return page?.pieces.filter(({ text }) => text === 'Kepala').map(({ x }) => Math.round(x)) ?? [];
    };
    const [left = 0, right = 0, middle = 0] = await at('Budi', null, 'Sari');
    expect(left).toBeLessThan(middle);
    expect(middle).toBeLessThan(right);
    expect(await at('Budi')).toEqual([right]);
    expect(textOf(await pagesOf([{ block: 'signatures', places: [place(null)] }]))).toMatch(/Kepala \.{20,} NIP/);
  });

  test('a seal has the squares of its code and its fields beside it', async () => {
    const rows = qrRows('0001/2026\nsha256:ff');
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([rows.length]));
    // The finder in the corner.
    expect(rows.slice(0, 3).map((row) => row.slice(0, 7).map(Number).join(''))).toEqual(['1111111', '1000001', '1011101']);
    const pdf = await paperPdf(
      paper([{ block: 'seal', code: '0001/2026\nsha256:ff', alt: 'Kode QR', fields: [{ label: 'Hash', value: 'ff' }] }]),
      {
        compress: false,
      },
    );
    const dark = rows.flat().filter(Boolean).length;
    expect(pdf.toString('latin1').match(/ re\n/g)?.length).toBeGreaterThanOrEqual(dark);
    expect(textOf(readPdf(pdf))).toContain('Hash : ff');
  });
});
