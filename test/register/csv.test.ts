// CSV that a spreadsheet opens without running any of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/register/column.ts';
import { toCsv } from '../../src/register/csv.ts';

const columns = [
  { key: 'a', title: 'Nama' },
  { key: 'b', title: 'Isi, "asli"' },
] as const;

/** RFC 4180 to the letter, written for this test only. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let i = 0;
  while (i < csv.length) {
    let cell = '';
    if (csv[i] === '"') {
      i++;
      while (csv[i] !== '"' || csv[i + 1] === '"') {
        if (i >= csv.length) throw new Error('quote not closed');
        if (csv[i] === '"') i++;
        cell += csv[i];
        i++;
      }
      i++;
    } else {
      while (i < csv.length && csv[i] !== ',' && csv[i] !== '\r') {
        if (csv[i] === '"' || csv[i] === '\n') throw new Error('bare quote or line feed');
        cell += csv[i];
        i++;
      }
    }
    row.push(cell);
    if (csv[i] === ',') {
      i++;
      continue;
    }
    if (csv.slice(i, i + 2) !== '\r\n') throw new Error('line does not end in CRLF');
    i += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** With an apostrophe before each sign of a formula that begins the cell or follows a separator, whatever may be skipped between the two. */
function inside(typed: string): string {
  let after = true;
  return [...typed]
    .map((letter) => {
      const guard = after && '=+-@'.includes(letter);
      after = ';\t\r\n'.includes(letter) || (after && (letter === '"' || letter === '\0' || /\s/.test(letter)));
      return guard ? `'${letter}` : letter;
    })
    .join('');
}

const of = (a: Cell, b: Cell) => toCsv(columns, [{ a, b }]);

describe('CSV', () => {
  it('has a line of titles and ends every line in CRLF', () => {
    expect(toCsv(columns, [])).toBe('Nama,"Isi, ""asli"""\r\n');
    expect(of('x', 7)).toBe('Nama,"Isi, ""asli"""\r\nx,7\r\n');
  });

  it('writes nothing for null, ya and tidak for flags, and numbers as they are', () => {
    expect(of(null, true)).toContain('\r\n,ya\r\n');
    expect(of(false, -5)).toContain('\r\ntidak,-5\r\n');
  });

  it.each(['=', '+', '-', '@', '\t', '\r', '\n', '\0'])('keeps a cell that begins with %j text', (first) => {
    expect(parse(of(`${first}1+1`, ''))[1]).toEqual([`'${first}1+1`, '']);
    expect(parse(of(`x${first}1`, ''))[1]).toEqual([`x${first}1`, '']);
  });

  it.each([';', '\t', '\n', '\r\n', ';;', '; ', ';"', ';\0', '\n\n'])(
    'keeps text what comes after %j, where another separator begins a cell',
    (gap) => {
      expect(parse(of(`x${gap}=1+1;y`, `x${gap}y;-z`))[1]).toEqual([`x${gap}'=1+1;y`, `x${gap}y;'-z`]);
    },
  );

  it('lets a price and a dash in a sentence alone', () => {
    expect(parse(of('Beras Rp5.000,- dan gula', 'Pasar murah - hari kedua; a=b; c@d'))[1]).toEqual([
      ...['Beras Rp5.000,- dan gula', 'Pasar murah - hari kedua; a=b; c@d'],
    ]);
  });

  it('stays in its cell where a program takes every usual separator', () => {
    expect(of('x;y', 'x\ty')).toContain('\r\n"x;y","x\ty"\r\n');
  });

  it('quotes what would break the line', () => {
    expect(of('a,b', 'c"d\re\nf')).toContain('\r\n"a,b","c""d\re\nf"\r\n');
  });

  it('is read back by a parser, whatever people have typed', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', '=', '+', '-', '@', '\t', '\0', ' ', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ a: cell, b: cell })), (rows) => {
        const read = parse(toCsv(columns, rows));
        // One comparison for the whole table: an assertion per cell would take seconds.
        const guarded = (typed: string) => ('\t\r\n\0'.includes(typed.charAt(0)) && typed !== '' ? `'${inside(typed)}` : inside(typed));
        expect(read).toEqual([['Nama', 'Isi, "asli"'], ...rows.map((row) => [guarded(row.a), guarded(row.b)])]);
      }),
    );
  });
});
