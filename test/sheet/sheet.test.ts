// What stands on the approval sheet of a case.
import { describe, expect, test } from 'vitest';
import type { ChainedEntry } from '../../src/audit/chain.ts';
import type { Case, State } from '../../src/case/case.ts';
import type { Office } from '../../src/office/office.ts';
import { sheetOf } from '../../src/sheet/sheet.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { at, caseWith, decision, office, revisionWith, sop } from '../register/sample.ts';

const entry = (seq: number, type: string, more: Partial<ChainedEntry> = {}): ChainedEntry => ({
  office: 'contoh',
  seq,
  case: 'c',
  type,
  at: at('2026-11-20T16:00:00'),
  by: 'sari',
  body: {},
  prevHash: '',
  hash: `h${seq}`,
  ...more,
});
const entries = [entry(3, 'opened'), entry(9, 'handed-in')];

const stateAt = (step: string, round = 1): State => {
  return { status: 'running', back: null, step, role: 'pemeriksa', round, enteredAt: 0, dueAt: null };
};
const number = { year: 2026, serial: 1, text: '0001/2026' };
const handedIn = (changes: Partial<Case> = {}): Case =>
  caseWith({
    number,
    revisions: [revisionWith()],
    stays: [{ step: 'serahkan', round: 1, role: 'pembuat', enteredAt: 0, dueAt: null, leftAt: revisionWith().at }],
    rounds: { serahkan: 1, terima: 1 },
    state: stateAt('terima'),
    ...changes,
  });

function sheet(c: Case, of: { sop?: Sop; office?: Office; entries?: ChainedEntry[] } = {}) {
  const made = sheetOf(c, of.sop ?? sop, of.office ?? office, of.entries ?? entries);
  if (!made) throw new Error('no sheet');
  return made;
}

const received = decision({ step: 'terima', verdict: 'receive' });

describe('a sheet', () => {
  test('is not there before the first hand-in', () => {
    expect(sheetOf(caseWith(), sop, office, entries)).toBeNull();
    expect(sheetOf(handedIn({ number: null }), sop, office, entries)).toBeNull();
    expect(sheetOf(handedIn(), sop, office, [])).toBeNull();
  });

  test('names number, SOP, maker, hand-in and content with its counts and its hash', () => {
    expect(sheet(handedIn())).toMatchObject({
      number: '0001/2026',
      sop: { title: 'Alur Contoh', agency: 'Dinas Contoh', number: null, version: 'v1' },
      title: 'Pasar Murah',
      eventDate: '2026-11-19',
      submitter: { name: 'Sari Dewi', position: 'Staf', nip: null },
      submittedAt: at('2026-11-20T14:05:00'),
      revision: 1,
      hash: 'ff',
      caption: { text: 'Caption', length: 7, max: 200 },
      narrative: { text: 'Narasi', words: 1 },
      ended: false,
    });
    expect(sheet(handedIn()).files[0]).toEqual({ kind: 'photo', name: null, bytes: 1, sha256: 'aa', mime: 'x/y' });
  });

  test('leaves out caption and narrative where there are none, and says of a caption without a limit that it has none', () => {
    expect(sheet(handedIn({ revisions: [revisionWith({ caption: null, narrative: null })] }))).toMatchObject({
      caption: null,
      narrative: null,
    });
    const free: Sop = { ...sop, steps: sop.steps.slice(1), number: '1/2026', copies: ['hardcopy'] };
    expect(sheet(handedIn(), { sop: free })).toMatchObject({ caption: { max: null }, sop: { number: '1/2026' }, copies: ['hardcopy'] });
  });

  test('names the details in their order, and the assignee by his name', () => {
    const details = { assignee: 'budi', class: 'berkala' };
    expect(sheet(handedIn({ revisions: [revisionWith({ details })] })).details).toEqual([
      { part: 'class', text: 'berkala' },
      { part: 'assignee', text: 'Budi' },
    ]);
  });

  test('ends with the case’s last entry in the chain', () => {
    expect(sheet(handedIn()).trail).toEqual({ entries: 2, seq: 9, hash: 'h9', at: at('2026-11-20T16:00:00') });
  });

  test('names who declared what, for the newest revision only', () => {
    const decisions = [
      decision({ declared: ['lama'], revision: 0 }),
      decision({ declared: ['tanpa data pribadi'], capacity: 'plh', onBehalfOf: 'maya' }),
      decision({ step: 'sah', declared: ['benar'] }),
      received,
    ];
    const made = sheet(handedIn({ revisions: [revisionWith({ declared: ['izin ada'] })], decisions }));
    expect(made.declarations.map(({ who, sentences }) => [who.name, who.capacity, who.onBehalfOf, ...sentences])).toEqual([
      ['Sari Dewi', null, null, 'izin ada'],
      ['Budi', 'plh', 'Maya', 'tanpa data pribadi'],
      ['Budi', null, null, 'benar'],
    ]);
  });
});

describe('what was done', () => {
  test('stands in order of time, over all revisions, in the words of the SOP', () => {
    const again = revisionWith({ revision: 2, at: at('2026-11-20T15:30:00'), hash: 'ee' });
    const decisions = [
      decision({ step: 'terima', verdict: 'receive', at: at('2026-11-20T14:30:00') }),
      decision({ step: 'sah', verdict: 'reject', note: 'Foto buram', at: at('2026-11-20T15:00:00') }),
      decision({ step: 'hilang', role: 'lenyap', person: 'joko', revision: 2, at: at('2026-11-20T15:40:00') }),
    ];
    const made = sheet(handedIn({ revisions: [revisionWith(), again], decisions }));
    expect(made.acts.map((act) => [act.act, act.act === 'decided' ? act.word : act.who.role, act.who.name, act.revision])).toEqual([
      ['handed-in', 'Pembuat', 'Sari Dewi', 1],
      ['decided', 'DITERIMA', 'Budi', 1],
      ['decided', 'TIDAK', 'Budi', 1],
      ['handed-in', null, 'Sari Dewi', 2],
      ['decided', 'TERIMA', 'joko', 2],
    ]);
    expect(made.acts.at(-1)?.who.role).toBe('lenyap');
  });

  test('tells a task and a repair from a hand-in', () => {
    const [first, ...rest] = sop.steps;
    if (!first) throw new Error('no step');
    const task: Sop = { ...sop, steps: [{ ...first, kind: 'assign' }, ...rest] };
    const repaired = revisionWith({ revision: 2, at: at('2026-11-20T15:30:00'), repaired: true, capacity: 'plt', onBehalfOf: null });
    const { acts } = sheet(handedIn({ revisions: [revisionWith(), repaired] }), { sop: task });
    expect(acts.map((act) => [act.act, act.who.capacity, act.who.onBehalfOf])).toEqual([
      ['assigned', null, null],
      ['repaired', 'plt', null],
    ]);
  });

  test('names who chose the time of publishing last, a deputy with his principal', () => {
    const schedule = at('2026-11-21T09:00:00');
    const left = at('2026-11-20T15:20:00');
    const stays = [{ step: 'jadwalkan', round: 1, role: 'pemeriksa', enteredAt: 0, dueAt: null, leftAt: left }];
    const chosen = (by: string, body: unknown, when = left) => [...entries, entry(10, 'scheduled', { by, body, at: when })];
    const c = handedIn({ schedule, stays });
    const of = (history: ChainedEntry[]) => sheet(c, { entries: history }).acts.filter(({ act }) => act === 'scheduled');
    expect(of(chosen('budi', {}))).toMatchObject([{ schedule, who: { name: 'Budi', role: 'Pemeriksa', capacity: null } }]);
    expect(of(chosen('maya', { capacity: 'plh', onBehalfOf: 'budi' }, left + 1))).toMatchObject([
      { who: { name: 'Maya', role: null, capacity: 'plh', onBehalfOf: 'Budi' } },
    ]);
    expect(of(entries)).toEqual([]);
    expect(sheet(handedIn(), { entries: chosen('budi', {}) }).acts).toHaveLength(1);
  });
});

describe('what is still to do', () => {
  const steps = (state: State) => sheet(handedIn({ state })).pending.map(({ id }) => id);

  test('is every step from where the case is', () => expect(steps(stateAt('jadwalkan'))).toEqual(['jadwalkan', 'tayang']));

  test('is nothing once it is published, nor at a step that the SOP does not know', () => {
    expect(steps({ status: 'published', at: 1 })).toEqual([]);
    expect(steps(stateAt('hilang'))).toEqual([]);
    expect(sheet(handedIn({ state: { status: 'published', at: 1 } })).ended).toBe(true);
  });
});

describe('the places for signatures', () => {
  const names = (c: Case, of: Office = office) =>
    sheet(c, { office: of }).signatures.map(({ role, signed, holder }) => [role, signed?.who.name ?? null, holder?.name ?? null]);

  test('carry whoever agreed, and are empty where nobody has: with the name of who alone holds the role', () => {
    const c = handedIn({ decisions: [received], state: stateAt('periksa'), rounds: { terima: 1, periksa: 1 } });
    expect(names(c)).toEqual([
      ['Pemeriksa', 'Budi', null],
      ['Pemeriksa', null, 'Budi'],
      ['Pemeriksa', null, 'Budi'],
    ]);
    const two: Office = { ...office, people: [...office.people, { id: 'joko', name: 'Joko', roles: ['pemeriksa'] }] };
    expect(names(c, two).slice(1)).toEqual([
      ['Pemeriksa', null, null],
      ['Pemeriksa', null, null],
    ]);
    expect(names(c, { ...office, people: [] }).at(-1)).toEqual(['Pemeriksa', null, null]);
  });

  test('forget what was agreed before the case came again, and what was rejected', () => {
    const decisions = [received, decision({}), decision({ step: 'sah', verdict: 'reject' })];
    const back = handedIn({ decisions, state: stateAt('periksa', 2), rounds: { terima: 2, periksa: 2, sah: 1 } });
    expect(names(back).map(([, signed]) => signed)).toEqual([null, null]);
  });

  test('are none for who rejected what was withdrawn then', () => {
    const decisions = [received, decision({ step: 'sah', verdict: 'reject' })];
    const gone = handedIn({ decisions, state: { status: 'withdrawn', at: 1, by: 'sari' }, rounds: { terima: 1, periksa: 1, sah: 1 } });
    expect(names(gone)).toEqual([['Pemeriksa', 'Budi', null]]);
  });

  test('begin with whoever gave the task, where there is one', () => {
    const [first, ...rest] = sop.steps;
    if (!first) throw new Error('no step');
    const task: Sop = { ...sop, steps: [{ ...first, kind: 'assign' }, ...rest] };
    const [place] = sheet(handedIn(), { sop: task }).signatures;
    expect(place).toMatchObject({ role: 'Pembuat', signed: { who: { name: 'Sari Dewi' }, word: null } });
  });

  test('stand beside an empty one where several must decide and one has', () => {
    const c = handedIn({ decisions: [received, decision({})], state: stateAt('periksa'), rounds: { terima: 1, periksa: 1 } });
    expect(names(c).map(([, signed]) => signed)).toEqual(['Budi', 'Budi', null, null]);
  });
});

describe('the publications', () => {
  const link = { channel: 'website', link: 'https://contoh.example/1', proof: null, person: 'maya', at: 5 };

  test('are told with link, proof or the reason why a channel was left out, and the channels that are open', () => {
    const publications = [
      { ...link, capacity: 'plh' as const, onBehalfOf: 'budi' },
      { channel: 'media_sosial', link: null, proof: { sha256: 'bb', bytes: 2 }, person: 'maya', at: 6 },
      { channel: 'radio', link: null, proof: null, waived: 'Rusak', person: 'maya', at: 7 },
    ];
    const made = sheet(handedIn({ publications, state: stateAt('tayang') }));
    expect(made.publications.map(({ channel, link: where, proof, waived }) => [channel, where, proof, waived])).toEqual([
      ['website', 'https://contoh.example/1', null, null],
      ['media_sosial', null, 'bb', null],
      ['radio', null, null, 'Rusak'],
    ]);
    expect(made.publications[0]?.who).toMatchObject({ name: 'Maya', role: 'Admin', capacity: 'plh', onBehalfOf: 'Budi' });
    expect(made.openChannels).toEqual([]);
    expect(sheet(handedIn({ publications: [link], state: stateAt('tayang') })).openChannels).toEqual(['media_sosial']);
    expect(sheet(handedIn({ publications: [link], state: { status: 'published', at: 9 } })).openChannels).toEqual([]);
  });

  test('of an SOP that does not publish have no role and leave no channel open', () => {
    const silent: Sop = { ...sop, steps: sop.steps.filter(({ kind }) => kind !== 'publish') };
    const made = sheet(handedIn({ publications: [link] }), { sop: silent });
    expect([made.publications[0]?.who.role, made.openChannels]).toEqual([null, []]);
  });

  test('come with the accessible forms, a text or a file', () => {
    const forms = [
      { form: 'audio' as const, text: null, file: { sha256: 'cc', bytes: 3 }, person: 'maya', at: 4 },
      { form: 'braille' as const, text: 'titik', file: null, person: 'maya', at: 5 },
    ];
    expect(sheet(handedIn({ forms, schedule: 8 }))).toMatchObject({
      schedule: 8,
      forms: [
        { form: 'audio', text: null, sha256: 'cc' },
        { form: 'braille', text: 'titik', sha256: null },
      ],
    });
  });
});
