// How the rules' values travel to PostgreSQL and back: instants as epoch milliseconds, everything else as JSON text.
import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../src/time.ts';

/** What PostgreSQL's JSON cannot hold: NUL, and halves of surrogate pairs. Both come as `\u` escapes out of JSON.stringify. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/;
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const REPLACEMENT = '\ufffd';

function storableText(text: string): string {
  return text.replace(UNSTORABLE, REPLACEMENT);
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [storableText(key), storableValue(field)]));
  }
  return value;
}

/** JSON text that PostgreSQL takes, whatever people have typed. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return SUSPICIOUS.test(text) ? JSON.stringify(storableValue(value)) : text;
}

/** The value as it will be read again. */
export function asStored<T>(value: T): T {
  return JSON.parse(jsonText(value)) as T;
}

/** As a parameter. Through text, because the driver would write JSON as JSON once more. */
export function json(value: unknown): SQL {
  return sql`${jsonText(value)}::text::jsonb`;
}

export function jsonOrNull(value: unknown): SQL {
  return value === null || value === undefined ? sql`null::jsonb` : json(value);
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}

export function instantParam(at: Instant | null): SQL {
  return sql`${at === null ? null : iso(at)}::timestamptz`;
}

/** A column as epoch milliseconds. */
export function ms(column: string): SQL {
  return sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids come out of buttons and files: what is none is simply not found. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const SERIAL = /^[0-9]{1,18}$/;

export function isSerial(text: string): boolean {
  return SERIAL.test(text);
}
