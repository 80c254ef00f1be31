// Files are looked into by a process of its own: what they are by their bytes alone, and whatever they do to it, they do to it alone.
import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docx, mutatedFile, TRICK_NAMES, trickFile, zipOf } from '../support/hostile-files.ts';
import { ending, type Looking, startLooking } from '../support/look-at.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const padded = (head: Buffer) => Buffer.concat([head, Buffer.alloc(600)]);
const ftyp = (brand: string) =>
  padded(Buffer.concat([Buffer.from([0, 0, 0, 0x18]), latin(`ftyp${brand}`), Buffer.alloc(4), latin(`${brand}isom`)]));
const dot = sharp({ create: { width: 4, height: 4, channels: 3, background: '#a33' } });
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const odt = 'application/vnd.oasis.opendocument.text';

let looking: Looking;
beforeAll(() => {
  looking = startLooking();
});
afterAll(() => looking.close());

test.for<[string, Buffer | Promise<Buffer>, string, string]>([
  ['jpeg', dot.clone().jpeg().toBuffer(), 'photo', 'image/jpeg'],
  ['png', dot.clone().png().toBuffer(), 'photo', 'image/png'],
  ['webp', dot.clone().webp().toBuffer(), 'photo', 'image/webp'],
  ['heic', ftyp('heic'), 'photo', 'image/heic'],
  ['mp4', ftyp('isom'), 'video', 'video/mp4'],
  ['mov', ftyp('qt  '), 'video', 'video/quicktime'],
  ['3gp', ftyp('3gp4'), 'video', 'video/3gpp'],
  ['pdf', padded(latin('%PDF-1.7\n')), 'document', 'application/pdf'],
  ['doc', padded(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])), 'document', 'application/x-cfb'],
  ['docx', docx('<w/>'), 'document', word],
  ['odt', zipOf({ mimetype: odt }), 'document', odt],
  [
    'mp3',
    padded(Buffer.concat([latin('ID3'), Buffer.from([3, 0, 0, 0, 0, 0, 0]), Buffer.from([0xff, 0xfb, 0x90, 0x64])])),
    'audio',
    'audio/mpeg',
  ],
  ['ogg voice', padded(Buffer.concat([latin('OggS'), Buffer.alloc(24), latin('OpusHead')])), 'audio', 'audio/ogg'],
])('%s is taken', async ([, bytes, kind, mime]) => {
  expect(await looking.kindOf(await bytes)).toEqual({ kind, mime });
});

test.for<[string, Buffer]>([
  ['plain text', latin('just words')],
  ['any zip', zipOf({ 'a.txt': 'x' })],
  ['half a head', Buffer.from([0xff])],
])('%s is not taken', async ([, bytes]) => {
  expect(await looking.kindOf(bytes)).toBeNull();
});

test('a file that cannot be read is a failure, not a wrong type', async () => {
  await expect(looking.looker.kind('/no/such/file')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(looking.looker.thumbnail('/no/such/file')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a small picture is small and stands upright, and what is none gives none', async () => {
  const photo = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#186' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const small = await looking.looker.thumbnail(looking.lay('foto.jpg', photo));
  expect(small?.size).toEqual({ width: 360, height: 640 });
  expect(await sharp(Buffer.from(small?.jpeg ?? '', 'base64')).metadata()).toMatchObject({ format: 'jpeg', width: 56, height: 100 });
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  for (const none of ['x', '', svg]) expect(await looking.looker.thumbnail(looking.lay('x', none))).toBeNull();
});

test('200 tricks and 300 changed files each get an ending, the right one where there is one, and the service does not grow', async () => {
  const before = process.memoryUsage().rss;
  const ends = new Set<string>();
  const wrong: string[] = [];
  const note = async (seed: number, made: ReturnType<typeof trickFile>): Promise<void> => {
    const result = await ending(looking, await made);
    if ('wrong' in result) wrong.push(`seed ${seed}: ${result.wrong}`);
    else ends.add(result.ended);
  };
  for (let seed = 0; seed < 200; seed += 1) await note(seed, trickFile(seed));
  for (let seed = 0; seed < 300; seed += 1) await note(seed, mutatedFile(seed));
  expect(wrong).toEqual([]);
  expect(TRICK_NAMES.length).toBeGreaterThan(20);
  expect([...ends].sort()).toEqual(expect.arrayContaining(['damaged', 'document', 'photo', 'refused']));
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});

test('the same seed makes the same file', async () => {
  for (const seed of [3, 40, 41]) {
    expect((await mutatedFile(seed)).bytes).toEqual((await mutatedFile(seed)).bytes);
    expect((await trickFile(seed)).bytes).toEqual((await trickFile(seed)).bytes);
  }
});

/** Does to itself what the file's name says, the first time or each time; else it sees a photo. */
const ILL = `
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ path }) => {
  const once = path.endsWith('once') && existsSync(path + '.seen');
  writeFileSync(path + '.seen', String(process.pid));
  if (!once) {
    if (path.includes('hang')) for (;;);
    if (path.includes('grow')) { globalThis.kept = []; for (;;) { kept.push(Buffer.alloc(20e6, 1)); await pause(10); } }
    if (path.includes('crash')) process.abort();
    if (path.includes('nonsense')) return process.send({ inspected: { mime: 'image/jpeg', kind: 'photo', more: 1 } });
  }
  process.send({ inspected: { mime: 'image/jpeg' } });
});
process.send('ready');
`;

test('a file that hangs, fills or kills the process that looks is damaged, and the next one is looked at by another', async () => {
  const ill = startLooking({ limits: { lookMs: 600, memoryBytes: 260 * 1024 * 1024 }, entry: looking.lay('ill.mjs', ILL) });
  const photo = { mime: 'image/jpeg', kind: 'photo' };
  const kind = (name: string) => ill.looker.kind(ill.lay(name, 'x'));
  for (const [name, death] of Object.entries({ hang: 'time', crash: 'crash', nonsense: 'nonsense' })) {
    expect(await kind(name), name).toBe('damaged');
    expect(ill.deaths.splice(0), name).toEqual([death, death]);
    expect(await kind('foto'), `after ${name}`).toEqual(photo);
  }
  // An innocent file that met the end of a worn-out process is looked at again.
  expect(await kind('crash-once')).toEqual(photo);
  expect(ill.deaths.splice(0)).toEqual(['crash']);
  await ill.close();
});

test('a process that grows is ended at its limit', async () => {
  const ill = startLooking({ limits: { lookMs: 30_000, memoryBytes: 260 * 1024 * 1024 }, entry: looking.lay('ill.mjs', ILL) });
  const place = ill.lay('grow', 'x');
  expect(await ill.looker.kind(place)).toBe('damaged');
  expect(ill.deaths).toEqual(['memory', 'memory']);
  const pid = Number(readFileSync(`${place}.seen`, 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow();
  await ill.close();
});

/** Says what it is not supposed to reach: another process over the network, our environment. */
const CURIOUS = (inner: string) => `
await import(${JSON.stringify(inner)});
const net = await import('node:net');
const tried = await new Promise((done) => {
  try { net.connect(9, '127.0.0.1').on('error', (e) => done(e.code)).on('connect', () => done('connected')); } catch (e) { done(e.message); }
});
const names = Object.keys(process.env).filter((name) => !['PATH', 'TMPDIR', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'].includes(name));
process.on('message', () => process.send({ unreadable: (tried + ' ' + names.join()).slice(0, 40) }));
process.send('ready');
`;

test('whoever looks has no network and nothing of our environment', async () => {
  process.env['CANARY'] = 'x';
  const inner = new URL('../../queues/look/no-network.ts', import.meta.url).href;
  const curious = startLooking({ entry: looking.lay('curious.mts', CURIOUS(inner)) });
  await expect(curious.looker.kind('x')).rejects.toMatchObject({ code: expect.stringMatching(/^no network here $/) });
  await curious.close();
});

test('when nobody can be begun to look, that is no fault of the file; a stop ends the wait', async () => {
  const nobody = startLooking({ entry: '/no/such/program.mjs' });
  await expect(nobody.looker.kind('x')).rejects.toMatchObject({ code: 'ECHILD' });
  await nobody.close();
  const slow = startLooking({ entry: looking.lay('ill.mjs', ILL) });
  const place = slow.lay('hang', 'x');
  const waiting = slow.looker.kind(place);
  const ended = expect(waiting).rejects.toMatchObject({ code: 'ECANCELED' });
  while (!existsSync(`${place}.seen`)) await new Promise((resolve) => setTimeout(resolve, 20));
  await slow.close();
  await ended;
});
