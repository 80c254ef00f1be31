// Given what happened, when somebody wants something, then this happens or is refused: the rules of a case in one sentence.
import { expect } from 'vitest';
import type { Case, CaseEvent, EventType } from '../../src/case/case.ts';
import type { Command, Refusal } from '../../src/case/command.ts';
import { decide } from '../../src/case/decide.ts';
import { evolve } from '../../src/case/evolve.ts';
import type { Notice, Outgoing } from '../../src/case/outgoing.ts';
import type { DecideFacts } from '../../src/case/ruling.ts';
import { turn } from '../../src/case/turn.ts';
import type { Sop, Step } from '../../src/sop/sop.ts';
import { FRIDAY_9, MEDSOS, sampleOffice, sopNamed } from './sample-office.ts';

export const SOP = sopNamed(MEDSOS);
export const CASE = '00000000-0000-4000-8000-000000000001';
export const HOME = { channel: 'telegram', id: '1001' } as const;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const REASON = 'Foto kurang jelas atau buram';

export function factsAt(now = FRIDAY_9, more: Partial<DecideFacts> = {}): DecideFacts {
  return { now, office: sampleOffice(), sop: SOP, serial: 1, ...more };
}

/** The SOP with one step changed. */
export function withStep(id: string, change: Partial<Step>, sop: Sop = SOP): Sop {
  return { ...sop, steps: sop.steps.map((step) => (step.id === id ? ({ ...step, ...change } as Step) : step)) };
}

export function caseOf(events: CaseEvent[]): Case {
  const c = events.reduce<Case | null>(evolve, null);
  if (!c) throw new Error('nothing has happened');
  return c;
}

/** What happens when these are wanted one after the other, a minute apart; none may be refused. */
export function history(commands: Command[], facts: DecideFacts = factsAt(), before: CaseEvent[] = []): CaseEvent[] {
  const events = [...before];
  for (const [i, command] of commands.entries()) {
    const ruling = decide(events.reduce<Case | null>(evolve, null), command, { ...facts, now: facts.now + i * MINUTE });
    if (!ruling.ok) throw new Error(`${command.type}: ${JSON.stringify(ruling.refusal)}`);
    events.push(...ruling.events);
  }
  return events;
}

type Expected = EventType | (Partial<CaseEvent> & { type: EventType });

class When {
  private readonly before: Case | null;
  private readonly command: Command;
  private readonly facts: DecideFacts;

  constructor(before: Case | null, command: Command, facts: DecideFacts) {
    this.before = before;
    this.command = command;
    this.facts = facts;
  }

  /** These events and no others, in order; an event is told by its type or by some of its fields. */
  gives(...expected: Expected[]): Case {
    const ruling = decide(this.before, this.command, this.facts);
    if (!ruling.ok) throw new Error(`refused: ${JSON.stringify(ruling.refusal)}`);
    expect(ruling.events).toMatchObject(expected.map((one) => (typeof one === 'string' ? { type: one } : one)));
    expect(ruling.events).toHaveLength(expected.length);
    return ruling.events.reduce<Case | null>(evolve, this.before) as Case;
  }

  givesNothing(): void {
    expect(decide(this.before, this.command, this.facts)).toEqual({ ok: true, events: [] });
  }

  refuses(refusal: Partial<Refusal> & { refused: Refusal['refused'] }): void {
    expect(decide(this.before, this.command, this.facts)).toMatchObject({ ok: false, refusal });
  }

  /** Everything that goes out because of it. */
  get sends(): Outgoing[] {
    const turned = turn(this.before, this.command, this.facts);
    if (!turned.ok) throw new Error(`refused: ${JSON.stringify(turned.refusal)}`);
    return turned.outgoing;
  }

  /** What is said, and to whom: the person, or the chat's id. */
  get says(): { to: string; notice: Notice }[] {
    return this.sends.flatMap((one) =>
      one.out === 'say' ? [{ to: 'person' in one.to ? one.to.person : one.to.chat.id, notice: one.notice }] : [],
    );
  }
}

export function given(...events: CaseEvent[]) {
  const before = events.reduce<Case | null>(evolve, null);
  return { when: (command: Command, facts: DecideFacts = factsAt(FRIDAY_9 + HOUR)) => new When(before, command, facts) };
}

/** The round that a person has before his eyes. */
export function seen(step: string, round = 1, revision = round): { step: string; round: number; revision: number } {
  return { step, round, revision };
}

const BY = 'sari';
export const open = (by = BY): Command => ({ type: 'open', id: CASE, sop: SOP, home: HOME, by });
export const title = (text = 'Pasar murah', by = BY): Command => ({ type: 'title', title: text, by });
export const date = (eventDate = '2026-11-20', by = BY): Command => ({ type: 'date', eventDate, by });
export const caption = (text = 'Pasar murah hari ini', by = BY): Command => ({ type: 'caption', caption: { text, source: '50' }, by });
export const narrate = (text = 'Dinas mengadakan pasar murah di halaman kantor.', by = BY): Command => ({
  type: 'narrate',
  narrative: { text, source: '51' },
  by,
});

type AddMedia = Command & { type: 'add-media' };
export function add(n: number, more: Partial<AddMedia['media']> = {}, by = BY): AddMedia {
  const file = { channel: 'telegram', account: '7000', fileId: `f${n}`, uniqueId: `u${n}` } as const;
  return {
    type: 'add-media',
    by,
    media: { id: `m${n}`, kind: 'photo', file, sentBy: by, at: FRIDAY_9, state: 'pending', ...more } as AddMedia['media'],
  };
}
type KeepMedia = Command & { type: 'keep-media' };
export function keep(n: number, more: Partial<KeepMedia> = {}): KeepMedia {
  return { type: 'keep-media', media: `m${n}`, sha256: `${n}`.padStart(64, '0'), bytes: 1000, mime: 'image/jpeg', kind: 'photo', ...more };
}
export const photos = (...numbers: number[]): Command[] => numbers.flatMap((n) => [add(n), keep(n)]);
export const handIn = (round = 1, by = BY): Command => ({ type: 'hand-in', seen: { round }, by });
export const receive = (round = 1, by = 'budi'): Command => ({ type: 'receive', seen: seen('terima-berkas', round), note: null, by });
export const accept = (step = 'periksa', round = 1, by = step === 'periksa' ? 'kartika' : 'rahmat', revision = round): Command => ({
  type: 'accept',
  seen: seen(step, round, revision),
  note: null,
  by,
});
export const reject = (step = 'periksa', round = 1, reason = REASON, by = step === 'periksa' ? 'kartika' : 'rahmat'): Command => ({
  type: 'reject',
  seen: seen(step, round),
  reason,
  by,
});
export const publish = (channel = 'media_sosial', by = 'maya'): Command => ({
  type: 'announce',
  seen: seen('unggah'),
  channel,
  link: 'https://example.org/p/1',
  proof: null,
  by,
});

export const DRAFTING: Command[] = [open(), title(), date(), caption(), narrate(), ...photos(1, 2, 3, 4)];
export const TO_RECEIVER: Command[] = [...DRAFTING, handIn()];
export const TO_CHECKER: Command[] = [...TO_RECEIVER, receive()];
export const TO_HEAD: Command[] = [...TO_CHECKER, accept('periksa')];
export const TO_PUBLISHER: Command[] = [...TO_HEAD, accept('putuskan')];
export const TO_END: Command[] = [...TO_PUBLISHER, publish()];
export const SENT_BACK: Command[] = [...TO_CHECKER, reject()];
