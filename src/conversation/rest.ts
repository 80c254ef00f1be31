// The rest of a text that the platform had cut, put together with what came before it.
import { type Case, type CaseId, revisionOf, type Text } from '../case/case.ts';
import type { Refusal } from '../case/command.ts';
import { isOpen } from '../case/decide-collect.ts';
import type { Question } from '../case/outgoing.ts';
import { readClass } from '../draft/information-class.ts';
import type { Sop } from '../sop/sop.ts';
import { tidy } from '../text/tidy.ts';
import { askNext, draftIndex, isReady } from './asking.ts';
import { PIECE_MIN, type Piece, TEXT_MAX } from './piece.ts';
import { refuseAnswer, type Said } from './said.ts';
import type { Talk } from './talk.ts';

/** Remembers a text that is long enough to have been cut. Only Telegram cuts below the length that we take. */
export function keepPiece(talk: Talk, id: CaseId, said: Said, into: Piece['into'], before: readonly string[] = []): void {
  const { chat, at } = talk.situation.heard;
  if (chat.channel !== 'telegram' || said.text.length < PIECE_MIN) return;
  const cut = said.text.length === TEXT_MAX || [...said.text].length === TEXT_MAX;
  talk.conversation = { ...talk.conversation, piece: { case: id, into, messages: [...before, said.message], cut, at } };
}

/** What stands there of it; `null` when it has been changed meanwhile. */
function standing(c: Case, asking: Question | null, { into, messages }: Piece): string | null {
  const last = messages.at(-1);
  switch (into.part) {
    case 'repair': {
      const revision = revisionOf(c);
      return revision?.revision === into.revision ? revision.narrative : null;
    }
    case 'in-hand':
      return asking?.ask === 'what-is-it' && asking.source === last ? asking.text : null;
    case 'narrative': {
      const { narrative } = c.content;
      return narrative && isOpen(c) && narrative.source === last ? narrative.text : null;
    }
  }
}

function take(talk: Talk, into: Piece['into'], c: Case, sop: Sop, text: Required<Text>, by: string): Refusal | null {
  switch (into.part) {
    case 'repair': {
      const { step, round, revision } = into;
      return talk.act({ type: 'repair', seen: { step, round, revision }, part: 'narrative', text, by });
    }
    case 'in-hand':
      talk.ask({ ask: 'what-is-it', case: c.id, ...text }, { index: draftIndex(c, sop) });
      return null;
    case 'narrative': {
      const wasReady = isReady(c, sop);
      const refusal = talk.act({ type: 'narrate', narrative: text, by });
      if (!refusal) askNext(talk, wasReady);
      return refusal;
    }
  }
}

/** Asks for the whole text once more: the next one is the better one. */
function again(into: Piece['into'], id: CaseId): Question {
  if (into.part !== 'repair') return { ask: 'narrative', case: id };
  const { step, round, revision } = into;
  return { ask: 'repair', case: id, step, round, revision, part: 'narrative' };
}

/** Takes the text as the rest, whatever has been asked meanwhile; `false` when it is none. */
export function hearRest(talk: Talk, piece: Piece, said: Said): boolean {
  const { case: c, sop, person } = talk;
  const { asking } = talk.conversation;
  if (!c || !sop || !person || c.id !== piece.case) return false;
  // A class is one of four words: no narrative ends with one alone.
  if (asking?.ask === 'class' && readClass(said.text) !== null) return false;
  const { into } = piece;
  const messages = [...piece.messages, said.message];
  const over: Piece = { ...piece, messages, at: talk.situation.heard.at, over: true };
  if (piece.over) {
    talk.conversation = { ...talk.conversation, piece: over };
    return true;
  }
  const before = standing(c, asking, piece);
  if (before === null) return false;
  const text = { text: `${before}${piece.cut ? '' : ' '}${tidy(said.text)}`, source: said.message, pieces: messages };
  const refusal = take(talk, into, c, sop, text, person.id);
  if (refusal === null) {
    keepPiece(talk, c.id, said, into.part === 'repair' ? { ...into, revision: into.revision + 1 } : into, piece.messages);
    return true;
  }
  if (refusal.refused === 'narrative-length') talk.conversation = { ...talk.conversation, asking: again(into, c.id), piece: over };
  refuseAnswer(talk, refusal);
  return true;
}
