// Faults that people make, planted into a copy of the sources: a simulation that does not find them sees nothing. The product has no switches.

export interface Edit {
  file: string;
  /** Stands exactly once in the file. */
  find: string;
  replace: string;
}
export interface Planted {
  name: string;
  edits: Edit[];
}

const planted = (name: string, ...edits: [file: string, find: string, replace: string][]): Planted => ({
  name,
  edits: edits.map(([file, find, replace]) => ({ file, find, replace })),
});

const DECIDING: Planted[] = [
  planted(
    'what is decided is decided again',
    ['src/case/decide-judge.ts', "if (decision) return { refused: 'already-decided', decision };", ''],
    ['src/case/decide-judge.ts', 'if (!waiting || c.revisions.length !== seen.revision)', 'if (c.revisions.length < 0)'],
  ),
  planted('the role is not looked up at the tap', [
    'src/case/decide-judge.ts',
    'if (!standIn && !holders.some(({ id }) => id === by)) {',
    'if (!standIn && holders.length < 0) {',
  ]),
  planted('a maker decides on his own case', [
    'src/case/decide-judge.ts',
    '&& barred(c, step.role, by, facts)) {',
    '&& barred(c, step.role, by, facts) && !by) {',
  ]),
  planted(
    'an old card decides on what it did not show',
    ['src/case/decide-judge.ts', '&& c.state.step === seen.step && c.state.round === seen.round;', '&& c.state.step === seen.step;'],
    ['src/case/decide-judge.ts', '|| c.revisions.length !== seen.revision)', ')'],
  ),
  planted('a file that came twice counts twice', [
    'src/case/decide-media.ts',
    'return accepted(twin ? {',
    'return accepted(twin && media.id === twin.id ? {',
  ]),
  planted('the latecomer of an album is turned away', [
    'src/case/decide-collect.ts',
    'return sibling ? accepted(event) : refused(',
    'return sibling && isOpen(c) ? accepted(event) : refused(',
  ]),
  planted('the latecomer of an album is swallowed', [
    'src/case/decide-collect.ts',
    'return sibling ? accepted(event) : refused(',
    'return sibling ? accepted() : refused(',
  ]),
];

const HEARING: Planted[] = [
  planted('a post is ended before the work', [
    'bots/hear.ts',
    `await store.transaction(async (tx) => {
    const post = await tx.lockPost(claimed.id);
    if (!post) return;`,
    `await store.transaction((tx) => tx.endPost(claimed.id, 'done', clock.now()));
  await store.transaction(async (tx) => {
    const post = (await tx.lockPost(claimed.id)) ?? claimed;`,
  ]),
  planted(
    'the answers are written after the commit',
    ['bots/hear.ts', 'const LIST_MAX = 200;', 'const LIST_MAX = 200;\nconst pending: [string | null, Outcome["outgoing"], number][] = [];'],
    ['bots/hear.ts', 'outgoing.length > 0 ? tx.send(office, outgoing, now) : undefined,', 'pending.push([office, outgoing, now]),'],
    [
      'bots/hear.ts',
      'await hearPost(deps, post);',
      `await hearPost(deps, post);
      for (const [office, outgoing, now] of pending.splice(0)) {
        await store.transaction(async (tx) => {
          await tx.lockPost(post.id);
          await tx.send(office, outgoing, now);
        });
      }`,
    ],
  ),
  planted('a serial is taken before it is needed', [
    'bots/hear.ts',
    'const tried = converse(situation);',
    `const { reference, subject } = situation;
  if (reference !== null && reference !== 'forged' && reference.action === 'handIn' && subject && !subject.case.number) {
    return converse({ ...situation, serial: await tx.takeSerial(subject.office.id, 2026) });
  }
  const tried = converse(situation);`,
  ]),
  planted('one crash sets a post aside', ['bots/hear.ts', 'POISON_CRASHES = 5', 'POISON_CRASHES = 1']),
  planted('a redelivered update is heard again', ['test/support/memory-store.ts', 'if (work.tables.arrived.has(once)) return false;', '']),
  planted('a question is dropped with a bad answer', [
    'src/conversation/texts.ts',
    "if (refusal?.refused === 'reason-length') return refuseAnswer(talk, refusal);",
    `if (refusal?.refused === 'reason-length') {
    talk.conversation = { ...talk.conversation, asking: null };
    return refuseAnswer(talk, refusal);
  }`,
  ]),
  planted('a refused tap is answered with silence', [
    'src/conversation/talk.ts',
    "if (this.situation.heard.what.kind === 'tap') this.answer(notice, true);",
    "if (this.situation.heard.what.kind === 'tap') this.answered = true;",
  ]),
];

const TELLING: Planted[] = [
  planted('a delivery is settled before it is performed', [
    'queues/deliver.ts',
    'const delivered = await performed(deps, delivery);',
    `await store.settleDelivery(delivery, { ended: 'sent', messages: [] }, clock.now());
  const delivered = await performed(deps, delivery);`,
  ]),
  planted('a lease has no fence', ['test/support/memory-outbox.ts', 'if (row.attempts !== delivery.attempts) return;', '']),
  planted('what waits overtakes its head', [
    'test/support/memory-outbox.ts',
    'if (!first.has(lane)) first.set(lane, row);',
    'first.set(lane + String(first.size), row);',
  ]),
  planted('a refresh is lost while the card is being delivered', ['test/support/memory-outbox.ts', '|| row.leasedUntil !== 0 ', '']),
  planted('a card is never brought up to date', [
    'bots/perform.ts',
    "if (standing.hash === hash) return { ended: 'needless' };",
    "if (standing.hash !== '') return { ended: 'needless' };",
  ]),
  planted('the maker never hears that it came back', [
    'src/case/notices.ts',
    "toMaker(c, { notice: 'returned', named: named(c, facts.office), ...who, reason, dueAt, focused: false, index }),",
    '',
  ]),
  planted('only the first of those who may act gets the card', [
    'src/case/notices.ts',
    '...actors.map(({ id }) => ({ person: id })),',
    '...actors.slice(0, 1).map(({ id }) => ({ person: id })),',
  ]),
];

const TIME: Planted[] = [
  planted(
    'a rung is told and not remembered',
    ['src/case/timers.ts', '.filter((rung) => !told(rung))', '.filter((rung) => !told({ ...rung, rung: rung.rung.toUpperCase() }))'],
    ['test/support/memory-tx.ts', 'if (row && row.toldAt === null) rows.set(', 'if (row && row.toldAt !== null) rows.set('],
  ),
  planted('a timer outlives its step', [
    'test/support/memory-tx.ts',
    '&& !wanted.has(id)) rows.delete(id);',
    '&& rows.size < 0) rows.delete(id);',
  ]),
  planted('people are reminded at night', ['src/calendar/ladder.ts', 'at: urgent ? due : whenAllowed(office, due)', 'at: due']),
  planted('a rung is told in silence', ['bots/wake.ts', 'await tx.send(office.id, turned.outgoing, now);', '']),
  planted('a step that is late is told of to nobody', [
    'src/case/told.ts',
    'return [...toHolders, ...others.map(',
    'return [...toHolders.slice(0, 0), ...others.map(',
  ]),
];

const OTHER_SOPS: Planted[] = [
  planted(
    'a card outlives its case where one channel is enough',
    ['src/case/notices.ts', "if (next?.type === 'closed') return [];", ''],
    ['src/case/notices.ts', 'return [...card, toMaker(c, notice),', 'return [toMaker(c, notice),'],
  ),
  planted('what must be announced at once waits for the morning', ['src/case/timers.ts', 'if (isUrgent(c)) return null;', '']),
];

const SEEING: Planted[] = [
  planted('a tap does not open its card', [
    'bots/hear.ts',
    'opened ? tx.opened(opened.office, opened.place, opened.person, now) : undefined,',
    '',
  ]),
  planted('a card that was sent is not known to be', [
    'test/support/memory-outbox.ts',
    'if (message !== undefined && cardSent(work, row, now)) reachable(work, row.chat, true);',
    '',
  ]),
];

export const PLANTED: Planted[] = [...DECIDING, ...HEARING, ...TELLING, ...TIME, ...OTHER_SOPS, ...SEEING];
