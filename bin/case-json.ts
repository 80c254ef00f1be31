// A case as other programs read it: the fields that the outside surface promises, times as RFC 3339 with the office's offset.
import { rfc3339 } from '../src/calendar/rfc3339.ts';
import { type Case, type Details, revisionOf, statusOf } from '../src/case/case.ts';
import type { CardPlace, Viewing } from '../src/case/viewing.ts';
import { keptMedia } from '../src/draft/missing.ts';
import type { Office } from '../src/office/office.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { Instant } from '../src/time.ts';

/** One entry of the chained history. */
export interface HistoryEntry {
  seq: number;
  type: string;
  at: Instant;
  hash: string;
}

export interface CaseFacts {
  case: Case;
  sop: Sop;
  office: Office;
  now: Instant;
}

export function caseJson(facts: CaseFacts) {
  const { case: c, office } = facts;
  const time = (at: Instant | null | undefined) => (at === null || at === undefined ? null : rfc3339(at, office.timezone));
  const shown = contentOf(c);
  const at = 'step' in c.state ? c.state : null;
  return {
    number: c.number?.text ?? null,
    office: office.id,
    sop: c.sop.id,
    title: shown.title,
    event_date: shown.eventDate,
    status: statusOf(c),
    step: at?.step ?? null,
    round: at?.round ?? c.stays.at(-1)?.round ?? 1,
    revision: revisionOf(c)?.revision ?? 0,
    // Whoever handed in first; others may have gone on with it.
    submitter: c.revisions[0]?.by ?? c.maker,
    // The first hand-in, which the register's number and month go by.
    submitted_at: time(c.revisions[0]?.at),
    due_at: time(at?.dueAt),
    late: isLate(c, facts.now),
    media: shown.media,
    caption: shown.caption,
    narrative: shown.narrative,
    decisions: c.decisions.map(({ step, role, person, verdict, note, at: when, onBehalfOf, capacity, round, revision, declared, via }) => ({
      step,
      role,
      person,
      verdict,
      note,
      at: time(when),
      on_behalf_of: onBehalfOf,
      ...(capacity === undefined ? {} : { capacity }),
      round,
      revision,
      ...(declared === undefined ? {} : { declared }),
      ...(via === undefined ? {} : { via }),
    })),
    publications: c.publications.map(({ channel, link, at: when, person, onBehalfOf, capacity, proof, waived }) => ({
      channel,
      link,
      at: time(when),
      person,
      proof: proof?.sha256 ?? null,
      ...(capacity === undefined ? {} : { on_behalf_of: onBehalfOf ?? null, capacity }),
      ...(waived === undefined ? {} : { waived }),
    })),
    ...moreOf(c, time),
  };
}

/** What only some SOPs ask for; left out where they do not. */
function moreOf(c: Case, time: (at: Instant) => string | null) {
  const details: Details | undefined = revisionOf(c)?.details ?? c.content.details;
  const declared = revisionOf(c)?.declared;
  return {
    ...(details === undefined ? {} : { details }),
    ...(declared === undefined ? {} : { declared }),
    ...(c.schedule === undefined ? {} : { schedule: time(c.schedule) }),
    ...(c.forms === undefined
      ? {}
      : { forms: c.forms.map(({ form, text, file, person, at }) => ({ form, text, file: file?.sha256 ?? null, person, at: time(at) })) }),
  };
}

export type CaseJson = ReturnType<typeof caseJson>;

export function eventsJson(events: readonly HistoryEntry[], office: Office) {
  return events.map(({ seq, type, at, hash }) => ({ seq, type, at: rfc3339(at, office.timezone), hash }));
}

/** Who was sent, was delivered and has opened which card; `null` where that is not known. Nothing but a tap tells that it was opened. */
export function viewsJson(views: readonly (CardPlace & Viewing)[], office: Office) {
  const time = (at: Instant | null) => (at === null ? null : rfc3339(at, office.timezone));
  return views.map(({ step, round, person, sentAt, deliveredAt, openedAt }) => ({
    step,
    round,
    person,
    sent_at: time(sentAt),
    delivered_at: time(deliveredAt),
    opened_at: time(openedAt),
  }));
}

/** What was handed in last; before the first hand-in, what the draft holds. */
function contentOf(c: Case) {
  const handedIn = revisionOf(c);
  if (handedIn) {
    const { title, eventDate, caption, narrative } = handedIn;
    return { title, eventDate, caption, narrative, media: handedIn.media.map(({ kind, sha256, bytes }) => ({ kind, sha256, bytes })) };
  }
  const { title, eventDate, caption, narrative } = c.content;
  const kept = keptMedia(c.content).map(({ kind, sha256, bytes }) => ({ kind, sha256, bytes }));
  return { title, eventDate, caption: caption?.text ?? null, narrative: narrative?.text ?? null, media: kept };
}

/** A late hand-in, a step past its deadline now, or one that was left after it. */
export function isLate(c: Case, now: Instant): boolean {
  const dueAt = 'step' in c.state ? c.state.dueAt : null;
  return c.handedInLate || (dueAt !== null && now > dueAt) || c.stays.some((stay) => stay.dueAt !== null && stay.leftAt > stay.dueAt);
}
