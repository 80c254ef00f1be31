import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLink } from '../../src/draft/link.ts';

test.each([
  ['https://www.instagram.com/p/abc123', 'https://www.instagram.com/p/abc123'],
  ['Sudah tayang: https://x.id/1, silakan dicek.', 'https://x.id/1'],
  ['(https://x.id/a?b=c&d=1).', 'https://x.id/a?b=c&d=1'],
  ['HTTP://X.ID/A', 'HTTP://X.ID/A'],
  ['satu https://x.id/1 dua https://x.id/2', 'https://x.id/1'],
])('%j holds a link', (text, link) => {
  expect(readLink(text)).toBe(link);
});

test.each([
  ['no address', 'sudah tayang'],
  ['another scheme', 'javascript:alert(1)'],
  ['no host', 'https://'],
  ['a host that is none', 'https://[::'],
  ['the machine itself', 'https://localhost/p/1'],
  ['a name in the address', 'https://user@x.id/1'],
  ['a password in the address', 'https://:rahasia@x.id/1'],
  ['more than 500 characters', `https://x.id/${'a'.repeat(490)}`],
])('%s is refused', (_, text) => {
  expect(readLink(text)).toBeNull();
});

test('500 characters are a link', () => {
  const link = `https://x.id/${'a'.repeat(487)}`;
  expect(link).toHaveLength(500);
  expect(readLink(link)).toBe(link);
});

test('whatever is written, reading never fails, and what it finds stood in the text', () => {
  const near = fc.tuple(fc.constantFrom('http://', 'https://', 'HTTPS://'), fc.string()).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string(), near, fc.webUrl()), (text) => {
      const link = readLink(text);
      expect(link === null || (text.includes(link) && URL.canParse(link))).toBe(true);
    }),
  );
});
