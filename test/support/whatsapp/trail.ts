// What has happened, in order, and a way to wait for what has not happened yet.

export class Trail<T> {
  readonly all: T[] = [];
  private waiting: { wanted: (one: T) => boolean; take: (one: T) => void }[] = [];

  push(one: T): void {
    this.all.push(one);
    const ready = this.waiting.filter(({ wanted }) => wanted(one));
    this.waiting = this.waiting.filter((waiter) => !ready.includes(waiter));
    for (const { take } of ready) take(one);
  }

  /** The first that is wanted, of those there and those to come. The limit only ends a test that would never end. */
  async until(wanted: (one: T) => boolean, what: string, limitMs = 20_000): Promise<T> {
    const there = this.all.find(wanted);
    return there === undefined ? this.next(wanted, what, limitMs) : there;
  }

  /** The first that is wanted of those to come. */
  next(wanted: (one: T) => boolean, what: string, limitMs = 20_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing came: ${what}`)), limitMs);
      this.waiting.push({
        wanted,
        take: (one) => {
          clearTimeout(timer);
          resolve(one);
        },
      });
    });
  }
}
