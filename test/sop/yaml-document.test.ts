// Reading YAML as data from strangers: only plain values, nothing that multiplies, and every fault on its line.
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/sop/yaml-document.ts';

const faults = (text: string) => readYaml(text).faults.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('YAML', () => {
  it('is read with the core schema of YAML 1.2', () => {
    const { tree, faults: none } = readYaml('a: yes\nb: 2026-01-02\nc: "07:30"\nd: 12\ne: ~\n"<<": { f: 1 }\n');
    expect(tree).toEqual({ a: 'yes', b: '2026-01-02', c: '07:30', d: 12, e: null, '<<': { f: 1 } });
    expect(none).toEqual([]);
  });

  it('refuses a key that stands twice, and still shows the rest', () => {
    const read = readYaml('a: 1\nb: 2\na: 3\n');
    expect(read.broken).toBe(false);
    expect(faults('a: 1\nb: 2\na: 3\n')).toEqual(['3:1 kunci ini ditulis dua kali; hapus salah satu.']);
  });

  it('refuses tags of other types but not those of the core', () => {
    expect(faults('a: !foo x\nb: !!timestamp 2026-01-01\nc: !!binary aGk=\n')).toEqual([
      expect.stringMatching(/^1:\d+ tag "!foo" tidak dipakai/),
      expect.stringMatching(/^2:\d+ tag "tag:yaml.org,2002:timestamp" tidak dipakai/),
      expect.stringMatching(/^3:\d+ tag "tag:yaml.org,2002:binary" tidak dipakai/),
    ]);
    expect(faults('a: !!str 12\n')).toEqual([]);
  });

  it('follows an alias, but none without anchor and not many that multiply', () => {
    expect(readYaml('a: &x { b: 1 }\nc: *x\n').tree).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(faults('a: *x\n')).toEqual([expect.stringContaining('alias (*nama) tidak dapat dipakai')]);
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg']) bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
    expect(readYaml(bomb.join('\n')).broken).toBe(true);
  });

  it('says in words what is wrong with the writing', () => {
    expect(faults('a:\n\tb: 1\n').join()).toMatch(/2:\d+ jangan memakai tab/);
    expect(faults('a:\n  - b\n c: 1\n').join()).toContain('3:1 jorokan baris tidak sejajar');
    expect(faults('a: 1\n---\nb: 2\n').join()).toContain('hanya boleh berisi satu dokumen');
    expect(faults('a: "x\n').join()).toContain('ada tanda yang kurang');
    expect(faults('a: "\\q"\n').join()).toContain('penulisan YAML keliru (BAD_DQ_ESCAPE)');
  });

  it('refuses a file that is far too large', () => {
    const read = readYaml(`a: ${'x'.repeat(1_000_000)}`);
    expect(read.broken).toBe(true);
    expect(read.faults[0]?.message).toContain('terlalu besar (1000003 karakter)');
    expect(read.locate(['a'])).toEqual({ line: 1, column: 1 });
  });

  it('finds where a path stands, or the nearest thing around what is missing', () => {
    const { locate } = readYaml('a:\n  - b: 1\n    c:\n  - d\n');
    expect(locate(['a'])).toEqual({ line: 1, column: 1 });
    expect(locate(['a', 0, 'c'])).toEqual({ line: 3, column: 5 });
    expect(locate(['a', 1])).toEqual({ line: 4, column: 5 });
    expect(locate(['a', 7])).toEqual({ line: 1, column: 1 });
    expect(locate(['a', 0, 'x'])).toEqual({ line: 2, column: 5 });
    expect(locate(['a', 1, 'x'])).toEqual({ line: 4, column: 5 });
    expect(readYaml('').locate(['a'])).toEqual({ line: 1, column: 1 });
  });
});
