// A tapped button: what it refers to is looked up and judged now; the button itself carries no authority.
import type { Command, Refusal, Seen } from '../case/command.ts';
import { openChannels } from '../case/decide-announce.ts';
import { isOpen } from '../case/decide-collect.ts';
import { mayAct } from '../case/decide-judge.ts';
import { named, today } from '../case/facts.ts';
import type { CardKey } from '../case/outgoing.ts';
import { READY_REASONS } from '../case/reasons.ts';
import { dayAfter } from '../draft/date.ts';
import { askFor, askNext, isReady } from './asking.ts';
import { itemOf, type Reference } from './reference.ts';
import type { Subject } from './situation.ts';
import type { Talk } from './talk.ts';

type Tapped = { talk: Talk; reference: Reference; subject: Subject; by: string; seen: Seen };

function cardKey({ reference, subject, seen }: Tapped): CardKey {
  const step = subject.sop.steps[reference.step];
  return step?.kind === 'prepare'
    ? { card: 'draft', case: reference.case, round: reference.round }
    : { card: 'step', case: reference.case, step: seen.step, round: reference.round };
}

/** A refused tap is answered with the reason, and the card it stood on is brought up to date. */
function refuse(tapped: Tapped, refusal: Refusal): void {
  tapped.talk.sayRefusal(refusal);
  tapped.talk.send({ out: 'refresh', key: cardKey(tapped) });
}

type Taken = 'handed-in' | 'received' | 'accepted' | 'asked' | 'noted' | 'resumed';

function act(tapped: Tapped, command: Command, what: Taken): boolean {
  const refusal = tapped.talk.act(command);
  if (refusal) refuse(tapped, refusal);
  else tapped.talk.answer({ notice: 'tap-taken', what });
  return refusal === null;
}

/** Asks only what the person may answer: refused now rather than after he has written. */
function judged(tapped: Tapped, wanted: string): boolean {
  const { talk, subject, seen, by } = tapped;
  const { now } = talk.situation;
  const may = mayAct(subject.case, seen, by, { now, office: subject.office, sop: subject.sop });
  if (!('refused' in may)) return true;
  refuse(tapped, talk.refused(may, wanted));
  return false;
}

function decisionTap(tapped: Tapped): void {
  const { talk, reference, seen, by } = tapped;
  const id = reference.case;
  const index = { round: reference.round, revision: reference.revision, step: reference.step };
  switch (reference.action) {
    case 'receive':
      act(tapped, { type: 'receive', seen, note: null, by }, 'received');
      return;
    case 'accept':
      act(tapped, { type: 'accept', seen, note: null, by }, 'accepted');
      return;
    case 'reason': {
      const reason = READY_REASONS[reference.item];
      if (reason === undefined) refuse(tapped, talk.refused({ refused: 'unknown-button' }, 'reason'));
      else if (act(tapped, { type: 'reject', seen, reason, by }, 'noted') && talk.conversation.asking?.ask === 'reason') {
        talk.conversation = { ...talk.conversation, asking: null };
      }
      return;
    }
    case 'reject':
      if (!judged(tapped, 'reject')) return;
      talk.ask({ ask: 'reason', case: id, ...seen }, { index, suggestions: [...READY_REASONS] });
      talk.answer({ notice: 'tap-taken', what: 'asked' });
      return;
    case 'respond':
      if (!judged(tapped, 'respond')) return;
      talk.ask({ ask: 'response', case: id, ...seen }, { index });
      talk.answer({ notice: 'tap-taken', what: 'asked' });
      return;
    default: {
      if (!judged(tapped, 'announce')) return;
      const { now } = talk.situation;
      const [channel] = openChannels(tapped.subject.case, { now, office: tapped.subject.office, sop: tapped.subject.sop });
      // A step to publish that waits has a channel open: the last one done would have closed the case.
      if (channel === undefined) return refuse(tapped, talk.refused({ refused: 'unknown-button' }, 'announce'));
      talk.ask({ ask: 'link', case: id, ...seen, channel }, { index });
      talk.answer({ notice: 'tap-taken', what: 'asked' });
    }
  }
}

function whatItIs(tapped: Tapped): void {
  const { talk, reference, by } = tapped;
  const asking = talk.conversation.asking;
  if (asking?.ask !== 'what-is-it' || asking.case !== reference.case) {
    refuse(tapped, talk.refused({ refused: 'outdated', now: tapped.subject.case.state.status }, reference.action));
    return;
  }
  const { text, source } = asking;
  const command: Command =
    reference.action === 'asTitle'
      ? { type: 'title', title: text, by }
      : reference.action === 'asCaption'
        ? { type: 'caption', caption: { text, source }, by }
        : { type: 'narrate', narrative: { text, source }, by };
  if (act(tapped, command, 'noted')) {
    talk.conversation = { ...talk.conversation, asking: null };
    askNext(talk, false);
  }
}

function draftTap(tapped: Tapped): void {
  const { talk, reference, subject, by } = tapped;
  const { case: c, sop } = subject;
  const wasReady = isReady(c, sop);
  if (c.maker !== by) return refuse(tapped, talk.refused({ refused: 'not-the-maker' }, reference.action));
  const here = isOpen(c) && c.state.round === reference.round;
  if (!here) return refuse(tapped, talk.refused({ refused: 'outdated', now: c.state.status }, reference.action));
  const facts = { now: talk.situation.now, office: subject.office, sop };
  const edit = (part: 'title' | 'date' | 'caption' | 'narrative') => {
    talk.conversation = { ...talk.conversation, focus: c.id };
    askFor(talk, part);
    talk.answer({ notice: 'tap-taken', what: 'asked' });
  };
  switch (reference.action) {
    case 'handIn':
      if (act(tapped, { type: 'hand-in', seen: { round: reference.round }, by }, 'handed-in'))
        talk.conversation = { focus: null, asking: null };
      return;
    case 'today':
    case 'yesterday': {
      const eventDate = dayAfter(today(facts), reference.action === 'today' ? 0 : -1);
      act(tapped, { type: 'date', eventDate, by }, 'noted');
      return askNext(talk, wasReady);
    }
    case 'editTitle':
      return edit('title');
    case 'editDate':
      return edit('date');
    case 'editCaption':
      return edit('caption');
    case 'editNarrative':
      return edit('narrative');
    case 'editMedia': {
      const media = c.content.media.map(({ id, kind, name }) => ({ index: itemOf(id), kind, name: name ?? null }));
      talk.say({ notice: 'choose-media', named: named(c, subject.office), media, round: reference.round });
      return talk.answer({ notice: 'tap-taken', what: 'asked' });
    }
    case 'dropMedia': {
      const media = c.content.media.find(({ id }) => itemOf(id) === reference.item);
      if (!media) return refuse(tapped, talk.refused({ refused: 'outdated', now: c.state.status }, 'dropMedia'));
      act(tapped, { type: 'drop-media', media: media.id, by }, 'noted');
      return askNext(talk, wasReady);
    }
    case 'resume':
      talk.conversation = { focus: c.id, asking: null };
      talk.send({ out: 'show', to: { chat: talk.situation.heard.chat }, key: cardKey(tapped), fresh: true });
      talk.answer({ notice: 'tap-taken', what: 'resumed' });
      return askNext(talk, true);
    case 'chooseSop': {
      const sops = talk.situation.startable.filter(({ office }) => office.id === c.office).map(({ sop: { id, title } }) => ({ id, title }));
      talk.say({ notice: 'choose-sop', named: named(c, subject.office), sops });
      return talk.answer({ notice: 'tap-taken', what: 'asked' });
    }
    case 'startSop': {
      const chosen = talk.situation.startable.filter(({ office }) => office.id === c.office)[reference.item];
      if (!chosen) return refuse(tapped, talk.refused({ refused: 'unknown-button' }, 'startSop'));
      if (act(tapped, { type: 'choose-sop', sop: chosen.sop, by }, 'noted')) {
        talk.sop = chosen.sop;
        askNext(talk, wasReady);
      }
      return;
    }
    case 'cancel': {
      if (!act(tapped, { type: 'withdraw', by }, 'noted')) return;
      talk.say({ notice: 'cancelled', named: named(c, subject.office) });
      talk.conversation = { focus: null, asking: null };
      return;
    }
    default:
      return whatItIs(tapped);
  }
}

const DECISIONS = new Set(['receive', 'accept', 'reject', 'respond', 'reason', 'published']);

export function hearTap(talk: Talk): void {
  const { reference, subject } = talk.situation;
  if (reference === null || reference === 'forged') return talk.sayRefusal(talk.refused({ refused: 'unknown-button' }, 'tap'));
  const step = subject?.sop.steps[reference.step];
  if (!subject || !step) return talk.sayRefusal(talk.refused({ refused: 'unknown-button' }, reference.action));
  if (!talk.person) return talk.sayRefusal(talk.refused({ refused: 'stranger' }, reference.action));
  const seen = { step: step.id, round: reference.round, revision: reference.revision };
  const tapped = { talk, reference, subject, by: talk.person.id, seen };
  if (DECISIONS.has(reference.action)) decisionTap(tapped);
  else if (step.kind === 'prepare') draftTap(tapped);
  else talk.sayRefusal(talk.refused({ refused: 'unknown-button' }, reference.action));
}
