import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action, decodeReference, encodeReference, type Reference } from '../../src/conversation/reference.ts';
import { seeded } from '../support/seeded.ts';

const KEY = new Uint8Array(32).fill(7);
const CHAT = { channel: 'telegram', id: '1001' } as const;
const action = fc.constantFrom(...(Object.keys(ACTIONS) as Action[]));
const reference: fc.Arbitrary<Reference> = fc.record({
  action,
  case: fc.uuid(),
  round: fc.nat(36 ** 4 - 1),
  revision: fc.nat(36 ** 4 - 1),
  step: fc.nat(36 ** 3 - 1),
  item: fc.nat(36 ** 3 - 1),
});
const SAMPLE: Reference = { action: 'accept', case: '00000000-0000-4000-8000-000000000001', round: 2, revision: 2, step: 2, item: 0 };

describe('what a button carries', () => {
  test('comes back as it went out, in at most 64 bytes', () => {
    fc.assert(
      fc.property(reference, fc.uint8Array({ minLength: 32, maxLength: 32 }), (one, key) => {
        const data = encodeReference(one, CHAT, key);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        expect(decodeReference(data, CHAT, key)).toEqual(one);
      }),
    );
  });

  test('counts only in its own chat, on its own channel and with our key', () => {
    const data = encodeReference(SAMPLE, CHAT, KEY);
    expect(decodeReference(data, { ...CHAT, id: '1002' }, KEY)).toBeNull();
    expect(decodeReference(data, { channel: 'whatsapp', id: '1001' }, KEY)).toBeNull();
    expect(decodeReference(data, CHAT, new Uint8Array(32).fill(8))).toBeNull();
  });

  test('no two actions share a code', () => {
    const codes = Object.values(ACTIONS);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('an action of another time, sealed by us, is unknown', () => {
    const unknown = 'zz' as Action;
    Object.assign(ACTIONS, { [unknown]: 'zz' });
    try {
      expect(decodeReference(encodeReference({ ...SAMPLE, action: unknown }, CHAT, KEY), CHAT, KEY)).toBeNull();
    } finally {
      delete (ACTIONS as Record<string, string>)[unknown];
    }
  });

  test.each(['', '1', 'start', '1.ac', encodeReference(SAMPLE, CHAT, KEY).replace('1.', '2.'), `${encodeReference(SAMPLE, CHAT, KEY)} `])(
    '%j is not ours',
    (data) => {
      expect(decodeReference(data, CHAT, KEY)).toBeNull();
    },
  );

  test('of 100,000 forgeries not one is taken', () => {
    const chance = seeded(64);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    const letter = () => alphabet.charAt(chance.below(alphabet.length));
    let taken = 0;
    for (let n = 0; n < 100_000; n += 1) {
      const real = encodeReference({ ...SAMPLE, round: 1 + chance.below(40), step: chance.below(9), item: chance.below(9) }, CHAT, KEY);
      const at = chance.below(real.length);
      const forged = chance.pick([
        () => real.slice(0, at) + letter() + real.slice(at + 1),
        () => real.slice(0, at) + real.slice(at + 1),
        () => real.slice(0, at) + letter() + real.slice(at),
        () => real.replace(/^1\.../, chance.pick(['1.rj', '1.hi', '1.pb'])),
      ])();
      if (forged !== real && decodeReference(forged, CHAT, KEY) !== null) taken += 1;
    }
    expect(taken).toBe(0);
  });

  test('whatever stands there, reading it never fails', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (data) => decodeReference(data, CHAT, KEY) === null));
  });
});
