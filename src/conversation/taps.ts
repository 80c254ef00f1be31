// A tapped button: what it refers to is looked up and judged now; the button itself carries no authority.

import { DETAIL_PARTS, type DetailPart } from '../case/case.ts';
import type { Command } from '../case/command.ts';
import { isOpen } from '../case/decide-collect.ts';
import { indexOf, named } from '../case/facts.ts';
import type { Question } from '../case/outgoing.ts';
import { READY_REASONS } from '../case/reasons.ts';
import { INFORMATION_CLASSES } from '../draft/information-class.ts';
import { askFor, askNext, candidates, isReady } from './asking.ts';
import { dayMeant } from './day-meant.ts';
import { hearDeputyTap, isDeputyTap } from './deputy-talk.ts';
import { itemOf } from './reference.ts';
import { stepTap } from './step-taps.ts';
import { SUPERVISING, supervisorTap } from './supervising.ts';
import type { Talk } from './talk.ts';
import { act, cardKey, judged, refuse, type Taken, type Tapped } from './tapped.ts';
import { hearAnswer } from './texts.ts';
import { sayUnused } from './unused.ts';

/** The text came along with the tap: it answers the question before it is asked. One that does not fit has it asked. */
function saidAtOnce({ talk }: Tapped, question: Question, what: Taken): boolean {
  const { spokenText: text, case: before } = talk;
  if (text === null) return false;
  talk.conversation = { ...talk.conversation, asking: question };
  hearAnswer(talk, { text, message: '' });
  if (talk.case !== before) talk.answer({ notice: 'tap-taken', what });
  return true;
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
      if (saidAtOnce(tapped, { ask: 'reason', case: id, ...seen }, 'rejected')) return;
      talk.ask({ ask: 'reason', case: id, ...seen }, { index, suggestions: [...READY_REASONS] });
      talk.answer({ notice: 'tap-taken', what: 'asked' });
      return;
    case 'respond':
      if (!judged(tapped, 'respond')) return;
      if (saidAtOnce(tapped, { ask: 'response', case: id, ...seen }, 'noted')) return;
      talk.ask({ ask: 'response', case: id, ...seen }, { index });
      talk.answer({ notice: 'tap-taken', what: 'asked' });
      return;
    default:
      stepTap(tapped);
  }
}

function whatItIs(tapped: Tapped): void {
  const { talk, reference, by } = tapped;
  const asking = talk.conversation.asking;
  if (asking?.ask !== 'what-is-it' || asking.case !== reference.case || itemOf(asking.source) !== reference.item) {
    refuse(tapped, talk.refused({ refused: 'text-gone' }, reference.action));
    return;
  }
  const { text, source, pieces } = asking;
  const command: Command =
    reference.action === 'asTitle'
      ? { type: 'title', title: text, by }
      : reference.action === 'asCaption'
        ? { type: 'caption', caption: { text, source }, by }
        : { type: 'narrate', narrative: { text, source, ...(pieces ? { pieces } : {}) }, by };
  if (act(tapped, command, 'noted')) {
    talk.conversation = { ...talk.conversation, asking: null };
    askNext(talk, false);
  }
}

/** Buttons on messages that know the case only. */
const OF_WHOLE_CASE = new Set(['resume', 'startSop']);

function draftTap(tapped: Tapped): void {
  const { talk, reference, subject, by } = tapped;
  const { case: c, sop } = subject;
  const wasReady = isReady(c, sop);
  if (c.maker !== by) return refuse(tapped, talk.refused({ refused: 'not-the-maker' }, reference.action));
  const here =
    isOpen(c) &&
    c.state.round === reference.round &&
    (indexOf(sop, c.state.step) === reference.step || OF_WHOLE_CASE.has(reference.action));
  if (!here) return refuse(tapped, talk.refused({ refused: 'outdated', now: c.state.status }, reference.action));
  const edit = (part: 'title' | 'date' | 'caption' | 'narrative' | DetailPart) => {
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
      const eventDate = dayMeant(talk.situation.heard, reference, subject.office);
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
    case 'editDetail': {
      const part = DETAIL_PARTS[reference.item];
      return part === undefined ? refuse(tapped, talk.refused({ refused: 'unknown-button' }, 'editDetail')) : edit(part);
    }
    case 'informationClass':
    case 'assignee': {
      const part = reference.action === 'assignee' ? 'assignee' : 'class';
      const text = part === 'assignee' ? candidates(talk)[reference.item]?.id : INFORMATION_CLASSES[reference.item];
      if (act(tapped, { type: 'detail', part, text: text ?? '', by }, 'noted')) askNext(talk, wasReady);
      return;
    }
    case 'assign':
      if (act(tapped, { type: 'assign', seen: { round: reference.round }, by }, 'assigned'))
        talk.conversation = { focus: null, asking: null };
      return;
    case 'editMedia': {
      const media = c.content.media.map(({ id, kind, name }) => ({ index: itemOf(id), kind, name: name ?? null }));
      talk.say({ notice: 'choose-media', named: named(c, subject.office), media, round: reference.round, step: reference.step });
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
        sayUnused(talk, c, chosen.sop);
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

const OF_STEPS = ['published', 'take', 'repair', 'schedule', 'scheduleAnyway', 'channel', 'form', 'waive', 'finish', 'view'];
const DECISIONS = new Set(['receive', 'accept', 'reject', 'respond', 'reason', ...OF_STEPS]);

export function hearTap(talk: Talk): void {
  const { reference, subject } = talk.situation;
  if (reference === null || reference === 'forged') return talk.sayRefusal(talk.refused({ refused: 'unknown-button' }, 'tap'));
  if (isDeputyTap(talk, reference)) return hearDeputyTap(talk, reference);
  const step = subject?.sop.steps[reference.step];
  if (!subject || !step) return talk.sayRefusal(talk.refused({ refused: 'unknown-button' }, reference.action));
  if (!talk.person) return talk.sayRefusal(talk.refused({ refused: 'stranger' }, reference.action));
  const seen = { step: step.id, round: reference.round, revision: reference.revision };
  const tapped = { talk, reference, subject, by: talk.person.id, seen };
  if (SUPERVISING.has(reference.action)) supervisorTap(tapped);
  else if (DECISIONS.has(reference.action)) decisionTap(tapped);
  else if (step.kind === 'prepare' || step.kind === 'assign') draftTap(tapped);
  else talk.sayRefusal(talk.refused({ refused: 'unknown-button' }, reference.action));
}
