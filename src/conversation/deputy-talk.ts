// `/wakil`: somebody names who stands in for him while he is away, question by question, or ends it.
import { calendarOf } from '../calendar/calendar.ts';
import { addDays } from '../calendar/dates.ts';
import type { Refusal } from '../case/command.ts';
import { personName } from '../case/facts.ts';
import { deputyTold, namedDeputy, type RoleLabels } from '../case/named-deputy.ts';
import { readDate } from '../draft/date.ts';
import { collides } from '../office/deputies.ts';
import { type Deputy, type Office, type Person, personOf } from '../office/office.ts';
import { tidy, tidyLine } from '../text/tidy.ts';
import type { LocalDate } from '../time.ts';
import type { DeputyDraft } from './deputy-draft.ts';
import { itemOf, type Reference } from './reference.ts';
import type { Deputable } from './situation.ts';
import type { Talk } from './talk.ts';

/** Longer than this is a slip of the year. */
const DAYS_MAX = 366;

function labels(talk: Talk): RoleLabels {
  return talk.situation.roleLabels ?? {};
}

function today(talk: Talk, office: Office): LocalDate {
  return calendarOf(office).dateOf(talk.situation.now);
}

/** Those in force and to come that he has named or that he is, with the office that they are of. */
function concerning(talk: Talk): { office: Office; deputy: Deputy; his: boolean }[] {
  return talk.situation.memberships.flatMap(({ office, person }) =>
    (office.deputies ?? [])
      .filter(({ by, for: principal, to }) => (by === person.id || principal === person.id) && (to === null || to >= today(talk, office)))
      .map((deputy) => ({ office, deputy, his: deputy.for === person.id })),
  );
}

function sayList(talk: Talk): void {
  const deputies = concerning(talk).map(({ office, deputy, his }) => ({
    ...namedDeputy(office, labels(talk), deputy),
    id: his ? (deputy.chat?.id ?? null) : null,
  }));
  talk.say({ notice: 'deputy-list', deputies });
}

/** Everybody else of the office: who holds the roles himself is beside him already. */
function candidates({ office, person, roles }: Deputable): Person[] {
  return office.people.filter((one) => one.id !== person.id && !roles.every((role) => one.roles.includes(role)));
}

function refuse(talk: Talk, refusal: Refusal): void {
  talk.sayRefusal(talk.refused(refusal, 'wakil'));
}

function ask(talk: Talk, from: Deputable, draft: DeputyDraft): void {
  talk.conversation = { ...talk.conversation, deputy: draft };
  talk.say({
    notice: 'deputy-question',
    id: draft.id,
    ask: draft.ask,
    roles: draft.roles.map((role) => labels(talk)[role] ?? role),
    candidates: draft.ask === 'whom' ? candidates(from).map(({ id, name }) => ({ item: itemOf(id), name })) : [],
    by: draft.by === undefined ? null : personName(from.office, draft.by),
    from: draft.from ?? null,
    to: draft.to ?? null,
  });
}

function leave(talk: Talk): void {
  const { deputy: _, ...rest } = talk.conversation;
  talk.conversation = rest;
}

export function dropDeputy(talk: Talk): void {
  leave(talk);
  talk.say({ notice: 'deputy-dropped' });
}

/** The draft with who makes it; `null` when he has lost his roles meanwhile. */
function current(talk: Talk): { from: Deputable; draft: DeputyDraft } | null {
  const { deputy: draft } = talk.conversation;
  const from = talk.situation.deputable?.find(({ office }) => office.id === draft?.office);
  if (draft && from && draft.roles.every((role) => from.roles.includes(role))) {
    talk.enter(from.office, from.person);
    return { from, draft };
  }
  leave(talk);
  refuse(talk, { refused: 'deputy-not-meant' });
  return null;
}

function end(talk: Talk, office: Office, deputy: Deputy): void {
  const person = personOf(office, deputy.for ?? '');
  if (!person || !deputy.chat) return;
  talk.enter(office, person);
  talk.change({ change: 'end', office: office.id, id: deputy.chat.id, by: person.id });
  talk.send(...deputyTold(office, labels(talk), deputy, 'ended'));
}

export function hearWakil(talk: Talk, argument: string): void {
  if (talk.situation.heard.chatKind !== 'private') return refuse(talk, { refused: 'private-only' });
  const [from] = talk.situation.deputable ?? [];
  const known = concerning(talk);
  if (!from && known.length === 0) return refuse(talk, { refused: 'deputy-not-meant' });
  if (/^(batal|akhiri)$/iu.test(argument)) {
    const own = known.filter(({ deputy, his }) => his && deputy.chat);
    const [only] = own;
    // With more than one the list asks which.
    return only && own.length === 1 ? end(talk, only.office, only.deputy) : sayList(talk);
  }
  sayList(talk);
  if (from) ask(talk, from, { id: talk.situation.fresh.case, office: from.office.id, roles: from.roles, ask: 'whom' });
}

/** Would it overlap with one that is known already? */
function collision(from: Deputable, draft: DeputyDraft, by: string, day: LocalDate, to: LocalDate | null): Refusal | null {
  const wanted: Deputy = { kind: 'plh', by, for: from.person.id, roles: draft.roles, from: day, to };
  const other = (from.office.deputies ?? []).find((one) => collides(one, wanted));
  return other ? { refused: 'deputy-collides', by: personName(from.office, other.by), from: other.from, to: other.to } : null;
}

function chooseWhom(talk: Talk, from: Deputable, draft: DeputyDraft, by: Person | undefined): void {
  if (!by) return refuse(talk, { refused: 'deputy-unclear', names: candidates(from).map(({ name }) => name) });
  ask(talk, from, { ...draft, by: by.id, ask: 'from' });
}

function chooseFrom(talk: Talk, from: Deputable, draft: DeputyDraft, date: LocalDate | null): void {
  if (date === null) return refuse(talk, { refused: 'deputy-date', why: 'unclear' });
  if (date < today(talk, from.office)) return refuse(talk, { refused: 'deputy-date', why: 'past' });
  ask(talk, from, { ...draft, from: date, ask: 'to' });
}

function chooseTo(talk: Talk, from: Deputable, draft: DeputyDraft, begin: LocalDate, by: string, date: LocalDate | null): void {
  if (date === null) return refuse(talk, { refused: 'deputy-date', why: 'unclear' });
  if (date < begin) return refuse(talk, { refused: 'deputy-date', why: 'before-begin' });
  if (date > addDays(begin, DAYS_MAX)) return refuse(talk, { refused: 'deputy-date', why: 'too-long' });
  const wrong = collision(from, draft, by, begin, date);
  if (wrong) {
    refuse(talk, wrong);
    return ask(talk, from, { ...draft, ask: 'from' });
  }
  ask(talk, from, { ...draft, to: date, ask: 'confirm' });
}

function confirm(talk: Talk, from: Deputable, draft: DeputyDraft, begin: LocalDate, by: string): void {
  const to = draft.to ?? null;
  leave(talk);
  // The office may have changed since the question was asked.
  const gone = !candidates(from).some(({ id }) => id === by);
  const wrong: Refusal | null = gone ? { refused: 'deputy-unclear', names: [] } : collision(from, draft, by, begin, to);
  if (wrong) return refuse(talk, wrong);
  const { now } = talk.situation;
  const deputy = { kind: 'plh', by, for: from.person.id, roles: draft.roles, from: begin, to, chat: { id: draft.id, at: now } } as const;
  talk.change({ change: 'set', office: from.office.id, deputy });
  talk.send(...deputyTold(from.office, labels(talk), deputy, 'set'));
  talk.answer({ notice: 'tap-taken', what: 'noted' });
}

/** The person a written name means: all of it, or a part that only one of them has. */
function written(from: Deputable, text: string): Person | undefined {
  const wanted = tidyLine(text).toLowerCase();
  const all = candidates(from);
  const whole = all.filter(({ name }) => name.toLowerCase() === wanted);
  const part = all.filter(({ name }) => wanted !== '' && name.toLowerCase().includes(wanted));
  return whole.length === 1 ? whole[0] : part.length === 1 ? part[0] : undefined;
}

export function answerDeputy(talk: Talk, text: string): void {
  const found = current(talk);
  if (!found) return;
  const { from, draft } = found;
  const date = readDate(tidy(text), today(talk, from.office));
  if (draft.by === undefined || draft.ask === 'whom') return chooseWhom(talk, from, draft, written(from, text));
  if (draft.from === undefined || draft.ask === 'from') return chooseFrom(talk, from, draft, date);
  // A date instead of a yes: the last day, once more.
  chooseTo(talk, from, draft, draft.from, draft.by, date);
}

export function isDeputyTap(talk: Talk, { action, case: id }: Reference): boolean {
  return action === 'deputyWhom' || action === 'deputySet' || action === 'deputyEnd' || talk.conversation.deputy?.id === id;
}

export function hearDeputyTap(talk: Talk, reference: Reference): void {
  if (reference.action === 'deputyEnd') {
    const found = concerning(talk).find(({ deputy, his }) => his && deputy.chat?.id === reference.case);
    if (!found) return refuse(talk, { refused: 'nothing-open' });
    end(talk, found.office, found.deputy);
    return talk.answer({ notice: 'tap-taken', what: 'noted' });
  }
  if (talk.conversation.deputy?.id !== reference.case) return refuse(talk, { refused: 'nothing-open' });
  const found = current(talk);
  if (!found) return;
  const { from, draft } = found;
  if (reference.action === 'deputyWhom')
    chooseWhom(
      talk,
      from,
      draft,
      candidates(from).find(({ id }) => itemOf(id) === reference.item),
    );
  else if (reference.action === 'today' && draft.by !== undefined) {
    const date = today(talk, from.office);
    if (draft.ask === 'from' || draft.from === undefined) chooseFrom(talk, from, draft, date);
    else chooseTo(talk, from, draft, draft.from, draft.by, date);
  } else if (reference.action === 'deputySet' && draft.ask === 'confirm' && draft.from !== undefined && draft.by !== undefined)
    confirm(talk, from, draft, draft.from, draft.by);
  else refuse(talk, { refused: 'unknown-button' });
  talk.answer({ notice: 'tap-taken', what: 'asked' });
}
