// The version of an SOP: a hash over its content that neither layout nor the order of keys can change.
import { createHash } from 'node:crypto';
import type { Sop } from './sop.ts';

/** JSON with every object's keys in order of their code units; keys without a value are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
}

/** SHA-256 (hex) of everything in the SOP but the version itself. */
export function versionOf(content: Omit<Sop, 'version'>): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
