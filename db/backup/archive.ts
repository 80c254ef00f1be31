// A back-up read again: looked through from end to end before anything is done with it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fileName, MANIFEST, MANIFEST_SUM, Manifest, partName } from './manifest.ts';
import { NotAnArchive, readTar, type TarEntry } from './tar.ts';

/** No honest manifest is larger: a line of a hundred bytes for each of several million files. */
const MANIFEST_MAX = 512 * 1024 * 1024;
const GZIP = [0x1f, 0x8b];

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && GZIP.every((byte, index) => buffer[index] === byte);
  } finally {
    await file.close();
  }
}

async function* bytesIn(path: string): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(path);
  const chunks = (await isGzip(path)) ? pipeline(raw, createGunzip(), () => undefined) : raw;
  try {
    yield* chunks as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE' ? new NotAnArchive('the compressed archive is damaged') : error;
  } finally {
    raw.destroy();
  }
}

/** Throws `NotAnArchive` for what is damaged, or what the disk throws. */
export function entriesOf(path: string): AsyncGenerator<TarEntry> {
  return readTar(bytesIn(path));
}

async function bytesOf(entry: TarEntry): Promise<Buffer> {
  if (entry.bytes > MANIFEST_MAX) throw new NotAnArchive('the manifest is too large');
  const parts: Uint8Array[] = [];
  for await (const part of entry.body) parts.push(part);
  return Buffer.concat(parts);
}

function manifestOf(bytes: Buffer, sum: string | undefined): Manifest {
  if (sha256(bytes) !== sum) throw new NotAnArchive('the manifest is missing or damaged');
  const parsed = Manifest.safeParse(jsonOf(bytes.toString('utf8')));
  if (!parsed.success) throw new NotAnArchive('the manifest is not one of Alur');
  return parsed.data;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Every checksum holds, everything that the manifest names is there, and every table comes in the manifest's order. Throws `NotAnArchive`. */
export async function inspect(path: string): Promise<Manifest> {
  const found = new Map<string, string>();
  const said = new Map<string, Buffer>();
  for await (const entry of entriesOf(path)) {
    if (entry.name === MANIFEST || entry.name === MANIFEST_SUM) {
      said.set(entry.name, await bytesOf(entry));
      continue;
    }
    const hash = createHash('sha256');
    for await (const part of entry.body) hash.update(part);
    found.set(entry.name, hash.digest('hex'));
  }
  const manifest = manifestOf(said.get(MANIFEST) ?? Buffer.alloc(0), said.get(MANIFEST_SUM)?.toString('ascii'));
  const wanted = [
    ...manifest.tables.flatMap(({ name, parts }) => parts.map(({ sha256 }, index) => [partName(name, index), sha256] as const)),
    ...manifest.files.map(({ sha256 }) => [fileName(sha256), sha256] as const),
  ];
  for (const [name, sha256] of wanted) {
    if (found.get(name) !== sha256) throw new NotAnArchive(`${name} is not what the manifest says`);
  }
  const order = [...found.keys()].filter((name) => name.startsWith('tables/'));
  const listed = wanted.map(([name]) => name).filter((name) => name.startsWith('tables/'));
  if (order.join('\n') !== listed.join('\n')) throw new NotAnArchive('the tables are not in the order of the manifest');
  return manifest;
}
