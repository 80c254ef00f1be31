// What a file is, by its bytes alone.
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { kindOfBytes, kindOfFile, kindOfStream } from '../../queues/file-kind.ts';

const dot = sharp({ create: { width: 4, height: 4, channels: 3, background: '#a33' } });
const latin = (text: string) => Buffer.from(text, 'latin1');
const padded = (head: Buffer) => Buffer.concat([head, Buffer.alloc(600)]);
const ftyp = (brand: string) =>
  padded(Buffer.concat([Buffer.from([0, 0, 0, 0x18]), latin(`ftyp${brand}`), Buffer.alloc(4), latin(`${brand}isom`)]));

/** A zip of stored files: local headers are all that is looked at. */
function zip(entries: Record<string, string>): Buffer {
  const parts = Object.entries(entries).map(([name, text]) => {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt32LE(text.length, 18);
    head.writeUInt32LE(text.length, 22);
    head.writeUInt16LE(name.length, 26);
    return Buffer.concat([head, latin(name), latin(text)]);
  });
  return padded(Buffer.concat(parts));
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const docx = zip({
  '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${word}.main+xml"/></Types>`,
  'word/document.xml': '<w/>',
});
const odt = zip({ mimetype: 'application/vnd.oasis.opendocument.text' });

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
  ['docx', docx, 'document', word],
  ['odt', odt, 'document', 'application/vnd.oasis.opendocument.text'],
  [
    'mp3',
    padded(Buffer.concat([latin('ID3'), Buffer.from([3, 0, 0, 0, 0, 0, 0]), Buffer.from([0xff, 0xfb, 0x90, 0x64])])),
    'audio',
    'audio/mpeg',
  ],
  ['ogg voice', padded(Buffer.concat([latin('OggS'), Buffer.alloc(24), latin('OpusHead')])), 'audio', 'audio/ogg'],
])('%s is taken', async ([, bytes, kind, mime]) => {
  expect(await kindOfBytes(await bytes)).toEqual({ kind, mime });
  expect(await kindOfStream(Readable.from([await bytes], { objectMode: false }))).toEqual({ kind, mime });
});

test.for<[string, Buffer]>([
  ['a program', padded(latin('MZ'))],
  ['a shell script', latin('#!/bin/sh\nrm -rf /\n')],
  ['plain text', latin('just words')],
  ['markup', latin('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['any zip', zip({ 'a.txt': 'x' })],
  ['a gif', padded(latin('GIF89a'))],
  ['nothing at all', Buffer.alloc(0)],
  ['half a head', Buffer.from([0xff])],
])('%s is not taken', async ([, bytes]) => {
  expect(await kindOfBytes(bytes)).toBeNull();
  expect(await kindOfStream(Readable.from([bytes], { objectMode: false }))).toBeNull();
});

test('a file is known by its content, whatever it is called', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'alur-kind-'));
  const photo = path.join(folder, 'laporan.exe');
  const program = path.join(folder, 'foto.jpg');
  await writeFile(photo, await dot.clone().jpeg().toBuffer());
  await writeFile(program, padded(latin('MZ')));
  expect(await kindOfFile(photo)).toEqual({ kind: 'photo', mime: 'image/jpeg' });
  expect(await kindOfFile(program)).toBeNull();
  const stream = createReadStream(photo);
  expect(await kindOfStream(stream)).toEqual({ kind: 'photo', mime: 'image/jpeg' });
  expect(stream.destroyed).toBe(true);
  await rm(folder, { recursive: true });
});

test('a file that cannot be read is a failure, not a wrong type', async () => {
  const missing = path.join(tmpdir(), 'alur-no-such-file');
  await expect(kindOfFile(missing)).rejects.toThrow();
  await expect(kindOfStream(createReadStream(missing))).rejects.toThrow();
});
