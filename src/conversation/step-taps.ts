// Taps on a step's card that are no decision: taking a task, repairing, scheduling, publishing channel by channel.
import { formsWanted, isOffline, openChannels } from '../case/decide-announce.ts';
import { mayWaive } from '../case/decide-publish.ts';
import { mayRepair } from '../case/decide-task.ts';
import { type Facts, stepAt } from '../case/facts.ts';
import { materialFor } from '../case/material.ts';
import type { Question } from '../case/outgoing.ts';
import { waitingCard } from '../case/seen.ts';
import { rolesOf } from '../office/deputies.ts';
import { type Chat, isSupervisor } from '../office/office.ts';
import type { PublishStep } from '../sop/sop.ts';
import { chosen } from './answers.ts';
import { askNext } from './asking.ts';
import type { Talk } from './talk.ts';
import { act, judged, refuse, type Tapped } from './tapped.ts';
import { hearAnswer } from './texts.ts';

function factsOf({ talk, subject: { office, sop } }: Tapped): Facts {
  return { now: talk.situation.now, office, sop };
}

function unknown(tapped: Tapped): void {
  refuse(tapped, tapped.talk.refused({ refused: 'unknown-button' }, tapped.reference.action));
}

function ask(tapped: Tapped, question: Question, more: Parameters<Talk['ask']>[1] = {}): void {
  const { talk, reference } = tapped;
  const { spokenText: text } = talk;
  // The link came along with the words: it answers the question before it is asked.
  if (text !== null) {
    talk.conversation = { ...talk.conversation, asking: question };
    return hearAnswer(talk, { text, message: '' });
  }
  talk.ask(question, { index: { round: reference.round, revision: reference.revision, step: reference.step }, ...more });
  talk.answer({ notice: 'tap-taken', what: 'asked' });
}

/** A bot's private chat with a person has the person's own id. */
function privateChat({ heard }: Talk['situation']): Chat {
  return heard.chatKind === 'private' || heard.from === null ? heard.chat : { channel: heard.chat.channel, id: heard.from.id };
}

function take(tapped: Tapped): void {
  const { talk, seen, by } = tapped;
  const home = privateChat(talk.situation);
  // His draft would stand in a chat that he has not opened.
  if (talk.situation.unwritten) return refuse(tapped, talk.refused({ refused: 'write-first' }, 'take'));
  if (!act(tapped, { type: 'take', seen, home, by }, 'taken')) return;
  // In a group nothing is asked: the draft's card stands in his own chat now.
  if (talk.situation.heard.chatKind === 'private') {
    talk.conversation = { focus: tapped.reference.case, asking: null };
    askNext(talk, false);
  }
}

function repair(tapped: Tapped): void {
  if (!judged(tapped, 'repair')) return;
  if (!mayRepair(tapped.subject.case, factsOf(tapped))) return unknown(tapped);
  const part = tapped.reference.item === 1 ? 'caption' : 'narrative';
  ask(tapped, { ask: 'repair', case: tapped.reference.case, ...tapped.seen, part });
}

function scheduling(tapped: Tapped): void {
  const { talk, reference, seen, by } = tapped;
  if (!judged(tapped, 'schedule')) return;
  const id = reference.case;
  if (reference.action === 'schedule') return ask(tapped, { ask: 'schedule', case: id, ...seen, proposed: null });
  const { asking } = talk.conversation;
  // The time that was asked about is kept in the question, not in the button.
  if (asking?.ask !== 'schedule' || asking.case !== id || asking.proposed === null) return unknown(tapped);
  chosen(talk, asking, asking.proposed, by);
  talk.answer({ notice: 'tap-taken', what: 'noted' });
}

/** Where one channel is enough, one with a link comes first and the others may be picked. */
function askLink(tapped: Tapped, step: PublishStep, wanted?: string): void {
  const { reference, seen, subject } = tapped;
  const open = openChannels(subject.case, factsOf(tapped));
  const any = step.channelsNeeded === 'any';
  const first = (any ? open.find((channel) => !isOffline(channel)) : undefined) ?? open[0];
  const channel = open.find((one) => one === wanted) ?? first;
  // A step to publish that waits has a channel open: the last one done would have closed the case.
  if (channel === undefined) return unknown(tapped);
  const others = any ? open.filter((one) => one !== channel) : [];
  const channels = others.map((one) => ({ item: step.channels.indexOf(one), channel: one }));
  ask(tapped, { ask: 'link', case: reference.case, ...seen, channel }, channels.length > 0 ? { channels } : {});
}

function publishing(tapped: Tapped): void {
  const { talk, reference, seen, subject, by } = tapped;
  const id = reference.case;
  if (!judged(tapped, 'announce')) return;
  const facts = factsOf(tapped);
  const step = subject.sop.steps[reference.step];
  if (step?.kind !== 'publish') return unknown(tapped);
  if (reference.action === 'finish') {
    act(tapped, { type: 'finish', seen, by }, 'noted');
    return;
  }
  if (reference.action === 'form') {
    const form = step.accessibility?.forms[reference.item];
    return form === undefined ? unknown(tapped) : ask(tapped, { ask: 'form', case: id, ...seen, form });
  }
  if (reference.action === 'waive') {
    const channel = step.channels[reference.item];
    if (channel === undefined || !openChannels(subject.case, facts).includes(channel)) return unknown(tapped);
    if (!mayWaive(subject.case, channel, facts)) return refuse(tapped, talk.refused({ refused: 'last-channel' }, 'waive'));
    return ask(tapped, { ask: 'waive', case: id, ...seen, channel });
  }
  const wanted = formsWanted(subject.case, facts);
  if (wanted) return refuse(tapped, talk.refused(wanted, 'announce'));
  askLink(tapped, step, reference.action === 'channel' ? step.channels[reference.item] : undefined);
}

/** The files and texts once more, for those whose turn it is and for supervisors. */
function view(tapped: Tapped): void {
  const { talk, subject, seen, by } = tapped;
  const { case: c, office } = subject;
  const card = waitingCard(c, factsOf(tapped));
  if (!card || card.place.step !== seen.step || card.place.round !== seen.round)
    return refuse(tapped, talk.refused({ refused: 'outdated', now: c.state.status }, 'view'));
  if (!card.people.includes(by) && !isSupervisor(office, by)) {
    const needed = stepAt(subject.sop, seen.step).role;
    const yours = rolesOf(office, by, talk.situation.now);
    return refuse(tapped, talk.refused({ refused: 'not-your-role', needed, yours }, 'view'));
  }
  talk.send(...materialFor(c, card.place, { chat: talk.situation.heard.chat }));
  talk.answer({ notice: 'tap-taken', what: 'shown' });
}

export function stepTap(tapped: Tapped): void {
  switch (tapped.reference.action) {
    case 'take':
      return take(tapped);
    case 'view':
      return view(tapped);
    case 'repair':
      return repair(tapped);
    case 'schedule':
    case 'scheduleAnyway':
      return scheduling(tapped);
    default:
      return publishing(tapped);
  }
}
