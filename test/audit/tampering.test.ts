// Every tampering with a history is found, and an honest history never is.
import { describe, expect, test } from 'vitest';
import { anchorText, holdsAnchor, readAnchor } from '../../src/audit/anchor.ts';
import { firstMissed } from '../support/find-tampering.ts';

const TAMPERINGS = 1_000;

describe('the chain and a head that was written down outside', () => {
  test(`find ${TAMPERINGS} random tamperings of every kind, and call no honest history false`, () => {
    const seed = 4127;
    const { missed, kinds } = firstMissed(seed, TAMPERINGS);
    expect({ seed, missed }).toEqual({ seed, missed: null });
    expect(kinds.size).toBeGreaterThan(20);
  });

  test('the chain alone does not find a tail that was cut off, or a history that was hashed anew: that is what the head is for', () => {
    const { missed } = firstMissed(4127, TAMPERINGS, { outside: false });
    expect(missed).toMatch(/cut the tail|anew|append/);
  });
});

describe('a head that was written down', () => {
  const hash = 'ab'.repeat(32);

  test('is read as it is written, in whatever case and with blanks around it', () => {
    expect(readAnchor(anchorText({ seq: 12, hash }))).toEqual({ seq: 12, hash });
    expect(readAnchor('214:0123456789abcdef')).toEqual({ seq: 214, hash: '0123456789abcdef' });
    expect(readAnchor(` 12 : ${hash.toUpperCase()} `)).toEqual({ seq: 12, hash });
  });

  test.each(['', '12', hash, `0:${hash}`, `-1:${hash}`, `12:${hash}0`, `12:${hash.slice(1)}`, `1e3:${hash}`])('is not %j', (text) => {
    expect(readAnchor(text)).toBeNull();
  });

  test('holds where its entry stands, does not where another stands, and is not yet known before', () => {
    const part = [
      { seq: 11, hash: 'cd'.repeat(32) },
      { seq: 12, hash },
    ];
    expect(holdsAnchor(part, { seq: 12, hash }, 12)).toBe(true);
    expect(holdsAnchor(part, { seq: 11, hash }, 12)).toBe(false);
    expect(holdsAnchor(part, { seq: 13, hash }, 12)).toBeNull();
  });
});
