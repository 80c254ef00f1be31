// The shape of an office file: which keys it may have and what each may hold.
import { z } from 'zod';
import { patternFaults } from '../register/number.ts';
import { didYouMean, nearest } from '../sop/fault.ts';
import { choose, day, distinct, flag, id, isMapping, length, list, mapping, text, whole } from '../sop/shape.ts';
import { HOUR_MS, type LocalTime, MINUTE_MS } from '../time.ts';
import { hoursShape, quietShape } from './hours-shape.ts';
import type { Office } from './office.ts';

// What people call the zones, and the IANA names that computers know.
const ZONES: Record<string, string> = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' };

const timezone = text(64).refine(isZone, {
  error: ({ input }) => {
    const zone = ZONES[String(input).toUpperCase()] ?? nearest(String(input), Intl.supportedValuesOf('timeZone'));
    return `zona waktu "${input}" tidak dikenal; pakai nama IANA, misalnya ${zone ?? 'Asia/Jakarta'}.`;
  },
});

function isZone(name: string): boolean {
  // `Intl` also takes offsets such as +07:00, which know nothing of a zone's history.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const register = text(100).superRefine((pattern, ctx) => {
  for (const message of patternFaults(pattern)) ctx.addIssue({ code: 'custom', message });
});

/** A number, or text of digits: chat ids have up to 64 bits, of which a bare number of the file keeps 53. */
function chatId(what: string, pattern: RegExp) {
  return choose<string>((raw) => {
    if (raw === undefined || raw === null) return `wajib ada; isi dengan ${what}.`;
    if (typeof raw === 'number' && !Number.isSafeInteger(raw)) return 'bilangan terlalu besar; tulis di antara tanda kutip.';
    const written = String(raw).trim();
    return pattern.test(written) ? z.unknown().transform(() => written) : `"${written}" bukan ${what}.`;
  });
}

const telegram = chatId('nomor akun Telegram (angka, misalnya 123456789)', /^[1-9]\d{0,18}$/);
const telegramGroup = chatId('nomor grup Telegram (angka negatif, misalnya -1002000000001)', /^-[1-9]\d{0,18}$/);
const whatsappGroup = text(60).regex(/^\d[\d-]{5,40}@g\.us$/, 'bukan nomor grup WhatsApp, misalnya 120363000000000001@g.us.');

const whatsapp = choose<string>((raw) => {
  if (typeof raw === 'number') return 'tulis nomor di antara tanda kutip, misalnya "+6281200000005".';
  if (typeof raw !== 'string') return 'harus berupa nomor telepon, misalnya "+6281200000005".';
  const number = raw.replace(/[\s-]/g, '');
  if (/^\+[1-9]\d{7,14}$/.test(number)) return z.unknown().transform(() => number);
  const repaired = /^0[1-9]\d{7,13}$/.test(number) ? `+62${number.slice(1)}` : '+6281200000005';
  return `"${raw}" bukan nomor internasional; tulis dengan kode negara, misalnya "${repaired}".`;
});

const nip = choose<string>((raw) => {
  if (typeof raw === 'number') return 'tulis NIP di antara tanda kutip, supaya angkanya tidak dibulatkan.';
  if (typeof raw !== 'string') return 'harus berupa 18 angka di antara tanda kutip.';
  const digits = raw.replace(/\s/g, '');
  return /^\d{18}$/.test(digits)
    ? z.unknown().transform(() => digits)
    : `"${raw}" bukan NIP; tulis 18 angka, atau hapus kunci ini bila tidak ada.`;
});

/** Which of an SOP's qualifications somebody has, by their numbers in the SOP. */
const qualifications = choose<Record<string, number[]>>((raw) =>
  isMapping(raw)
    ? z.record(z.string(), list(whole(1, 50), 0, 50))
    : 'harus berupa id SOP dan nomor kualifikasinya, misalnya { gunungkidul-dpmptsp-upload-web-medsos: [1, 2, 4] }.',
);

const person = mapping({
  id,
  name: text(100),
  roles: distinct(id, 0, 30).default([]),
  nip: nip.optional(),
  position: text(100).nullish(),
  qualifications: qualifications.nullish(),
  telegram: telegram.optional(),
  whatsapp: whatsapp.optional(),
});

const group = choose<Office['groups'][number]>((raw) =>
  isMapping(raw) && 'whatsapp' in raw && !('telegram' in raw)
    ? mapping({ role: id, whatsapp: whatsappGroup }).transform(({ role, whatsapp: chat }) => ({
        role,
        chat: { channel: 'whatsapp' as const, id: chat },
      }))
    : mapping({ role: id, telegram: telegramGroup }).transform(({ role, telegram: chat }) => ({
        role,
        chat: { channel: 'telegram' as const, id: chat },
      })),
);

const deputy = mapping({
  kind: z.enum(['plh', 'plt'], { error: 'harus plh (pejabatnya berhalangan) atau plt (jabatannya kosong).' }),
  by: id,
  for: id.nullish(),
  roles: distinct(id, 1, 30).nullish(),
  from: day,
  to: day.nullish(),
  letter: text(100).nullish(),
});

const UNIT_MS = { m: MINUTE_MS, h: HOUR_MS };
const span = length(['m', 'h'], '2h').transform(({ amount, unit }) => amount * UNIT_MS[unit]);

const part = choose<number>((raw) => {
  const fraction = typeof raw === 'string' ? /^\s*(\d{1,3})\s*\/\s*(\d{1,3})\s*$/.exec(raw) : null;
  const value = fraction ? Number(fraction[1]) / Number(fraction[2]) : raw;
  return typeof value === 'number' && value > 0 && value < 1
    ? z.unknown().transform(() => value)
    : 'harus bagian antara 0 dan 1, misalnya 1/4 atau 0.25.';
});

const daily = choose<LocalTime | false>((raw) => {
  if (raw === false) return z.literal(false);
  return typeof raw === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(raw)
    ? z.string()
    : 'harus berupa jam dalam tanda kutip, misalnya "08:00", atau false bila rekap harian tidak dipakai.';
});

const ladder = mapping({
  remind_at: part.optional(),
  remind_min: span.optional(),
  escalate: list(span, 0, 10)
    .superRefine((steps, ctx) => {
      for (const [i, after] of steps.entries()) {
        const before = steps[i - 1] ?? 0;
        if (after <= before) ctx.addIssue({ code: 'custom', message: 'harus makin lama: tulis urut, misalnya [2h, 4h, 6h].', path: [i] });
      }
    })
    .optional(),
  daily: daily.optional(),
});

const season = mapping({ from: day, to: day, hours: hoursShape });
const holiday = mapping({ date: day, name: text(100).default('Libur kantor'), open: flag.default(false) });

/** Levels of supervisors, nearest first. A plain list of people is one level. */
const supervisors = choose<string[][]>((raw) => {
  if (!Array.isArray(raw)) return 'harus berupa daftar id orang, misalnya [rahmat] atau [[rahmat], [kartika]].';
  if (raw.some(Array.isArray)) return list(distinct(id, 1), 0, 10);
  return distinct(id).transform((people) => (people.length > 0 ? [people] : []));
});

export const officeShape = mapping({
  office: mapping({
    id,
    name: text(150),
    timezone,
    hours: hoursShape.optional(),
    seasons: list(season, 0, 50).nullish(),
    holidays: list(holiday, 0, 400).nullish(),
    quiet: quietShape.optional(),
    register: register.nullish(),
    ladder: ladder.optional(),
  }),
  sops: distinct(text(300), 1),
  supervisors: supervisors.optional(),
  people: list(person, 1, 2000),
  groups: list(group, 0, 200).nullish(),
  deputies: list(deputy, 0, 200).nullish(),
  ladder: ladder.optional(),
});

export type WrittenOffice = z.output<typeof officeShape>;

/** An entry of `sops` that is a file of the office's own, not the id of an SOP that comes along. */
export function isSopFile(entry: string): boolean {
  return entry.includes('/') || /\.ya?ml$/i.test(entry);
}

export function unknownSop(entry: string, known: string[]): string {
  return `SOP "${entry}" tidak dikenal.${didYouMean(entry, known)} SOP milik kantor sendiri ditulis sebagai berkas, misalnya ./sop-kami.yaml.`;
}
