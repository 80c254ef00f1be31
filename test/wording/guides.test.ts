// What the guides quote of the bot is what it says.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticeMessage } from '../../bots/wording/notice.ts';
import { plain } from '../../bots/wording/text.ts';
import { context, notices } from './samples.ts';

const guide = readFileSync(new URL('../../docs/panduan-petugas.md', import.meta.url), 'utf8');

test('the field guide quotes whole sentences of what is said of a file that came too late, and what it asks for is not contradicted', () => {
  const [, quoted = '', advice = ''] = /^\| \*(Satu berkas tiba [^*]+)\* \| ([^|]+) \|$/mu.exec(guide) ?? [];
  const said = plain(noticeMessage(notices['media-late'], context).runs);
  expect(said).toContain(quoted);
  expect(quoted).not.toBe('');
  expect(said).toContain('tidak perlu dikirim ulang');
  expect(advice).not.toMatch(/Kirim lagi/);
});
