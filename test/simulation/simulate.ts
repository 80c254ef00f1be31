// A run of the corridor under faults, decided by one seed: crashes before and after every commit, answers of the platform lost after it
// acted, updates delivered again and out of order, double and stale taps, a role taken away, time passing at any moment.
import { createHash } from 'node:crypto';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { Corridor } from '../support/corridor.ts';
import { lettersOf } from '../support/fake-platform.ts';
import { seeded } from '../support/seeded.ts';
import { broken } from './invariants.ts';

export class Crash extends Error {}

export interface Simulated {
  seed: number;
  /** Places where a crash could have struck: both sides of every commit, and of every answer of the platform. */
  crashPoints: number;
  crashes: number;
  steps: number;
  /** SHA-256 over the history of everything: the same seed gives the same trace. */
  trace: string;
  /** What does not hold; empty when all is well. */
  faults: string[];
  published: number;
}

const MINUTE = 60_000;
const MAKERS = ['1001', '1006'];
const REVIEWERS = ['1002', '1003', '1004', '1007'];
const EVERYBODY = [...MAKERS, ...REVIEWERS, '1005'];
const WORDS = ['SERAHKAN', 'DITERIMA', 'TERIMA', 'TOLAK', 'TANGGAPAN', 'SUDAH TAYANG', 'Hari ini', 'Perbaiki sekarang'];
/** Steps under faults, then as many as it takes without them. */
const FAULTY_STEPS = 220;
const QUIET_STEPS_MAX = 4_000;

interface Sent {
  body: object;
  lane: string;
}

export class Simulation {
  readonly corridor: Corridor;
  readonly chance: ReturnType<typeof seeded>;
  crashPoints = 0;
  crashes = 0;
  steps = 0;
  faulty = true;
  readonly office: Office;
  readonly sops: Sop[];
  private readonly sent: Sent[] = [];
  private albums = 0;
  private inARow = 0;

  constructor(seed: number, office: Office, sops: Sop[], now: number) {
    this.chance = seeded(seed);
    this.office = office;
    this.sops = sops;
    this.corridor = new Corridor(office, sops, { now, seed: seed + 1 });
    const crash = (): void => {
      if (!this.faulty) return;
      this.crashPoints += 1;
      // Bad luck has an end: the same work is not struck for ever.
      if (this.inARow >= 3 || !this.chance.chance(0.06)) return;
      this.inARow += 1;
      throw new Crash('crash');
    };
    this.corridor.transient = (error) => error instanceof Crash;
    this.corridor.store.hooks = { beforeCommit: crash, afterCommit: crash };
    this.corridor.platform.faults = {
      before: () =>
        this.faulty && this.chance.chance(0.05) ? { sent: 'later', afterMs: 1_000 + this.chance.below(5_000), why: '429' } : null,
      after: crash,
    };
  }

  /** Carries out something that may crash; the process begins anew, with nothing in its memory. */
  private async survive(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.inARow = 0;
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.crashes += 1;
      return false;
    }
  }

  /** The platform brings an update until it is acknowledged, and now and then once more. */
  private async bring(send: () => Promise<void>): Promise<void> {
    const { corridor } = this;
    const update = corridor.update.bind(corridor);
    const bodies: object[] = [];
    corridor.update = async (body) => {
      bodies.push(body);
    };
    await send();
    corridor.update = update;
    for (const body of bodies) {
      const id = corridor.takeUpdateId();
      const once = () => corridor.receive({ update_id: id, ...body });
      while (!(await this.survive(once))) this.steps += 1;
      if (this.faulty && this.chance.chance(0.2)) await this.survive(once);
    }
  }

  /** Mostly what is asked of him, sometimes anything. */
  private async maker(user: string): Promise<void> {
    const { corridor, chance } = this;
    const mine = corridor.cases.filter((c) => c.home.id === user && (c.state.status === 'draft' || c.state.status === 'returned'));
    const c = mine.find(({ state }) => state.status === 'returned') ?? mine[0];
    if (chance.chance(0.2)) return this.tapSomething(user);
    if (!c || c.content.media.length < 4 || chance.chance(0.1)) return this.album(user);
    if (c.content.title === null) return this.bring(() => corridor.textOnly(user, `Kegiatan ${chance.below(100)}`));
    if (c.content.eventDate === null) return this.tapWord(user, 'Hari ini');
    if (c.content.narrative === null)
      return this.bring(() => corridor.textOnly(user, `Narasi berita tentang kegiatan nomor ${chance.below(100)}.`));
    return this.tapWord(user, chance.chance(0.8) ? 'SERAHKAN' : 'Perbaiki sekarang');
  }

  private album(user: string): Promise<void> {
    const { corridor, chance } = this;
    const album = `a${this.albums++}`;
    return this.bring(async () => {
      for (let i = 0; i < 2 + chance.below(4); i += 1) {
        const file = { kind: 'photo', bytes: `${user} ${chance.below(20)}` } as const;
        await corridor.file(user, file, i === 0 ? { album, caption: `Caption ${album}` } : { album });
      }
    });
  }

  private tapWord(user: string, word: string): Promise<void> {
    return this.tapSomething(user, word);
  }

  private async tapSomething(user: string, wanted?: string | undefined): Promise<void> {
    const { corridor, chance } = this;
    const word = wanted === undefined || wanted === 'anything' ? chance.pick(WORDS) : wanted;
    const cards = corridor.chat(user).filter(({ buttons }) => buttons.flat().some(({ label }) => lettersOf(label) === lettersOf(word)));
    // Mostly the newest card, sometimes an old one; sometimes twice; sometimes by somebody else.
    const card = chance.chance(0.8) ? cards.at(-1) : cards[0];
    const found = card?.buttons.flat().find(({ label }) => lettersOf(label) === lettersOf(word));
    if (!card || !found || !('tap' in found.does)) return;
    const { tap } = found.does;
    const who = this.faulty && chance.chance(0.1) ? chance.pick(EVERYBODY) : user;
    this.sent.push({ body: { tap, card: card.id }, lane: user });
    for (let i = 0; i < (this.faulty && chance.chance(0.3) ? 2 : 1); i += 1) await this.bring(() => corridor.tap(who, tap, card.id));
    // A tap remembered from long ago comes again: an old button.
    const old =
      this.faulty && chance.chance(0.1) ? (chance.pick(this.sent) as { body: { tap: string; card: string }; lane: string }) : null;
    if (old) await this.bring(() => corridor.tap(old.lane, old.body.tap, old.body.card));
  }

  private async reviewer(user: string): Promise<void> {
    const { corridor, chance } = this;
    const asked = corridor.chat(user).at(-1)?.text ?? '';
    if (/alasan/i.test(asked) && chance.chance(0.7))
      await this.bring(() => corridor.textOnly(user, chance.chance(0.2) ? 'pendek' : 'Foto ketiga buram, mohon diganti.'));
    else await this.tapSomething(user, chance.pick(['anything', 'DITERIMA', 'TERIMA', 'TERIMA', 'TOLAK']));
  }

  private async admin(): Promise<void> {
    const { corridor, chance } = this;
    const asked = corridor.chat('1005').at(-1)?.text ?? '';
    if (/tautan/i.test(asked) && chance.chance(0.8))
      await this.bring(() => corridor.textOnly('1005', `https://contoh.go.id/p/${chance.below(1000)}`));
    else await this.tapSomething('1005', 'SUDAH TAYANG');
  }

  private async act(): Promise<void> {
    const { chance } = this;
    const roll = chance.below(10);
    if (roll < 4) await this.maker(chance.pick(MAKERS));
    else if (roll < 8) await this.reviewer(chance.pick(REVIEWERS));
    else if (roll < 9) await this.admin();
    else this.changePeople();
  }

  /** Somebody loses his role, or gets it back. */
  private changePeople(): void {
    const { corridor, chance, office, sops } = this;
    const gone = this.faulty && chance.chance(0.5) ? 'citra' : null;
    const people = office.people.map((person) => (person.id === gone ? { ...person, roles: [] } : person));
    corridor.store.addOffice({ ...office, people }, sops);
  }

  private async work(): Promise<boolean> {
    const things = await this.corridor.available();
    if (things.length === 0) return false;
    await this.survive(this.chance.pick(things));
    return true;
  }

  async run(): Promise<Simulated> {
    const { corridor, chance } = this;
    for (; this.steps < FAULTY_STEPS; this.steps += 1) {
      const roll = chance.below(10);
      if (roll < 6) {
        if (!(await this.work())) await this.act();
      } else if (roll < 9) await this.act();
      else corridor.now += chance.below(chance.chance(0.1) ? 600 : 20) * MINUTE;
    }
    this.faulty = false;
    this.changePeople();
    await this.finish();
    const faults = broken(corridor, this.office);
    const published = corridor.cases.filter(({ state }) => state.status === 'published').length;
    return {
      seed: 0,
      crashPoints: this.crashPoints,
      crashes: this.crashes,
      steps: this.steps,
      trace: traceOf(corridor),
      faults,
      published,
    };
  }

  /** Faults have stopped: everybody does what is asked of him, and it must come to rest with every handed-in case published. */
  private async finish(): Promise<void> {
    const { corridor } = this;
    for (let i = 0; i < QUIET_STEPS_MAX; i += 1) {
      if (await this.work()) continue;
      const open = corridor.cases.filter(({ number, state }) => number !== null && state.status !== 'published');
      if (open.length === 0) {
        // Leases and pauses run out; the ladder of what nobody finishes is told to its end.
        const before = corridor.now;
        await corridor.advance(before + 40 * 24 * 60 * MINUTE);
        if (!(await this.work())) return;
        continue;
      }
      corridor.now += MINUTE;
      await this.helpAlong(open[0]?.id ?? '');
    }
  }

  private holders(role: string): string[] {
    return this.office.people.filter(({ roles }) => roles.includes(role)).flatMap(({ telegram }) => telegram ?? []);
  }

  private async helpAlong(id: string): Promise<void> {
    const { corridor } = this;
    const c = corridor.cases.find((one) => one.id === id);
    if (!c || !('step' in c.state)) return;
    const press = async (users: string[], word: string): Promise<boolean> => {
      for (const user of users) {
        const card = corridor
          .chat(user)
          .findLast(
            ({ text, buttons }) =>
              (c.number === null || text.includes(c.number.text) || word === 'SERAHKAN') &&
              buttons.flat().some(({ label }) => lettersOf(label) === lettersOf(word)),
          );
        const found = card?.buttons.flat().find(({ label }) => lettersOf(label) === lettersOf(word));
        if (card && found && 'tap' in found.does) {
          const { tap } = found.does;
          await this.bring(() => corridor.tap(user, tap, card.id));
          return true;
        }
      }
      return false;
    };
    const { status, step } = c.state;
    if (status === 'returned') {
      const home = c.home.id;
      if (c.content.title === null) await this.bring(() => corridor.textOnly(home, 'Kegiatan lengkap'));
      else if (!(await press([home], 'SERAHKAN'))) await press([home], 'Perbaiki sekarang');
    } else if (status === 'running') await press(this.holders(c.state.role), step === 'terima-berkas' ? 'DITERIMA' : 'TERIMA');
    else if (/tautan/i.test(corridor.chat('1005').at(-1)?.text ?? '') && !/SELESAI/.test(corridor.chat('1005').at(-1)?.text ?? ''))
      await this.bring(() => corridor.textOnly('1005', 'https://contoh.go.id/p/1'));
    else await press(['1005'], 'SUDAH TAYANG');
  }
}

function traceOf(corridor: Corridor): string {
  const { history, refusals, outbox } = corridor.store.tables;
  const told = [...outbox.values()].map(({ id, out, ending, attempts }) => [id, out, ending, attempts]);
  return createHash('sha256')
    .update(JSON.stringify([history, refusals, told]))
    .digest('hex');
}

export async function simulate(seed: number, office: Office, sops: Sop[], now: number): Promise<Simulated> {
  const result = await new Simulation(seed, office, sops, now).run();
  return { ...result, seed };
}
