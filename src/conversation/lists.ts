// What the list commands answer: whose turn it is, how far a case has come, the month's register.
import { calendarOf } from '../calendar/calendar.ts';
import type { Case } from '../case/case.ts';
import { isOpen } from '../case/decide-collect.ts';
import { type Facts, named, personName, stepAt } from '../case/facts.ts';
import { seenLines, waitingCard } from '../case/seen.ts';
import { become } from '../case/standing.ts';
import { holderIds } from '../case/told.ts';
import type { Seen } from '../case/viewing.ts';
import { type Acting, CAPACITY_TITLE } from '../office/deputies.ts';
import { isSupervisor } from '../office/office.ts';
import { handedOver, sendCards } from './hand-over.ts';
import type { Subject } from './situation.ts';
import type { Talk } from './talk.ts';

function factsOf(talk: Talk, { office, sop }: Subject): Facts {
  return { now: talk.situation.now, office, sop };
}

function dueOf(c: Case): number | null {
  return 'dueAt' in c.state ? c.state.dueAt : null;
}

function isLate(c: Case, now: number): boolean {
  const due = dueOf(c);
  return due !== null && now > due;
}

function mine(talk: Talk, subject: Subject): string | null {
  return talk.situation.memberships.find(({ office }) => office.id === subject.office.id)?.person.id ?? null;
}

function activity(subject: Subject): string | null {
  const { state } = subject.case;
  return 'step' in state ? stepAt(subject.sop, state.step).activity : null;
}

export function sayQueue(talk: Talk): void {
  const items = talk.situation.listed.flatMap((subject) => {
    const { case: c, office } = subject;
    const step = activity(subject);
    const holds = holderIds(c, factsOf(talk, subject)).some((id) => id === mine(talk, subject));
    return step === null || isOpen(c) || !holds
      ? []
      : [{ named: named(c, office), step, dueAt: dueOf(c), late: isLate(c, talk.situation.now) }];
  });
  const { heard, absent = [] } = talk.situation;
  const cards = heard.chatKind === 'group' ? 'elsewhere' : handedOver(absent);
  talk.say({ notice: 'queue', items, ...(absent.length > 0 || cards === 'elsewhere' ? { cards } : {}) });
  sendCards(talk, absent);
}

/** A maker sees his own, a supervisor everything, a reviewer what waits for him. */
export function sayStatus(talk: Talk): void {
  const items = talk.situation.listed
    .filter((subject) => {
      const person = mine(talk, subject);
      if (person === null) return false;
      const holders = holderIds(subject.case, factsOf(talk, subject));
      return subject.case.maker === person || holders.includes(person) || isSupervisor(subject.office, person);
    })
    .map((subject) => {
      const { case: c, office } = subject;
      const holders = holderIds(c, factsOf(talk, subject)).map((id) => personName(office, id));
      return {
        named: named(c, office),
        status: c.state.status,
        step: activity(subject),
        holders,
        dueAt: dueOf(c),
        late: isLate(c, talk.situation.now),
      };
    });
  talk.say({ notice: 'status', items });
}

export function sayOne(talk: Talk, subject: Subject, known: Seen[] = []): void {
  const { case: c, office, sop } = subject;
  const facts = factsOf(talk, subject);
  const name = (id: string) => personName(office, id);
  const handedIn = c.revisions.map(({ at, by, revision, repaired }) => ({
    at,
    what: repaired ? 'repaired' : revision === 1 ? 'handed-in' : 'handed-in-again',
    who: name(by),
    note: null,
  }));
  const title = (role: string, { capacity, onBehalfOf }: Partial<Acting>) => {
    const own = sop.roles[role] ?? role;
    return capacity === undefined ? own : `${CAPACITY_TITLE[capacity]} ${own}${onBehalfOf ? `, a.n. ${name(onBehalfOf)}` : ''}`;
  };
  const decided = c.decisions.map((decision) => ({
    at: decision.at,
    what: decision.verdict,
    who: `${name(decision.person)} (${title(decision.role, decision)})`,
    note: decision.note,
  }));
  const published = c.publications.map(({ at, person, channel, link, ...acting }) => ({
    at,
    what: 'published',
    who: acting.onBehalfOf ? `${name(person)} a.n. ${name(acting.onBehalfOf)}` : name(person),
    note: link ?? channel,
  }));
  const given = (c.reassigned ?? []).map(({ at, by, person }) => ({ at, what: 'reassigned', who: name(by), note: name(person) }));
  const lines = [...handedIn, ...decided, ...published, ...given].sort((a, b) => a.at - b.at);
  const holders = holderIds(c, facts).map(name);
  const card = waitingCard(c, facts);
  const seen = card ? { seen: seenLines(c, card.place, known, facts) } : {};
  const as = become(c, sop);
  const more = { ...(as.length > 0 ? { as } : {}), ...seen };
  talk.say({ notice: 'status-one', named: named(c, office), status: c.state.status, lines, dueAt: dueOf(c), holders, ...more });
}

/** What was handed in in the month, newest first; the edge has looked up as much of it as a list shows. */
export function sayRegister(talk: Talk): void {
  const { now, listed, register } = talk.situation;
  const month = register?.month ?? (talk.office ? calendarOf(talk.office).dateOf(now).slice(0, 7) : '');
  const rows = listed
    .flatMap(({ case: c, office }) => c.revisions.slice(0, 1).map(({ at }) => ({ named: named(c, office), status: c.state.status, at })))
    .sort((a, b) => b.at - a.at);
  talk.say({ notice: 'register', rows, month, total: register?.total ?? rows.length });
}
