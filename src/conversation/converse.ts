// A message and where we are in; what comes of it out. Total: every message that can be heard has an ending.
import { readMonth } from '../calendar/month.ts';
import type { Case } from '../case/case.ts';
import { isOpen } from '../case/decide-collect.ts';
import { draftKey } from '../case/draft-key.ts';
import type { Notice } from '../case/outgoing.ts';
import type { Sop } from '../sop/sop.ts';
import { askNext, draftIndex, missingIn } from './asking.ts';
import { answerDeputy, dropDeputy, hearWakil } from './deputy-talk.ts';
import { sayExactly } from './exactly.ts';
import { hearMedia, openDraft } from './files.ts';
import { handOver, handOverAbsent } from './hand-over.ts';
import type { What } from './heard.ts';
import { sayOne, sayQueue, sayRegister, sayStatus } from './lists.ts';
import { commandOf, isCommandLike } from './lookup.ts';
import { restOf } from './piece.ts';
import { sayRecap } from './recap.ts';
import { hearRest } from './rest.ts';
import type { Outcome, Situation, Subject } from './situation.ts';
import { Talk } from './talk.ts';
import { hearTap } from './taps.ts';
import { hearAnswer, hearEdit } from './texts.ts';

function help(talk: Talk): Notice {
  const { roles, duties, answers } = talk.situation;
  const decider = duties.includes('decide') || duties.includes('receive');
  return {
    notice: 'help',
    roles,
    maker: duties.includes('prepare'),
    decider,
    publisher: duties.includes('publish'),
    ...(answers ? { answers } : {}),
  };
}

function privateOnly(talk: Talk, wanted: string): boolean {
  const here = talk.situation.heard.chatKind === 'group';
  if (here) talk.sayRefusal(talk.refused({ refused: 'private-only' }, wanted));
  return here;
}

/** What else there is to do than to go on with this draft; it can be dropped as long as it was never handed in and is nobody's task. */
function otherwise(talk: Talk, c: Case): Pick<Notice & { notice: 'draft-open' }, 'may'> {
  if (c.state.status === 'draft') return {};
  return { may: talk.situation.startable.length > 0 ? 'begin' : 'nothing' };
}

/** Other content is begun: this draft waits with everything in it, and what was asked about it is not asked any more. */
function setAside(talk: Talk, c: Case, sop: Sop): void {
  talk.sayOf((named) => ({ notice: 'set-aside', named, index: draftIndex(c, sop) }));
  const { asking } = talk.conversation;
  talk.conversation = { focus: null, asking: asking?.case === c.id ? null : asking };
}

function kirim(talk: Talk): void {
  // A draft lives where it was opened, and a group takes neither its files nor its texts.
  if (privateOnly(talk, 'open')) return;
  const { case: c, sop } = talk;
  if (c && sop && isOpen(c)) {
    const open = otherwise(talk, c);
    if (open.may !== 'begin') {
      talk.sayOf((named) => ({ notice: 'draft-open', named, ...open }));
      talk.send({ out: 'show', to: { chat: talk.situation.heard.chat }, key: draftKey(c, sop), fresh: true });
      talk.conversation = { focus: c.id, asking: null };
      return askNext(talk, true);
    }
    setAside(talk, c, sop);
  }
  if (openDraft(talk)) askNext(talk, false);
}

/** Drops the question that was asked, or else the draft that was never handed in. */
function batal(talk: Talk): void {
  if (talk.conversation.deputy) return dropDeputy(talk);
  const { asking } = talk.conversation;
  const { case: c, person, named } = talk;
  const ofReturned = asking && (c?.state.status === 'returned' || c?.state.status === 'making');
  // A reviewer's question, a change of what is there already, a text in hand: only that is dropped, not the draft around it.
  const ofChange =
    asking && c && talk.sop && (asking.ask === 'what-is-it' || !missingIn(c, talk.sop).some(({ part }) => part === asking.ask));
  if (ofReturned || ofChange || !c || !person || !isOpen(c)) {
    talk.conversation = { ...talk.conversation, asking: null };
    return talk.say(
      asking && named ? { notice: 'cancelled', named } : { notice: 'refusal', refusal: { refused: 'nothing-open' }, named: null },
    );
  }
  const { chat } = talk.situation.heard;
  // What he collects in his own chat is nothing that others see dropped, least of all by a word that was meant for something else.
  if ((c.home.channel !== chat.channel || c.home.id !== chat.id) && privateOnly(talk, 'withdraw')) return;
  // Refused for what was handed in before, or is a task: then it is said what can be done.
  if (talk.act({ type: 'withdraw', by: person.id }))
    return talk.sayOf((of) => ({ notice: 'draft-open', named: of, ...otherwise(talk, c) }));
  talk.conversation = { focus: null, asking: null };
  talk.sayOf((of) => ({ notice: 'cancelled', named: of }));
}

function enrolled(talk: Talk): void {
  // A code that is used where everybody reads it was not even looked up.
  if (privateOnly(talk, 'redeem')) return;
  const { redeemed } = talk.situation;
  if (redeemed?.redeemed !== 'yes') return talk.sayRefusal(talk.refused({ refused: 'unknown-code' }, 'redeem'));
  const { office, person } = redeemed.membership;
  talk.say({ notice: 'enrolled', office: office.name, name: person.name, roles: talk.situation.roles });
  // Whatever has been waiting for him is his from now on.
  handOver(talk, redeemed.waiting);
}

/** The number that he wrote, in each of his offices that has it. */
function sayNumbered(talk: Talk, subject: Subject): void {
  const { seen = [], alike = [] } = talk.situation;
  for (const one of [{ subject, seen }, ...alike]) sayOne(talk, one.subject, one.seen);
}

function hearCommand(talk: Talk, text: string): boolean {
  const found = commandOf(text);
  if (!found) return false;
  const { command, argument } = found;
  // Without its slash it is a word like any other in a group.
  if ((command === 'rekap' || command === 'daftar') && talk.situation.heard.chatKind === 'group' && !isCommandLike(text)) return false;
  switch (command) {
    case 'start':
    case 'daftar': {
      if (argument !== '') {
        enrolled(talk);
        break;
      }
      for (const { office, person } of talk.situation.memberships.slice(0, 1))
        talk.say({ notice: 'welcome', office: office.name, name: person.name, roles: talk.situation.roles });
      // What came while he had not begun, or could not be reached, comes now.
      handOverAbsent(talk);
      break;
    }
    case 'kirim':
      kirim(talk);
      break;
    case 'batal':
      batal(talk);
      break;
    case 'antrean':
      sayQueue(talk);
      break;
    case 'register':
      if (argument !== '' && readMonth(argument) === null) talk.say({ notice: 'no-month', command });
      else sayRegister(talk);
      break;
    case 'rekap':
      sayRecap(talk);
      break;
    case 'wakil':
      hearWakil(talk, argument);
      break;
    case 'bantuan':
      talk.say(help(talk));
      break;
    case 'status':
      if (argument === '') sayStatus(talk);
      else if (talk.situation.subject) sayNumbered(talk, talk.situation.subject);
      else talk.sayRefusal(talk.refused({ refused: 'nothing-open' }, 'status'));
  }
  return true;
}

function stranger(talk: Talk): Outcome {
  const { heard } = talk.situation;
  const { what } = heard;
  talk.refused({ refused: 'stranger' }, what.kind);
  if (talk.situation.told) return talk.outcome('done');
  if (what.kind === 'tap' && (!what.spoken || heard.chatKind === 'private')) talk.answer({ notice: 'stranger' }, true);
  else if (
    heard.chatKind === 'private' &&
    what.kind === 'text' &&
    (commandOf(what.text)?.argument ?? '') !== '' &&
    talk.situation.redeemed
  ) {
    talk.say({ notice: 'stranger', code: true });
  } else if (heard.chatKind === 'private' && what.kind !== 'edited' && what.kind !== 'tap') talk.say({ notice: 'stranger' });
  return talk.outcome('done');
}

function hearText(talk: Talk, what: What & { kind: 'text' }): void {
  const { heard, conversation } = talk.situation;
  if (hearCommand(talk, what.text)) return;
  const rest = restOf(heard, conversation);
  if (rest && hearRest(talk, rest, what)) return;
  // In a group only an answer to our own question is meant for us: what answers a colleague is not.
  if (heard.chatKind === 'group' && (!what.toUs || !conversation.asking)) return;
  if (isCommandLike(what.text)) return talk.say({ notice: 'not-understood' });
  const { deputy } = talk.conversation;
  if (deputy && heard.chatKind === 'private') return answerDeputy(talk, deputy, what.text);
  hearAnswer(talk, what);
}

export function converse(situation: Situation): Outcome {
  const talk = new Talk(situation);
  const { heard, memberships } = situation;
  const { what } = heard;
  if (what.kind === 'nothing' || what.kind === 'moved') return talk.outcome('ignored');
  if (what.kind === 'blocked') {
    // Let back in: as with first words, he gets what could not reach him.
    if (situation.firstWords) handOverAbsent(talk);
    return talk.outcome('ignored');
  }
  // A channel, an anonymous admin or another bot is nobody: only its taps are answered.
  if (heard.from === null || memberships.length === 0) {
    return heard.from === null && what.kind !== 'tap' ? talk.outcome('ignored') : stranger(talk);
  }
  switch (what.kind) {
    case 'tap':
      hearTap(talk);
      break;
    case 'text':
      hearText(talk, what);
      break;
    case 'media':
      if (heard.chatKind === 'private' || what.toUs) hearMedia(talk, what);
      break;
    case 'edited':
      hearEdit(talk, what);
      break;
    case 'unclear':
      talk.say(sayExactly(what));
      break;
    case 'unsupported':
      if (heard.chatKind === 'private') talk.say({ notice: 'unsupported', name: what.name });
  }
  if (situation.firstWords) handOverAbsent(talk);
  return talk.outcome('done');
}
