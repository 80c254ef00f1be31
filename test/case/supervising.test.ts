// What a supervisor may do about a late step: remind, or give it to somebody else.
import { describe, expect, test } from 'vitest';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { decide } from '../../src/case/decide.ts';
import { CANDIDATES_MAX, candidatesFor, NUDGE_EVERY_MS } from '../../src/case/decide-supervise.ts';
import { actorsOf, stepAt } from '../../src/case/facts.ts';
import { viewCard } from '../../src/case/view.ts';
import type { Office, Person } from '../../src/office/office.ts';
import {
  accept,
  CASE,
  caseOf,
  factsAt,
  given,
  HOME,
  handIn,
  history,
  open,
  publish,
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
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const nudge = (step: string, by = 'rahmat', round = 1): Command => ({ type: 'nudge', seen: seen(step, round), by });
const reassign = (step: string, to: string, by = 'rahmat', round = 1): Command => ({ type: 'reassign', seen: seen(step, round), to, by });
const names = (c: Case, office: Office = sampleOffice()) => candidatesFor(c, factsAt(FRIDAY_9, { office })).map(({ id }) => id);
const actors = (c: Case, step: string) => actorsOf(c, stepAt(SOP, step), factsAt()).map(({ id }) => id);
const atReceiver = history(TO_RECEIVER);
const atChecker = history(TO_CHECKER);

describe('reminding by hand', () => {
  test('reaches everybody whose turn it is, names who reminds, and stands in the history', () => {
    const when = given(...atReceiver).when(nudge('terima-berkas'));
    const c = when.gives({ type: 'nudged', by: 'rahmat', step: 'terima-berkas', round: 1 });
    expect(c.nudged).toMatchObject({ person: 'rahmat', step: 'terima-berkas' });
    expect(when.says).toMatchObject([
      { to: 'budi', notice: { notice: 'nudged', person: 'Rahmat', lateMs: 0 } },
      { to: 'citra', notice: { notice: 'nudged' } },
    ]);
  });

  test('reaches the maker of a draft in its own chat, also without a deadline', () => {
    expect(given(...history([open()])).when(nudge('serahkan')).says).toMatchObject([
      { to: HOME.id, notice: { notice: 'nudged', dueAt: null } },
    ]);
  });

  test('is a supervisor’s alone, and nothing after the decision', () => {
    given(...atReceiver)
      .when(nudge('terima-berkas', 'kartika'))
      .refuses({ refused: 'not-your-role', needed: '', yours: ['ketua_ppid_pembantu'] });
    given(...atChecker)
      .when(nudge('terima-berkas'))
      .refuses({ refused: 'already-decided' });
    given(...history(TO_END))
      .when(nudge('unggah'))
      .refuses({ refused: 'outdated', now: 'published' });
  });

  test('comes once in a quarter of an hour for a case and step', () => {
    const once = history([nudge('terima-berkas')], factsAt(FRIDAY_9), atReceiver);
    given(...once)
      .when(nudge('terima-berkas'), factsAt(FRIDAY_9 + NUDGE_EVERY_MS - 1))
      .refuses({ refused: 'nudged-lately', person: 'rahmat', at: FRIDAY_9, again: FRIDAY_9 + NUDGE_EVERY_MS });
    given(...once)
      .when(nudge('terima-berkas'), factsAt(FRIDAY_9 + NUDGE_EVERY_MS))
      .gives('nudged');
    given(...history([receive()], factsAt(FRIDAY_9), once))
      .when(nudge('periksa'), factsAt(FRIDAY_9 + 1))
      .gives('nudged');
  });

  test('finds nobody where nobody else is', () => {
    given(...history(TO_HEAD))
      .when(nudge('putuskan'))
      .refuses({ refused: 'nobody-there' });
  });
});

describe('whom a step may be given to', () => {
  test('the role’s other holders first, then colleagues who decide, receive or publish; never who made it', () => {
    expect(names(caseOf(atReceiver))).toEqual(['budi', 'citra', 'kartika', 'rahmat', 'maya']);
    // The only one who could act is the one it is taken from.
    expect(names(caseOf(atChecker))).toEqual(['budi', 'rahmat', 'maya', 'citra']);
    const office = sampleOffice();
    const people = office.people.map((person) => (person.id === 'sari' ? { ...person, roles: ['tim_pelaksana', 'admin_medsos'] } : person));
    expect(names(caseOf(atChecker), { ...office, people })).not.toContain('sari');
  });

  test('nobody twice, nobody who has voted, and no more than fit on a look', () => {
    const more = Array.from({ length: 9 }, (_, n): Person => ({ id: `p${n}`, name: `P ${n}`, roles: ['admin_medsos'] }));
    const office = sampleOffice();
    expect(names(caseOf(atReceiver), { ...office, people: [...office.people, ...more] })).toHaveLength(CANDIDATES_MAX);
    expect(names(caseOf(history([reassign('terima-berkas', 'maya')], factsAt(), atReceiver)))).not.toContain('maya');
    const both = office.people.map((person) => (person.id === 'citra' ? { ...person, roles: ['ketua_ppid_pembantu'] } : person));
    const facts = factsAt(FRIDAY_9, { office: { ...office, people: both }, sop: withStep('periksa', { needs: 'all' }) });
    const voted = caseOf(history([accept('periksa')], facts, history(TO_CHECKER, facts)));
    expect(candidatesFor(voted, facts).map(({ id }) => id)).not.toContain('kartika');
  });

  test('a returned draft: the other makers; a first draft and what is over: nobody', () => {
    expect(names(caseOf(history(SENT_BACK)))).toEqual(['andi']);
    expect(names(caseOf(history([open()])))).toEqual([]);
    expect(names(caseOf(history(TO_END)))).toEqual([]);
  });
});

describe('a step that is given to somebody else', () => {
  const away = history([reassign('periksa', 'maya')], factsAt(), atChecker);

  test('may be done by him from now on, beside its holder, and in his stead', () => {
    expect(actors(caseOf(away), 'periksa')).toEqual(['kartika', 'maya']);
    given(...away)
      .when(accept('periksa', 1, 'maya'))
      .gives({ type: 'decided', by: 'maya', role: 'ketua_ppid_pembantu', onBehalfOf: 'kartika' }, 'entered');
    given(...away)
      .when(accept('periksa', 1, 'kartika'))
      .gives({ type: 'decided', by: 'kartika', onBehalfOf: null }, 'entered');
  });

  test('whoever comes second hears that it is decided', () => {
    const decided = history([accept('periksa', 1, 'maya')], factsAt(), away);
    given(...decided)
      .when(accept('periksa', 1, 'kartika'))
      .refuses({ refused: 'already-decided' });
  });

  test('is nobody’s stead where several hold it, and his only at this step and in this round', () => {
    const both = history([reassign('terima-berkas', 'maya')], factsAt(), atReceiver);
    given(...both)
      .when(receive(1, 'maya'))
      .gives({ type: 'decided', by: 'maya', onBehalfOf: null }, 'entered');
    expect(actors(caseOf(both), 'periksa')).toEqual(['kartika']);
    const again = history([reject('periksa', 1, 'Foto kurang jelas sekali', 'maya'), handIn(2), receive(2)], factsAt(), away);
    expect(actors(caseOf(again), 'periksa')).toEqual(['kartika']);
    given(...again)
      .when(accept('periksa', 2, 'maya'))
      .refuses({ refused: 'not-your-role' });
  });

  test('counts as one of its holders where all must agree, not besides them', () => {
    const facts = factsAt(FRIDAY_9, { sop: withStep('periksa', { needs: 'all' }) });
    const given_ = history([reassign('periksa', 'maya'), accept('periksa', 1, 'maya')], facts, history(TO_CHECKER, facts));
    expect(caseOf(given_).state).toMatchObject({ step: 'putuskan' });
  });

  test('may be a publisher’s as well', () => {
    const published = history([reassign('unggah', 'kartika'), publish('media_sosial', 'kartika')], factsAt(), history(TO_PUBLISHER));
    expect(caseOf(published).state.status).toBe('published');
  });

  test('goes out to him with the files and a new card; its holder is told, the supervisor is not', () => {
    const out = given(...atChecker).when(reassign('periksa', 'maya')).sends;
    expect(out.map((one) => [one.out, 'to' in one && 'person' in one.to ? one.to.person : ''])).toEqual([
      ['say', 'maya'],
      ['album', 'maya'],
      ['show', 'maya'],
      ['say', 'kartika'],
    ]);
    expect(out[0]).toMatchObject({ notice: { notice: 'reassigned', to: 'new', by: 'Rahmat', person: 'Maya' } });
    expect(out[2]).toMatchObject({ fresh: true });
    expect(out[3]).toMatchObject({ notice: { to: 'old', person: 'Maya' } });
  });

  test('is a supervisor’s to give, to somebody who is offered, while it is waited for', () => {
    const refusedAs = (command: Command, events: CaseEvent[] = atChecker) => {
      const ruling = decide(caseOf(events), command, factsAt());
      return ruling.ok ? null : ruling.refusal.refused;
    };
    expect(refusedAs(reassign('periksa', 'maya', 'budi'))).toBe('not-your-role');
    expect(refusedAs(reassign('periksa', 'sari'))).toBe('nobody-there');
    expect(refusedAs(reassign('periksa', ''))).toBe('nobody-there');
    expect(refusedAs(reassign('terima-berkas', 'maya'))).toBe('already-decided');
    expect(refusedAs(reassign('serahkan', 'andi'), history([open()]))).toBe('not-now');
  });

  test('is lost with whoever has left the office', () => {
    const office = sampleOffice();
    const without = { ...office, people: office.people.filter(({ id }) => id !== 'maya') };
    expect(actorsOf(caseOf(away), stepAt(SOP, 'periksa'), factsAt(FRIDAY_9, { office: without })).map(({ id }) => id)).toEqual(['kartika']);
  });
});

describe('a draft whose maker does not answer', () => {
  const waiting = history([reassign('serahkan', 'andi', 'rahmat', 2)], factsAt(), history(SENT_BACK));
  const home = { channel: 'telegram', id: '1006' } as const;
  const take: Command = { type: 'take', seen: seen('serahkan', 2), home, by: 'andi' };

  test('waits for the other maker with everything in it, and his KERJAKAN makes it his', () => {
    expect(caseOf(waiting).state).toMatchObject({ status: 'making', assigned: 'andi', taken: null, kept: true });
    const taken = caseOf(history([take], factsAt(), waiting));
    expect(taken).toMatchObject({ maker: 'andi', home, content: caseOf(history(SENT_BACK)).content });
    expect(taken.state).toMatchObject({ status: 'making', taken: 'andi', back: { person: 'kartika' } });
    expect(taken.state).not.toHaveProperty('kept');
    const handed = caseOf(history([handIn(2, 'andi')], factsAt(), history([take], factsAt(), waiting)));
    expect(handed.state).toMatchObject({ status: 'running', step: 'terima-berkas' });
    expect(handed.revisions.at(-1)?.by).toBe('andi');
  });

  test('keeps files that are still on their way', () => {
    const file = { channel: 'telegram', account: '7000', fileId: 'f9', uniqueId: 'u9' } as const;
    const sent: Command = {
      type: 'add-media',
      by: 'sari',
      media: { id: 'm9', kind: 'photo', file, sentBy: 'sari', at: FRIDAY_9, state: 'pending' },
    };
    const late = history([sent, reassign('serahkan', 'andi', 'rahmat', 2), take], factsAt(), history(SENT_BACK));
    expect(caseOf(late).content.media.map(({ id }) => id)).toContain('m9');
  });

  test('is no longer the first maker’s: neither before it is taken nor after', () => {
    for (const events of [waiting, history([take], factsAt(), waiting)]) {
      const ruling = decide(caseOf(events), { type: 'title', title: 'Lain', by: 'sari' }, factsAt());
      expect(ruling.ok).toBe(false);
    }
    given(...waiting)
      .when({ ...take, by: 'sari' })
      .refuses({ refused: 'already-taken', person: 'andi' });
  });

  test('shows a card to take to the one, and to the other that it was given away', () => {
    const step = { card: 'step', case: CASE, step: 'serahkan', round: 2 } as const;
    const draft = { card: 'draft', case: CASE, round: 2 } as const;
    const view = (events: CaseEvent[], viewer: string | null) => viewCard(caseOf(events), draft, factsAt(), viewer, 1);
    expect(viewCard(caseOf(waiting), step, factsAt(), 'andi', 1)).toMatchObject({
      buttons: [{ action: 'take' }, { action: 'view' }],
      outcome: { is: 'open' },
    });
    expect(view(waiting, 'sari')).toMatchObject({ ended: 'reassigned', buttons: [] });
    const taken = history([take], factsAt(), waiting);
    expect(view(taken, 'sari')).toMatchObject({ ended: 'reassigned', buttons: [] });
    expect(view(taken, 'andi')).toMatchObject({ ended: 'open', returned: { reason: 'Foto kurang jelas atau buram' } });
    expect(view(taken, null)).toMatchObject({ ended: 'open' });
    expect(viewCard(caseOf(taken), step, factsAt(), 'andi', 1)).toMatchObject({ outcome: { is: 'taken', person: 'Andi' }, buttons: [] });
    expect(viewCard(caseOf(history(SENT_BACK)), step, factsAt(), 'andi', 1)).toBeNull();
  });

  test('may be given on once more, and the maker whom it is taken from is told in his chat', () => {
    const office = sampleOffice();
    const people = [...office.people, { id: 'eka', name: 'Eka', roles: ['tim_pelaksana'], telegram: '1009' }];
    const facts = factsAt(FRIDAY_9, { office: { ...office, people } });
    const taken = history([take], facts, waiting);
    const when = given(...taken).when(reassign('serahkan', 'eka', 'rahmat', 2), facts);
    expect(when.gives('reassigned').state).toMatchObject({ assigned: 'eka', taken: null, kept: true });
    expect(when.says.map(({ to }) => to)).toEqual(['eka', '1006']);
    // Not taken yet, it has nothing to keep but what it had.
    given(...waiting)
      .when(reassign('serahkan', 'eka', 'rahmat', 2), facts)
      .gives('reassigned');
  });
});
