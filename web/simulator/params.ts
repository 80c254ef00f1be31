// The parameters of one call, however they were written: JSON, urlencoded, or multipart with uploads.
import type { IncomingMessage } from 'node:http';

export interface Upload {
  name: string;
  bytes: Buffer;
}

export class Params {
  readonly fields: Record<string, unknown>;
  readonly uploads: Map<string, Upload>;

  constructor(fields: Record<string, unknown>, uploads: Map<string, Upload> = new Map()) {
    this.fields = fields;
    this.uploads = uploads;
  }

  text(name: string): string | undefined {
    const value = this.fields[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : undefined;
  }

  number(name: string): number | undefined {
    const value = this.fields[name];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
  }

  flag(name: string): boolean {
    const value = this.fields[name];
    return value === true || value === 'true' || value === 'True' || value === '1' || value === 1;
  }

  /** An object or array, written as such or as JSON text. `undefined` when absent, `null` when it cannot be read. */
  json(name: string): unknown {
    const value = this.fields[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return null;
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The whole body, or `null` when it is longer than `max` bytes. */
export async function readBody(request: IncomingMessage, max: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Buffer);
    size += bytes.length;
    if (size <= max) chunks.push(bytes);
  }
  return size > max ? null : Buffer.concat(chunks);
}

/** `null` when the body is not what its content type says. */
export function readParams(query: URLSearchParams, contentType: string, body: Buffer): Params | null {
  const fields: Record<string, unknown> = Object.fromEntries(query);
  if (body.length === 0) return new Params(fields);
  if (contentType.startsWith('application/json')) {
    try {
      const parsed: unknown = JSON.parse(body.toString('utf8'));
      return isRecord(parsed) ? new Params({ ...fields, ...parsed }) : null;
    } catch {
      return null;
    }
  }
  if (contentType.startsWith('multipart/form-data')) return readMultipart(fields, contentType, body);
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return new Params({ ...fields, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) });
  }
  return new Params(fields);
}

// Written by hand because telegraf's multipart has no blank after the header's colon, no content types and no line end at the very end.
function readMultipart(fields: Record<string, unknown>, contentType: string, body: Buffer): Params | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const uploads = new Map<string, Upload>();
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    const end = body.indexOf(mark, start);
    if (end < 0) break;
    readPart(body.subarray(start + 2, end - 2), fields, uploads);
    at = end;
  }
  return new Params(fields, uploads);
}

function readPart(part: Buffer, fields: Record<string, unknown>, uploads: Map<string, Upload>): void {
  const split = part.indexOf('\r\n\r\n');
  if (split < 0) return;
  const head = part.subarray(0, split).toString('utf8');
  const value = part.subarray(split + 4);
  const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return;
  const fileName = /filename="([^"]*)"/i.exec(head)?.[1];
  if (fileName === undefined) fields[name] = value.toString('utf8');
  else uploads.set(name, { name: fileName, bytes: Buffer.from(value) });
}
