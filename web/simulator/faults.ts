// Faults to order: the next calls of a method fail, hang or lose their answer.
export interface Fault {
  /** HTTP status of the answer; without a body, Telegram's own shape of an error is sent. */
  status?: number;
  body?: string;
  /** Seconds; makes it a 429 unless `status` says otherwise. */
  retryAfter?: number;
  /** The connection is cut before anything was done. */
  drop?: boolean;
  /** The call is done and then the connection is cut: the caller cannot know. */
  dropAfterProcessing?: boolean;
  /** Answers this much later (real time); the call is done after the wait. */
  hangMs?: number;
  /** How many calls it hits, 1 unless said. */
  times?: number;
}

export class Faults {
  private readonly waiting = new Map<string, Fault[]>();

  /** The next calls of this method; `*` is any method, `file` a download. */
  next(method: string, fault: Fault): void {
    const key = method.toLowerCase();
    const list = this.waiting.get(key) ?? [];
    for (let i = 0; i < (fault.times ?? 1); i++) list.push(fault);
    this.waiting.set(key, list);
  }

  take(method: string): Fault | undefined {
    return this.waiting.get(method.toLowerCase())?.shift() ?? this.waiting.get('*')?.shift();
  }

  clear(): void {
    this.waiting.clear();
  }
}
