// The shape of an SOP file: which keys it may have and what each may hold. What one part says of another is checked elsewhere.
import { z } from 'zod';
import { MEDIA_MAX } from '../case/command.ts';
import { dueShape } from './due-shape.ts';
import { didYouMean } from './fault.ts';
import { choose, day, distinct, flag, id, isMapping, list, mapping, oneOf, text, whole } from './shape.ts';

export const KINDS = ['prepare', 'receive', 'decide', 'assign', 'schedule', 'publish'] as const;

// What a phone's message can carry (4096 characters) leaves room for the words around a caption.
const CAPTION_MAX = 4000;
const SENTENCE = 2000;

const requires = mapping({
  media: mapping({
    min: whole(0, MEDIA_MAX),
    kinds: distinct(oneOf(['photo', 'video', 'document', 'audio']), 1).default(['photo', 'video']),
  }).nullish(),
  narrative: flag.default(false),
  caption: mapping({ max: whole(1, CAPTION_MAX) }).nullish(),
  information_class: distinct(oneOf(['berkala', 'serta_merta', 'setiap_saat']), 1).nullish(),
  public_information: flag.nullish(),
  source: flag.nullish(),
  checklist: list(text(300), 1, 20).nullish(),
});

const common = {
  id,
  role: id,
  activity: text(SENTENCE).nullish(),
  due: dueShape,
  output: distinct(text(300)).nullish(),
  needs_text: list(text(SENTENCE)).nullish(),
  time_text: text(300).nullish(),
  output_text: text(SENTENCE).nullish(),
  remarks: list(text(SENTENCE)).nullish(),
};

const kind = <const K extends (typeof KINDS)[number]>(word: K) => z.literal(word);

// A word on a button: longer ones are cut by the phone.
const label = text(24);

const needs = choose<'any' | 'all' | { count: number }>((raw) =>
  isMapping(raw)
    ? mapping({ count: whole(1, 20) })
    : typeof raw === 'string'
      ? oneOf(['any', 'all'])
      : 'harus any, all, atau { count: 2 }.',
);

const prepare = mapping({ ...common, kind: kind('prepare'), requires: requires.optional() });
const receive = mapping({ ...common, kind: kind('receive') });
const decide = mapping({
  ...common,
  kind: kind('decide'),
  needs: needs.optional(),
  reject_to: id.nullish(),
  labels: mapping({ accept: label.default('TERIMA'), reject: label.default('TOLAK') }).optional(),
  accepted_as: text(60).nullish(),
  repair: flag.nullish(),
  correct: flag.nullish(),
  checklist: list(text(300), 1, 20).nullish(),
});
const assign = mapping({ ...common, kind: kind('assign'), assign_to: id.nullish(), disposition: flag.nullish() });
const schedule = mapping({ ...common, kind: kind('schedule') });
const publish = mapping({
  ...common,
  kind: kind('publish'),
  channels: distinct(id, 1, 20),
  channels_needed: oneOf(['all', 'any']).nullish(),
  accessibility: mapping({ min: whole(1, 3), forms: distinct(oneOf(['audio', 'visual', 'braille']), 1) }).nullish(),
});

const BY_KIND = { prepare, receive, decide, assign, schedule, publish };

export type WrittenStep = z.output<(typeof BY_KIND)[keyof typeof BY_KIND]>;
export type Written<K extends WrittenStep['kind']> = Extract<WrittenStep, { kind: K }>;

const step = choose<WrittenStep>((raw) => {
  if (!isMapping(raw)) return 'harus berupa kelompok kunci (id, kind, role, activity, due, …).';
  const found = KINDS.find((word) => word === raw['kind']);
  if (found !== undefined) return BY_KIND[found];
  // Without its kind a step's keys cannot be judged, but what every step has can.
  return mapping({ ...looseKeys(raw), ...common, kind: z.custom<'receive'>(() => false, kindMessage(raw['kind'])) });
});

function kindMessage(raw: unknown): string {
  return typeof raw === 'string' ? `"${raw}" bukan jenis langkah.${didYouMean(raw, KINDS)}` : `wajib ada; pilih ${KINDS.join(', ')}.`;
}

function looseKeys(raw: Record<string, unknown>) {
  const others = Object.keys(raw).filter((key) => !(key in common) && key !== 'kind');
  return Object.fromEntries(others.map((key) => [key, z.unknown()]));
}

const date = day.nullish();
const texts = list(text(SENTENCE)).nullish();

export const sopShape = mapping({
  id,
  title: text(200),
  agency: text(200),
  roles: z
    .record(z.string(), text(100), { error: 'harus berupa kelompok peran, misalnya { tim_pelaksana: Tim Pelaksana }.' })
    .superRefine((roles, ctx) => {
      const names = Object.keys(roles);
      if (names.length === 0) ctx.addIssue({ code: 'custom', message: 'isi paling sedikit satu peran.' });
      for (const name of names) {
        const message = id.safeParse(name).error?.issues[0]?.message;
        if (message !== undefined) ctx.addIssue({ code: 'custom', message: `nama peran "${name}" ${message}`, path: [name] });
      }
    }),
  steps: list(step, 1, 40),
  number: text(100).nullish(),
  dates: mapping({ made: date, revised: date, effective: date }).nullish(),
  enacted_by: text(200).nullish(),
  legal_basis: texts,
  qualifications: texts,
  equipment: texts,
  related: texts,
  warnings: texts,
  recording: texts,
  copies: distinct(oneOf(['softcopy', 'hardcopy']), 1).nullish(),
});

export type WrittenSop = z.output<typeof sopShape>;
