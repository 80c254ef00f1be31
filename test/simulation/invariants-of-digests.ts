// What must hold of the digests: each alarm that an outage kept back is told once, of a case that is still late, and never by a burst.
import type { Case, CaseEvent } from '../../src/case/case.ts';
import { evolve } from '../../src/case/evolve.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { ON_TIME_MS } from '../../src/case/timers.ts';
import type { OutboxRow } from '../support/memory-tables.ts';
import type { Check, Ran } from './ran.ts';

interface Telling {
  row: OutboxRow;
  notice: Notice & { notice: 'ladder' | 'digest' };
  /** Every case that it names. */
  cases: string[];
}

function tellings({ corridor }: Ran): Telling[] {
  return [...corridor.store.tables.outbox.values()].flatMap((row): Telling[] => {
    const notice = row.out.out === 'say' ? row.out.notice : null;
    if (notice?.notice === 'ladder') return [{ row, notice, cases: [notice.named.case] }];
    return notice?.notice === 'digest' ? [{ row, notice, cases: notice.items.map(({ named }) => named.case) }] : [];
  });
}

/** The case as it was when so much of the history was written. */
function caseAfter({ corridor }: Ran, id: string, rows: number): Case | null {
  const events = corridor.store.tables.history.slice(0, rows).filter((row) => row.case === id);
  return events.reduce<Case | null>((before, { event }) => evolve(before, event), null);
}

/** Nothing is said of a step that is over, and nothing is called late before its deadline. */
const digestIsTrue: Check = (ran) =>
  tellings(ran).flatMap(({ row, notice }) => {
    if (notice.notice === 'ladder') return [];
    return notice.items.flatMap(({ named, index, dueAt, lateMs }) => {
      const c = caseAfter(ran, named.case, row.history);
      const here = c && 'step' in c.state && c.state.round === index.round && c.state.dueAt === dueAt;
      if (!here) return [`I4: a digest named ${named.case} at a step that was over`];
      return lateMs > 0 && row.createdAt < dueAt ? [`I4: a digest called ${named.case} late before its deadline`] : [];
    });
  });

const nobodyTwice: Check = (ran) => {
  const outages = tellings(ran).filter(({ notice }) => notice.notice === 'digest' && notice.why === 'outage');
  const keys = outages.flatMap(({ row, notice }) =>
    notice.notice === 'digest'
      ? notice.items.map(({ named, index }) => `${row.chat.id} ${named.case} ${index.step}/${index.round} ${row.history}`)
      : [],
  );
  return keys.filter((key, i) => keys.indexOf(key) !== i).map((key) => `I4: a digest told the same twice: ${key}`);
};

type Kept = CaseEvent & { type: 'told' };

/** What was kept for a digest is told by one, unless the case has moved on before it. */
const digestIsSaid: Check = (ran) => {
  const { history, timers } = ran.corridor.store.tables;
  const said = tellings(ran);
  const left = [...timers.values()].filter(({ undigested }) => undigested).map(({ id }) => `I4: ${id} still waits for a digest`);
  const kept = history.flatMap(({ event, case: id }, index): { event: Kept; id: string; index: number }[] =>
    event.type === 'told' && event.digest && !event.silent ? [{ event, id, index }] : [],
  );
  const lost = kept.filter(({ event, id, index }) => {
    const moved = history.findIndex((row, i) => i > index && row.case === id && leaves(row.event, event));
    const until = moved < 0 ? Number.POSITIVE_INFINITY : moved;
    const named = said.some(({ row, cases }) => row.history > index && row.history <= until && cases.includes(id));
    return !named && moved < 0;
  });
  return [...left, ...lost.map(({ event, id }) => `I4: ${event.rung} of ${id} was kept for a digest and never told`)];
};

/** The case leaves the step, its deadline moves, or a higher rung says it all. */
function leaves(event: CaseEvent, { step, round }: Kept): boolean {
  if (event.type === 'told') return event.step === step && event.round === round && !event.digest;
  return [
    'entered',
    'handed-on',
    'handed-in',
    'returned',
    'closed',
    'withdrawn',
    'due-moved',
    'dated',
    'sop-chosen',
    'reassigned',
  ].includes(event.type);
}

/** Only what was really late is kept back; what was on time goes out at once. */
const onlyLateIsKept: Check = ({ corridor: { store } }) =>
  store.tables.history.flatMap(({ event, case: id }) =>
    event.type === 'told' && event.digest && !event.silent && event.at - event.due <= ON_TIME_MS
      ? [`I4: ${event.rung} of ${id} was on time and kept for a digest`]
      : [],
  );

export const DIGEST_CHECKS: Check[] = [digestIsTrue, nobodyTwice, digestIsSaid, onlyLateIsKept];
