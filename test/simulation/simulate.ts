// A run of the corridor under faults, decided by one seed: what goes wrong stands in faults.ts, what people do in people.ts. Then the faults
// stop, everybody does what is asked of him, and what is left is judged.
import { createHash } from 'node:crypto';
import { chatOf } from '../../queues/reconcile.ts';
import { Corridor } from '../support/corridor.ts';
import { FRIDAY_9 } from '../support/sample-office.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { Faults } from './faults.ts';
import { waysOf } from './gone-through.ts';
import { Helping } from './helping.ts';
import { broken, isOnItsWay } from './invariants.ts';
import { People } from './people.ts';
import { type SopId, type World, worldOf } from './worlds.ts';

export interface Options {
  /** The clock may also be set back by a day; it may unless this is `false`. */
  clockBack?: boolean;
  /** This SOP instead of the one that the seed chooses. */
  sop?: SopId;
}

export interface Simulated {
  seed: number;
  sop: string;
  /** Places where a crash could have struck: both sides of every commit, and of every answer of the platform. */
  crashPoints: number;
  crashes: number;
  /** Times the store was away, and deliveries settled by a worker that had stood still. */
  outages: number;
  late: number;
  /** Outages of hours into which an alarm fell. */
  downs: number;
  /** Times two instances worked at once. */
  pairs: number;
  steps: number;
  /** SHA-256 over the history of everything: the same seed gives the same trace. */
  trace: string;
  /** What does not hold; empty when all is well. */
  faults: string[];
  published: number;
  /** Rungs that were kept for a digest. */
  kept: number;
  /** What its cases have gone through, of `ALL_WAYS`. */
  ways: string[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Steps under faults, then as many as it takes without them. */
const FAULTY_STEPS = 700;
const QUIET_STEPS_MAX = 4_000;

class Simulation {
  private readonly corridor: Corridor;
  private readonly chance: Seeded;
  private readonly world: World;
  private readonly faults: Faults;
  private readonly people: People;
  private readonly helping: Helping;
  /** Updates that the platform brings later than those sent after them. */
  private held: object[] = [];
  private steps = 0;
  private pairs = 0;

  constructor(seed: number, options: Options = {}) {
    const world = worldOf(seed, options.sop);
    this.chance = seeded(seed);
    this.world = world;
    this.corridor = new Corridor(world.office, [world.sop], { now: FRIDAY_9, seed: seed + 1 });
    this.faults = new Faults(this.corridor, this.chance, options.clockBack ?? true);
    const bring = (send: () => Promise<void>) => this.bring(send);
    this.people = new People(this.corridor, this.chance, world, bring, (work) => this.enforce(work));
    this.helping = new Helping(this.corridor, this.people, world, bring);
  }

  /** The platform brings an update until it is acknowledged, now and then once more; the last of several may come much later. */
  private async bring(send: () => Promise<void>): Promise<void> {
    const { corridor, chance } = this;
    const bodies: object[] = [];
    const update = corridor.update;
    corridor.update = async (body) => void bodies.push(body);
    await send();
    corridor.update = update;
    for (const body of bodies) this.people.sent('', body);
    if (this.faults.on && bodies.length > 2 && chance.chance(0.3)) this.held.push(...bodies.splice(-1));
    for (const body of bodies) await this.arrive(body);
  }

  private async enforce(work: () => Promise<unknown>): Promise<void> {
    while (!(await this.faults.survive(work))) this.steps += 1;
  }

  private async arrive(body: object): Promise<void> {
    const { corridor, faults, chance } = this;
    const id = corridor.takeUpdateId();
    const once = () => corridor.receive({ update_id: id, ...body });
    await this.enforce(once);
    if (!faults.on || !chance.chance(0.2)) return;
    for (let more = 1 + chance.below(4); more > 0; more -= 1) await faults.survive(once);
  }

  private async bringHeld(): Promise<void> {
    const late = this.held;
    this.held = [];
    for (const body of late) await this.arrive(body);
  }

  private async work(): Promise<boolean> {
    const { corridor, chance, faults } = this;
    const backlog = await corridor.store.backlog(corridor.now, 100);
    const things = corridor.worksOf(backlog);
    if (things.length === 0) return false;
    if (faults.on && backlog.chats.length > 0 && chance.chance(0.12)) await faults.holdDelivery(chatOf(chance.pick(backlog.chats)));
    else if (faults.on && chance.chance(0.1)) await this.sideBySide(things);
    else await faults.survive(chance.pick(things));
    return true;
  }

  /** Two instances at work at once, now and then on the same thing. */
  private async sideBySide(things: (() => Promise<true>)[]): Promise<void> {
    const { chance, faults } = this;
    const one = chance.pick(things);
    const other = chance.chance(0.5) ? one : chance.pick(things);
    this.pairs += 1;
    await Promise.all([faults.survive(one), faults.survive(other)]);
  }

  async run(): Promise<Omit<Simulated, 'seed'>> {
    const { corridor, chance, faults, people, world } = this;
    if (world.ahead) await this.goAhead();
    for (; this.steps < FAULTY_STEPS; this.steps += 1) {
      await faults.between();
      if (this.held.length > 0 && chance.chance(0.1)) await this.bringHeld();
      const roll = chance.below(10);
      if (roll < 6) {
        if (!(await this.work())) await people.act();
      } else if (roll < 9) await people.act();
      else corridor.now += chance.below(chance.chance(0.1) ? 600 : 20) * MINUTE;
    }
    await faults.end();
    await this.bringHeld();
    await people.settle();
    await this.finish();
    const { crashPoints, crashes, outages, late, downs } = faults;
    const wrong = broken({ corridor, sops: [world.sop], officeAt: (row) => people.officeAt(row) });
    const published = corridor.cases.filter(({ state }) => state.status === 'published').length;
    const kept = corridor.store.tables.history.filter(({ event }) => event.type === 'told' && event.digest).length;
    return {
      sop: world.sop.id,
      crashPoints,
      crashes,
      outages,
      late,
      downs,
      pairs: this.pairs,
      steps: this.steps,
      trace: traceOf(corridor),
      faults: wrong,
      published,
      kept,
      ways: waysOf(corridor),
    };
  }

  /** Before anything goes wrong a case gets as far as chance will have it. */
  private async goAhead(): Promise<void> {
    const { corridor, chance, faults, helping, people, world } = this;
    faults.on = false;
    helping.atOnce = chance.chance(0.5);
    const target = world.sop.steps[chance.below(world.sop.steps.length)];
    for (let i = 0; i < QUIET_STEPS_MAX; i += 1) {
      if (await this.work()) continue;
      const [c] = corridor.cases;
      if (c && 'step' in c.state && c.state.step === target?.id) break;
      corridor.now += MINUTE;
      await (c ? helping.along(c) : people.begin(chance.pick(people.makers)));
    }
    faults.on = true;
  }

  /** Faults have stopped: everybody does what is asked of him, and it must come to rest with every handed-in case published. */
  private async finish(): Promise<void> {
    const { corridor } = this;
    for (let i = 0; i < QUIET_STEPS_MAX; i += 1) {
      if (await this.work()) continue;
      const open = corridor.cases.find(isOnItsWay);
      if (open) {
        corridor.now += MINUTE;
        if (this.chance.chance(0.3)) await this.people.again();
        await this.helping.along(open);
        continue;
      }
      // Leases and pauses run out; the ladder of what nobody finishes is told to its end.
      await corridor.advance(corridor.now + 40 * DAY);
      if (!(await this.work())) return;
    }
  }
}

function traceOf(corridor: Corridor): string {
  const { history, refusals, outbox } = corridor.store.tables;
  const told = [...outbox.values()].map(({ id, out, ending, attempts }) => [id, out, ending, attempts]);
  return createHash('sha256')
    .update(JSON.stringify([history, refusals, told]))
    .digest('hex');
}

/** A run that breaks off has found something as well: it says so in its faults. */
export async function simulate(seed: number, options?: Options): Promise<Simulated> {
  return { seed, ...(await new Simulation(seed, options).run()) };
}
