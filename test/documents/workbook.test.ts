import { expect, test } from 'vitest';
import { workbook } from '../../documents/workbook.ts';
import { cellsOf, unzip } from './unzip.ts';

const columns = [
  { title: 'Teks', kind: 'text', width: 10 },
  { title: 'Waktu', kind: 'date-time', width: 10 },
  { title: 'Tanggal', kind: 'date', width: 10 },
  { title: 'Jumlah', kind: 'number', width: 10 },
] as const;

async function cells(...rows: (string | number | boolean | null)[][]) {
  const files = unzip(await workbook([{ name: 'register', columns, rows }]));
  return { files, at: cellsOf(files, 1) };
}

test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', "'=1", '<f>1</f>', '0812'])(
  'the text %s is a text, and no formula',
  async (text) => {
    const { files, at } = await cells([text, null, null, null]);
    expect(at.get('A2')).toMatchObject({ type: 's', value: text, formula: false });
    expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('<f');
  },
);

test('times and days are numbers with a form of their own, on the office’s clock', async () => {
  const { at, files } = await cells(['a', '2026-11-20T14:05:00+07:00', '2026-11-19', 5]);
  // Days since 30 December 1899.
  expect(Number(at.get('B2')?.value)).toBeCloseTo(46346 + (14 * 60 + 5) / 1440, 6);
  expect(at.get('C2')).toMatchObject({ type: undefined, value: '46345' });
  expect(at.get('D2')).toMatchObject({ type: undefined, value: '5' });
  expect(files.get('xl/styles.xml')).toContain('dd-mm-yyyy hh:mm');
  expect(at.get('B2')?.style).not.toBe(at.get('C2')?.style);
});

test('what is no time stays a text, yes and no are words, and what is empty is no cell', async () => {
  const { at } = await cells([true, 'besok', null, ''], [false, null, null, null]);
  expect(['A2', 'B2', 'A3'].map((place) => at.get(place)?.value)).toEqual(['ya', 'besok', 'tidak']);
  expect([at.has('C2'), at.has('D2')]).toEqual([false, false]);
});

test('the head has the titles and stays in sight', async () => {
  const { at, files } = await cells();
  expect(['A1', 'B1', 'C1', 'D1'].map((place) => at.get(place)?.value)).toEqual(['Teks', 'Waktu', 'Tanggal', 'Jumlah']);
  expect(files.get('xl/worksheets/sheet1.xml')).toMatch(/<pane ySplit="1"[^>]* state="frozen"/);
});

test('emoji and letters survive, controls do not break the file, and a text that is too long for a cell is cut', async () => {
  const { at } = await cells(['Halo 👨‍👩‍👧 é\u0001<b>&', null, null, null], ['x'.repeat(40_000), null, null, null]);
  expect(at.get('A2')?.value).toBe('Halo 👨‍👩‍👧 é<b>&');
  expect(at.get('A3')?.value).toHaveLength(32_767);
  expect(at.get('A3')?.value.endsWith('x…')).toBe(true);
});

test('each table has a sheet, under a name that a workbook takes', async () => {
  const files = unzip(
    await workbook([
      { name: 'a/b:c', columns, rows: [] },
      { name: `2 ${'dinas-'.repeat(10)}`, columns, rows: [['dua', null, null, null]] },
    ]),
  );
  expect([...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map((match) => match[1])).toEqual([
    'a-b-c',
    '2 dinas-dinas-dinas-dinas-dinas',
  ]);
  expect(cellsOf(files, 2).get('A2')?.value).toBe('dua');
});
