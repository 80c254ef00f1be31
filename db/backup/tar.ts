// Plain ustar, so that anybody can look into a back-up with the tools he has: one header of 512 bytes for each file, its bytes, zeros up to the
// next block. Sizes above 8 GiB are written in base 256, as GNU tar does.

const BLOCK = 512;
const OCTAL_MAX = 8 ** 11 - 1;

/** The archive is cut off, or was never one. */
export class NotAnArchive extends Error {}

export interface TarEntry {
  name: string;
  bytes: number;
  /** To be read to its end before the next entry is asked for. */
  body: AsyncIterable<Uint8Array>;
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

function checksum(header: Uint8Array): number {
  // The field of the sum itself counts as blanks.
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}

/** `name`: ASCII, at most 100 characters. `at`: seconds since 1970. */
export function tarHeader(name: string, bytes: number, at: number): Uint8Array {
  if (name.length > 100) throw new Error(`name too long for the archive: ${name}`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'ascii');
  header.write(octal(0o600, 8), 100, 'ascii');
  header.write(octal(0, 8), 108, 'ascii');
  header.write(octal(0, 8), 116, 'ascii');
  if (bytes <= OCTAL_MAX) header.write(octal(bytes, 12), 124, 'ascii');
  else {
    header.writeBigUInt64BE(BigInt(bytes), 128);
    header[124] = 0x80;
  }
  header.write(octal(at, 12), 136, 'ascii');
  header.write('0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return header;
}

/** What fills the last block of a file. */
export function tarPadding(bytes: number): Uint8Array {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
}

export function tarEnd(): Uint8Array {
  return Buffer.alloc(2 * BLOCK);
}

function sizeOf(header: Buffer): number {
  if (((header[124] ?? 0) & 0x80) !== 0) return Number(header.readBigUInt64BE(128));
  const text = header.toString('ascii', 124, 136).replace(/[\0 ]+$/, '');
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

/** Hands out as much as is asked for, or what is left at the end. */
class Source {
  private rest: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Uint8Array>;
  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** At least one byte and at most `max`; `null` at the end. */
  async some(max: number): Promise<Buffer | null> {
    while (this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return null;
      this.rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const part = this.rest.subarray(0, max);
    this.rest = this.rest.subarray(part.length);
    return part;
  }

  async exactly(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = bytes; left > 0; ) {
      const part = await this.some(left);
      if (part === null) throw new NotAnArchive('the archive is cut off');
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

async function* bodyOf(source: Source, bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; ) {
    const part = await source.some(left);
    if (part === null) throw new NotAnArchive('the archive is cut off');
    left -= part.length;
    yield part;
  }
  await source.exactly((BLOCK - (bytes % BLOCK)) % BLOCK);
}

/** Throws `NotAnArchive` for what is none, and for one that is cut off. */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = new Source(chunks);
  for (;;) {
    const header = await source.exactly(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const sum = Number.parseInt(header.toString('ascii', 148, 154), 8);
    const bytes = sizeOf(header);
    if (sum !== checksum(header) || !Number.isSafeInteger(bytes)) throw new NotAnArchive('a header of the archive is broken');
    const name = header.toString('ascii', 0, 100).replace(/\0.*$/s, '');
    yield { name, bytes, body: bodyOf(source, bytes) };
  }
}
