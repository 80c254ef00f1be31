// Rows of which most are over, cheap to copy: a copy shares with its original what has ended before it.
interface Row {
  id: string;
  endedAt: number | null;
}

/** Ids count upwards. A row that has ended is never opened again. Only the newest committed version is copied; what another copy did is gone. */
export class EndingRows<R extends Row> {
  private readonly ended: Map<string, R>;
  /** Ended in this version: no other copy of its original knows it. */
  private readonly fresh = new Map<string, R>();
  private readonly waiting: Map<string, R>;

  constructor(original?: EndingRows<R>) {
    this.ended = original?.ended ?? new Map<string, R>();
    this.waiting = new Map(original?.waiting);
    for (const [id, row] of original?.fresh ?? []) this.ended.set(id, row);
    original?.fresh.clear();
  }

  get(id: string): R | undefined {
    return this.waiting.get(id) ?? this.fresh.get(id) ?? this.ended.get(id);
  }

  set(id: string, row: R): this {
    if (row.endedAt === null) this.waiting.set(id, row);
    else {
      this.waiting.delete(id);
      this.fresh.set(id, row);
    }
    return this;
  }

  /** Those that have not ended, in the order in which they came. */
  open(): MapIterator<R> {
    return this.waiting.values();
  }

  /** All of them, in the order in which they came. */
  values(): R[] {
    const all = [...this.ended.values(), ...this.fresh.values(), ...this.waiting.values()];
    return all.sort((a, b) => Number(a.id) - Number(b.id));
  }
}
