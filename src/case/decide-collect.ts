// What a maker may put into an open draft, and take out of it.
import { tooFarAhead } from '../draft/date-limit.ts';
import { allowedKinds, classesAllowed, detailsAsked } from '../draft/missing.ts';
import { lengthOf } from '../text/count.ts';
import { tidy, tidyLine } from '../text/tidy.ts';
import { type Case, type CaseEvent, DETAIL_PARTS, type DetailPart, type Text } from './case.ts';
import { type Command, DETAIL_MAX, DETAIL_MIN, MEDIA_MAX, NARRATIVE_MAX, TITLE_MAX } from './command.ts';
import { evolve } from './evolve.ts';
import { candidatesOf, type DraftStep, draftStep, dueOf, type Facts, isUrgent, today } from './facts.ts';
import { accepted, type Ruling, refused } from './ruling.ts';

type Collect = Extract<Command, { type: 'title' | 'date' | 'caption' | 'narrate' | 'add-media' | 'drop-media' | 'choose-sop' | 'detail' }>;

/** The draft is in its maker's hands: collecting for the first time, with another's material, or returned. */
export function isOpen(c: Case): c is Case & { state: Extract<Case['state'], { status: 'draft' | 'returned' | 'making' }> } {
  return c.state.status === 'draft' || c.state.status === 'returned' || (c.state.status === 'making' && c.state.taken !== null);
}

function sameText(a: Text | null, text: string): boolean {
  return a?.text === text;
}

function title(c: Case, text: string, at: number, by: string): Ruling {
  const clean = tidyLine(text);
  const length = lengthOf(clean);
  if (length === 0 || length > TITLE_MAX) return refused({ refused: 'title-length', length, max: TITLE_MAX });
  return clean === c.content.title ? accepted() : accepted({ type: 'titled', at, by, title: clean });
}

export function caption(c: Case, caption: Text, max: number | null, at: number, by: string): Ruling {
  const text = tidy(caption.text);
  const length = lengthOf(text);
  if (length === 0) return refused({ refused: 'caption-empty' });
  if (max !== null && length > max) return refused({ refused: 'caption-length', length, max });
  return sameText(c.content.caption, text) ? accepted() : accepted({ type: 'captioned', at, by, caption: { ...caption, text } });
}

export function narrative(c: Case, narrative: Text, at: number, by: string): Ruling {
  const text = tidy(narrative.text);
  const length = lengthOf(text);
  if (length === 0) return refused({ refused: 'narrative-empty' });
  if (length > NARRATIVE_MAX) return refused({ refused: 'narrative-length', length, max: NARRATIVE_MAX });
  if (sameText(c.content.caption, text)) return refused({ refused: 'narrative-is-caption' });
  return sameText(c.content.narrative, text) ? accepted() : accepted({ type: 'narrated', at, by, narrative: { ...narrative, text } });
}

function addMedia(c: Case, command: Command & { type: 'add-media' }, facts: Facts): Ruling {
  const { media, by } = command;
  const event: CaseEvent = { type: 'media-added', at: facts.now, by, media };
  if (c.content.media.some((other) => other.id === media.id)) return accepted();
  // A late member of an album that was handed in without it: kept for the next revision, never lost.
  const sibling = media.album !== undefined && c.content.media.some((other) => other.album === media.album);
  if (!isOpen(c)) return sibling ? accepted(event) : refused({ refused: 'not-now', status: c.state.status });
  if (c.content.media.length >= MEDIA_MAX) return refused({ refused: 'media-many', max: MEDIA_MAX });
  const allowed = allowedKinds(draftStep(facts.sop, c.state.step));
  // A document may turn out to be a picture once its bytes are here; the rest is known now.
  const mayBeAnother = media.kind === 'document' && allowed.length > 0;
  if (!mayBeAnother && !allowed.includes(media.kind)) return refused({ refused: 'media-kind', kind: media.kind, allowed });
  return accepted(event);
}

function chooseSop(c: Case, command: Command & { type: 'choose-sop' }, facts: Facts): Ruling {
  const { sop, by } = command;
  if (c.state.status !== 'draft') return refused({ refused: 'not-now', status: c.state.status });
  if (sop.id === c.sop.id) return accepted();
  const first = sop.steps[0];
  const person = facts.office.people.find(({ id }) => id === by);
  if ((first?.kind !== 'prepare' && first?.kind !== 'assign') || !person?.roles.includes(first.role)) {
    return refused({ refused: 'not-your-role', needed: first?.role ?? '', yours: person?.roles ?? [] });
  }
  const dropped = notFor(first, c, by, { ...facts, sop });
  const chosen: CaseEvent = {
    type: 'sop-chosen',
    at: facts.now,
    by,
    sop: { id: sop.id, version: sop.version },
    step: first.id,
    role: first.role,
    dueAt: null,
    ...(dropped.length > 0 ? { dropped } : {}),
  };
  // By what is left: a class that is not for this SOP does not set its clock either.
  return accepted({ ...chosen, dueAt: dueOf(evolve(c, chosen), first, 1, facts) });
}

/** What was said beside the content and this step would not take, were it said now. */
function notFor(step: DraftStep, c: Case, by: string, facts: Facts): DetailPart[] {
  const { details = {} } = c.content;
  const asked = detailsAsked(step);
  const isFor: Partial<Record<DetailPart, (text: string) => boolean>> = {
    class: (text) => classesAllowed(step).some((one) => one === text),
    assignee: (text) => candidatesOf(step, by, facts).some(({ id }) => id === text),
  };
  return DETAIL_PARTS.filter((part) => {
    const text = details[part];
    return text !== undefined && (!asked.includes(part) || isFor[part]?.(text) === false);
  });
}

/** What is asked for beside the content; only a class that the SOP publishes, only a person who may be given the task. */
function detail(c: Case, step: DraftStep, command: Command & { type: 'detail' }, facts: Facts): Ruling {
  const { part, by } = command;
  const text = tidyLine(command.text);
  const length = lengthOf(text);
  if (!detailsAsked(step).includes(part)) return refused({ refused: 'not-now', status: c.state.status });
  if (part === 'class') {
    const allowed = classesAllowed(step);
    if (!allowed.some((one) => one === text)) return refused({ refused: 'class-forbidden', class: text, allowed });
  } else if (part === 'assignee') {
    const candidates = candidatesOf(step, by, facts);
    if (!candidates.some(({ id }) => id === text))
      return refused({ refused: 'assignee-unclear', candidates: candidates.map(({ name }) => name) });
  } else if (length < DETAIL_MIN || length > DETAIL_MAX) {
    return refused({ refused: 'detail-length', part, length, min: DETAIL_MIN, max: DETAIL_MAX });
  }
  if (c.content.details?.[part] === text) return accepted();
  const detailed: CaseEvent = { type: 'detailed', at: facts.now, by, part, text };
  return accepted(detailed, ...urgency(c, detailed, step, facts));
}

/** A class that does not wait for office hours moves the draft's own deadline. */
function urgency(c: Case, detailed: CaseEvent, step: DraftStep, facts: Facts): CaseEvent[] {
  const after = evolve(c, detailed);
  if (!isOpen(after) || isUrgent(after) === isUrgent(c)) return [];
  const { round, enteredAt } = after.state;
  const dueAt = dueOf(after, step, round, facts, enteredAt);
  return dueAt === after.state.dueAt ? [] : [{ type: 'due-moved', at: facts.now, by: 'system', step: step.id, round, dueAt }];
}

export function collect(c: Case, command: Collect, facts: Facts): Ruling {
  if (command.type === 'add-media') return addMedia(c, command, facts);
  if (!isOpen(c)) return refused({ refused: 'not-now', status: c.state.status });
  const { now: at } = facts;
  const { by } = command;
  const step = draftStep(facts.sop, c.state.step);
  // A task says what is to be made; the content is its maker's.
  const ofContent = command.type === 'caption' || command.type === 'narrate' || command.type === 'date';
  if (step.kind === 'assign' && ofContent) return refused({ refused: 'not-now', status: c.state.status });
  const captionMax = step.kind === 'prepare' ? (step.requires.caption?.max ?? null) : null;
  switch (command.type) {
    case 'title':
      return title(c, command.title, at, by);
    case 'date': {
      const { eventDate } = command;
      const limit = tooFarAhead(eventDate, today(facts));
      if (limit !== null) return refused({ refused: 'date-future', eventDate, maxDays: limit });
      if (eventDate === c.content.eventDate) return accepted();
      const dated = { ...c, content: { ...c.content, eventDate } };
      return accepted({
        type: 'dated',
        at,
        by,
        eventDate,
        dueAt: dueOf({ ...dated, revisions: [] }, step, c.state.round, facts, c.state.enteredAt),
      });
    }
    case 'caption':
      return caption(c, command.caption, captionMax, at, by);
    case 'narrate':
      return narrative(c, command.narrative, at, by);
    case 'drop-media':
      return c.content.media.some(({ id }) => id === command.media)
        ? accepted({ type: 'media-dropped', at, by, media: command.media })
        : accepted();
    case 'choose-sop':
      return chooseSop(c, command, facts);
    case 'detail':
      return detail(c, step, command, facts);
  }
}
