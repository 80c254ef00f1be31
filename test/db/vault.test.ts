// The vault keeps what it was given, whole, under nothing but its hash.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVault, type Vault } from '../../db/vault.ts';

const root = mkdtempSync(path.join(tmpdir(), 'vault-'));
let vault: Vault;
beforeAll(async () => {
  vault = await openVault(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const halves = () => readdirSync(root).filter((name) => name.endsWith('.half'));

test('a file is kept under its hash, comes back whole, and is verified', async () => {
  const bytes = randomBytes(300_000);
  const kept = await vault.keep(Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]), { max: 300_000 });
  expect(kept).toEqual({ sha256: hashOf(bytes), bytes: 300_000 });
  expect(await buffer(vault.open(hashOf(bytes)))).toEqual(bytes);
  expect(await vault.has(hashOf(bytes))).toBe(true);
  expect(await vault.verify(hashOf(bytes))).toBe(true);
  expect(halves()).toEqual([]);
});

test('an empty file is a file', async () => {
  expect(await vault.keep(Readable.from([]), { max: 10 })).toEqual({ sha256: hashOf(Buffer.alloc(0)), bytes: 0 });
});

test('the same bytes twice are kept once', async () => {
  const before = readdirSync(root, { recursive: true }).length;
  for (let i = 0; i < 2; i += 1) await vault.keep(Readable.from(['sama']), { max: 10 });
  expect(readdirSync(root, { recursive: true }).length - before).toBeLessThanOrEqual(2);
});

test('what is too big is not kept, and not read to its end', async () => {
  let given = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        given += 1;
        yield Buffer.alloc(1000);
      }
    })(),
  );
  expect(await vault.keep(endless, { max: 5_000 })).toEqual({ tooBig: true });
  expect(given).toBeLessThan(200);
  expect(halves()).toEqual([]);
});

test('a stream that breaks leaves nothing behind', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('setengah');
      throw new Error('line cut');
    })(),
  );
  await expect(vault.keep(broken, { max: 100 })).rejects.toThrow('line cut');
  expect(halves()).toEqual([]);
});

test('a file that was changed or taken away is noticed', async () => {
  const kept = await vault.keep(Readable.from(['asli']), { max: 10 });
  if ('tooBig' in kept) throw new Error('too big');
  writeFileSync(path.join(root, kept.sha256.slice(0, 2), kept.sha256), 'palsu');
  expect(await vault.verify(kept.sha256)).toBe(false);
  expect(await vault.verify('0'.repeat(64))).toBe(false);
  expect(await vault.has('0'.repeat(64))).toBe(false);
});

test.each(['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`])(
  'the name %j never becomes a path',
  async (name) => {
    expect(() => vault.open(name)).toThrow('not a SHA-256');
    await expect(vault.verify(name)).rejects.toThrow('not a SHA-256');
    expect(await vault.has(name)).toBe(false);
  },
);

test('what a crash left half written is cleared away at the next opening', async () => {
  writeFileSync(path.join(root, `${process.pid}-left.half`), 'x');
  await openVault(root);
  expect(halves()).toEqual([]);
});
