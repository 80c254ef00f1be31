// A text: a command, or the answer to the question just asked; otherwise it is asked what it is.
import type { Case, CaseId } from '../case/case.ts';
import type { Command, Refusal } from '../case/command.ts';
import { openChannels } from '../case/decide-announce.ts';
import { isOpen } from '../case/decide-collect.ts';
import { indexOf, stepAt } from '../case/facts.ts';
import type { Question } from '../case/outgoing.ts';
import { readDate } from '../draft/date.ts';
import { readLink } from '../draft/link.ts';
import type { Sop } from '../sop/sop.ts';
import { tidy } from '../text/tidy.ts';
import { answerDetail, answerForm, answerRepair, answerSchedule, answerWaive } from './answers.ts';
import { askNext, isReady, missingIn } from './asking.ts';
import { dayOfMessage } from './day-meant.ts';
import type { What } from './heard.ts';
import { keepPiece } from './rest.ts';
import type { Said } from './said.ts';
import { refuseAnswer } from './said.ts';
import type { Talk } from './talk.ts';

function contentCommand(talk: Talk, ask: 'title' | 'date' | 'caption' | 'narrative', said: Said, by: string): Command | Refusal {
  const { text, message: source } = said;
  switch (ask) {
    case 'title':
      return { type: 'title', title: text, by };
    case 'caption':
      return { type: 'caption', caption: { text, source }, by };
    case 'narrative':
      return { type: 'narrate', narrative: { text, source }, by };
    case 'date': {
      const { heard } = talk.situation;
      const eventDate = talk.office ? readDate(tidy(text), dayOfMessage(heard, talk.office)) : null;
      return eventDate === null ? { refused: 'date-unclear' } : { type: 'date', eventDate, by };
    }
  }
}

function answerContent(talk: Talk, id: CaseId, ask: 'title' | 'date' | 'caption' | 'narrative', said: Said, by: string): void {
  const wasReady = talk.case !== null && talk.sop !== null && isReady(talk.case, talk.sop);
  const command = contentCommand(talk, ask, said, by);
  const refusal = 'refused' in command ? talk.refused(command, ask) : talk.act(command);
  if (refusal) return refuseAnswer(talk, refusal);
  askNext(talk, wasReady);
  if (ask === 'narrative') keepPiece(talk, id, said, { part: 'narrative' });
}

function answerReason(talk: Talk, asking: Question & { ask: 'reason' }, said: Said, by: string): void {
  const { step, round, revision } = asking;
  const refusal = talk.act({ type: 'reject', seen: { step, round, revision }, reason: said.text, by });
  if (refusal?.refused === 'reason-length') return refuseAnswer(talk, refusal);
  talk.conversation = { ...talk.conversation, asking: null };
  if (refusal) return talk.say({ notice: 'refusal', refusal, named: talk.named });
  // Where a changed card makes no sound, the decision is confirmed like one in words.
  if (talk.situation.heard.chat.channel === 'whatsapp') talk.sayOf((named) => ({ notice: 'tap-taken', what: 'rejected', named }));
}

function answerResponse(talk: Talk, asking: Question & { ask: 'response' }, said: Said, by: string): void {
  const { step, round, revision } = asking;
  const refusal = talk.act({ type: 'respond', seen: { step, round, revision }, text: said.text, by });
  if (refusal?.refused === 'response-length') return refuseAnswer(talk, refusal);
  talk.conversation = { ...talk.conversation, asking: null };
  if (refusal) return talk.say({ notice: 'refusal', refusal, named: talk.named });
  const at = talk.sop && stepAt(talk.sop, step);
  const accept = at?.kind === 'decide' ? at.labels.accept : 'DITERIMA';
  talk.sayOf((named) => ({ notice: 'response-noted', named, accept }));
}

/** The next channel that is still open, or none. */
export function askNextChannel(talk: Talk, asking: Question & { ask: 'link' }): void {
  const { case: c, office, sop } = talk;
  talk.conversation = { ...talk.conversation, asking: null };
  if (!c || !office || !sop) return;
  const waiting = c.proofs.filter(({ state }) => state === 'pending').map(({ proofOf }) => proofOf);
  const facts = { now: talk.situation.now, office, sop };
  const { step, round, revision } = asking;
  // Where one channel is enough, the next one is its publisher's own wish.
  const at = stepAt(sop, step);
  if (at.kind === 'publish' && at.channelsNeeded === 'any') return;
  const next = openChannels(c, facts).find((channel) => !waiting.includes(channel));
  if (next === undefined) return;
  talk.ask({ ...asking, channel: next }, { index: { step: indexOf(sop, step), round, revision } });
}

function answerLink(talk: Talk, asking: Question & { ask: 'link' }, said: Said, by: string): void {
  const link = readLink(tidy(said.text));
  if (link === null) return refuseAnswer(talk, talk.refused({ refused: 'link-unclear' }, 'announce'));
  const { step, round, revision, channel } = asking;
  const refusal = talk.act({ type: 'announce', seen: { step, round, revision }, channel, link, proof: null, by });
  if (refusal) {
    talk.conversation = { ...talk.conversation, asking: null };
    return talk.say({ notice: 'refusal', refusal, named: talk.named });
  }
  askNextChannel(talk, asking);
}

/** The only text that is still missing, when it is just one. */
function onlyTextMissing(c: Case, sop: Sop): 'caption' | 'narrative' | null {
  const parts = missingIn(c, sop).map(({ part }) => part);
  const [caption, narrative] = [parts.includes('caption'), parts.includes('narrative')];
  if (caption === narrative || parts.includes('title') || parts.includes('date')) return null;
  return caption ? 'caption' : 'narrative';
}

function unasked(talk: Talk, said: Said, by: string): void {
  const text = tidy(said.text);
  if (text === '') return;
  const { case: c, sop } = talk;
  // A task has no content of its own to put an unasked text into.
  if (!c || !sop || !isOpen(c) || stepAt(sop, c.state.step).kind === 'assign') return talk.say({ notice: 'not-understood' });
  const only = onlyTextMissing(c, sop);
  if (only !== null) return answerContent(talk, c.id, only, said, by);
  const index = { step: indexOf(sop, c.state.step), round: c.state.round, revision: c.revisions.length };
  talk.conversation = { ...talk.conversation, focus: c.id };
  talk.ask({ ask: 'what-is-it', case: c.id, text, source: said.message }, { index });
  keepPiece(talk, c.id, said, { part: 'in-hand' });
}

export function hearAnswer(talk: Talk, said: Said): void {
  const { person } = talk;
  const { asking } = talk.conversation;
  if (!person) return;
  const by = person.id;
  if (!asking || asking.case !== talk.case?.id) return unasked(talk, said, by);
  switch (asking.ask) {
    case 'title':
    case 'date':
    case 'caption':
    case 'narrative':
      return answerContent(talk, asking.case, asking.ask, said, by);
    case 'reason':
      return answerReason(talk, asking, said, by);
    case 'response':
      return answerResponse(talk, asking, said, by);
    case 'link':
      return answerLink(talk, asking, said, by);
    case 'class':
    case 'dip':
    case 'sk':
    case 'source':
    case 'disposition':
    case 'assignee':
      return answerDetail(talk, asking.ask, said, by);
    case 'repair':
      return answerRepair(talk, asking, said, by);
    case 'schedule':
      return answerSchedule(talk, asking, said, by);
    case 'form':
      return answerForm(talk, asking, said, by);
    case 'waive':
      return answerWaive(talk, asking, said, by);
    case 'media':
    case 'what-is-it':
      return unasked(talk, said, by);
  }
}

/** An edited message changes an open draft; what has been handed in stays as it was. */
export function hearEdit(talk: Talk, { message, text, field }: What & { kind: 'edited' }): void {
  const { case: c, person, conversation } = talk;
  if (!c || !person) return;
  const { caption, narrative } = c.content;
  const isPiece = narrative?.pieces?.includes(message) === true;
  const answers = field === 'caption' && conversation.asking?.ask === 'caption' && tidy(text) !== '';
  const part = caption?.source === message || answers ? 'caption' : narrative?.source === message || isPiece ? 'narrative' : null;
  if (part === null) return;
  if (!isOpen(c)) return talk.sayOf((named) => ({ notice: 'edit-ignored', named }));
  // It holds a part only: the rest would be lost.
  if (isPiece) return refuseAnswer(talk, talk.refused({ refused: 'edited-piece' }, 'edit'));
  const content = { text, source: message };
  const refusal = talk.act(
    part === 'caption' ? { type: 'caption', caption: content, by: person.id } : { type: 'narrate', narrative: content, by: person.id },
  );
  if (refusal) return refuseAnswer(talk, refusal);
  if (answers) askNext(talk, false);
}
