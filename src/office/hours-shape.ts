// The ways in which an office file may say its times: opening hours, spans, the quiet hours.
import { z } from 'zod';
import { WEEKDAYS } from '../calendar/dates.ts';
import { didYouMean, type Finding } from '../sop/fault.ts';
import { choose, isMapping, list } from '../sop/shape.ts';
import type { Hours, Span, Weekday } from './office.ts';

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)$/;
const SPAN_SAMPLE = '"07:30-12:00"';

function parseSpan(raw: string): Span | null {
  const match = SPAN.exec(raw.trim());
  return match && { from: `${match[1]}:${match[2]}`, to: `${match[3]}:${match[4]}` };
}

/** A span of the day in quotes; over midnight only where `overMidnight`. */
export function spanShape(overMidnight: boolean) {
  return z.string({ error: `harus berupa jam dalam tanda kutip, misalnya ${SPAN_SAMPLE}.` }).transform((raw, ctx): Span => {
    const span = parseSpan(raw);
    const message =
      span === null ? `"${raw}" bukan rentang jam; tulis ${SPAN_SAMPLE} (00:00 sampai 23:59).` : orderFault(span, overMidnight);
    if (span !== null && message === null) return span;
    ctx.issues.push({ code: 'custom', message: String(message), input: raw });
    return z.NEVER;
  });
}

function orderFault({ from, to }: Span, overMidnight: boolean): string | null {
  if (from === to) return `mulai dan selesai sama (${from}); ubah salah satu.`;
  return from > to && !overMidnight ? `terbalik: mulai ${from}, selesai ${to}; tukar keduanya.` : null;
}

/** The days that a key such as `mon-thu` or `fri` names, or why it names none. */
function daysOf(key: string): Weekday[] | string {
  const days = key.split('-');
  const first = String(days[0]);
  const last = String(days.at(-1));
  const from = WEEKDAYS.indexOf(first as Weekday);
  const to = WEEKDAYS.indexOf(last as Weekday);
  if (days.length > 2 || from < 0 || to < 0) {
    return `hari "${key}" tidak dikenal; tulis misalnya mon-thu atau fri.${didYouMean(from < 0 ? first : last, WEEKDAYS)}`;
  }
  return from <= to ? WEEKDAYS.slice(from, to + 1) : `hari "${key}" terbalik; tulis dari hari yang lebih awal, misalnya ${last}-${first}.`;
}

const spans = list(spanShape(false), 0, 10);

const dayHours = z.record(z.string(), z.unknown()).transform((raw, ctx): Hours => {
  const hours: Partial<Record<Weekday, Span[]>> = {};
  const findings: Finding[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const days = daysOf(key);
    const read = spans.safeParse(value);
    if (typeof days === 'string') findings.push({ path: [key], message: days });
    for (const { path, message } of read.error?.issues ?? []) findings.push({ path: [key, ...path.map(Number)], message });
    if (typeof days === 'string' || !read.success) continue;
    findings.push(...overlaps(read.data).map(({ path, message }) => ({ path: [key, ...path], message })));
    const taken = days.filter((day) => hours[day] !== undefined);
    if (taken.length > 0)
      findings.push({ path: [key], message: `${taken.join(', ')} sudah disebut di atas; sebut setiap hari sekali saja.` });
    for (const day of days) hours[day] = read.data;
  }
  // Without a single open minute no deadline could ever be computed.
  if (findings.length === 0 && Object.values(hours).flat().length === 0) {
    findings.push({
      path: [],
      message: 'tidak ada jam buka sama sekali; isi paling sedikit satu hari, atau hapus kunci ini untuk pola nasional.',
    });
  }
  for (const { path, message } of findings) ctx.issues.push({ code: 'custom', message, path: [...path], input: raw });
  return findings.length > 0 ? z.NEVER : hours;
});

function overlaps(spansOfDay: Span[]): Finding[] {
  return spansOfDay.flatMap((span, i) => {
    const before = spansOfDay[i - 1];
    if (before === undefined || before.to <= span.from) return [];
    return [
      { path: [i], message: `${span.from}-${span.to} bertumpang tindih dengan ${before.from}-${before.to}; urutkan dan pisahkan jamnya.` },
    ];
  });
}

const always = z.unknown().transform((): Hours => 'always');

export const hoursShape = choose<Hours>((raw) => {
  if (raw === 'always') return always;
  return isMapping(raw) ? dayHours : 'harus berupa jam per hari, misalnya { mon-thu: ["07:30-12:00", "13:00-16:00"] }, atau always.';
});

const none = z.unknown().transform((): null => null);

export const quietShape = choose<Span | null>((raw) => (raw === 'none' ? none : spanShape(true)));
