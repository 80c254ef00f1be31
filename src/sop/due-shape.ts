// The ways in which an SOP file may say when a step is due.
import { z } from 'zod';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { nearest } from './fault.ts';
import { choose, flag, isMapping, length, mapping, oneOf, whole } from './shape.ts';
import type { Due } from './sop.ts';

const FROM = ['event', 'handover', 'step', 'schedule'] as const;
const KINDS = ['days', 'within', 'elapsed'] as const;
const UNIT_MS = { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: 24 * HOUR_MS };

const days = mapping({
  days: whole(0, 366),
  from: oneOf(FROM),
  at: oneOf(['office-close', 'day-end']).default('office-close'),
  calendar: flag.default(false),
}).transform((due): Due => ({ kind: 'days', ...due }));

const within = mapping({ within: length(['m', 'h', 'd'], '15m'), from: oneOf(FROM) }).transform(
  ({ within: { amount, unit }, from }): Due => ({ kind: 'within', amount, unit, from }),
);

const elapsed = mapping({ elapsed: length(['s', 'm', 'h', 'd'], '3s'), from: oneOf(FROM) }).transform(
  ({ elapsed: { amount, unit }, from }): Due => ({ kind: 'elapsed', ms: amount * UNIT_MS[unit], from }),
);

const tentative = z.unknown().transform((): Due => ({ kind: 'tentative' }));

const FORMS = '{ days: 1, from: handover }, { within: 15m, from: step }, { elapsed: 3s, from: step }, atau tentative';

export const dueShape = choose<Due>((raw) => {
  if (raw === undefined || raw === null) return `wajib ada; tulis waktu langkah ini: ${FORMS}.`;
  if (raw === 'tentative') return tentative;
  if (!isMapping(raw)) return `bukan waktu yang dikenal; tulis ${FORMS}.`;
  const kinds = KINDS.filter((key) => key in raw);
  if (kinds.length > 1) return `hanya satu dari ${kinds.join(', ')} yang boleh dipakai; hapus yang lain.`;
  if (kinds[0] === 'within') return within;
  if (kinds[0] === 'elapsed') return elapsed;
  if (kinds[0] === 'days') return days;
  const strange = Object.keys(raw).find((key) => nearest(key, KINDS) !== null);
  const hint = strange === undefined ? '' : ` (kunci "${strange}" tidak dikenal)`;
  return `belum menyebut lamanya${hint}; tulis ${FORMS}.`;
});
