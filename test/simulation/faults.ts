// What goes wrong in a run, decided by its chance: crashes on both sides of every commit and of every answer of the platform, the store away
// for a while, the service down for hours, the platform asking for patience, a worker that settles long after its lease.
import { perform } from '../../bots/perform.ts';
import { LEASE_MS } from '../../queues/deliver.ts';
import { failures } from '../../queues/failures.ts';
import { ON_TIME_MS } from '../../src/case/timers.ts';
import type { Delivered, Delivery } from '../../src/ports/store.ts';
import type { Corridor } from '../support/corridor.ts';
import { nextTimers } from '../support/memory-store.ts';
import type { Seeded } from '../support/seeded.ts';

export class Crash extends Error {
  // There are many of them, and nobody reads where they came from.
  override readonly stack = '';
}
/** The store does not answer: nothing was done. */
export class Away extends Error {}

const DAY = 24 * 3_600_000;
const CRASH = 0.06;
/** Bad luck has an end: the same work is not struck for ever. */
const STRIKES_MAX = 3;
const POST_ATTEMPTS_MAX = 3;
const DELIVERY_ATTEMPTS_MAX = 4;

export class Faults {
  /** Places where a crash could have struck. */
  crashPoints = 0;
  crashes = 0;
  outages = 0;
  late = 0;
  on = true;
  private strikes = 0;
  private awayFor = 0;
  /** Outages of hours over a moment at which something fell due. */
  downs = 0;
  private readonly corridor: Corridor;
  private readonly chance: Seeded;
  private readonly clockBack: boolean;
  /** Workers that have performed and not settled yet. */
  private readonly slow: { delivery: Delivery; delivered: Delivered }[] = [];

  constructor(corridor: Corridor, chance: Seeded, clockBack: boolean) {
    this.clockBack = clockBack;
    this.corridor = corridor;
    this.chance = chance;
    const crash = (): void => this.strike();
    corridor.transient = (error) => error instanceof Crash || error instanceof Away;
    corridor.store.hooks = {
      begin: () => {
        if (this.awayFor > 0) throw new Away('away');
      },
      beforeCommit: crash,
      afterCommit: crash,
    };
    corridor.platform.faults = {
      before: () => (this.on && this.chance.chance(0.05) ? { sent: 'later', afterMs: 1_000 + this.chance.below(5_000), why: '429' } : null),
      after: crash,
    };
  }

  private strike(): void {
    if (!this.on) return;
    this.crashPoints += 1;
    if (this.strikes >= STRIKES_MAX || !this.chance.chance(CRASH) || this.wornOut()) return;
    this.strikes += 1;
    throw new Crash('crash');
  }

  /** Some work has been struck so often that the next strike would have it set aside, as it should be. */
  private wornOut(): boolean {
    const { posts, outbox } = this.corridor.store.tables;
    for (const { attempts } of posts.open()) if (attempts >= POST_ATTEMPTS_MAX) return true;
    for (const { attempts } of outbox.open()) if (attempts >= DELIVERY_ATTEMPTS_MAX) return true;
    return false;
  }

  /** Carries out something that may crash; the process begins anew, with nothing in its memory. */
  async survive(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.strikes = 0;
      return true;
    } catch (error) {
      if (error instanceof Crash) {
        this.crashes += 1;
        this.corridor.failures = failures();
      } else if (!(error instanceof Away)) throw error;
      this.awayFor = Math.max(0, this.awayFor - 1);
      return false;
    }
  }

  /** Between two steps: the store goes away for some of them, the clock jumps by a day, a slow worker comes back. */
  async between(): Promise<void> {
    if (!this.on) return;
    const { corridor, chance } = this;
    if (chance.chance(0.01)) {
      this.outages += 1;
      this.awayFor = 1 + chance.below(6);
    }
    if (chance.chance(0.004)) corridor.now += (this.clockBack && chance.chance(0.5) ? -1 : 1) * DAY;
    if (chance.chance(0.003)) this.goDown();
    if (this.slow.length > 0 && chance.chance(0.1)) await this.settleSlow();
  }

  /** All is quiet until the next alarm, and it falls into hours in which nobody runs: what is due then is told long after its moment. */
  private goDown(): void {
    const { corridor, chance } = this;
    const [alarm] = nextTimers(corridor.store.tables, corridor.now);
    if (!alarm) return;
    this.downs += 1;
    corridor.now = alarm.at + ON_TIME_MS + (1 + chance.below(8 * 60)) * 60_000;
  }

  async end(): Promise<void> {
    this.awayFor = 0;
    while (this.slow.length > 0) await this.settleSlow();
    this.on = false;
  }

  private async settleSlow(): Promise<void> {
    const held = this.slow.shift();
    if (!held) return;
    this.late += 1;
    await this.survive(() => this.corridor.store.settleDelivery(held.delivery, held.delivered, this.corridor.now));
  }

  /** A second instance takes a delivery, performs it and stands still before it can say so. */
  async holdDelivery(chat: { channel: 'telegram' | 'whatsapp'; id: string }): Promise<void> {
    const { corridor } = this;
    await this.survive(async () => {
      const delivery = await corridor.store.leaseDelivery(chat, corridor.now, LEASE_MS);
      if (!delivery) return;
      const delivered = await perform(corridor.performDeps, delivery);
      this.slow.push({ delivery, delivered });
    });
  }
}
