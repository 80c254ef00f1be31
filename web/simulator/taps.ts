// Taps on buttons that wait for their answer, and for how long an answer is taken.
import type { Clock } from '../../src/ports/ambient.ts';
import type { Instant } from '../../src/time.ts';
import type { Answer } from './wire.ts';
import { done, refuse } from './wire.ts';

export interface TapAnswer {
  text: string | null;
  alert: boolean;
}

const ANSWER_TEXT_MAX = 200;
// Nobody watches a spinner longer than this (real time).
const PATIENCE_MS = 60_000;

interface OpenTap {
  at: Instant;
  answered(answer: TapAnswer): void;
}

export class Taps {
  private readonly clock: Clock;
  private readonly windowMs: number;
  private readonly open = new Map<string, OpenTap>();
  private count = 0;

  constructor(clock: Clock, windowMs: number) {
    this.clock = clock;
    this.windowMs = windowMs;
  }

  /** `answer` rejects when nobody answers for a minute of real time. */
  start(): { id: string; answer: Promise<TapAnswer> } {
    for (const [old, tap] of this.open) {
      if (this.clock.now() - tap.at <= this.windowMs) break;
      this.open.delete(old);
    }
    const id = `${this.clock.now()}${String(this.count++).padStart(5, '0')}`;
    const answer = new Promise<TapAnswer>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the tap was not answered')), PATIENCE_MS);
      timer.unref();
      this.open.set(id, {
        at: this.clock.now(),
        answered: (given) => {
          clearTimeout(timer);
          resolve(given);
        },
      });
    });
    // A tap that nobody waits for must not end the process.
    answer.catch(() => undefined);
    return { id, answer };
  }

  answer(id: string | undefined, text: string | undefined, alert: boolean): Answer {
    const tap = this.open.get(id ?? '');
    if (id === undefined || !tap || this.clock.now() - tap.at > this.windowMs) {
      return refuse(400, 'query is too old and response timeout expired or query ID is invalid');
    }
    if ([...(text ?? '')].length > ANSWER_TEXT_MAX) return refuse(400, 'MESSAGE_TOO_LONG');
    tap.answered({ text: text === undefined || text === '' ? null : text, alert });
    return done(true);
  }
}
