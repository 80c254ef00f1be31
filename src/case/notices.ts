// Who must hear of what happened: each event's facts, without words. Cards are named by key and made when they are delivered.
import type { PersonId } from '../office/office.ts';
import type { Step } from '../sop/sop.ts';
import { piecesOf } from '../text/pieces.ts';
import type { Instant } from '../time.ts';
import { type Case, type CaseEvent, type Media, type Revision, revisionOf } from './case.ts';
import { formsWanted } from './decide-announce.ts';
import { isOpen } from './decide-collect.ts';
import { type DraftKey, draftKey } from './draft-key.ts';
import { evolve } from './evolve.ts';
import { actorsOf, doer, type Facts, indexOf, named, personName, rejectionBy, roleLabel, roundsOf, stepAt } from './facts.ts';
import type { Notice, Outgoing, Recipient } from './outgoing.ts';
import { acceptedAs, standingOn } from './standing.ts';
import { nudged, reassigned } from './supervised.ts';
import { ladderNotices } from './told.ts';
import { urgentAhead } from './urgent.ts';

const ALBUM_MAX = 10;
/** Above this a narrative goes out as a message of its own before the card. UTF-16 units. */
export const NARRATIVE_IN_CARD_MAX = 900;

/** At most ten files an album; pictures and videos together, documents with their own kind. */
export function albumsOf(media: Pick<Media, 'id' | 'kind'>[]): string[][] {
  const groups = [
    media.filter(({ kind }) => kind === 'photo' || kind === 'video'),
    media.filter(({ kind }) => kind === 'document'),
    media.filter(({ kind }) => kind === 'audio'),
  ];
  return groups.flatMap((group) => {
    const albums: string[][] = [];
    for (let i = 0; i < group.length; i += ALBUM_MAX) albums.push(group.slice(i, i + ALBUM_MAX).map(({ id }) => id));
    return albums;
  });
}

function toMaker(c: Case, notice: Notice): Outgoing {
  return { out: 'say', to: { chat: c.home }, notice };
}

/** The card of the draft that is open now, if one is. */
function draftKeys(c: Case, facts: Facts): DraftKey[] {
  return isOpen(c) ? [draftKey(c, facts.sop)] : [];
}

function draftCard(c: Case, facts: Facts): Outgoing[] {
  return draftKeys(c, facts).map((key) => ({ out: 'show', to: { chat: c.home }, key }));
}

function supervisors(facts: Facts): PersonId[] {
  return facts.office.supervisors.flat();
}

function stepLabel(facts: Facts, step: string): string {
  const { role } = stepAt(facts.sop, step);
  return roleLabel(facts.sop, role);
}

/** A text of the revision, in as many messages as it takes. */
export function textOf(revision: Revision, part: 'caption' | 'narrative', to: Recipient, c: Case): Outgoing[] {
  return piecesOf(revision[part] ?? '').map((_, piece) => ({ out: 'text', to, case: c.id, part, revision: revision.revision, piece }));
}

/** The files, a long narrative, the caption for the publisher, and the card of the step that the case is at. */
export function cardsFor(c: Case, to: Recipient, facts: Facts): Outgoing[] {
  const revision = revisionOf(c);
  if (!('step' in c.state)) return [];
  const step = stepAt(facts.sop, c.state.step);
  const key = { card: 'step', case: c.id, step: step.id, round: c.state.round } as const;
  // A task that has just been given has nothing to show but itself.
  if (!revision) return c.state.status === 'making' ? [{ out: 'show', to, key }] : [];
  const longNarrative =
    (revision.narrative?.length ?? 0) > NARRATIVE_IN_CARD_MAX || (step.kind === 'publish' && revision.narrative !== null);
  return [
    ...albumsOf(revision.media).map((media): Outgoing => ({ out: 'album', to, key, case: c.id, media })),
    ...(longNarrative ? textOf(revision, 'narrative', to, c) : []),
    ...(step.kind === 'publish' ? textOf(revision, 'caption', to, c) : []),
    { out: 'show', to, key },
  ];
}

/** To everybody whose turn it is, and to the role's groups unless it is one person's alone. */
function entered(c: Case, event: CaseEvent & { type: 'entered' | 'handed-on' }, facts: Facts): Outgoing[] {
  const step = stepAt(facts.sop, event.step);
  const actors = actorsOf(c, step, facts);
  const groups = event.type === 'handed-on' && event.assigned !== null ? [] : facts.office.groups;
  const recipients: Recipient[] = [
    ...actors.map(({ id }) => ({ person: id })),
    ...groups.filter(({ role }) => role === step.role).map(({ chat }) => ({ chat })),
  ];
  const out = recipients.flatMap((to) => cardsFor(c, to, facts));
  return actors.length > 0 ? out : [...out, ...noHolder(c, step, facts)];
}

/** A step that nobody may do is an alarm at once, not a silent wait. */
export function noHolder(c: Case, step: Step, facts: Facts): Outgoing[] {
  const notice: Notice = { notice: 'no-holder', named: named(c, facts.office), step: step.activity, role: roleLabel(facts.sop, step.role) };
  return supervisors(facts).map((person): Outgoing => ({ out: 'say', to: { person }, notice }));
}

/** A deadline that counts from the event is told by the event's day, any other by itself. */
function lateness(c: Case, { revision: { eventDate } }: CaseEvent & { type: 'handed-in' }, facts: Facts) {
  if (!('step' in c.state) || c.state.dueAt === null) return { eventDate };
  const { due } = stepAt(facts.sop, c.state.step);
  return 'from' in due && due.from === 'event' ? { eventDate } : { eventDate, dueAt: c.state.dueAt };
}

function handedIn(c: Case, event: CaseEvent & { type: 'handed-in' }, facts: Facts, next: CaseEvent | undefined): Outgoing[] {
  const onward = next?.type === 'entered' || next?.type === 'handed-on';
  const after = onward ? { label: stepLabel(facts, next.step), dueAt: next.dueAt } : { label: '', dueAt: null };
  // The state is still the draft's, but its revision is there already.
  const open = draftKey(c, facts.sop);
  return [
    { out: 'refresh', key: { ...open, round: open.round - 1 } },
    toMaker(c, {
      notice: 'receipt',
      named: { ...named(c, facts.office), number: event.number.text },
      revision: event.revision.revision,
      at: event.at,
      next: after,
      late: event.late ? lateness(c, event, facts) : null,
    }),
    ...urgentAhead(c, event.revision.by, next, facts),
  ];
}

function decided(c: Case, event: CaseEvent & { type: 'decided' }, facts: Facts, next: CaseEvent | undefined): Outgoing[] {
  const { step, round, verdict, note } = event;
  const card: Outgoing = { out: 'refresh', key: { card: 'step', case: c.id, step, round } };
  if (verdict === 'reject') return [card];
  const to = next?.type === 'entered' ? stepLabel(facts, next.step) : null;
  const who = doer(event.role, event.by, event, facts);
  const as = verdict === 'accept' ? acceptedAs(facts.sop, step) : {};
  return [card, toMaker(c, { notice: 'passed', named: named(c, facts.office), ...who, verdict, note, next: to, ...as })];
}

/** The task's giver hears who has it; whoever is to make it gets its card. */
function handedOn(c: Case, event: CaseEvent & { type: 'handed-on' }, facts: Facts): Outgoing[] {
  const cards = entered(c, event, facts);
  if (c.revisions.length > 0 || event.assigned === null) return cards;
  const who = { person: personName(facts.office, event.assigned), role: stepLabel(facts, event.step) };
  const asTask = { ...draftKey(c, facts.sop), round: 1 };
  return [
    { out: 'refresh', key: asTask },
    toMaker(c, { notice: 'assigned', named: named(c, facts.office), ...who, dueAt: event.dueAt }),
    ...cards,
  ];
}

function taken(c: Case, event: CaseEvent & { type: 'taken' }, facts: Facts): Outgoing[] {
  const { step, round } = event;
  return [
    { out: 'refresh', key: { card: 'step', case: c.id, step, round } },
    toMaker(c, { notice: 'taken', named: named(c, facts.office) }),
    ...draftCard(c, facts),
  ];
}

function repaired(c: Case, event: CaseEvent & { type: 'repaired' }, facts: Facts): Outgoing[] {
  const { step, round, revision, by } = event;
  const who = doer(stepAt(facts.sop, step).role, by, revision, facts);
  return [
    { out: 'refresh', key: { card: 'step', case: c.id, step, round } },
    toMaker(c, { notice: 'repaired', named: named(c, facts.office), ...who, revision: revision.revision }),
  ];
}

function scheduled(c: Case, event: CaseEvent & { type: 'scheduled' }, facts: Facts): Outgoing[] {
  const { step, round, schedule, by } = event;
  const who = doer(stepAt(facts.sop, step).role, by, event, facts);
  return [
    { out: 'refresh', key: { card: 'step', case: c.id, step, round } },
    toMaker(c, { notice: 'scheduled', named: named(c, facts.office), ...who, schedule }),
  ];
}

function formProvided(c: Case, event: CaseEvent & { type: 'form-provided' }, facts: Facts): Outgoing[] {
  if (!('step' in c.state)) return [];
  const { step, round } = c.state;
  const wanted = formsWanted(c, facts);
  const missing = wanted ? wanted.min - wanted.have : 0;
  return [
    { out: 'refresh', key: { card: 'step', case: c.id, step, round } },
    { out: 'say', to: { person: event.by }, notice: { notice: 'form-noted', named: named(c, facts.office), form: event.form, missing } },
  ];
}

/** Everybody who decided on the revision that is in the hands of the case, the one who has just decided left out. */
function earlierDeciders(c: Case, except: string): PersonId[] {
  const people = standingOn(c, c.revisions.length).map(({ person }) => person);
  return [...new Set(people)].filter((person) => person !== except && person !== c.maker);
}

/** `to`: the step whose holders have it back now, and its card with the reason; they need not be told of another one. */
function sentBack(c: Case, by: string, from: { role: string; reason: string }, facts: Facts, to?: string): Outgoing[] {
  const have = to === undefined ? [] : actorsOf(c, stepAt(facts.sop, to), facts).map(({ id }) => id);
  const who = doer(from.role, by, rejectionBy(c, by), facts);
  const notice: Notice = { notice: 'sent-back', named: named(c, facts.office), ...who, reason: from.reason };
  const told = earlierDeciders(c, by).filter((person) => !have.includes(person));
  return told.map((person) => ({ out: 'say', to: { person }, notice }));
}

function returned(c: Case, event: CaseEvent & { type: 'returned' }, facts: Facts): Outgoing[] {
  const { round, dueAt, from, reason } = event;
  const who = doer(from.role, event.by, rejectionBy(c, event.by), facts);
  const index = { round, revision: c.revisions.length, step: indexOf(facts.sop, event.step) };
  return [
    toMaker(c, { notice: 'returned', named: named(c, facts.office), ...who, reason, dueAt, focused: false, index }),
    { out: 'show', to: { chat: c.home }, key: draftKey(c, facts.sop) },
    ...sentBack(c, event.by, { role: from.role, reason }, facts),
  ];
}

function closed(c: Case, at: Instant, facts: Facts): Outgoing[] {
  const publications = c.publications.map(({ channel, link, waived }) => ({ channel, link, ...(waived === undefined ? {} : { waived }) }));
  const late = c.stays.every(({ dueAt }) => dueAt === null)
    ? null
    : c.handedInLate || c.stays.some(({ dueAt, leftAt }) => dueAt !== null && leftAt > dueAt);
  const notice: Notice = { notice: 'closed', named: named(c, facts.office), publications, at, late };
  const makers = [...c.revisions.map(({ by }) => by), ...Object.values(c.makers ?? {}).map(({ person }) => person)];
  const people = new Set([...makers, ...c.decisions.map(({ person }) => person), ...c.publications.map(({ person }) => person)]);
  people.delete(c.maker);
  const card = c.stays.slice(-1).map(({ step, round }): Outgoing => ({ out: 'refresh', key: { card: 'step', case: c.id, step, round } }));
  return [...card, toMaker(c, notice), ...[...people].map((person): Outgoing => ({ out: 'say', to: { person }, notice }))];
}

/** The card shows that it is late, whoever is told of it and when. */
function toldCard(c: Case, event: CaseEvent & { type: 'told' }, facts: Facts): Outgoing[] {
  if (event.silent || !('step' in c.state) || c.state.dueAt === null) return [];
  return isOpen(c) ? draftCard(c, facts) : [{ out: 'refresh', key: { card: 'step', case: c.id, step: event.step, round: event.round } }];
}

/** The holders hear of their new deadline; a draft's card shows it. */
function dueMoved(c: Case, event: CaseEvent & { type: 'due-moved' }, facts: Facts): Outgoing[] {
  if (isOpen(c)) return draftCard(c, facts);
  const { step, round, dueAt } = event;
  const notice: Notice = { notice: 'due-moved', named: named(c, facts.office), dueAt };
  const holders = actorsOf(c, stepAt(facts.sop, step), facts);
  const card: Outgoing = { out: 'refresh', key: { card: 'step', case: c.id, step, round } };
  return [...holders.map(({ id }): Outgoing => ({ out: 'say', to: { person: id }, notice })), card];
}

function one(c: Case, event: CaseEvent, facts: Facts, next: CaseEvent | undefined): Outgoing[] {
  switch (event.type) {
    case 'opened':
    case 'sop-chosen':
    case 'titled':
    case 'dated':
    case 'captioned':
    case 'narrated':
    case 'media-dropped':
    case 'detailed':
      return draftCard(c, facts);
    case 'media-added':
      return event.media.proofOf !== undefined || event.media.formOf !== undefined
        ? []
        : isOpen(c)
          ? draftCard(c, facts)
          : [toMaker(c, { notice: 'media-late', named: named(c, facts.office) })];
    case 'media-kept':
    case 'media-refused':
      return draftCard(c, facts);
    case 'media-doubled':
      return [...draftCard(c, facts), toMaker(c, { notice: 'media-doubled', named: named(c, facts.office) })];
    case 'handed-in':
      return handedIn(c, event, facts, next);
    case 'handed-on':
      return handedOn(c, event, facts);
    case 'taken':
      return taken(c, event, facts);
    case 'repaired':
      return repaired(c, event, facts);
    case 'scheduled':
      return scheduled(c, event, facts);
    case 'form-provided':
      return formProvided(c, event, facts);
    case 'entered':
      return [...entered(c, event, facts), ...(event.back ? sentBack(c, event.by, event.back, facts, event.step) : [])];
    case 'responded':
      return [{ out: 'refresh', key: { card: 'step', case: c.id, step: event.step, round: event.round } }];
    case 'decided':
      return decided(c, event, facts, next);
    case 'returned':
      return returned(c, event, facts);
    case 'announced':
      // With the last channel the case is closed, and its card with it.
      if (next?.type === 'closed') return [];
      return [{ out: 'refresh', key: { card: 'step', case: c.id, step: event.step, round: roundsOf(c, event.step) } }];
    case 'closed':
      return closed(c, event.at, facts);
    case 'withdrawn':
      return [{ out: 'refresh', key: draftKey(c, facts.sop) }];
    case 'told':
      return [...(event.silent || event.digest ? [] : ladderNotices(c, [event.rung], facts)), ...toldCard(c, event, facts)];
    case 'due-moved':
      return dueMoved(c, event, facts);
    case 'nudged':
      return nudged(c, event, facts);
    case 'reassigned':
      // Told of in `announce`, which still knows who held it before.
      return [];
  }
}

/** A refused file is told of by name while the media is still known. */
function refusedFile(before: Case | null, event: CaseEvent, facts: Facts): Outgoing[] {
  if (event.type !== 'media-refused' || before === null) return [];
  const media = [...before.content.media, ...before.proofs].find(({ id }) => id === event.media);
  const of = media?.formOf !== undefined ? 'form' : media?.proofOf !== undefined ? 'proof' : null;
  const base = { notice: 'media-fault', named: named(before, facts.office), why: event.why, name: media?.name ?? null } as const;
  if (!media || of === null) return [toMaker(before, base)];
  // Where it was asked for it is asked for again: a group, perhaps.
  const to = media.askedIn ? { chat: media.askedIn.chat } : { person: media.sentBy };
  return [{ out: 'say', to, notice: { ...base, of } }];
}

/** What goes out for these events, in order. */
export function announce(before: Case | null, events: CaseEvent[], facts: Facts): Outgoing[] {
  const out: Outgoing[] = [];
  let c = before;
  events.forEach((event, i) => {
    out.push(...refusedFile(c, event, facts));
    const was = c;
    c = evolve(c, event);
    if (event.type === 'reassigned' && was) out.push(...reassigned(was, c, event, cardsFor(c, { person: event.to }, facts), facts));
    out.push(...one(c, event, facts, events[i + 1]));
  });
  return out;
}
