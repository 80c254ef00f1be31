// `/wakil`: somebody names who stands in for him while he is away, question by question, or ends it.
import { calendarOf } from '../calendar/calendar.ts';
import { addDays } from '../calendar/dates.ts';
import type { Refusal } from '../case/command.ts';
import { personName } from '../case/facts.ts';
import { deputyTold, namedDeputy, type RoleLabels } from '../case/named-deputy.ts';
import { readDate } from '../draft/date.ts';
import { collides } from '../office/deputies.ts';
import type { Deputy, Office, Person } from '../office/office.ts';
import { tidy, tidyLine } from '../text/tidy.ts';
import type { LocalDate } from '../time.ts';
import { dayMeant, dayOfMessage } from './day-meant.ts';
import type { DeputyDraft } from './deputy-draft.ts';
import { type Action, itemOf, type Reference } from './reference.ts';
import type { Deputable } from './situation.ts';
import type { Talk } from './talk.ts';

/** Longer than this is a slip of the year. */
const DAYS_MAX = 366;

function labels(talk: Talk): RoleLabels {
  return talk.situation.roleLabels;
}

function today(talk: Talk, office: Office): LocalDate {
  return calendarOf(office).dateOf(talk.situation.now);
}

interface Known {
  office: Office;
  deputy: Deputy;
  /** He has named it himself in a chat, and may end it. */
  his: { person: Person; id: string } | null;
}

/** Those in force and to come that he has named or that he is. */
function concerning(talk: Talk): Known[] {
  return talk.situation.memberships.flatMap(({ office, person }) =>
    (office.deputies ?? [])
      .filter(({ by, for: principal, to }) => (by === person.id || principal === person.id) && (to === null || to >= today(talk, office)))
      .map((deputy) => ({ office, deputy, his: deputy.chat && deputy.for === person.id ? { person, id: deputy.chat.id } : null })),
  );
}

function sayList(talk: Talk): void {
  const deputies = concerning(talk).map(({ office, deputy, his }) => ({
    ...namedDeputy(office, labels(talk), deputy),
    id: his?.id ?? null,
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
    by: 'by' in draft ? personName(from.office, draft.by) : null,
    from: 'from' in draft ? draft.from : null,
    to: 'to' in draft ? draft.to : null,
    ...(draft.ask === 'from' ? { today: today(talk, from.office) } : {}),
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

/** Who makes the draft; `null` when he has lost his roles meanwhile. */
function maker(talk: Talk, draft: DeputyDraft): Deputable | null {
  const from = talk.situation.deputable.find(({ office }) => office.id === draft.office);
  if (from && draft.roles.every((role) => from.roles.includes(role))) {
    talk.enter(from.office, from.person);
    return from;
  }
  leave(talk);
  refuse(talk, { refused: 'deputy-not-meant' });
  return null;
}

function end(talk: Talk, office: Office, deputy: Deputy, { person, id }: NonNullable<Known['his']>): void {
  talk.enter(office, person);
  talk.change({ change: 'end', office: office.id, id, by: person.id });
  talk.send(...deputyTold(office, labels(talk), deputy, 'ended'));
}

export function hearWakil(talk: Talk, argument: string): void {
  if (talk.situation.heard.chatKind !== 'private') return refuse(talk, { refused: 'private-only' });
  const [from] = talk.situation.deputable;
  const known = concerning(talk);
  if (!from && known.length === 0) return refuse(talk, { refused: 'deputy-not-meant' });
  if (/^(batal|akhiri)$/iu.test(argument)) {
    const own = known.flatMap(({ office, deputy, his }) => (his ? [{ office, deputy, his }] : []));
    const [only, another] = own;
    // With more than one the list asks which.
    return only && !another ? end(talk, only.office, only.deputy, only.his) : sayList(talk);
  }
  sayList(talk);
  if (from) ask(talk, from, { id: talk.situation.fresh.case, office: from.office.id, roles: from.roles, ask: 'whom' });
}

/** Would it overlap with one that is known already? */
function collision(from: Deputable, { by, roles, from: day, to }: DeputyDraft & { ask: 'confirm' }): Refusal | null {
  const wanted: Deputy = { kind: 'plh', by, for: from.person.id, roles, from: day, to };
  const other = (from.office.deputies ?? []).find((one) => collides(one, wanted));
  return other ? { refused: 'deputy-collides', by: personName(from.office, other.by), from: other.from, to: other.to } : null;
}

function chooseWhom(talk: Talk, from: Deputable, draft: DeputyDraft, by: Person | undefined): void {
  if (!by) return refuse(talk, { refused: 'deputy-unclear', names: candidates(from).map(({ name }) => name) });
  ask(talk, from, { ...kept(draft), ask: 'from', by: by.id });
}

/** What stays of a draft, whatever is asked next. */
function kept({ id, office, roles }: DeputyDraft): Pick<DeputyDraft, 'id' | 'office' | 'roles'> {
  return { id, office, roles };
}

function chooseFrom(talk: Talk, from: Deputable, draft: DeputyDraft & { ask: 'from' }, date: LocalDate | null): void {
  if (date === null) return refuse(talk, { refused: 'deputy-date', why: 'unclear' });
  if (date < today(talk, from.office)) return refuse(talk, { refused: 'deputy-date', why: 'past' });
  ask(talk, from, { ...draft, from: date, ask: 'to' });
}

function chooseTo(talk: Talk, from: Deputable, draft: DeputyDraft & { ask: 'to' | 'confirm' }, date: LocalDate | null): void {
  const { by, from: begin } = draft;
  if (date === null) return refuse(talk, { refused: 'deputy-date', why: 'unclear' });
  if (date < begin) return refuse(talk, { refused: 'deputy-date', why: 'before-begin' });
  if (date > addDays(begin, DAYS_MAX)) return refuse(talk, { refused: 'deputy-date', why: 'too-long' });
  const wrong = collision(from, { ...draft, ask: 'confirm', to: date });
  if (!wrong) return ask(talk, from, { ...draft, to: date, ask: 'confirm' });
  refuse(talk, wrong);
  ask(talk, from, { ...kept(draft), ask: 'from', by });
}

function confirm(talk: Talk, from: Deputable, draft: DeputyDraft & { ask: 'confirm' }): void {
  const { id, by, roles, from: begin, to } = draft;
  leave(talk);
  // The office may have changed since the question was asked.
  const gone = !candidates(from).some((one) => one.id === by);
  const wrong: Refusal | null = gone ? { refused: 'deputy-unclear', names: [] } : collision(from, draft);
  if (wrong) return refuse(talk, wrong);
  const deputy = { kind: 'plh', by, for: from.person.id, roles, from: begin, to, chat: { id, at: talk.situation.now } } as const;
  talk.change({ change: 'set', office: from.office.id, deputy });
  talk.send(...deputyTold(from.office, labels(talk), deputy, 'set'));
  talk.answer({ notice: 'tap-taken', what: 'noted' });
}

/** The person a written name means: all of it, or a part that only one of them has. */
function written(from: Deputable, text: string): Person | undefined {
  const wanted = tidyLine(text).toLowerCase();
  const part = candidates(from).filter(({ name }) => wanted !== '' && name.toLowerCase().includes(wanted));
  const whole = part.filter(({ name }) => name.toLowerCase() === wanted);
  const [only, another] = whole.length > 0 ? whole : part;
  return another ? undefined : only;
}

export function answerDeputy(talk: Talk, draft: DeputyDraft, text: string): void {
  const from = maker(talk, draft);
  if (!from) return;
  const date = readDate(tidy(text), dayOfMessage(talk.situation.heard, from.office));
  switch (draft.ask) {
    case 'whom':
      return chooseWhom(talk, from, draft, written(from, text));
    case 'from':
      return chooseFrom(talk, from, draft, date);
    // A date instead of a yes: the last day, once more.
    case 'to':
    case 'confirm':
      return chooseTo(talk, from, draft, date);
  }
}

const OWN_ACTIONS = new Set<Action>(['deputyWhom', 'deputySet', 'deputyEnd']);

export function isDeputyTap(talk: Talk, { action, case: id }: Reference): boolean {
  return OWN_ACTIONS.has(action) || talk.conversation.deputy?.id === id;
}

function endTapped(talk: Talk, id: string): void {
  const found = concerning(talk).find(({ his }) => his?.id === id);
  if (!found?.his) return refuse(talk, { refused: 'nothing-open' });
  end(talk, found.office, found.deputy, found.his);
  talk.answer({ notice: 'tap-taken', what: 'noted' });
}

export function hearDeputyTap(talk: Talk, reference: Reference): void {
  const { action, case: id, item } = reference;
  if (action === 'deputyEnd') return endTapped(talk, id);
  const { deputy: draft } = talk.conversation;
  if (draft?.id !== id) return refuse(talk, { refused: 'nothing-open' });
  const from = maker(talk, draft);
  if (!from) return;
  const date = dayMeant(talk.situation.heard, reference, from.office);
  if (action === 'deputyWhom') {
    const chosen = candidates(from).find((one) => itemOf(one.id) === item);
    chooseWhom(talk, from, draft, chosen);
  } else if (action === 'today' && draft.ask === 'from') chooseFrom(talk, from, draft, date);
  else if (action === 'today' && (draft.ask === 'to' || draft.ask === 'confirm')) chooseTo(talk, from, draft, date);
  else if (action === 'deputySet' && draft.ask === 'confirm') confirm(talk, from, draft);
  else refuse(talk, { refused: 'unknown-button' });
  talk.answer({ notice: 'tap-taken', what: 'asked' });
}
