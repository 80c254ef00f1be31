// One virtual month of an office that has outages: every rung of every stay is told once, none early, none after the decision, and an outage
// is told of in one digest. The rules, the store's port, the waking and the office's clock are the real ones; people decide when they please.

import { calendarOf } from '../../src/calendar/calendar.ts';
import { rungsOf } from '../../src/calendar/ladder.ts';
import { whenAllowed } from '../../src/calendar/quiet.ts';
import type { Case } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { isUrgent, officeTimeOf, stepAt } from '../../src/case/facts.ts';
import type { DecideFacts } from '../../src/case/ruling.ts';
import { timersOf, turn } from '../../src/case/turn.ts';
import type { Office } from '../../src/office/office.ts';
import type { Tx } from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { caseId, NOW } from '../support/case-world.ts';
import { Corridor } from '../support/corridor.ts';
import { nextTimers } from '../support/memory-store.ts';
import { MEDSOS } from '../support/sample-office.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { DIGEST_CHECKS } from './invariants-of-digests.ts';
import { filling, onward } from './month-work.ts';
import { type SopId, worldOf } from './worlds.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What is done within so long after an outage counts as its end: posts are heard, the digest is gathered. */
const COMING_BACK_MS = 30_000;

export interface Month {
  sop: SopId;
  seed: number;
  cases: number;
  published: number;
  outages: number;
  /** Stays in a step that had a deadline, and the rungs that fell due in them. */
  stays: number;
  rungs: number;
  said: number;
  silent: number;
  digested: number;
  digests: number;
  daily: number;
  /** What does not hold; empty when all is well. */
  faults: string[];
}

interface Outage {
  from: number;
  to: number;
}

interface Act {
  at: number;
  run(): Promise<void>;
}

/** A few of minutes, some of hours, one or two of days. */
function outagesOf(chance: Seeded): Outage[] {
  const outages: Outage[] = [];
  let at = NOW + HOUR;
  while (at < NOW + 30 * DAY) {
    at += (6 + chance.below(60)) * HOUR;
    const roll = chance.below(10);
    const length = roll < 5 ? (5 + chance.below(50)) * MINUTE : roll < 9 ? (1 + chance.below(20)) * HOUR : (1 + chance.below(2)) * DAY;
    outages.push({ from: at, to: at + length });
    at += length;
  }
  return outages;
}

class MonthOfCases {
  private readonly corridor: Corridor;
  private readonly chance: Seeded;
  private readonly outages: Outage[];
  private readonly office: Office;
  private readonly sop: Sop;
  private acts: Act[] = [];

  constructor(seed: number, cases: number, id: SopId) {
    const { office, sop } = worldOf(seed, id);
    this.office = office;
    this.sop = sop;
    this.chance = seeded(seed);
    this.corridor = new Corridor(office, [sop], { now: NOW, seed: seed + 1 });
    this.outages = outagesOf(this.chance);
    for (let n = 1; n <= cases; n += 1) this.later(NOW + this.chance.below(28 * 24 * 60) * MINUTE, () => this.begin(n));
  }

  private later(at: number, run: () => Promise<void>): void {
    this.acts.push({ at, run });
  }

  /** Mostly within a day, now and then so late that the whole ladder is climbed. */
  private patience(): number {
    const roll = this.chance.below(10);
    return roll < 6
      ? this.chance.below(20 * 60) * MINUTE
      : roll < 9
        ? this.chance.below(4 * 24 * 60) * MINUTE
        : (4 + this.chance.below(4)) * DAY;
  }

  /** One command's whole way, as the bots do it. */
  private async act(tx: Tx, before: Case | null, command: Command): Promise<Case> {
    const serial = command.type === 'hand-in' && before && !before.number ? await tx.takeSerial(this.office.id, 2026) : 0;
    const facts = { ...this.facts, serial };
    const turned = turn(before, command, facts);
    if (!turned.ok || !turned.after) throw new Error(`${command.type} was refused: ${JSON.stringify(turned)}`);
    await tx.saveCase(before, turned.after, turned.events, timersOf(turned.after, facts));
    return turned.after;
  }

  private get facts(): DecideFacts {
    return { now: this.corridor.now, office: this.office, sop: this.sop, serial: 0 };
  }

  /** What the draft lacks, and then on with it. */
  private async moveOn(tx: Tx, c: Case): Promise<boolean> {
    const { chance, corridor, facts } = this;
    let now = c;
    for (const command of filling(c, calendarOf(this.office).dateOf(corridor.now), chance, facts)) now = await this.act(tx, now, command);
    const command = onward(now, chance, facts);
    if (command) await this.act(tx, now, command);
    return command !== null;
  }

  private async begin(n: number): Promise<void> {
    const { corridor, sop, office, chance } = this;
    const makers = office.people.filter(({ roles }) => roles.includes(sop.steps[0]?.role ?? ''));
    const by = chance.pick(makers).id;
    await corridor.store.transaction(async (tx) => {
      const home = { channel: 'telegram', id: `home-${n}` } as const;
      await this.moveOn(tx, await this.act(tx, null, { type: 'open', id: caseId(n), sop, home, by }));
    });
    this.later(corridor.now + this.patience(), () => this.onward(caseId(n)));
  }

  private async onward(id: string): Promise<void> {
    const { corridor } = this;
    const moved = await corridor.store.transaction(async (tx) => {
      const c = await tx.lockCase(id);
      return c !== null && this.moveOn(tx, c);
    });
    if (moved) this.later(corridor.now + this.patience(), () => this.onward(id));
  }

  /** The next instant at which something is to happen, moved to the end of an outage that it falls into. */
  private next(): number | null {
    const { corridor, outages } = this;
    const [act_] = this.acts.sort((a, b) => a.at - b.at);
    const [timer] = nextTimers(corridor.store.tables, corridor.now);
    const at = Math.min(act_?.at ?? Number.POSITIVE_INFINITY, timer?.at ?? Number.POSITIVE_INFINITY);
    if (at === Number.POSITIVE_INFINITY) return null;
    const outage = outages.find(({ from, to }) => from <= at && at < to);
    if (!outage) return at;
    // What people did meanwhile is heard in the seconds after it.
    for (const one of this.acts) if (one.at < outage.to) one.at = outage.to + this.chance.below(COMING_BACK_MS);
    return outage.to;
  }

  private async ringAll(): Promise<void> {
    const { corridor, chance } = this;
    for (;;) {
      const due = await corridor.store.dueTimers(corridor.now, 1000);
      if (due.length === 0) return;
      // Whoever rings, rings in any order, and now and then twice.
      const timer = chance.pick(due);
      await corridor.wake(timer);
      if (chance.chance(0.1)) await corridor.wake(timer);
    }
  }

  async run(): Promise<Omit<Month, 'sop' | 'seed' | 'cases'>> {
    const { corridor } = this;
    for (let at = this.next(); at !== null && at < NOW + 45 * DAY; at = this.next()) {
      corridor.now = Math.max(corridor.now, at);
      await this.ringAll();
      const due = this.acts.filter((one) => one.at <= corridor.now);
      this.acts = this.acts.filter((one) => one.at > corridor.now);
      for (const one of due) await one.run();
      // A step that is late from its first moment is told of at once.
      await this.ringAll();
    }
    return this.judge();
  }

  private judge(): Omit<Month, 'sop' | 'seed' | 'cases'> {
    const { corridor, outages, office, sop } = this;
    const { history, outbox } = corridor.store.tables;
    const ran = { corridor, sops: [sop], officeAt: () => office };
    const faults = DIGEST_CHECKS.flatMap((check) => check(ran));
    const told = history.flatMap(({ event, case: id }) => (event.type === 'told' ? [{ ...event, id }] : []));
    let [stays, rungs] = [0, 0];
    for (const c of corridor.cases) {
      for (const stay of staysOf(c, corridor.now)) {
        const { step, round, enteredAt, dueAt, leftAt } = stay;
        const { kind, due } = stepAt(sop, step);
        const collecting = kind === 'prepare' || kind === 'assign';
        // Its class, and with it its clock, may have been chosen in the midst of it.
        if (dueAt === null || (collecting && (dueAt <= enteredAt || isUrgent(c)))) continue;
        stays += 1;
        const wanted = rungsOf({ due, enteredAt, dueAt, office: officeTimeOf(c, office), urgent: isUrgent(c) });
        const away = (at: number) => this.away(at, leftAt, isUrgent(c));
        const here = told.filter((one) => one.id === c.id && one.step === step && one.round === round);
        for (const { rung, due: nominal, at } of wanted) {
          const times = here.filter((one) => one.rung === rung);
          if (at < leftAt && !away(at)) rungs += 1;
          if (at < leftAt && !away(at) && times.length !== 1)
            faults.push(`${rung} of ${c.id} ${step}/${round} was told ${times.length} times`);
          if (times.length > 1) faults.push(`${rung} of ${c.id} ${step}/${round} was told twice`);
          for (const one of times) {
            if (one.at < at) faults.push(`${rung} of ${c.id} was told early`);
            if (one.at > leftAt) faults.push(`${rung} of ${c.id} was told after the decision`);
            if (one.due !== nominal) faults.push(`${rung} of ${c.id} does not know when it was due`);
          }
        }
      }
    }
    const says = [...outbox.values()].flatMap(({ out, createdAt, chat }) =>
      out.out === 'say' ? [{ notice: out.notice, createdAt, chat: chat.id }] : [],
    );
    const digests = says.filter(({ notice }) => notice.notice === 'digest' && notice.why === 'outage');
    for (const [i, { to }] of outages.entries()) {
      const until = outages[i + 1]?.to ?? Number.POSITIVE_INFINITY;
      const chats = digests.filter(({ createdAt }) => createdAt >= to && createdAt < until).map(({ chat }) => chat);
      if (new Set(chats).size !== chats.length)
        faults.push(`somebody got two digests of the outage that ended at ${new Date(to).toISOString()}`);
    }
    return {
      published: corridor.cases.filter(({ state }) => state.status === 'published').length,
      outages: outages.length,
      stays,
      rungs,
      said: told.filter(({ silent, digest }) => !silent && !digest).length,
      silent: told.filter(({ silent, digest }) => silent && !digest).length,
      digested: told.filter(({ digest }) => digest).length,
      digests: digests.length,
      daily: says.filter(({ notice }) => notice.notice === 'digest' && notice.why === 'daily').length,
      faults: [...new Set(faults)],
    };
  }

  /** The first moment from `at` on at which the service is up and people may be told. */
  private tellable(at: number, urgent: boolean): number {
    const outage = this.outages.find(({ from, to }) => from <= at && at < to);
    return outage ? this.tellable(urgent ? outage.to : whenAllowed(this.office, outage.to), urgent) : at;
  }

  /** It was decided before anybody could have been told: in an outage, before the next opening, or in the seconds after it. */
  private away(at: number, leftAt: number, urgent: boolean): boolean {
    const tellable = this.tellable(at, urgent);
    return tellable !== at && leftAt < tellable + COMING_BACK_MS + MINUTE;
  }
}

/** Every stay of the case, the one that it is in now included; by the events, with the deadline as it was last. */
function staysOf(c: Case, now: number) {
  const open = 'step' in c.state ? [{ ...c.state, leftAt: now }] : [];
  return [...c.stays, ...open];
}

export async function simulateMonth(seed: number, cases: number, sop: SopId = MEDSOS): Promise<Month> {
  return { sop, seed, cases, ...(await new MonthOfCases(seed, cases, sop).run()) };
}
