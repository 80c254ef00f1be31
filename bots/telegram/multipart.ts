// A multipart body that streams: files are never held in memory, and every parameter that is an object arrives as JSON.
// (telegraf 4.16 drops object parameters beside a file and puts file names unescaped into the header.)
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { safeFileName } from './clean.ts';

export interface Attachment {
  /** The name that `attach://…` refers to. */
  field: string;
  name: string;
  mime: string;
  open(): NodeJS.ReadableStream;
}

/** The vault could not be read: no fault of the platform, and nothing was sent whole. */
export class AttachmentUnreadable extends Error {
  override readonly name = 'AttachmentUnreadable';
}

export interface Multipart {
  contentType: string;
  body: AsyncGenerator<Uint8Array>;
  /** Ends the body and lets go of the file being read. Node's fetch reads on after a cut connection, to the end of all files. */
  close(): void;
}

export function multipart(fields: object, files: readonly Attachment[]): Multipart {
  const boundary = `alur-${randomUUID()}`;
  const reading: Reading = { closed: false, stream: null };
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: parts(boundary, fields, files, reading),
    close() {
      reading.closed = true;
      const { stream } = reading;
      if (stream instanceof Readable) stream.destroy();
    },
  };
}

interface Reading {
  closed: boolean;
  stream: NodeJS.ReadableStream | null;
}

async function* parts(boundary: string, fields: object, files: readonly Attachment[], reading: Reading): AsyncGenerator<Uint8Array> {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`);
  }
  for (const file of files) {
    if (reading.closed) return;
    const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.mime) ? file.mime : 'application/octet-stream';
    const disposition = `form-data; name="${file.field}"; filename="${safeFileName(file.name)}"`;
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`);
    yield* bytesOf(file, reading);
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

async function* bytesOf(file: Attachment, reading: Reading): AsyncGenerator<Uint8Array> {
  try {
    const stream = file.open();
    reading.stream = stream;
    for await (const chunk of stream) {
      if (reading.closed) return;
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    }
  } catch (error) {
    // Closed by us, the stream ends with an error of its own, which nobody waits for.
    if (!reading.closed) throw new AttachmentUnreadable(`file for upload could not be read (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
