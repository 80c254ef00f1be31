// Files under their SHA-256: what is named is there, whole, and never changes.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export type Kept = { sha256: string; bytes: number } | { tooBig: true };

export interface Vault {
  /** Writes the stream down and returns once it is safe on the disk. `max` in bytes. Throws when the stream or the disk fails. */
  keep(stream: NodeJS.ReadableStream, options: { max: number }): Promise<Kept>;
  /** The bytes; throws when there are none of that name. */
  open(sha256: string): ReadStream;
  /** Where the file lies, for a reader that wants a path. */
  place(sha256: string): string;
  has(sha256: string): Promise<boolean>;
  /** Does the file still say what it is named after? */
  verify(sha256: string): Promise<boolean>;
}

const SHA256 = /^[0-9a-f]{64}$/;
const HALF = '.half';

/** Only a hash ever becomes a path. Two letters deep, so that no folder grows endless. */
function pathOf(root: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new Error(`not a SHA-256: ${JSON.stringify(sha256.slice(0, 80))}`);
  return path.join(root, sha256.slice(0, 2), sha256);
}

async function exists(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** A rename is safe only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeDown(stream: NodeJS.ReadableStream, half: string, max: number): Promise<Kept> {
  const file = await open(half, 'wx', 0o600);
  try {
    return await copy(stream, file, max);
  } finally {
    await file.close();
  }
}

async function copy(stream: NodeJS.ReadableStream, file: FileHandle, max: number): Promise<Kept> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream) {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += data.length;
    // Leaving the loop ends the stream: the rest is never fetched.
    if (bytes > max) return { tooBig: true };
    hash.update(data);
    await file.writeFile(data);
  }
  await file.sync();
  return { sha256: hash.digest('hex'), bytes };
}

/** `root` is made when it is missing; what a crash left half written is cleared away. */
export async function openVault(root: string): Promise<Vault> {
  const made = await mkdir(root, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(path.dirname(path.resolve(made)));
  await clearHalves(root);

  return {
    keep: async (stream, { max }) => {
      const half = path.join(root, `${process.pid}-${randomUUID()}${HALF}`);
      try {
        const kept = await writeDown(stream, half, max);
        if ('tooBig' in kept) {
          await rm(half, { force: true });
          return kept;
        }
        const place = pathOf(root, kept.sha256);
        await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
        await rename(half, place);
        await syncFolder(path.dirname(place));
        await syncFolder(root);
        return kept;
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    },
    open: (sha256) => createReadStream(pathOf(root, sha256)),
    place: (sha256) => pathOf(root, sha256),
    has: async (sha256) => SHA256.test(sha256) && exists(pathOf(root, sha256)),
    verify: async (sha256) => {
      const place = pathOf(root, sha256);
      if (!(await exists(place))) return false;
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(place)) hash.update(chunk);
      return hash.digest('hex') === sha256;
    },
  };
}

async function clearHalves(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = Number(name.split('-')[0]);
    // Another process of this machine may be writing at this moment.
    if (name.endsWith(HALF) && !(pid !== process.pid && isAlive(pid))) await rm(path.join(root, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
