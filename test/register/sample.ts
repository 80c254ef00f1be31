// A case, an SOP and an office for the tests of the register.
import { NATIONAL_HOURS } from '../../src/calendar/national-hours.ts';
import type { Case, Decision, Revision } from '../../src/case/case.ts';
import type { Office } from '../../src/office/office.ts';
import { DEFAULT_LADDER } from '../../src/office/read.ts';
import { sampleWith, sopOf } from '../sop/sample.ts';

export const at = (text: string): number => Date.parse(`${text}+07:00`);

export const office: Office = {
  id: 'contoh',
  name: 'Dinas Contoh',
  timezone: 'Asia/Jakarta',
  hours: NATIONAL_HOURS,
  seasons: [],
  holidays: [],
  quiet: null,
  register: '{number:4}/{year}',
  ladder: DEFAULT_LADDER,
  sops: ['contoh'],
  supervisors: [],
  people: [
    { id: 'sari', name: 'Sari Dewi', roles: ['pembuat'], position: 'Staf' },
    { id: 'budi', name: 'Budi', roles: ['pemeriksa'] },
    { id: 'maya', name: 'Maya', roles: ['admin'] },
  ],
  groups: [],
};

export const sop = sopOf(
  sampleWith([
    '  - id: jadwalkan',
    '  - { id: sah, kind: decide, role: pemeriksa, activity: Sah, due: tentative, labels: { accept: "YA", reject: TIDAK } }\n  - id: jadwalkan',
  ]),
);

export function revisionWith(changes: Partial<Revision> = {}): Revision {
  const file = { channel: 'telegram', account: 'bot', fileId: 'f', uniqueId: 'u' } as const;
  const media = (['photo', 'photo', 'video', 'document', 'audio'] as const).map((kind, i) => ({
    id: `m${i}`,
    kind,
    sha256: 'aa',
    bytes: 1,
    mime: 'x/y',
    file,
  }));
  return {
    revision: 1,
    title: 'Pasar Murah',
    eventDate: '2026-11-19',
    caption: 'Caption',
    narrative: 'Narasi',
    media,
    hash: 'ff',
    by: 'sari',
    at: at('2026-11-20T14:05:00'),
    ...changes,
  };
}

export function decision(changes: Partial<Decision>): Decision {
  return {
    step: 'periksa',
    round: 1,
    revision: 1,
    hash: 'ff',
    role: 'pemeriksa',
    person: 'budi',
    onBehalfOf: null,
    verdict: 'accept',
    note: 'Sesuai, tanpa catatan',
    at: at('2026-11-20T15:00:00'),
    ...changes,
  };
}

const draft: Case = {
  id: '00000000-0000-4000-8000-000000000001',
  office: 'contoh',
  sop: { id: 'contoh', version: 'v1' },
  maker: 'sari',
  home: { channel: 'telegram', id: '1' },
  openedAt: at('2026-11-20T13:00:00'),
  number: null,
  content: { title: null, eventDate: null, caption: null, narrative: null, media: [] },
  revisions: [],
  rounds: {},
  decisions: [],
  responses: [],
  publications: [],
  proofs: [],
  told: [],
  stays: [],
  handedInLate: false,
  state: { status: 'draft', step: 'serahkan', role: 'pembuat', round: 1, enteredAt: at('2026-11-20T13:00:00'), dueAt: null },
};

/** A draft with nothing in it, unless `changes` say otherwise. */
export function caseWith(changes: Partial<Case> = {}): Case {
  return { ...draft, ...changes };
}
