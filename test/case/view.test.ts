import { describe, expect, test } from 'vitest';
import type { DraftView, StepView } from '../../src/case/card-view.ts';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import type { Facts } from '../../src/case/facts.ts';
import { viewCard } from '../../src/case/view.ts';
import {
  accept,
  add,
  CASE,
  caption,
  caseOf,
  DRAFTING,
  date,
  factsAt,
  HOUR,
  handIn,
  history,
  keep,
  narrate,
  open,
  photos,
  publish,
  REASON,
  receive,
  reject,
  SENT_BACK,
  SOP,
  seen,
  TO_CHECKER,
  TO_END,
  TO_HEAD,
  TO_PUBLISHER,
  TO_RECEIVER,
  title,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const WITHDRAW: Command = { type: 'withdraw', by: 'sari' };

function draft(events: CaseEvent[], round = 1, facts: Facts = factsAt(FRIDAY_9 + HOUR), sops = 1): DraftView {
  const view = viewCard(caseOf(events), { card: 'draft', case: CASE, round }, facts, 'sari', sops);
  if (view?.view !== 'draft') throw new Error('no draft');
  return view;
}

function stepOf(c: Case, step: string, round = 1, facts: Facts = factsAt(FRIDAY_9 + HOUR), viewer: string | null = null): StepView {
  const view = viewCard(c, { card: 'step', case: CASE, step, round }, facts, viewer, 1);
  if (view?.view !== 'step') throw new Error('no step');
  return view;
}
const step = (events: CaseEvent[], id: string, round = 1, facts?: Facts, viewer?: string) =>
  stepOf(caseOf(events), id, round, facts, viewer);
const actions = (view: DraftView | StepView) => view.buttons.map(({ action }) => action);

describe('the card of a draft', () => {
  test('shows what is there and names what is missing', () => {
    expect(draft(history([open()]))).toMatchObject({
      sopTitle: 'Alur Upload Konten Media Sosial',
      eventDate: null,
      dueAt: null,
      late: false,
      media: { have: 0, pending: 0, min: 4 },
      caption: null,
      captionMax: 200,
      narrative: null,
      narrativeNeeded: true,
      missing: [{ part: 'title' }, { part: 'date' }, { part: 'media' }, { part: 'caption' }, { part: 'narrative' }],
      returned: null,
      ended: 'open',
      index: { step: 0, round: 1, revision: 0 },
      revision: 0,
    });
    const half = draft(
      history([
        open(),
        caption('👨‍👩‍👧‍👦 pasar'),
        narrate('Dua kata'),
        ...photos(1),
        add(2),
        add(3, { kind: 'video' }),
        keep(3, { kind: 'video' }),
      ]),
    );
    expect(half).toMatchObject({
      caption: { length: 7, max: 200 },
      narrative: { words: 2 },
      media: { photos: 1, videos: 1, documents: 0, have: 2, pending: 1 },
    });
  });

  test('carries SERAHKAN only once all is there and nothing is on its way', () => {
    expect(actions(draft(history(DRAFTING)))[0]).toBe('handIn');
    expect(actions(draft(history(DRAFTING.slice(0, -1))))).not.toContain('handIn');
    expect(actions(draft(history([...DRAFTING, add(5)])))).not.toContain('handIn');
    expect(actions(draft(history([...DRAFTING, add(5), keep(5)])))).toContain('handIn');
  });

  test('lets the maker change what is there, and nothing that is not', () => {
    expect(actions(draft(history([open()])))).toEqual(['cancel']);
    expect(actions(draft(history(DRAFTING)))).toEqual([
      'handIn',
      'editTitle',
      'editDate',
      'editCaption',
      'editNarrative',
      'editMedia',
      'cancel',
    ]);
    expect(actions(draft(history([open()]), 1, factsAt(), 2))).toEqual(['chooseSop', 'cancel']);
  });

  test('is late after its deadline', () => {
    const due = Date.parse('2026-11-20T23:59:59+07:00');
    expect(draft(history(DRAFTING), 1, factsAt(due))).toMatchObject({ dueAt: due, late: false });
    expect(draft(history(DRAFTING), 1, factsAt(due + 1))).toMatchObject({ late: true });
    expect(draft(history(TO_RECEIVER), 1, factsAt(due + 1))).toMatchObject({ late: false });
  });

  test('handed in or withdrawn it has no buttons', () => {
    expect(draft(history(TO_RECEIVER))).toMatchObject({ ended: 'handed-in', buttons: [], index: { round: 1 } });
    expect(draft(history([...DRAFTING, WITHDRAW]))).toMatchObject({ ended: 'withdrawn', buttons: [], named: { title: 'Pasar murah' } });
  });

  test('returned it says by whom and why, and cannot be thrown away', () => {
    const back = draft(history(SENT_BACK), 2, factsAt(FRIDAY_9 + HOUR), 2);
    expect(back).toMatchObject({
      ended: 'open',
      revision: 1,
      returned: { person: 'Kartika', role: 'Ketua PPID Pembantu', reason: REASON },
      missing: [],
    });
    expect(actions(back)).toContain('handIn');
    expect(actions(back)).not.toContain('cancel');
    expect(actions(back)).not.toContain('chooseSop');
  });

  test('of an earlier round stays what was handed in then', () => {
    const changed = history([
      ...SENT_BACK,
      title('Pasar murah II'),
      caption('Lain'),
      narrate('Lain lagi'),
      date('2026-11-19'),
      add(5),
      keep(5),
    ]);
    expect(draft(changed, 1)).toMatchObject({
      ended: 'handed-in',
      named: { title: 'Pasar murah' },
      caption: { text: 'Pasar murah hari ini' },
      eventDate: '2026-11-20',
      media: { have: 4, photos: 4 },
      missing: [],
      buttons: [],
    });
    expect(draft(changed, 2)).toMatchObject({ named: { title: 'Pasar murah II' }, media: { have: 5 } });
  });

  test('of a round that never was shows the first step', () => {
    expect(draft(history(TO_RECEIVER), 9)).toMatchObject({ ended: 'handed-in', index: { step: 0, round: 9 } });
  });

  test('of an SOP that asks for little shows no limits', () => {
    const sop = withStep('serahkan', { requires: { narrative: false } });
    const facts = factsAt(FRIDAY_9, { sop });
    expect(draft(history([open(), caption('pasar')], facts), 1, facts)).toMatchObject({
      caption: { length: 5, max: 5 },
      captionMax: null,
      narrativeNeeded: false,
      media: { min: null },
    });
    const bare = history([open(), title(), date(), handIn()], facts);
    expect(draft(bare, 1, facts)).toMatchObject({ caption: null, narrative: null, ended: 'handed-in' });
  });
});

describe('the card of a step', () => {
  test('shows all that is needed to decide', () => {
    expect(step(history(TO_CHECKER), 'periksa')).toMatchObject({
      kind: 'decide',
      position: { step: 3, of: 5 },
      index: { step: 2, round: 1, revision: 1 },
      roleLabel: 'Ketua PPID Pembantu',
      maker: 'Sari Dewi',
      eventDate: '2026-11-20',
      counts: { photos: 4, videos: 0, documents: 0 },
      revision: 1,
      changed: [],
      caption: { text: 'Pasar murah hari ini', length: 20, max: 200 },
      narrative: 'Dinas mengadakan pasar murah di halaman kantor.',
      earlier: [
        {
          role: 'Tim Pertimbangan Pelayanan Informasi',
          person: 'Budi Santoso',
          verdict: 'receive',
          note: 'Sesuai, tanpa catatan',
          onBehalfOf: null,
        },
      ],
      response: null,
      handedInLate: false,
      late: false,
      outcome: { is: 'open' },
      labels: { accept: 'TERIMA', reject: 'TOLAK' },
      channels: [],
    });
  });

  test('carries the buttons of its kind, with the SOP’s own words', () => {
    expect(step(history(TO_RECEIVER), 'terima-berkas').buttons).toEqual([{ action: 'receive' }, { action: 'respond' }, { action: 'view' }]);
    const sop = withStep('periksa', { labels: { accept: 'SETUJU', reject: 'KEMBALIKAN' } });
    expect(step(history(TO_CHECKER), 'periksa', 1, factsAt(FRIDAY_9, { sop })).buttons).toEqual([
      { action: 'accept', label: 'SETUJU' },
      { action: 'reject', label: 'KEMBALIKAN' },
      { action: 'respond' },
      { action: 'repair', item: 0 },
      { action: 'repair', item: 1 },
      { action: 'view' },
    ]);
    expect(step(history(TO_PUBLISHER), 'unggah').buttons).toEqual([{ action: 'published' }, { action: 'view' }]);
    const assign = withStep('terima-berkas', { kind: 'assign' });
    expect(step(history(TO_RECEIVER), 'terima-berkas', 1, factsAt(FRIDAY_9, { sop: assign })).buttons).toEqual([{ action: 'view' }]);
  });

  test('shows a written response to its writer alone', () => {
    const written = history([...TO_RECEIVER, { type: 'respond', seen: seen('terima-berkas'), text: 'Lengkap', by: 'budi' }]);
    expect(step(written, 'terima-berkas', 1, factsAt(), 'budi').response).toBe('Lengkap');
    expect(step(written, 'terima-berkas', 1, factsAt(), 'citra').response).toBeNull();
    expect(step(written, 'terima-berkas').response).toBeNull();
  });

  test('is late after its deadline, and says when the hand-in was', () => {
    const due = Date.parse('2026-11-23T16:00:00+07:00');
    expect(step(history(TO_RECEIVER), 'terima-berkas', 1, factsAt(due)).late).toBe(false);
    expect(step(history(TO_RECEIVER), 'terima-berkas', 1, factsAt(due + 1)).late).toBe(true);
    const late = history(TO_RECEIVER, factsAt(Date.parse('2026-11-21T09:00:00+07:00')));
    expect(step(late, 'terima-berkas').handedInLate).toBe(true);
  });

  test('of the next revision tells what changed', () => {
    const again = history([...SENT_BACK, caption('Lain'), add(5), keep(5), handIn(2)]);
    expect(step(again, 'terima-berkas', 2)).toMatchObject({
      revision: 2,
      changed: ['caption', 'media'],
      earlier: [],
      outcome: { is: 'open' },
    });
    const all = history([...SENT_BACK, title('Lain'), date('2026-11-19'), narrate('Lain'), handIn(2)]);
    expect(step(all, 'terima-berkas', 2).changed).toEqual(['title', 'date', 'narrative']);
  });

  test('shows what the publisher has done so far', () => {
    const facts = factsAt(FRIDAY_9 + HOUR, { sop: withStep('unggah', { channels: ['website', 'instagram'] }) });
    const one = history([publish('website')], facts, history(TO_PUBLISHER));
    expect(step(one, 'unggah', 1, facts).channels).toEqual([
      { channel: 'website', link: 'https://example.org/p/1', done: true },
      { channel: 'instagram', link: null, done: false },
    ]);
  });

  test('of content without words shows none', () => {
    const facts = factsAt(FRIDAY_9, { sop: withStep('serahkan', { requires: { narrative: false } }) });
    const bare = history([open(), title(), date(), caption('a'), handIn()], facts);
    expect(step(bare, 'terima-berkas', 1, facts)).toMatchObject({ caption: { length: 1, max: null }, narrative: null });
    const none = history([open(), title(), date(), handIn()], facts);
    expect(step(none, 'terima-berkas', 1, facts)).toMatchObject({ caption: null, narrative: null });
  });
});

describe('after a step', () => {
  test('its card says who decided what and when, and has no buttons', () => {
    const view = step(history(TO_CHECKER), 'terima-berkas');
    expect(view).toMatchObject({
      outcome: { is: 'decided', by: { person: 'Budi Santoso', verdict: 'receive', note: 'Sesuai, tanpa catatan' } },
      buttons: [],
      earlier: [],
    });
    expect(step(history(SENT_BACK), 'periksa').outcome).toMatchObject({ is: 'decided', by: { verdict: 'reject', note: REASON } });
  });

  test('it keeps showing the revision that was decided on', () => {
    const again = history([...SENT_BACK, title('Lain'), handIn(2)]);
    expect(step(again, 'periksa')).toMatchObject({ revision: 1, named: { title: 'Pasar murah' } });
  });

  test('the publisher’s card says that it is done', () => {
    expect(step(history(TO_END), 'unggah')).toMatchObject({ outcome: { is: 'published', person: 'Maya' }, buttons: [] });
  });

  test('a decision for somebody else names both', () => {
    const c = caseOf(history(TO_CHECKER));
    const deputy = { ...c, decisions: c.decisions.map((decision) => ({ ...decision, onBehalfOf: 'citra' })) };
    expect(stepOf(deputy, 'terima-berkas').outcome).toMatchObject({ by: { person: 'Budi Santoso', onBehalfOf: 'Citra' } });
  });

  test('somebody who left the office is shown by his id, a role the SOP lost by its own', () => {
    const facts = factsAt(FRIDAY_9, { office: sampleOffice({ people: [] }), sop: { ...SOP, roles: {} } });
    expect(step(history(TO_CHECKER), 'terima-berkas', 1, facts)).toMatchObject({
      maker: 'sari',
      roleLabel: 'tim_pertimbangan',
      outcome: { by: { person: 'budi' } },
    });
  });
});

describe('a card that the case went past', () => {
  const bare = caseOf(history(TO_HEAD));
  const undecided = (change: Partial<Case>): Case => ({ ...bare, decisions: [], ...change });

  test('says so: moved on, returned or withdrawn', () => {
    expect(stepOf(undecided({}), 'periksa').outcome).toEqual({ is: 'overtaken', why: 'moved-on' });
    expect(stepOf(undecided({ state: caseOf(history(SENT_BACK)).state }), 'periksa').outcome).toEqual({ is: 'overtaken', why: 'returned' });
    expect(stepOf(undecided({ state: { status: 'withdrawn', at: 0, by: 'sari' } }), 'periksa').outcome).toEqual({
      is: 'overtaken',
      why: 'withdrawn',
    });
    const published = caseOf(history(TO_END));
    expect(stepOf({ ...published, decisions: [] }, 'periksa').outcome).toEqual({ is: 'overtaken', why: 'moved-on' });
    expect(stepOf({ ...published, publications: [] }, 'unggah').outcome).toEqual({ is: 'overtaken', why: 'moved-on' });
    expect(stepOf({ ...caseOf(history(TO_PUBLISHER)), publications: published.publications }, 'unggah', 2).outcome).toEqual({
      is: 'overtaken',
      why: 'moved-on',
    });
  });

  test('shows the revision that was in hand then, or the last one', () => {
    const twice = caseOf(history([...SENT_BACK, title('Lain'), handIn(2)]));
    expect(stepOf({ ...twice, decisions: [] }, 'periksa')).toMatchObject({ revision: 1, dueAt: Date.parse('2026-11-23T16:00:00+07:00') });
    expect(stepOf(twice, 'putuskan', 7)).toMatchObject({ revision: 2, dueAt: null, late: false });
  });

  test('there is none before anything was handed in, and none of a step to prepare', () => {
    expect(viewCard(caseOf(history(DRAFTING)), { card: 'step', case: CASE, step: 'periksa', round: 1 }, factsAt(), null, 1)).toBeNull();
    expect(viewCard(caseOf(history(TO_CHECKER)), { card: 'step', case: CASE, step: 'serahkan', round: 1 }, factsAt(), null, 1)).toBeNull();
  });

  test('of a step left by several roads, each round has its own', () => {
    const sop = withStep('putuskan', { rejectTo: 'periksa' });
    const facts = factsAt(FRIDAY_9, { sop });
    const again = history([...TO_RECEIVER, receive(), accept('periksa'), reject('putuskan'), accept('periksa', 2, 'kartika', 1)], facts);
    expect(step(again, 'periksa', 1, facts).outcome).toMatchObject({ is: 'decided' });
    expect(step(again, 'periksa', 2, facts)).toMatchObject({
      outcome: { is: 'decided' },
      earlier: [{ verdict: 'receive' }, { verdict: 'accept' }, { verdict: 'reject' }],
    });
  });
});
