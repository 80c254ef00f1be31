// A card's content, made from the case as it is now. The one place that says which buttons a card carries.
import { keptMedia, missingOf, pendingMedia } from '../draft/missing.ts';
import type { Step } from '../sop/sop.ts';
import { lengthOf, wordsOf } from '../text/count.ts';

import type { CardButton, CardView, Counts, DraftView, Remark, StepView } from './card-view.ts';
import type { Case, Content, Decision, Revision, Stay } from './case.ts';
import { type Facts, firstStep, indexOf, named, personName, prepareStep, roleLabel, stepAt } from './facts.ts';
import type { CardKey } from './outgoing.ts';
import { changes } from './revision.ts';

function counts(media: { kind: string }[]): Counts {
  const of = (...kinds: string[]) => media.filter(({ kind }) => kinds.includes(kind)).length;
  return { photos: of('photo'), videos: of('video'), documents: of('document', 'audio') };
}

function draftButtons(view: Omit<DraftView, 'buttons'>, content: Content, sops: number): CardButton[] {
  if (view.ended !== 'open') return [];
  const buttons: CardButton[] = view.missing.length === 0 && view.media.pending === 0 ? [{ action: 'handIn' }] : [];
  if (content.title !== null) buttons.push({ action: 'editTitle' });
  if (content.eventDate !== null) buttons.push({ action: 'editDate' });
  if (content.caption !== null) buttons.push({ action: 'editCaption' });
  if (content.narrative !== null) buttons.push({ action: 'editNarrative' });
  if (content.media.length > 0) buttons.push({ action: 'editMedia' });
  if (sops > 1 && view.returned === null) buttons.push({ action: 'chooseSop' });
  if (view.returned === null) buttons.push({ action: 'cancel' });
  return buttons;
}

function contentOf({ title, eventDate, caption, narrative, media, by, at }: Revision): Content {
  const text = (words: string | null) => (words === null ? null : { text: words });
  return {
    title,
    eventDate,
    caption: text(caption),
    narrative: text(narrative),
    media: media.map((file) => ({ ...file, state: 'kept', sentBy: by, at })),
  };
}

/** The draft of one round; a round that is over shows what was handed in with it. */
function draftView(c: Case, key: CardKey & { card: 'draft' }, facts: Facts, sops: number): DraftView {
  const { state } = c;
  const here = (state.status === 'draft' || state.status === 'returned') && state.round === key.round ? state : null;
  const stepId =
    here?.step ??
    c.stays.find(({ round, step }) => round === key.round && stepAt(facts.sop, step).kind === 'prepare')?.step ??
    firstStep(facts.sop).id;
  const { requires } = prepareStep(facts.sop, stepId);
  const stay = c.stays.find(({ step, round }) => step === stepId && round === key.round);
  const handedIn = here ? undefined : c.revisions[key.round - 1];
  const content = handedIn ? contentOf(handedIn) : c.content;
  const { caption, narrative } = content;
  const captionMax = requires.caption?.max ?? null;
  const dueAt = here?.dueAt ?? stay?.dueAt ?? null;
  const view: Omit<DraftView, 'buttons'> = {
    view: 'draft',
    named: { ...named(c, facts.office), title: content.title },
    index: { step: indexOf(facts.sop, stepId), round: key.round, revision: c.revisions.length },
    sopTitle: facts.sop.title,
    revision: key.round - 1,
    eventDate: content.eventDate,
    dueAt,
    late: dueAt !== null && (stay?.leftAt ?? facts.now) > dueAt,
    media: {
      ...counts(keptMedia(content)),
      have: keptMedia(content).length,
      pending: pendingMedia(content).length,
      min: requires.media?.min ?? null,
    },
    caption: caption && { text: caption.text, length: lengthOf(caption.text), max: captionMax ?? lengthOf(caption.text) },
    captionMax,
    narrative: narrative && { text: narrative.text, words: wordsOf(narrative.text) },
    narrativeNeeded: requires.narrative,
    missing: missingOf(content, requires),
    returned:
      here?.status === 'returned'
        ? { role: roleLabel(facts.sop, here.by.role), person: personName(facts.office, here.by.person), reason: here.reason }
        : null,
    ended: here ? 'open' : state.status === 'withdrawn' ? 'withdrawn' : 'handed-in',
  };
  return { ...view, buttons: draftButtons(view, content, sops) };
}

function remark(decision: Decision, facts: Facts): Remark {
  const { verdict, note, at, onBehalfOf } = decision;
  const name = (id: string) => personName(facts.office, id);
  return {
    role: roleLabel(facts.sop, decision.role),
    person: name(decision.person),
    onBehalfOf: onBehalfOf && name(onBehalfOf),
    verdict,
    note,
    at,
  };
}

function stepButtons(step: Step, open: boolean): CardButton[] {
  if (!open) return [];
  switch (step.kind) {
    case 'receive':
      return [{ action: 'receive' }, { action: 'respond' }];
    case 'decide':
      return [{ action: 'accept', label: step.labels.accept }, { action: 'reject', label: step.labels.reject }, { action: 'respond' }];
    case 'publish':
      return [{ action: 'published' }];
    default:
      return [];
  }
}

function outcome(c: Case, open: boolean, made: Decision[], step: Step, facts: Facts): StepView['outcome'] {
  if (open) return { is: 'open' };
  const last = made.at(-1);
  if (last) return { is: 'decided', by: remark(last, facts) };
  const done = c.publications.at(-1);
  if (step.kind === 'publish' && done && c.state.status === 'published')
    return { is: 'published', person: personName(facts.office, done.person), at: c.state.at };
  return { is: 'overtaken', why: c.state.status === 'returned' ? 'returned' : c.state.status === 'withdrawn' ? 'withdrawn' : 'moved-on' };
}

/** The revision that was in hand during this round of the step. */
function revisionAt(c: Case, made: Decision[], open: boolean, stay: Stay | undefined, facts: Facts): Revision | undefined {
  const decidedOn = made.at(-1)?.revision;
  if (decidedOn !== undefined) return c.revisions[decidedOn - 1];
  if (open || stay === undefined) return c.revisions.at(-1);
  // By the order of the stays, not by their times: a clock may have been set back in between.
  const handedIn = c.stays.slice(0, c.stays.indexOf(stay)).filter(({ step }) => stepAt(facts.sop, step).kind === 'prepare').length;
  return c.revisions[handedIn - 1];
}

function stepView(c: Case, key: CardKey & { card: 'step' }, facts: Facts, viewer: string | null): StepView | null {
  const step = stepAt(facts.sop, key.step);
  if (step.kind === 'prepare') return null;
  const { state } = c;
  const open = (state.status === 'running' || state.status === 'approved') && state.step === key.step && state.round === key.round;
  const made = c.decisions.filter((decision) => decision.step === key.step && decision.round === key.round);
  const past = c.stays.find((one) => one.step === key.step && one.round === key.round);
  const stay = open ? state : past;
  const revision = revisionAt(c, made, open, past, facts);
  if (!revision) return null;
  const before = c.revisions[revision.revision - 2];
  const captionMax = firstStep(facts.sop).requires.caption?.max ?? null;
  const dueAt = stay?.dueAt ?? null;
  const channels = step.kind === 'publish' ? step.channels : [];
  return {
    view: 'step',
    kind: step.kind,
    named: { ...named(c, facts.office), title: revision.title },
    index: { step: indexOf(facts.sop, step.id), round: key.round, revision: revision.revision },
    sopTitle: facts.sop.title,
    position: { step: indexOf(facts.sop, step.id) + 1, of: facts.sop.steps.length },
    roleLabel: roleLabel(facts.sop, step.role),
    activity: step.activity,
    maker: personName(facts.office, revision.by),
    eventDate: revision.eventDate,
    handedInAt: revision.at,
    handedInLate: c.handedInLate,
    counts: counts(revision.media),
    revision: revision.revision,
    changed: before ? changes(before, revision) : [],
    caption: revision.caption === null ? null : { text: revision.caption, length: lengthOf(revision.caption), max: captionMax },
    narrative: revision.narrative,
    earlier: c.decisions.filter((one) => one.revision === revision.revision && !made.includes(one)).map((one) => remark(one, facts)),
    response: c.responses.find(({ person, step: at, round }) => person === viewer && at === key.step && round === key.round)?.text ?? null,
    dueAt,
    late: dueAt !== null && facts.now > dueAt,
    labels: step.kind === 'decide' ? step.labels : { accept: 'TERIMA', reject: 'TOLAK' },
    channels: channels.map((channel) => {
      const done = c.publications.find((one) => one.channel === channel);
      return { channel, link: done?.link ?? null, done: done !== undefined };
    }),
    outcome: outcome(c, open, made, step, facts),
    buttons: stepButtons(step, open),
  };
}

/** `viewer`: the person whose chat the card stands in (`null` in a group). `sops`: how many SOPs he may begin. `null`: no such card any more. */
export function viewCard(c: Case, key: CardKey, facts: Facts, viewer: string | null, sops: number): CardView | null {
  return key.card === 'draft' ? draftView(c, key, facts, sops) : stepView(c, key, facts, viewer);
}
