// A chain of entries shows every change that is made to it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChainedEntry, canonical, type Entry, entryHash, GENESIS, verifyChain } from '../../src/audit/chain.ts';

function chainOf(bodies: unknown[]): ChainedEntry[] {
  let prevHash = GENESIS.hash;
  return bodies.map((body, index) => {
    const entry: Entry = {
      office: 'contoh',
      seq: index + 1,
      case: '5f0f5a0e-5a5c-4b3c-9a10-1c3c7f1d2e00',
      type: 'titled',
      at: 1_763_700_000_123 + index,
      by: 'sari',
      body,
    };
    const chained = { ...entry, prevHash, hash: entryHash(prevHash, entry) };
    prevHash = chained.hash;
    return chained;
  });
}

const five = chainOf([{ title: 'satu' }, { title: 'dua' }, { title: 'tiga' }, { title: 'empat' }, { title: 'lima' }]);

function changed(seq: number, change: Partial<ChainedEntry>): ChainedEntry[] {
  return five.map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry));
}

describe('canonical text', () => {
  test('the order of keys does not matter', () => {
    expect(canonical({ b: 1, a: [{ d: null, c: 'é' }] })).toBe('{"a":[{"c":"é","d":null}],"b":1}');
    expect(canonical({ a: [{ c: 'é', d: null }], b: 1 })).toBe(canonical({ b: 1, a: [{ d: null, c: 'é' }] }));
  });

  test('what JSON leaves out is left out, and a hole in a list is null', () => {
    expect(canonical({ a: undefined, b: [undefined, true] })).toBe('{"b":[null,true]}');
  });

  test('it survives being written down and read again', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonical(JSON.parse(JSON.stringify(value))) === canonical(value)));
  });

  test('different values have different texts', () => {
    expect(
      new Set([canonical({ a: '1' }), canonical({ a: 1 }), canonical({ a: [1] }), canonical({ a: { '0': 1 } }), canonical({ a: null })])
        .size,
    ).toBe(5);
  });
});

describe('a chain', () => {
  test('that nobody touched holds, and its head is its last entry', () => {
    expect(verifyChain(five)).toEqual({ ok: true, head: { seq: 5, hash: five[4]?.hash } });
    expect(verifyChain([])).toEqual({ ok: true, head: GENESIS });
  });

  test('may be checked in parts', () => {
    const first = verifyChain(five.slice(0, 2));
    if (!first.ok) throw new Error('the first part must hold');
    expect(verifyChain(five.slice(2), first.head)).toEqual(verifyChain(five));
    expect(verifyChain(five.slice(3), first.head)).toEqual({ ok: false, seq: 3, why: 'gap' });
  });

  test.each<[string, Partial<ChainedEntry>]>([
    ['office', { office: 'lain' }],
    ['case', { case: '5f0f5a0e-5a5c-4b3c-9a10-1c3c7f1d2e01' }],
    ['type', { type: 'captioned' }],
    ['time', { at: 1_763_700_000_000 }],
    ['author', { by: 'budi' }],
    ['body', { body: { title: 'lain' } }],
  ])('shows a changed %s', (_, change) => {
    expect(verifyChain(changed(3, change))).toEqual({ ok: false, seq: 3, why: 'content' });
  });

  test('shows an entry that was changed together with its own hash, at the next one', () => {
    const third = changed(3, { body: { title: 'lain' } })[2];
    if (!third) throw new Error('no third entry');
    expect(verifyChain(changed(3, { body: third.body, hash: entryHash(third.prevHash, third) }))).toEqual({
      ok: false,
      seq: 4,
      why: 'link',
    });
  });

  test('shows an entry that was taken out, and two that were exchanged', () => {
    expect(verifyChain(five.filter((entry) => entry.seq !== 2))).toEqual({ ok: false, seq: 2, why: 'gap' });
    expect(verifyChain([five[0], five[2], five[1]].filter((entry) => entry !== undefined))).toEqual({ ok: false, seq: 2, why: 'gap' });
  });

  test('that says nothing of its end shows a missing tail only by its head', () => {
    const cut = verifyChain(five.slice(0, 4));
    expect(cut).toEqual({ ok: true, head: { seq: 4, hash: five[3]?.hash } });
  });
});
