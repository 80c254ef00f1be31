// A card's content, made from the case as it is now. The one place that says which buttons a card carries.
import { countedMedia, detailsAsked, keptMedia, missingOf, pendingMedia } from '../draft/missing.ts';
import type { PublishStep, Requirements, Step } from '../sop/sop.ts';
import { lengthOf, wordsOf } from '../text/count.ts';
import { hintsOf } from '../text/hints.ts';

import type { CardButton, CardView, DraftView, Remark, StepView } from './card-view.ts';
import {
  type Case,
  type Content,
  DETAIL_PARTS,
  type Decision,
  type DetailPart,
  type Details,
  lastHandedIn,
  type Revision,
  type Stay,
} from './case.ts';
import { counts, unfitOf } from './counts.ts';
import { openChannels } from './decide-announce.ts';
import { isOpen } from './decide-collect.ts';
import { mayFinish, mayWaive } from './decide-publish.ts';
import { mayRepair } from './decide-task.ts';
import { draftKey, draftsAhead } from './draft-key.ts';
import { contentStep, doer, draftStep, type Facts, indexOf, named, personName, rejectionBy, roleLabel, stepAt } from './facts.ts';
import type { CardKey } from './outgoing.ts';
import { changes } from './revision.ts';
import { givenAt } from './stand-ins.ts';
import { standingOn } from './standing.ts';
import { publishView } from './view-publish.ts';

function draftButtons(view: Omit<DraftView, 'buttons'>, content: Content, asked: DetailPart[], sops: number): CardButton[] {
  if (view.ended !== 'open') return [];
  const ready = view.missing.length === 0 && view.media.pending === 0;
  const buttons: CardButton[] = ready ? [{ action: view.task ? 'assign' : 'handIn' }] : [];
  if (content.title !== null) buttons.push({ action: 'editTitle' });
  if (content.eventDate !== null && !view.task) buttons.push({ action: 'editDate' });
  if (content.caption !== null) buttons.push({ action: 'editCaption' });
  if (content.narrative !== null) buttons.push({ action: 'editNarrative' });
  if (content.media.length > 0) buttons.push({ action: 'editMedia' });
  DETAIL_PARTS.forEach((part, item) => {
    if (asked.includes(part) && content.details?.[part] !== undefined) buttons.push({ action: 'editDetail', item });
  });
  const first = view.returned === null && view.making === undefined;
  if (sops > 1 && first) buttons.push({ action: 'chooseSop' });
  if (first) buttons.push({ action: 'cancel' });
  return buttons;
}

function contentOf({ title, eventDate, caption, narrative, media, details, by, at }: Revision): Content {
  const text = (words: string | null) => (words === null ? null : { text: words });
  return {
    title,
    eventDate,
    caption: text(caption),
    narrative: text(narrative),
    media: media.map((file) => ({ ...file, state: 'kept', sentBy: by, at })),
    ...(details === undefined ? {} : { details }),
  };
}

const NOTHING_ASKED: Requirements = { narrative: false };

/** The assignee is shown by name. */
function detailsShown(details: Details | undefined, facts: Facts): { details?: Details } {
  if (details === undefined) return {};
  const { assignee } = details;
  return { details: assignee === undefined ? details : { ...details, assignee: personName(facts.office, assignee) } };
}

/** What a draft came from, when others have worked before its maker. */
function makingOf(c: Case, here: boolean, facts: Facts): Pick<DraftView, 'making'> {
  if (!here || c.state.status !== 'making') return {};
  const material = c.revisions.at(-1);
  const giver = material?.by ?? Object.values(c.makers ?? {})[0]?.person ?? c.maker;
  return { making: { person: personName(facts.office, giver), revision: material?.revision ?? 0 } };
}

/** The step at which the draft of this number is, or was, collected. */
function stepOfDraft(c: Case, number: number, handedIn: Revision | undefined, facts: Facts): string {
  const [first] = facts.sop.steps;
  if (first && number <= draftsAhead(facts.sop)) return first.id;
  const stay = c.stays.findLast(({ step, leftAt }) => leftAt === handedIn?.at && stepAt(facts.sop, step).kind === 'prepare');
  return stay?.step ?? contentStep(facts.sop).id;
}

/** Who sent it back, also when it has been given to another maker since. */
function returnedBy(c: Case, here: Case['state'] | null, facts: Facts): DraftView['returned'] {
  const back = here?.status === 'returned' ? { ...here.by, reason: here.reason } : here?.status === 'making' ? (here.back ?? null) : null;
  return back && { ...doer(back.role, back.person, rejectionBy(c, back.person), facts), reason: back.reason };
}

/** It waits for another maker, or is in his hands: whoever had it before sees that. */
function givenAway(c: Case, key: CardKey & { card: 'draft' }, viewer: string | null, facts: Facts): boolean {
  const { state } = c;
  if (state.status !== 'making' || draftKey(c, facts.sop).round !== key.round || givenAt(c, state.step, state.round).length === 0)
    return false;
  return state.taken === null || (viewer !== null && viewer !== state.taken);
}

function hintsIn({ title, caption, narrative }: Content): Pick<DraftView, 'hints'> {
  const hints = hintsOf([title, caption?.text, narrative?.text].filter((text) => typeof text === 'string').join('\n'));
  return hints.length > 0 ? { hints } : {};
}

/** The draft of one number; one that is over shows what was handed in with it. */
function draftView(c: Case, key: CardKey & { card: 'draft' }, facts: Facts, viewer: string | null, sops: number): DraftView {
  const { state } = c;
  const here = isOpen(c) && draftKey(c, facts.sop).round === key.round ? c.state : null;
  const handedIn = here ? undefined : c.revisions[key.round - draftsAhead(facts.sop) - 1];
  const stepId = here?.step ?? stepOfDraft(c, key.round, handedIn, facts);
  const step = draftStep(facts.sop, stepId);
  const requires = step.kind === 'prepare' ? step.requires : NOTHING_ASKED;
  const over = c.stays.filter((one) => one.step === stepId);
  const stay = here ? undefined : (over.find(({ leftAt }) => leftAt === handedIn?.at) ?? over[0]);
  const content = handedIn ? contentOf(handedIn) : c.content;
  const { caption, narrative } = content;
  const captionMax = requires.caption?.max ?? null;
  const dueAt = here?.dueAt ?? stay?.dueAt ?? null;
  const files = here ? countedMedia(content, step) : keptMedia(content);
  const view: Omit<DraftView, 'buttons'> = {
    view: 'draft',
    named: { ...named(c, facts.office), title: content.title },
    index: { step: indexOf(facts.sop, stepId), round: here?.round ?? key.round, revision: c.revisions.length },
    sopTitle: facts.sop.title,
    revision: Math.max(0, key.round - 1 - draftsAhead(facts.sop)),
    eventDate: content.eventDate,
    dueAt,
    late: dueAt !== null && (stay?.leftAt ?? facts.now) > dueAt,
    media: {
      ...counts(files),
      have: files.length,
      pending: pendingMedia(content).length,
      min: requires.media?.min ?? null,
    },
    caption: caption && { text: caption.text, length: lengthOf(caption.text), max: captionMax ?? lengthOf(caption.text) },
    captionMax,
    narrative: narrative && { text: narrative.text, words: wordsOf(narrative.text) },
    narrativeNeeded: requires.narrative,
    ...detailsShown(content.details, facts),
    ...(step.kind === 'assign' ? { task: true } : {}),
    ...makingOf(c, here !== null, facts),
    ...(requires.checklist ? { declares: requires.checklist } : {}),
    ...(here ? { ...hintsIn(content), ...unfitOf(content, step) } : {}),
    missing: missingOf(content, step),
    returned: returnedBy(c, here, facts),
    ended: givenAway(c, key, viewer, facts) ? 'reassigned' : here ? 'open' : state.status === 'withdrawn' ? 'withdrawn' : 'handed-in',
  };
  return { ...view, buttons: draftButtons(view, content, detailsAsked(step), sops) };
}

function remark(decision: Decision, facts: Facts): Remark {
  const { role, person, verdict, note, at, onBehalfOf } = decision;
  return {
    ...doer(role, person, decision, facts),
    onBehalfOf: onBehalfOf && personName(facts.office, onBehalfOf),
    verdict,
    note,
    at,
  };
}

function stepButtons(c: Case, step: Step, open: boolean, facts: Facts): CardButton[] {
  if (!open) return [];
  const own = ownButtons(c, step, facts);
  return c.revisions.length > 0 ? [...own, { action: 'view' }] : own;
}

function ownButtons(c: Case, step: Step, facts: Facts): CardButton[] {
  switch (step.kind) {
    case 'receive':
      return [{ action: 'receive' }, { action: 'respond' }];
    case 'decide':
      return [
        { action: 'accept', label: step.labels.accept },
        { action: 'reject', label: step.labels.reject },
        { action: 'respond' },
        ...repairButtons(c, facts),
      ];
    case 'publish':
      return publishButtons(c, step, facts);
    case 'schedule':
      return [{ action: 'schedule' }];
    case 'prepare':
      return [{ action: 'take' }];
    default:
      return [];
  }
}

/** Which text is repaired: `item` 0 the narrative, 1 the caption; only what has been handed in. */
function repairButtons(c: Case, facts: Facts): CardButton[] {
  if (!mayRepair(c, facts)) return [];
  const revision = c.revisions.at(-1);
  const caption = revision?.caption !== null;
  return [
    ...(revision?.narrative !== null || !caption ? [{ action: 'repair', item: 0 } as const] : []),
    ...(caption ? [{ action: 'repair', item: 1 } as const] : []),
  ];
}

/** Where several channels are all needed, each may be left out with a reason; where one is enough, it is enough. */
function publishButtons(c: Case, step: PublishStep, facts: Facts): CardButton[] {
  const open = openChannels(c, facts);
  const waived = step.channelsNeeded !== 'any' && step.channels.length > 1 ? open.filter((channel) => mayWaive(c, channel, facts)) : [];
  return [
    { action: 'published' },
    ...(mayFinish(c, facts) ? [{ action: 'finish' } as const] : []),
    ...(step.accessibility?.forms ?? []).map((_, item) => ({ action: 'form', item }) as const),
    ...waived.map((channel) => ({ action: 'waive', item: step.channels.indexOf(channel) }) as const),
  ];
}

function outcome(c: Case, open: boolean, made: Decision[], step: Step, facts: Facts): StepView['outcome'] {
  if (open) return { is: 'open' };
  const maker = c.state.status === 'making' && c.state.step === step.id ? c.state.taken : c.makers?.[step.id]?.person;
  if (step.kind === 'prepare' && maker) return { is: 'taken', person: personName(facts.office, maker) };
  if (step.kind === 'schedule' && c.schedule !== undefined) return { is: 'scheduled', schedule: c.schedule };
  const last = made.at(-1);
  if (last) return { is: 'decided', by: remark(last, facts) };
  const done = c.publications.at(-1);
  if (step.kind === 'publish' && done && c.state.status === 'published')
    return { is: 'published', ...doer(step.role, done.person, done, facts), at: c.state.at };
  return { is: 'overtaken', why: c.state.status === 'returned' ? 'returned' : c.state.status === 'withdrawn' ? 'withdrawn' : 'moved-on' };
}

/** Who stands for a revision: its maker, even where a decider has repaired it; before the first whoever gave the task. */
function makerOf(c: Case, revision: Revision | undefined): string {
  if (revision === undefined) return Object.values(c.makers ?? {})[0]?.person ?? c.maker;
  return revision.repaired ? c.maker : revision.by;
}

/** Why a later step has sent it back here. */
function backOf(c: Case, open: boolean, facts: Facts): Pick<StepView, 'back'> {
  const { state } = c;
  if (!open || state.status !== 'running' || state.back === null) return {};
  const { role, person, reason } = state.back;
  return { back: { ...doer(role, person, rejectionBy(c, person), facts), reason } };
}

/** The revision that was in hand during this round of the step. */
function revisionAt(c: Case, step: Step, decided: Decision[], open: boolean, stay: Stay | undefined, facts: Facts): Revision | undefined {
  const decidedOn = decided.at(-1)?.revision;
  if (decidedOn !== undefined) return c.revisions[decidedOn - 1];
  if (open || stay === undefined) return c.revisions.at(-1);
  // By the order of the stays, not by their times: a clock may have been set back in between.
  const before = c.stays.slice(0, c.stays.indexOf(stay));
  const handedIn = before.filter((one) => stepAt(facts.sop, one.step).kind === 'prepare').length;
  const made = c.revisions.filter(({ repaired }) => !repaired);
  if (step.kind !== 'schedule' && step.kind !== 'publish') return made[handedIn - 1];
  // Whoever comes after the deciders had what they have made of it.
  const next = made[handedIn]?.revision ?? c.revisions.length + 1;
  return c.revisions[next - 2];
}

function stepView(c: Case, key: CardKey & { card: 'step' }, facts: Facts, viewer: string | null): StepView | null {
  const step = stepAt(facts.sop, key.step);
  const { state } = c;
  const waiting = state.status === 'running' || state.status === 'approved' || state.status === 'making';
  const open = waiting && !isOpen(c) && state.step === key.step && state.round === key.round;
  const made = c.decisions.filter((decision) => decision.step === key.step && decision.round === key.round);
  const past = c.stays.find((one) => one.step === key.step && one.round === key.round);
  const stay = open ? state : past;
  const revision = revisionAt(c, step, made, open, past, facts);
  // A step without anything to show has no card,
  // but for a task that has just been given, or a draft that is given to another maker.
  const given = givenAt(c, key.step, key.round).length > 0;
  if (step.kind === 'prepare' ? indexOf(facts.sop, step.id) === 0 && !given : !revision) return null;
  const before = revision && c.revisions[revision.revision - 2];
  const captionMax = contentStep(facts.sop).requires.caption?.max ?? null;
  const dueAt = stay?.dueAt ?? null;
  return {
    view: 'step',
    kind: step.kind,
    named: { ...named(c, facts.office), title: revision?.title ?? c.content.title },
    index: { step: indexOf(facts.sop, step.id), round: key.round, revision: revision?.revision ?? 0 },
    sopTitle: facts.sop.title,
    position: { step: indexOf(facts.sop, step.id) + 1, of: facts.sop.steps.length },
    roleLabel: roleLabel(facts.sop, step.role),
    activity: step.activity,
    maker: personName(facts.office, makerOf(c, revision)),
    eventDate: revision?.eventDate ?? null,
    handedInAt: lastHandedIn(c, revision?.revision ?? 0)?.at ?? null,
    handedInLate: c.handedInLate,
    counts: counts(revision?.media ?? []),
    revision: revision?.revision ?? 0,
    changed: before && revision.materialOf === undefined ? changes(before, revision) : [],
    caption:
      !revision || revision.caption === null ? null : { text: revision.caption, length: lengthOf(revision.caption), max: captionMax },
    narrative: revision?.narrative ?? null,
    ...detailsShown(revision ? revision.details : c.content.details, facts),
    ...backOf(c, open, facts),
    ...(revision?.repaired ? { repairedBy: personName(facts.office, revision.by) } : {}),
    ...(step.kind === 'decide' && step.checklist ? { declares: step.checklist } : {}),
    ...(step.due.kind === 'tentative' ? { tentative: true } : {}),
    ...publishView(c, step),
    earlier: standingOn(c, revision?.revision ?? 0).flatMap((one) => (made.includes(one) ? [] : [remark(one, facts)])),
    response: c.responses.find(({ person, step: at, round }) => person === viewer && at === key.step && round === key.round)?.text ?? null,
    dueAt,
    late: dueAt !== null && facts.now > dueAt,
    labels: step.kind === 'decide' ? step.labels : { accept: 'TERIMA', reject: 'TOLAK' },
    outcome: outcome(c, open, made, step, facts),
    buttons: stepButtons(c, step, open, facts),
  };
}

/** `viewer`: the person whose chat the card stands in (`null` in a group). `sops`: how many SOPs he may begin. `null`: no such card any more. */
export function viewCard(c: Case, key: CardKey, facts: Facts, viewer: string | null, sops: number): CardView | null {
  return key.card === 'draft' ? draftView(c, key, facts, viewer, sops) : stepView(c, key, facts, viewer);
}
