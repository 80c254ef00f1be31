// The version changes with the content of an SOP and with nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/sop/version.ts';
import { SAMPLE, sampleWith, sopOf } from './sample.ts';

describe('The version of an SOP', () => {
  it('is a SHA-256 that neither layout, comments nor the order of keys change', () => {
    const version = sopOf(SAMPLE).version;
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    const shuffled = sampleWith(
      ['title: Alur Contoh\nagency: Dinas Contoh\n', '# catatan\nagency:   "Dinas Contoh"\ntitle: Alur Contoh\n'],
      ['{ days: 1, from: handover }', '{ from: handover, days: 1 }'],
    );
    expect(sopOf(shuffled).version).toBe(version);
    expect(
      sopOf(sampleWith(['  pembuat: Pembuat\n  pemeriksa: Pemeriksa\n', '  pemeriksa: Pemeriksa\n  pembuat: Pembuat\n'])).version,
    ).toBe(version);
  });

  it('changes with a deadline, a text and the order of the steps', () => {
    const versions = [
      SAMPLE,
      sampleWith(['days: 1', 'days: 2']),
      sampleWith(['Menerima konten', 'Menerima berkas']),
      sampleWith(['channels: [website, media_sosial]', 'channels: [media_sosial, website]']),
    ].map((text) => sopOf(text).version);
    expect(new Set(versions).size).toBe(4);
  });
});

describe('Canonical JSON', () => {
  it('leaves out what is undefined and keeps null', () => {
    expect(canonicalJson({ b: undefined, a: [null, 1, 'x"'] })).toBe('{"a":[null,1,"x\\""]}');
  });

  it('is JSON of the same value, whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(text);
      }),
    );
  });
});
