// Where the gateway's key lies when the environment holds none: a file of its own, the same at every start, beside whatever database.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whatsAppKey } from '../../bin/service/whatsapp-key.ts';
import { readSettings } from '../../bin/settings.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alur-key-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function keyAt(env: Record<string, string>): string {
  const read = readSettings({ WHATSAPP: 'on', DATA_DIR: dir, ...env });
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const key = whatsAppKey(read.settings);
  return key.ok ? key.key.toString('hex') : key.reason;
}

test('beside a database of its own the key is made once, in a file that only its owner can read', () => {
  const env = { DATABASE_URL: 'postgres://alur@localhost/alur' };
  const key = keyAt(env);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(keyAt(env)).toBe(key);
  expect(readFileSync(join(dir, 'whatsapp.key'), 'utf8').trim()).toBe(key);
  expect(statSync(join(dir, 'whatsapp.key')).mode & 0o777).toBe(0o600);
});

test('a key in the environment stands before the file', () => {
  expect(keyAt({ WHATSAPP_KEY: 'ab'.repeat(32) })).toBe('ab'.repeat(32));
});
