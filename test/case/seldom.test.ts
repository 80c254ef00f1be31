// What the chats of the five SOPs hardly ever bring about: SOPs that ask for less or for more, and things heard twice or too late.
import { describe, expect, test } from 'vitest';
import { formProvided, formsWanted } from '../../src/case/decide-announce.ts';
import { draftKey } from '../../src/case/draft-key.ts';
import { evolve } from '../../src/case/evolve.ts';
import { assignedStep, candidatesOf, draftStep, stepAt } from '../../src/case/facts.ts';
import { announce } from '../../src/case/notices.ts';
import { viewCard } from '../../src/case/view.ts';
import type { AssignStep, PrepareStep, Sop } from '../../src/sop/sop.ts';
import { dishub, diskominfo, OtherPhones } from '../support/other-phones.ts';
import { draftOfPpid, INTAN, RIZAL, TIKA, toMaker, toPublisher } from '../support/other-walks.ts';
import { add, withStep } from '../support/rules.ts';

const factsOf = (p: OtherPhones) => ({ now: p.now, office: p.office, sop: p.sop });

describe('accessible forms', () => {
  test('are neither wanted nor taken before the case is approved', async () => {
    const p = await draftOfPpid();
    expect(formsWanted(p.case, factsOf(p))).toBeNull();
    expect(formProvided(p.case, 'audio', { text: 'naskah', file: null }, 'fitri', factsOf(p))).toEqual([]);
  });

  test('a file of one that is heard twice is one file all the same', async () => {
    const p = await toPublisher();
    const command = add(7, { formOf: 'visual' }, 'fitri');
    expect(p.rule(command)).toEqual(['media-added']);
    const c = evolve(p.case, { type: 'media-added', at: p.now, by: 'fitri', media: command.media });
    p.store.tables.cases.set(c.id, c);
    expect(p.rule(command)).toEqual([]);
  });

  test('whoever gives one hears how many are still missing', async () => {
    const three = (sop: Sop): Sop =>
      withStep('sebarluaskan', { kind: 'publish', accessibility: { min: 3, forms: ['audio', 'visual', 'braille'] } }, sop);
    const p = await toPublisher(new OtherPhones('ppid-contoh', 'kalteng-disdagperin-pengumuman', { sop: three }));
    const event = { type: 'form-provided', at: p.now, by: 'fitri', form: 'audio', text: 'naskah', file: null } as const;
    expect(announce(p.case, [event], factsOf(p))).toMatchObject([
      { out: 'refresh' },
      { out: 'say', to: { person: 'fitri' }, notice: { notice: 'form-noted', form: 'audio', missing: 2 } },
    ]);
    const over = evolve(p.case, { type: 'closed', at: p.now, by: 'fitri' });
    expect(announce(over, [event], factsOf(p))).toEqual([]);
  });
});

describe('details', () => {
  test('said again change nothing', async () => {
    const p = await draftOfPpid();
    expect(p.rule({ type: 'detail', part: 'dip', text: '12/DIP/2026', by: 'lestari' })).toEqual([]);
    expect(p.rule({ type: 'detail', part: 'dip', text: '13/DIP/2026', by: 'lestari' })).toEqual(['detailed']);
  });

  test('what is urgent moves a deadline only where there is one', async () => {
    const urgent = { type: 'detail', part: 'class', text: 'serta_merta', by: 'tika' } as const;
    const timed = await toMaker();
    await timed.must(TIKA, 'KERJAKAN');
    expect(timed.rule(urgent)).toEqual(['detailed', 'due-moved']);
    const tentative = await toMaker(diskominfo({ sop: (sop) => withStep('susun', { due: { kind: 'tentative' } }, sop) }));
    await tentative.must(TIKA, 'KERJAKAN');
    expect(tentative.rule(urgent)).toEqual(['detailed']);
  });
});

describe('a task', () => {
  test('that has been given is not given again', async () => {
    const p = await toMaker();
    expect(p.rule({ type: 'assign', seen: { round: 1 }, by: 'nurdin' })).toBe('not-now');
  });

  test('is for the next step to prepare where its SOP names none', () => {
    const { sop, office, now } = diskominfo();
    const { assignTo, ...bare } = stepAt(sop, 'tugaskan') as AssignStep;
    expect(assignTo).toBe('susun');
    expect(assignedStep(sop, bare).id).toBe('susun');
    expect(candidatesOf(bare, 'nurdin', { sop, office, now }).map(({ id }) => id)).toEqual(['tika', 'yusuf']);
    expect(candidatesOf(draftStep(sop, 'susun'), 'nurdin', { sop, office, now })).toEqual([]);
  });

  test('shows whose it is even when nobody knows who gave it', async () => {
    const p = await toMaker();
    await p.must(TIKA, 'KERJAKAN');
    const key = draftKey(p.case, p.sop);
    expect(viewCard(p.case, key, factsOf(p), null, 1)).toMatchObject({ making: { person: 'Nurdin Hakim', revision: 0 } });
    const { makers, ...unknown } = p.case;
    expect(makers).toBeDefined();
    expect(viewCard(unknown, key, factsOf(p), null, 1)).toMatchObject({ making: { person: 'Tika Maharani', revision: 0 } });
  });
});

describe('a case that goes from hand to hand', () => {
  test('carries no details where its SOP asks for none', async () => {
    const bare = (sop: Sop): Sop => {
      const { source: _, ...requires } = (stepAt(sop, 'kumpulkan') as PrepareStep).requires;
      return withStep('kumpulkan', { kind: 'prepare', requires }, sop);
    };
    const p = dishub({ sop: bare });
    await p.album(RIZAL, 1, undefined, 'bahan');
    await p.text(RIZAL, 'Ramp check');
    await p.must(RIZAL, 'Hari ini');
    await p.must(RIZAL, 'SERAHKAN');
    await p.must(INTAN, 'KERJAKAN');
    expect(p.case).toMatchObject({ maker: 'intan', content: { title: 'Ramp check' } });
    expect(p.case.content).not.toHaveProperty('details');
  });

  test('is taken by nobody while it does not wait for a maker, and begins anew with its maker after its end', async () => {
    const p = await draftOfPpid();
    const c = p.case;
    const home = { channel: 'telegram', id: '1102' } as const;
    expect(evolve(c, { type: 'taken', at: p.now, by: 'doni', step: 'umumkan', round: 1, home })).toBe(c);
    const over = evolve(c, { type: 'withdrawn', at: p.now, by: 'lestari' });
    const on = evolve(over, {
      type: 'handed-on',
      at: p.now,
      by: 'lestari',
      step: 'umumkan',
      role: 'r',
      round: 2,
      dueAt: null,
      assigned: null,
    });
    expect(on).toMatchObject({ maker: 'lestari', stays: over.stays, state: { status: 'making', taken: null } });
  });
});

test('a late hand-in without a deadline of its own is told by the day of the event', async () => {
  const p = await draftOfPpid();
  const before = p.case;
  await p.must('1101', 'SERAHKAN');
  const { revisions, number } = p.case;
  const [revision] = revisions;
  if (!revision || !number) throw new Error('nothing was handed in');
  const said = announce(before, [{ type: 'handed-in', at: p.now, by: 'lestari', revision, number, late: true }], factsOf(p));
  expect(said).toContainEqual(
    expect.objectContaining({ notice: expect.objectContaining({ notice: 'receipt', late: { eventDate: '2026-11-20' } }) }),
  );
});
