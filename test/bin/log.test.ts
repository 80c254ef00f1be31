// No secret and no phone number leaves the process through the log.
import { expect, test } from 'vitest';
import { openLog, scrubber } from '../../bin/log.ts';

const CANARY = '987654321:CANARY-token_xyz';
const PASSWORD = 'p@ss/"word';

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = [];
  write(openLog({ level: 'trace', secrets: [CANARY, PASSWORD], destination: { write: (line: string) => lines.push(line) } }));
  return lines.join('');
}

test('a secret is struck out of messages, fields, addresses, errors and their causes', () => {
  const error = new Error(`request to https://api.example/bot${CANARY}/getMe failed`, {
    cause: new Error(`postgres://alur:${encodeURIComponent(PASSWORD)}@db`),
  });
  const text = logged((log) => {
    log.info({ url: `https://api.example/file/bot${CANARY}/photos/1.jpg`, deep: { password: PASSWORD } }, `token ${CANARY}`);
    log.error({ err: error }, error.message);
    log.child({ token: CANARY }).warn('child');
  });
  expect(text).not.toContain('CANARY');
  expect(text).not.toContain('ss/');
  expect(text).not.toContain(encodeURIComponent(PASSWORD));
  expect(text).toContain('[rahasia]');
});

test('every line stays JSON after scrubbing', () => {
  const text = logged((log) => log.info({ password: PASSWORD, chat: 6281234567890, list: [6281234567890] }, 'telepon +6281200000005'));
  const line: unknown = JSON.parse(text);
  expect(line).toMatchObject({ password: '[rahasia]', chat: 6281234567890, msg: 'telepon +62…05' });
});

test('phone numbers are masked, times and numbers are not', () => {
  const scrub = scrubber([]);
  expect(scrub('hubungi 081234567890 atau +62 atau 6281234567890@s.example')).toBe('hubungi 081…90 atau +62 atau 628…90@s.example');
  expect(scrub('2026-11-20T08:00:00.000+07:00')).toBe('2026-11-20T08:00:00.000+07:00');
  expect(scrub('0001/REG-KONTEN/DISDAGPERIN/XI/2026')).toBe('0001/REG-KONTEN/DISDAGPERIN/XI/2026');
});

test('a secret inside a longer secret goes as a whole', () => {
  expect(scrubber(['abcd', 'abcdefgh'])('x abcdefgh y abcd')).toBe('x [rahasia] y [rahasia]');
});

test('a value too short to be a secret does not strike out half of the log', () => {
  expect(scrubber(['a'])('data')).toBe('data');
});

test('a line shows what cannot be seen instead of doing it, and is still the same JSON', () => {
  const lines: string[] = [];
  const log = openLog({ level: 'info', secrets: [], destination: { write: (line: string) => lines.push(line) } });
  const words = '\u007fsatu\u009b31m\u202eaud\u2028tiga\u001b[2J';
  log.warn({ why: words }, words);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(lines.join('').trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2028]/);
  expect(JSON.parse(lines.join(''))).toMatchObject({ why: words, msg: words });
});
