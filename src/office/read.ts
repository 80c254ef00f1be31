// Reads an office file: the office, or every fault in it at once, each with its line.
import { NATIONAL_HOURS } from '../calendar/national-hours.ts';
import type { Fault } from '../sop/fault.ts';
import { findingsOf } from '../sop/shape.ts';
import { inOrder, type Locate, placed, readYaml } from '../sop/yaml-document.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { crossCheckOffice } from './cross-check.ts';
import type { Deputy, Ladder, Office, Person, Span } from './office.ts';
import { isSopFile, officeShape, type WrittenOffice } from './office-shape.ts';

export type OfficeReading =
  /** `sopFiles`: the office's own SOP files, as written, which the caller reads. `locate`: where a path stands in the text. */
  { ok: true; office: Office; sopFiles: string[]; locate: Locate } | { ok: false; faults: Fault[] };

export const DEFAULT_LADDER: Ladder = {
  remindAtPart: 0.25,
  remindMinMs: 5 * MINUTE_MS,
  escalateAfterMs: [2 * HOUR_MS, 4 * HOUR_MS, 6 * HOUR_MS],
};

export const DEFAULT_QUIET: Span = { from: '20:00', to: '06:00' };

export const DEFAULT_REGISTER = '{number:4}/REG-KONTEN/{office}/{roman_month}/{year}';

export function readOffice(text: string, known: { sopIds: string[] }): OfficeReading {
  const { tree, faults, broken, locate } = readYaml(text);
  if (broken) return { ok: false, faults: inOrder(faults) };
  const shape = officeShape.safeParse(tree);
  const findings = [...(shape.success ? [] : findingsOf(shape.error)), ...crossCheckOffice(tree, known)];
  if (shape.success && findings.length === 0 && faults.length === 0) {
    return { ok: true, office: buildOffice(shape.data), sopFiles: shape.data.sops.filter(isSopFile), locate };
  }
  return { ok: false, faults: inOrder([...faults, ...placed(findings, locate)]) };
}

function buildOffice({ office, sops, supervisors, people, groups, deputies, ladder }: WrittenOffice): Office {
  const hours = office.hours ?? NATIONAL_HOURS;
  const written = office.ladder ?? ladder;
  return {
    id: office.id,
    name: office.name,
    timezone: office.timezone,
    hours,
    seasons: office.seasons ?? [],
    holidays: office.holidays ?? [],
    // An office that works around the clock has no night, unless it says so.
    quiet: office.quiet === undefined ? (hours === 'always' ? null : DEFAULT_QUIET) : office.quiet,
    register: office.register ?? DEFAULT_REGISTER,
    ladder: {
      remindAtPart: written?.remind_at ?? DEFAULT_LADDER.remindAtPart,
      remindMinMs: written?.remind_min ?? DEFAULT_LADDER.remindMinMs,
      escalateAfterMs: written?.escalate ?? DEFAULT_LADDER.escalateAfterMs,
      ...(written?.daily === undefined ? {} : { daily: written.daily }),
    },
    sops: sops.filter((entry) => !isSopFile(entry)),
    supervisors: supervisors ?? [],
    people: people.map(buildPerson),
    groups: groups ?? [],
    ...(deputies ? { deputies: deputies.map((deputy) => buildDeputy(deputy, people)) } : {}),
  };
}

/** Without roles of his own he stands in for all of his principal's. */
function buildDeputy(written: NonNullable<WrittenOffice['deputies']>[number], people: WrittenOffice['people']): Deputy {
  const { kind, by, from, letter } = written;
  const all = people.filter(({ id }) => id === written.for).flatMap(({ roles }) => roles);
  return {
    kind,
    by,
    for: written.for ?? null,
    roles: written.roles ?? all,
    from,
    to: written.to ?? null,
    ...(letter ? { letter } : {}),
  };
}

function buildPerson({ id, name, roles, nip, position, qualifications, telegram, whatsapp }: WrittenOffice['people'][number]): Person {
  return {
    id,
    name,
    roles,
    ...(nip === undefined ? {} : { nip }),
    ...(position ? { position } : {}),
    ...(qualifications ? { qualifications } : {}),
    ...(telegram === undefined ? {} : { telegram }),
    ...(whatsapp === undefined ? {} : { whatsapp }),
  };
}
