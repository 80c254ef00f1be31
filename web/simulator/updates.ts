// The queue of updates: kept until confirmed by an offset or taken by the webhook, dropped when they are too old.
import type { Clock } from '../../src/ports/ambient.ts';
import { HOUR_MS, type Instant } from '../../src/time.ts';
import type { Answer, Update, UpdateBody } from './wire.ts';
import { done, refuse } from './wire.ts';

// Telegram keeps a message for 24 hours, a tap for 150 seconds only.
const MESSAGE_KEPT_MS = 24 * HOUR_MS;
const TAP_KEPT_MS = 150_000;
const POLL_MAX_SECONDS = 50;
const BATCH_MAX = 100;
// Left out unless asked for, as Telegram does it.
const NOT_BY_DEFAULT = ['chat_member', 'message_reaction', 'message_reaction_count'];

export interface QueuedUpdate {
  update: Update;
  /** What keeps its order: the chat, for taps the person. */
  lane: string;
  expiresAt: Instant;
}

export interface UpdatesState {
  queue: QueuedUpdate[];
  nextId: number;
  allowed: string[] | null;
}

interface Poll {
  answer(answer: Answer): void;
}

export class Updates {
  private readonly clock: Clock;
  private queue: QueuedUpdate[] = [];
  private nextId: number;
  private allowed: string[] | null = null;
  private poll: Poll | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(clock: Clock) {
    this.clock = clock;
    // Ids grow from start to start, also when nothing was kept in between.
    this.nextId = Math.floor(clock.now() / 1000);
  }

  add(body: UpdateBody, lane: string): void {
    const kind = Object.keys(body)[0] ?? '';
    if (this.allowed ? !this.allowed.includes(kind) : NOT_BY_DEFAULT.includes(kind)) return;
    const keptMs = body.callback_query ? TAP_KEPT_MS : MESSAGE_KEPT_MS;
    this.queue.push({ update: { update_id: this.nextId++, ...body }, lane, expiresAt: this.clock.now() + keptMs });
    for (const listener of this.listeners) listener();
  }

  /** Makes the same update come again under its old id, as after a lost confirmation. */
  again(update: Update, lane: string): void {
    this.queue.unshift({ update, lane, expiresAt: this.clock.now() + MESSAGE_KEPT_MS });
    for (const listener of this.listeners) listener();
  }

  onAdd(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  pending(): QueuedUpdate[] {
    const now = this.clock.now();
    this.queue = this.queue.filter((queued) => queued.expiresAt > now);
    return this.queue;
  }

  drop(updateId: number): void {
    this.queue = this.queue.filter((queued) => queued.update.update_id !== updateId);
  }

  clear(): void {
    this.queue = [];
  }

  allow(kinds: unknown): void {
    if (Array.isArray(kinds)) this.allowed = kinds.length === 0 ? null : kinds.filter((kind) => typeof kind === 'string');
  }

  allowedKinds(): string[] | null {
    return this.allowed;
  }

  /** One getUpdates call; `gone` is raised when the caller has hung up. */
  get(offset: number, limit: number, seconds: number, gone: AbortSignal): Promise<Answer> {
    this.poll?.answer(refuse(409, 'terminated by other getUpdates request; make sure that only one bot instance is running'));
    this.confirm(offset);
    const batch = () => {
      const ready = this.pending().slice(0, Math.min(BATCH_MAX, Math.max(1, limit)));
      return ready.map((queued) => queued.update);
    };
    const now = batch();
    if (now.length > 0 || seconds <= 0) return Promise.resolve(done(now));
    return new Promise((resolve) => {
      const finish = (answer: Answer) => {
        clearTimeout(timer);
        stop();
        if (this.poll === poll) this.poll = null;
        resolve(answer);
      };
      const poll: Poll = { answer: finish };
      const timer = setTimeout(() => finish(done(batch())), Math.min(POLL_MAX_SECONDS, seconds) * 1000);
      const stop = this.onAdd(() => finish(done(batch())));
      gone.addEventListener('abort', () => finish(done([])), { once: true });
      this.poll = poll;
    });
  }

  /** Ends a waiting poll: a webhook was set, or the server closes. */
  endPoll(answer: Answer): void {
    this.poll?.answer(answer);
  }

  dump(): UpdatesState {
    return { queue: this.queue, nextId: this.nextId, allowed: this.allowed };
  }

  restore(state: UpdatesState): void {
    this.queue = state.queue;
    this.nextId = Math.max(this.nextId, state.nextId);
    this.allowed = state.allowed;
  }

  private confirm(offset: number): void {
    if (offset > 0) this.queue = this.queue.filter((queued) => queued.update.update_id >= offset);
    if (offset < 0) this.queue = this.queue.slice(offset);
  }
}
