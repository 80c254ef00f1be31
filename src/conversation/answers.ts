// Answers to what only some SOPs ask: details of the content, a repaired text, a schedule, an accessible form, a reason for leaving a channel out.
import { calendarOf } from '../calendar/calendar.ts';
import type { DetailPart } from '../case/case.ts';
import type { Command, Refusal } from '../case/command.ts';
import { indexOf } from '../case/facts.ts';
import type { Question } from '../case/outgoing.ts';
import { readClass } from '../draft/information-class.ts';
import { readSchedule, unusual } from '../draft/schedule.ts';
import { tidy, tidyLine } from '../text/tidy.ts';
import type { Instant } from '../time.ts';
import { askNext, candidates, isReady } from './asking.ts';
import { dayOfMessage } from './day-meant.ts';
import { keepPiece } from './rest.ts';
import { refuseAnswer, type Said } from './said.ts';
import type { Talk } from './talk.ts';

type Asked<K extends Question['ask']> = Extract<Question, { ask: K }>;

/** The person a written name means: all of it, or a part that only one of them has. */
function named(talk: Talk, text: string): string | null {
  const wanted = tidyLine(text).toLowerCase();
  const all = candidates(talk);
  const whole = all.filter(({ name }) => name.toLowerCase() === wanted);
  const part = all.filter(({ name }) => wanted !== '' && name.toLowerCase().includes(wanted));
  return (whole.length === 1 ? whole[0] : part.length === 1 ? part[0] : undefined)?.id ?? null;
}

function detailCommand(talk: Talk, part: DetailPart, text: string, by: string): Command | Refusal {
  if (part === 'class') {
    const found = readClass(text);
    return found === null ? { refused: 'class-unclear' } : { type: 'detail', part, text: found, by };
  }
  if (part !== 'assignee') return { type: 'detail', part, text, by };
  const person = named(talk, text);
  if (person !== null) return { type: 'detail', part, text: person, by };
  return { refused: 'assignee-unclear', candidates: candidates(talk).map(({ name }) => name) };
}

export function answerDetail(talk: Talk, part: DetailPart, said: Said, by: string): void {
  const wasReady = talk.case !== null && talk.sop !== null && isReady(talk.case, talk.sop);
  const command = detailCommand(talk, part, said.text, by);
  const refusal = 'refused' in command ? talk.refused(command, part) : talk.act(command);
  if (refusal) return refuseAnswer(talk, refusal);
  askNext(talk, wasReady);
}

/** Refusals that a better answer repairs; all others end the question. */
const AGAIN = new Set<Refusal['refused']>([
  'caption-length',
  'caption-empty',
  'narrative-length',
  'narrative-empty',
  'narrative-is-caption',
  'schedule-past',
  'reason-length',
  'response-length',
]);

function end(talk: Talk, refusal: Refusal | null): void {
  if (refusal && AGAIN.has(refusal.refused)) return refuseAnswer(talk, refusal);
  talk.conversation = { ...talk.conversation, asking: null };
  if (refusal) refuseAnswer(talk, refusal);
}

function seenIn({ step, round, revision }: { step: string; round: number; revision: number }) {
  return { step, round, revision };
}

export function answerRepair(talk: Talk, asking: Asked<'repair'>, said: Said, by: string): void {
  const text = { text: said.text, source: said.message };
  const refusal = talk.act({ type: 'repair', seen: seenIn(asking), part: asking.part, text, by });
  end(talk, refusal);
  if (refusal || asking.part !== 'narrative') return;
  const { case: id, step, round, revision } = asking;
  keepPiece(talk, id, said, { part: 'repair', step, round, revision: revision + 1 });
}

export function answerForm(talk: Talk, asking: Asked<'form'>, said: Said, by: string): void {
  end(talk, talk.act({ type: 'provide-form', seen: seenIn(asking), form: asking.form, text: said.text, by }));
}

export function answerWaive(talk: Talk, asking: Asked<'waive'>, said: Said, by: string): void {
  end(talk, talk.act({ type: 'waive', seen: seenIn(asking), channel: asking.channel, reason: said.text, by }));
}

/** A time that may be a slip (a free day, the night) is asked about once more before it holds. */
export function answerSchedule(talk: Talk, asking: Asked<'schedule'>, said: Said, by: string): void {
  const { office, sop, situation } = talk;
  if (!office || !sop) return;
  const calendar = calendarOf(office);
  const schedule = readSchedule(tidy(said.text), situation.now, dayOfMessage(situation.heard, office), calendar);
  if (schedule === null) return refuseAnswer(talk, talk.refused({ refused: 'schedule-unclear' }, 'schedule'));
  const strange = schedule > situation.now ? unusual(schedule, calendar) : null;
  if (strange === null) return chosen(talk, asking, schedule, by);
  const index = { step: indexOf(sop, asking.step), round: asking.round, revision: asking.revision };
  talk.ask({ ...asking, proposed: schedule }, { index, unusual: strange });
}

export function chosen(talk: Talk, asking: Asked<'schedule'>, schedule: Instant, by: string): void {
  end(talk, talk.act({ type: 'schedule', seen: seenIn(asking), schedule, by }));
}
