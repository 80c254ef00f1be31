// A multipart body that streams: files are never held in memory, and every parameter that is an object arrives as JSON.
// (telegraf 4.16 drops object parameters beside a file and puts file names unescaped into the header.)
import { randomUUID } from 'node:crypto';
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

export function multipart(fields: object, files: readonly Attachment[]): { contentType: string; body: AsyncGenerator<Uint8Array> } {
  const boundary = `alur-${randomUUID()}`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: parts(boundary, fields, files) };
}

async function* parts(boundary: string, fields: object, files: readonly Attachment[]): AsyncGenerator<Uint8Array> {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`);
  }
  for (const file of files) {
    const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.mime) ? file.mime : 'application/octet-stream';
    const disposition = `form-data; name="${file.field}"; filename="${safeFileName(file.name)}"`;
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`);
    yield* bytesOf(file);
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

async function* bytesOf(file: Attachment): AsyncGenerator<Uint8Array> {
  const stream = file.open();
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    throw new AttachmentUnreadable(`file for upload could not be read (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
