import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/case/command.ts';
import { isUrgent } from '../../src/case/facts.ts';
import type { InformationClass, PrepareStep } from '../../src/sop/sop.ts';
import {
  add,
  CASE,
  caption,
  caseOf,
  DRAFTING,
  date,
  factsAt,
  given,
  HOME,
  HOUR,
  handIn,
  history,
  keep,
  narrate,
  open,
  photos,
  SENT_BACK,
  SOP,
  TO_END,
  TO_RECEIVER,
  title,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice, sopNamed } from '../support/sample-office.ts';

const opened = history([open()]);
const drafted = history(DRAFTING);
const handedIn = history(TO_RECEIVER);
const DAY_END = Date.parse('2026-11-20T23:59:59+07:00');

describe('opening a draft', () => {
  test('a holder of the first step begins a case with the version of the SOP that holds now', () => {
    const c = given().when(open()).gives({ type: 'opened', by: 'sari', step: 'serahkan', role: 'tim_pelaksana', dueAt: null });
    expect(c).toMatchObject({ id: CASE, maker: 'sari', sop: { id: SOP.id, version: SOP.version }, home: HOME, number: null });
    expect(c.state).toMatchObject({ status: 'draft', round: 1 });
  });

  test('nobody else may', () => {
    given()
      .when(open('maya'))
      .refuses({ refused: 'not-your-role', needed: 'tim_pelaksana', yours: ['admin_medsos'] });
    given().when(open('nobody')).refuses({ refused: 'not-your-role', needed: 'tim_pelaksana', yours: [] });
  });

  test('an SOP that begins with another kind of step is not begun in a chat', () => {
    const sop = { ...SOP, steps: SOP.steps.slice(1) };
    given().when({ type: 'open', id: CASE, sop, home: HOME, by: 'budi' }).refuses({ refused: 'not-now', status: 'none' });
  });

  test('once opened it is not opened again', () => {
    given(...opened)
      .when(open())
      .givesNothing();
  });

  test('nothing can be done to a case that never began', () => {
    given().when(title()).refuses({ refused: 'nothing-open' });
  });
});

describe('only its maker changes a draft', () => {
  const others: Command[] = [
    title('Lain', 'andi'),
    date('2026-11-19', 'andi'),
    caption('lain', 'andi'),
    narrate('lain', 'andi'),
    add(9, {}, 'andi'),
    { type: 'drop-media', media: 'm1', by: 'andi' },
    { type: 'choose-sop', sop: SOP, by: 'andi' },
    handIn(1, 'andi'),
    { type: 'withdraw', by: 'andi' },
  ];
  test.each(others)('a colleague may not: $type', (command) => {
    given(...drafted)
      .when(command)
      .refuses({ refused: 'not-the-maker' });
  });
});

describe('what is handed in does not change', () => {
  const changes: Command[] = [
    title('Lain'),
    date('2026-11-19'),
    caption('lain'),
    narrate('lain'),
    add(9),
    { type: 'drop-media', media: 'm1', by: 'sari' },
  ];
  test.each(changes)('not by its maker: $type', (command) => {
    given(...handedIn)
      .when(command)
      .refuses({ refused: 'not-now', status: 'running' });
  });
});

describe('the name of the event', () => {
  test('is kept on one line, without what cannot be seen', () => {
    given(...opened)
      .when(title('  Pasar\nmurah\u202E '))
      .gives({ type: 'titled', title: 'Pasar murah' });
  });
  test('said again, nothing happens', () => {
    given(...drafted)
      .when(title(' Pasar  murah '))
      .givesNothing();
  });
  test('has 1 to 150 characters', () => {
    given(...opened)
      .when(title('a'.repeat(150)))
      .gives('titled');
    given(...opened)
      .when(title('a'.repeat(151)))
      .refuses({ refused: 'title-length', length: 151, max: 150 });
    given(...opened)
      .when(title('\u200B '))
      .refuses({ refused: 'title-length', length: 0 });
  });
});

describe('the day of the event', () => {
  test('sets the deadline: the end of that very day', () => {
    given(...opened)
      .when(date())
      .gives({ type: 'dated', eventDate: '2026-11-20', dueAt: DAY_END });
  });
  test('said again, nothing happens', () => {
    given(...drafted)
      .when(date())
      .givesNothing();
  });
  test('may lie in the past, and at most 60 days ahead', () => {
    given(...opened)
      .when(date('2026-11-01'))
      .gives({ type: 'dated', dueAt: Date.parse('2026-11-01T23:59:59+07:00') });
    given(...opened)
      .when(date('2027-01-19'))
      .gives('dated');
    given(...opened)
      .when(date('2027-01-20'))
      .refuses({ refused: 'date-future', eventDate: '2027-01-20', maxDays: 60 });
  });
  test('of a returned draft moves the content, not the time for the repair', () => {
    const back = history(SENT_BACK);
    const before = caseOf(back).state;
    const c = given(...back)
      .when(date('2026-11-19'), factsAt(FRIDAY_9 + 72 * HOUR))
      .gives('dated');
    expect(c.content.eventDate).toBe('2026-11-19');
    expect(c.state).toEqual(before);
  });
});

describe('the caption', () => {
  test('has at most as many characters as the SOP says, as a reader counts them', () => {
    given(...opened)
      .when(caption('a'.repeat(200)))
      .gives('captioned');
    given(...opened)
      .when(caption('a'.repeat(201)))
      .refuses({ refused: 'caption-length', length: 201, max: 200 });
    given(...opened)
      .when(caption('👨‍👩‍👧‍👦'.repeat(200)))
      .gives('captioned');
    given(...opened)
      .when(caption('👨‍👩‍👧‍👦'.repeat(201)))
      .refuses({ refused: 'caption-length', length: 201 });
  });
  test('without a limit in the SOP may be of any length', () => {
    const sop = withStep('serahkan', { requires: { narrative: false } });
    given(...opened)
      .when(caption('a'.repeat(1000)), factsAt(FRIDAY_9, { sop }))
      .gives('captioned');
  });
  test('is not empty, not even of invisible characters', () => {
    given(...opened)
      .when(caption('\u200B\u202E '))
      .refuses({ refused: 'caption-empty' });
  });
  test('said again, nothing happens; another one takes its place', () => {
    given(...drafted)
      .when(caption())
      .givesNothing();
    expect(
      given(...drafted)
        .when(caption('Lain'))
        .gives('captioned').content.caption,
    ).toEqual({ text: 'Lain', source: '50' });
  });
});

describe('the narrative', () => {
  test('is not empty, not too long and not the caption once more', () => {
    given(...opened)
      .when(narrate(' '))
      .refuses({ refused: 'narrative-empty' });
    given(...opened)
      .when(narrate('a'.repeat(20_000)))
      .gives('narrated');
    given(...opened)
      .when(narrate('a'.repeat(20_001)))
      .refuses({ refused: 'narrative-length', length: 20_001, max: 20_000 });
    given(...drafted)
      .when(narrate(' Pasar murah hari ini '))
      .refuses({ refused: 'narrative-is-caption' });
  });
  test('said again, nothing happens', () => {
    given(...drafted)
      .when(narrate())
      .givesNothing();
  });
});

describe('files', () => {
  test('are taken, and the same file told twice is one', () => {
    given(...opened)
      .when(add(1))
      .gives({ type: 'media-added', media: add(1).media });
    given(...drafted)
      .when(add(1))
      .givesNothing();
  });
  test('of a kind that the SOP does not ask for are refused at once; a document may be a picture and waits for its bytes', () => {
    given(...opened)
      .when(add(1, { kind: 'audio' }))
      .refuses({ refused: 'media-kind', kind: 'audio', allowed: ['photo', 'video'] });
    given(...opened)
      .when(add(1, { kind: 'document' }))
      .gives('media-added');
    given(...opened)
      .when(add(1, { kind: 'video' }))
      .gives('media-added');
  });
  test('are thirty at the most', () => {
    const numbers = Array.from({ length: 30 }, (_, i) => i + 1);
    given(...history([open(), ...photos(...numbers)]))
      .when(add(31))
      .refuses({ refused: 'media-many', max: 30 });
    given(...history([open(), ...photos(...numbers.slice(1))]))
      .when(add(31))
      .gives('media-added');
  });
  test('can be taken out again, once', () => {
    const drop: Command = { type: 'drop-media', media: 'm1', by: 'sari' };
    const c = given(...drafted)
      .when(drop)
      .gives({ type: 'media-dropped', media: 'm1' });
    expect(c.content.media.map(({ id }) => id)).toEqual(['m2', 'm3', 'm4']);
    given(...opened)
      .when(drop)
      .givesNothing();
  });
  test('of an album that come after its hand-in are kept for the next revision', () => {
    const album = { album: 'g1' };
    const events = history([
      open(),
      title(),
      date(),
      caption(),
      narrate(),
      ...[1, 2, 3, 4].flatMap((n) => [add(n, album), keep(n)]),
      handIn(),
    ]);
    const c = given(...events)
      .when(add(5, album))
      .gives('media-added');
    expect(c.revisions[0]?.media).toHaveLength(4);
    expect(c.content.media).toHaveLength(5);
    given(...events)
      .when(add(5, { album: 'g2' }))
      .refuses({ refused: 'not-now' });
  });
});

describe('handing in', () => {
  test('a complete draft becomes a revision with a register number and goes to the next step', () => {
    const c = given(...drafted)
      .when(handIn(), factsAt(FRIDAY_9 + HOUR, { serial: 42 }))
      .gives(
        { type: 'handed-in', late: false, number: { year: 2026, serial: 42, text: '0042/REG-KONTEN/DISDAGPERIN/XI/2026' } },
        { type: 'entered', step: 'terima-berkas', status: 'running', round: 1, dueAt: Date.parse('2026-11-23T16:00:00+07:00'), back: null },
      );
    expect(c.revisions).toMatchObject([{ revision: 1, title: 'Pasar murah', by: 'sari', caption: 'Pasar murah hari ini' }]);
    expect(c.stays).toMatchObject([{ step: 'serahkan', dueAt: DAY_END, leftAt: FRIDAY_9 + HOUR }]);
  });

  test.each([
    ['title', DRAFTING.filter(({ type }) => type !== 'title')],
    ['date', DRAFTING.filter(({ type }) => type !== 'date')],
    ['caption', DRAFTING.filter(({ type }) => type !== 'caption')],
    ['narrative', DRAFTING.filter(({ type }) => type !== 'narrate')],
  ])('without its %s it is refused, and named', (part, commands) => {
    given(...history(commands))
      .when(handIn())
      .refuses({ refused: 'incomplete', missing: [{ part }] as never });
  });

  test('with three files it is refused with the number', () => {
    given(...history(DRAFTING.slice(0, -2)))
      .when(handIn())
      .refuses({ refused: 'incomplete', missing: [{ part: 'media', have: 3, min: 4, pending: 0 }] });
  });

  test('while a file is still being stored it is refused, with how many are on their way, and goes on without a loss', () => {
    const waiting = history([...DRAFTING, add(5), add(6)]);
    given(...waiting)
      .when(handIn())
      .refuses({ refused: 'files-coming', files: 2 });
    const kept = history([keep(5), { type: 'refuse-media', media: 'm6', why: { fault: 'empty' } }], factsAt(), waiting);
    const c = given(...kept)
      .when(handIn())
      .gives('handed-in', 'entered');
    expect(c.revisions[0]?.media.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
  });

  test('what is lacking is named before what is on its way', () => {
    given(...history([...DRAFTING.slice(0, -2), add(4)]))
      .when(handIn())
      .refuses({ refused: 'incomplete', missing: [{ part: 'media', have: 3, min: 4, pending: 1 }] });
  });

  test('is for who holds the role at that moment: who has lost it since is refused, and may again when he has it back', () => {
    const { people, ...office } = sampleOffice();
    const lost = { ...office, people: people.map((one) => (one.id === 'sari' ? { ...one, roles: ['admin_medsos'] } : one)) };
    given(...drafted)
      .when(handIn(), factsAt(FRIDAY_9 + HOUR, { office: lost }))
      .refuses({ refused: 'not-your-role', needed: 'tim_pelaksana', yours: ['admin_medsos'] });
    given(...history(SENT_BACK))
      .when(handIn(2), factsAt(FRIDAY_9 + HOUR, { office: lost }))
      .refuses({ refused: 'not-your-role', needed: 'tim_pelaksana' });
    given(...drafted)
      .when(handIn(), factsAt(FRIDAY_9 + HOUR))
      .gives('handed-in', 'entered');
  });

  test('two equal files count once', () => {
    const events = history([...DRAFTING.slice(0, -2), add(4), keep(4, { sha256: keep(1).sha256 })]);
    expect(events.at(-1)).toMatchObject({ type: 'media-doubled', media: 'm4', of: 'm1' });
    given(...events)
      .when(handIn())
      .refuses({ refused: 'incomplete' });
  });

  test('after the day of the event it is taken and marked late', () => {
    given(...drafted)
      .when(handIn(), factsAt(DAY_END))
      .gives({ type: 'handed-in', late: false }, 'entered');
    const c = given(...drafted)
      .when(handIn(), factsAt(DAY_END + 1))
      .gives({ type: 'handed-in', late: true }, 'entered');
    expect(c.handedInLate).toBe(true);
  });

  test('a step without a time of its own is never late', () => {
    const sop = withStep('serahkan', { due: { kind: 'tentative' } });
    const facts = factsAt(FRIDAY_9, { sop });
    given(...history(DRAFTING, facts))
      .when(handIn(), { ...facts, now: DAY_END + 1 })
      .gives({ type: 'handed-in', late: false }, 'entered');
  });

  test('twice is once: the second tap hears that the draft is gone', () => {
    given(...handedIn)
      .when(handIn())
      .refuses({ refused: 'not-now', status: 'running' });
    given(...history(TO_END))
      .when(handIn())
      .refuses({ refused: 'not-now', status: 'published' });
  });

  test('the button of an earlier round is dead', () => {
    given(...history(SENT_BACK))
      .when(handIn(1))
      .refuses({ refused: 'outdated', now: 'returned' });
  });

  test('again keeps its register number and makes the next revision', () => {
    const back = history(SENT_BACK);
    const c = given(...back)
      .when(handIn(2), factsAt(FRIDAY_9 + 2 * HOUR, { serial: 99 }))
      .gives({ type: 'handed-in', number: { year: 2026, serial: 1 } as never }, { type: 'entered', step: 'terima-berkas', round: 2 });
    expect(c.revisions.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test('needs only what the SOP asks for', () => {
    const sop = withStep('serahkan', { requires: { narrative: false } });
    const facts = factsAt(FRIDAY_9, { sop });
    const c = given(...history([open(), title(), date()], facts))
      .when(handIn(), facts)
      .gives('handed-in', 'entered');
    expect(c.revisions[0]).toMatchObject({ caption: null, narrative: null, media: [] });
  });
});

describe('withdrawing', () => {
  const withdraw: Command = { type: 'withdraw', by: 'sari' };
  test('a draft that was never handed in is gone, once', () => {
    const c = given(...drafted)
      .when(withdraw)
      .gives('withdrawn');
    expect(c.state).toMatchObject({ status: 'withdrawn', by: 'sari' });
    given(...history([...DRAFTING, withdraw]))
      .when(withdraw)
      .givesNothing();
  });
  test.each([
    ['running', TO_RECEIVER],
    ['returned', SENT_BACK],
    ['published', TO_END],
  ])('a %s case stays', (status, commands) => {
    given(...history(commands))
      .when(withdraw)
      .refuses({ refused: 'not-now', status });
  });
});

describe('choosing another SOP', () => {
  const OTHER = sopNamed('kalbar-dishub-penayangan');
  const first = OTHER.steps[0];
  const other = { ...OTHER, steps: OTHER.steps.map((step) => (step === first ? { ...step, role: 'tim_pelaksana' } : step)) };
  const choose = (sop = other): Command => ({ type: 'choose-sop', sop, by: 'sari' });

  test('a first draft changes over with everything in it', () => {
    const c = given(...drafted)
      .when(choose())
      .gives({ type: 'sop-chosen', sop: { id: other.id, version: other.version }, step: first?.id ?? '' });
    expect(c.content).toEqual(caseOf(drafted).content);
    expect(c.state).toMatchObject({ status: 'draft', step: first?.id, round: 1 });
  });
  describe('counts by the rules of the one chosen', () => {
    const ANNOUNCING = sopNamed('kalbar-diskominfo-pengumuman');
    const making = ANNOUNCING.steps.find(({ kind }) => kind === 'prepare');
    /** An announcement that whoever prepares it begins himself. */
    const announcing = { ...ANNOUNCING, steps: [{ ...making, role: 'tim_pelaksana' }, ...ANNOUNCING.steps.slice(2)] } as typeof SOP;
    const facts = factsAt(FRIDAY_9, { sop: announcing });
    const papers = [1, 2, 3, 4].flatMap((n) => [add(n, { kind: 'document' }), keep(n, { kind: 'document', mime: 'application/pdf' })]);
    const classed: Command = { type: 'detail', part: 'class', text: 'serta_merta', by: 'sari' };
    const announcement = history(
      [{ ...open(), sop: announcing } as Command, title(), date(), classed, caption('a'.repeat(450)), narrate(), ...papers],
      facts,
    );

    test('files that it does not take stay in the draft and are not handed in; a caption that is too long is to be shortened', () => {
      const changed = history([choose(SOP)], facts, announcement);
      expect(caseOf(changed).content.media).toHaveLength(4);
      given(...changed)
        .when(handIn())
        .refuses({
          refused: 'incomplete',
          missing: [
            { part: 'media', have: 0, min: 4, pending: 0 },
            { part: 'caption', max: 200, length: 450 },
          ],
        });
      const mended = history([caption('Pasar murah'), ...photos(5, 6, 7, 8)], factsAt(), changed);
      const c = given(...mended)
        .when(handIn())
        .gives('handed-in', 'entered');
      expect(c.revisions[0]?.media.map(({ id }) => id)).toEqual(['m5', 'm6', 'm7', 'm8']);
    });

    test('what it does not ask for beside the content is left out, and with the class its clock', () => {
      const c = given(...announcement)
        .when(choose(SOP), facts)
        .gives({ type: 'sop-chosen', dropped: ['class'], dueAt: DAY_END });
      expect(c.content.details).toBeUndefined();
      expect(isUrgent(c)).toBe(false);
    });

    test('a class that it publishes as well stays, another does not', () => {
      const taking = (allowed: InformationClass[]) => {
        const requires = { ...(making as PrepareStep).requires, informationClass: allowed };
        return choose({ ...withStep(making?.id ?? '', { requires }, announcing), id: 'lain' });
      };
      const kept = given(...announcement)
        .when(taking(['serta_merta']), facts)
        .gives('sop-chosen');
      expect(kept.content.details).toEqual({ class: 'serta_merta' });
      given(...announcement)
        .when(taking(['berkala']), facts)
        .gives({ type: 'sop-chosen', dropped: ['class'] });
    });

    test('whoever a task was meant for stays only where he may be given it', () => {
      const people = sampleOffice().people.map((one) => (one.id === 'andi' ? { ...one, roles: ['fungsional_pelaksana'] } : one));
      const office = sampleOffice({ people });
      const [assigning, ...later] = ANNOUNCING.steps;
      const tasking = { ...ANNOUNCING, steps: [{ ...assigning, role: 'tim_pelaksana' }, ...later] } as typeof SOP;
      const elsewhere = { ...withStep(making?.id ?? '', { role: 'sekretaris' }, tasking), id: 'lain' };
      const at = factsAt(FRIDAY_9, { office, sop: tasking });
      const task = history(
        [
          { ...open(), sop: tasking } as Command,
          { type: 'detail', part: 'disposition', text: '045/2026', by: 'sari' },
          { type: 'detail', part: 'assignee', text: 'andi', by: 'sari' },
        ],
        at,
      );
      given(...task)
        .when(choose({ ...tasking, id: 'serupa' }), at)
        .gives({ type: 'sop-chosen' });
      const c = given(...task)
        .when(choose(elsewhere), at)
        .gives({ type: 'sop-chosen', dropped: ['assignee'] });
      expect(c.content.details).toEqual({ disposition: '045/2026' });
    });
  });

  test('the same one again changes nothing', () => {
    given(...drafted)
      .when(choose(SOP))
      .givesNothing();
  });
  test('one that the maker may not begin is refused', () => {
    given(...drafted)
      .when(choose(OTHER))
      .refuses({ refused: 'not-your-role', yours: ['tim_pelaksana'] });
    given(...drafted)
      .when(choose({ ...other, steps: [] }))
      .refuses({ refused: 'not-your-role', needed: '' });
    const office = sampleOffice({ people: [] });
    given(...drafted)
      .when(choose(), factsAt(FRIDAY_9, { office }))
      .refuses({ refused: 'not-your-role', yours: [] });
  });
  test('once handed in, the SOP stays', () => {
    given(...handedIn)
      .when(choose())
      .refuses({ refused: 'not-now' });
    given(...history(SENT_BACK))
      .when(choose())
      .refuses({ refused: 'not-now', status: 'returned' });
  });
});
