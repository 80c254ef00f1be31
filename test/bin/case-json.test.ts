// A case as other programs and people read it.
import { expect, test } from 'vitest';
import { caseJson, eventsJson, isLate } from '../../bin/case-json.ts';
import { caseText } from '../../bin/case-text.ts';
import { loadOffice } from '../../bin/office-file.ts';
import { bundledSops } from '../../bin/sops.ts';
import type { Case, Revision } from '../../src/case/case.ts';
import { OFFICE, scratchFolder } from './command-line.ts';

const loaded = loadOffice(scratchFolder().file('office.yaml', OFFICE));
if (!loaded.ok) throw new Error('the sample office is broken');
const { office } = loaded;
const sop = bundledSops().find(({ id }) => id === 'kalteng-disdagperin-upload-medsos');
if (!sop) throw new Error('the sample SOP is missing');

const at = (text: string) => Date.parse(text);
const file = { channel: 'telegram' as const, account: '7', fileId: 'f', uniqueId: 'u' };
const revision: Revision = {
  revision: 1,
  title: 'Pasar murah',
  eventDate: '2026-11-20',
  caption: 'Pasar murah di halaman kantor',
  narrative: 'Dinas membuka pasar murah.\u001b[31m\nStatus: palsu',
  media: [{ id: 'm1', kind: 'photo', sha256: 'ab'.repeat(32), bytes: 1234, mime: 'image/jpeg', file }],
  hash: 'cd'.repeat(32),
  by: 'sari',
  at: at('2026-11-20T06:00:00Z'),
};
const due = at('2026-11-23T08:00:00Z');

function running(changes: Partial<Case> = {}): Case {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    office: office.id,
    sop: { id: 'kalteng-disdagperin-upload-medsos', version: 'v' },
    maker: 'sari',
    home: { channel: 'telegram', id: '1001' },
    openedAt: at('2026-11-20T05:00:00Z'),
    number: { year: 2026, serial: 1, text: '0001/REG-KONTEN/CONTOH/XI/2026' },
    content: { title: 'Pasar murah', eventDate: '2026-11-20', caption: null, narrative: null, media: [] },
    revisions: [revision],
    rounds: { serahkan: 1, 'terima-berkas': 1 },
    decisions: [],
    responses: [],
    publications: [],
    proofs: [],
    told: [],
    stays: [{ step: 'serahkan', round: 1, role: 'tim_pelaksana', enteredAt: 0, dueAt: at('2026-11-20T15:59:59Z'), leftAt: revision.at }],
    handedInLate: false,
    state: { status: 'running', back: null, step: 'terima-berkas', role: 'tim_pertimbangan', round: 1, enteredAt: revision.at, dueAt: due },
    ...changes,
  };
}

const facts = (c: Case, now = revision.at) => ({ case: c, sop, office, now });

test('a running case has the promised fields, times with the office’s offset', () => {
  expect(caseJson(facts(running()))).toEqual({
    number: '0001/REG-KONTEN/CONTOH/XI/2026',
    office: 'dinas-contoh',
    sop: 'kalteng-disdagperin-upload-medsos',
    title: 'Pasar murah',
    event_date: '2026-11-20',
    status: 'running',
    step: 'terima-berkas',
    round: 1,
    revision: 1,
    submitter: 'sari',
    submitted_at: '2026-11-20T14:00:00+08:00',
    due_at: '2026-11-23T16:00:00+08:00',
    late: false,
    media: [{ kind: 'photo', sha256: 'ab'.repeat(32), bytes: 1234 }],
    caption: revision.caption,
    narrative: revision.narrative,
    decisions: [],
    publications: [],
  });
});

test('decisions and publications name people by their ids', () => {
  const c = running({
    decisions: [
      {
        step: 'terima-berkas',
        round: 1,
        revision: 1,
        hash: revision.hash,
        role: 'tim_pertimbangan',
        person: 'budi',
        onBehalfOf: 'rahmat',
        verdict: 'receive',
        note: 'Sesuai, tanpa catatan',
        at: due,
      },
    ],
    publications: [{ channel: 'media_sosial', link: 'https://contoh.example/p/1', proof: null, person: 'maya', at: due }],
    state: { status: 'published', at: due },
  });
  const json = caseJson(facts(c, due + 1));
  expect(json.decisions[0]).toMatchObject({
    step: 'terima-berkas',
    role: 'tim_pertimbangan',
    person: 'budi',
    verdict: 'receive',
    note: 'Sesuai, tanpa catatan',
    at: '2026-11-23T16:00:00+08:00',
    on_behalf_of: 'rahmat',
  });
  expect(json.publications[0]).toMatchObject({
    channel: 'media_sosial',
    link: 'https://contoh.example/p/1',
    at: '2026-11-23T16:00:00+08:00',
    person: 'maya',
  });
  expect(json).toMatchObject({ status: 'published', step: null, due_at: null, late: false });
});

test('a draft shows what was kept so far and has no number', () => {
  const media = { id: 'm', kind: 'photo' as const, file, sentBy: 'sari', at: 0 };
  const c = running({
    number: null,
    revisions: [],
    stays: [],
    content: {
      title: null,
      eventDate: null,
      caption: { text: 'kapsi' },
      narrative: null,
      media: [
        { ...media, state: 'pending' },
        { ...media, state: 'kept', sha256: 'ef'.repeat(32), bytes: 5, mime: 'image/png' },
      ],
    },
    state: { status: 'draft', step: 'serahkan', role: 'tim_pelaksana', round: 1, enteredAt: 0, dueAt: null },
  });
  expect(caseJson(facts(c))).toMatchObject({
    number: null,
    status: 'draft',
    revision: 0,
    submitted_at: null,
    due_at: null,
    caption: 'kapsi',
    narrative: null,
    media: [{ kind: 'photo', sha256: 'ef'.repeat(32), bytes: 5 }],
  });
});

test('late is a late hand-in, a step past its deadline, or one left after it', () => {
  expect(isLate(running(), due)).toBe(false);
  expect(isLate(running(), due + 1)).toBe(true);
  expect(isLate(running({ handedInLate: true }), 0)).toBe(true);
  const stay = { step: 'terima-berkas', round: 1, role: 'tim_pertimbangan', enteredAt: 0, dueAt: due };
  const published = { state: { status: 'published' as const, at: due } };
  expect(isLate(running({ ...published, stays: [{ ...stay, leftAt: due }] }), due)).toBe(false);
  expect(isLate(running({ ...published, stays: [{ ...stay, leftAt: due + 1 }] }), due)).toBe(true);
});

test('people’s texts are indented and cannot steer the terminal or pass for a line of ours', () => {
  const text = caseText(facts(running()), eventsJson([{ seq: 1, type: 'opened', at: revision.at, hash: 'ab'.repeat(32) }], office));
  expect(text).not.toContain('\u001b');
  expect(text.match(/^Status/gm)).toHaveLength(1);
  expect(text).toContain('0001/REG-KONTEN/CONTOH/XI/2026');
  expect(text).toMatch(/1 {2}2026-11-20T14:00:00\+08:00 {2}opened/);
});

test('what only some SOPs ask for stands in the case as a person reads it, and is left out where it is not', () => {
  const revised = { ...revision, details: { source: 'Liputan sendiri' }, declared: ['Wajah anak disamarkan'] };
  const special = running({
    revisions: [revised],
    schedule: at('2026-11-24T01:00:00Z'),
    forms: [{ form: 'audio', text: null, file: null, person: 'maya', at: due }],
  });
  const text = caseText(facts(special), []);
  expect(text).toMatch(/^Jadwal tayang +: 2026-11-24T09:00:00\+08:00$/m);
  expect(text).toMatch(/: Liputan sendiri$/m);
  expect(text).toMatch(/^Pernyataan +: Wajah anak disamarkan$/m);
  expect(text).toMatch(/^Bentuk aksesibel +: audio \(Maya\)$/m);
  expect(caseText(facts(running()), [])).not.toMatch(/Jadwal tayang|Pernyataan|Bentuk aksesibel/);
});
