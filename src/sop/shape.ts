// The building blocks of the file shapes: zod schemas whose every refusal is a sentence in Bahasa Indonesia with its repair.
import { z } from 'zod';
import { didYouMean, type Finding } from './fault.ts';

const must = (what: string) => (issue: { input?: unknown }) =>
  issue.input === undefined || issue.input === null ? `wajib ada; isi dengan ${what}.` : `harus berupa ${what}.`;

/** Hands the value to the schema that fits it; a text instead of a schema is the fault. */
export function choose<T>(of: (raw: unknown) => z.ZodType<T> | string) {
  return z.unknown().transform((raw, ctx): T => {
    const schema = of(raw);
    if (typeof schema === 'string') {
      ctx.issues.push({ code: 'custom', message: schema, input: raw });
      return z.NEVER;
    }
    const result = schema.safeParse(raw);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) ctx.issues.push({ code: 'custom', message, path: [...path], input: raw });
    return z.NEVER;
  });
}

export function isMapping(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** A mapping with exactly these keys; each unknown key is a fault of its own, beside the faults of the known ones. */
export function mapping<S extends z.ZodRawShape>(shape: S) {
  const inner = z.object(shape);
  const known = Object.keys(shape);
  return z.unknown().transform((raw, ctx): z.output<typeof inner> => {
    if (!isMapping(raw)) {
      const message = must(`kelompok kunci (${known.join(', ')})`)({ input: raw });
      ctx.issues.push({ code: 'custom', message, input: raw });
      return z.NEVER;
    }
    for (const key of Object.keys(raw)) {
      if (known.includes(key)) continue;
      ctx.issues.push({ code: 'custom', message: `kunci "${key}" tidak dikenal.${didYouMean(key, known)}`, path: [key], input: raw });
    }
    const result = inner.safeParse(raw);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) ctx.issues.push({ code: 'custom', message, path: [...path], input: raw });
    return z.NEVER;
  });
}

/** A text of 1 to `max` characters without control characters. */
export function text(max: number) {
  return z
    .string({ error: must('teks') })
    .trim()
    .min(1, 'tidak boleh kosong; isi teksnya.')
    .max(max, `terlalu panjang; paling banyak ${max} karakter.`)
    .regex(/^[^\p{Cc}]*$/u, 'memuat tanda kendali atau pergantian baris; tulis sebagai satu baris teks.');
}

export const ID_PATTERN = /^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/;

/** A name for machines: `tim_pelaksana`, `terima-berkas`. */
export const id = z
  .string({ error: must('nama pendek, misalnya tim_pelaksana') })
  .max(64, 'terlalu panjang; paling banyak 64 karakter.')
  .regex(ID_PATTERN, 'hanya boleh huruf kecil, angka, dan tanda "-" atau "_" di antaranya, diawali huruf.');

export function whole(min: number, max: number) {
  const message = `harus bilangan bulat ${min} sampai ${max}.`;
  return z
    .number({ error: (issue) => (issue.input == null ? `wajib ada; isi bilangan bulat ${min} sampai ${max}.` : message) })
    .refine((n) => Number.isInteger(n) && n >= min && n <= max, message);
}

export const flag = z.boolean({ error: must('true atau false') });

export function oneOf<const T extends string>(words: readonly T[]) {
  return z.enum(words, {
    error: ({ input }) =>
      typeof input === 'string'
        ? `"${input}" tidak dikenal.${didYouMean(input, words)}`
        : must(`salah satu dari ${words.join(', ')}`)({ input }),
  });
}

export function list<T extends z.ZodType>(item: T, min = 0, max = 200) {
  return z
    .array(item, { error: must('daftar ("- …" atau [ … ])') })
    .min(min, `isi paling sedikit ${min} butir.`)
    .max(max, `terlalu banyak; paling banyak ${max} butir.`);
}

/** A list in which nothing stands twice. */
export function distinct<T extends z.ZodType<string>>(item: T, min = 0, max = 50) {
  return list(item, min, max).superRefine((words, ctx) => {
    for (const [i, word] of words.entries()) {
      if (words.indexOf(word) < i) ctx.addIssue({ code: 'custom', message: `"${word}" ditulis dua kali; hapus salah satu.`, path: [i] });
    }
  });
}

/** A day that exists, `YYYY-MM-DD`. */
export const day = z
  .string({ error: must('tanggal, misalnya 2026-11-20') })
  .refine(isDay, 'bukan tanggal yang ada; tulis tahun-bulan-hari, misalnya 2026-11-20.');

export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

const LENGTH = /^([1-9]\d{0,4})(s|m|h|d)$/;

/** `15m`, `2h`, `1d` as amount and unit, of the units allowed. */
export function length<const U extends 's' | 'm' | 'h' | 'd'>(units: readonly U[], sample: string) {
  return z.string({ error: must(`lama waktu, misalnya ${sample}`) }).transform((raw, ctx): { amount: number; unit: U } => {
    const match = LENGTH.exec(raw);
    const unit = units.find((u) => u === match?.[2]);
    if (match === null || unit === undefined) {
      ctx.issues.push({
        code: 'custom',
        message: `"${raw}" bukan lama waktu; tulis bilangan dan satuan (${units.join(', ')}), misalnya ${sample}.`,
        input: raw,
      });
      return z.NEVER;
    }
    return { amount: Number(match[1]), unit };
  });
}

export function findingsOf(error: z.ZodError): Finding[] {
  return error.issues.map(({ path, message }) => ({ path: path.map((part) => (typeof part === 'number' ? part : String(part))), message }));
}
