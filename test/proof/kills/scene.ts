// What everything is done to: an office that works, deadlines that wait, the service as a process of its own. Afterwards it is judged at rest.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { asOwner } from '../../../bench/server.ts';
import { OFFICE_TEXT } from '../../journeys/walk.ts';
import { type Crowd, crowd } from '../../support/crowd.ts';
import { type Seeded, seeded } from '../../support/seeded.ts';
import { openTrial, type Trial, type TrialOptions } from '../../support/service.ts';
import { type Armed, armDeadlines } from './armed.ts';
import { copiesIn } from './copies.ts';
import { isOver, type Judged, judge, type Life, settled } from './judge.ts';

export const CROWD_OFFICE = 'disdagperin-contoh';
/** Deadlines that wait at every fault. */
export const ARMED = 200;
const START_GUESS_MS = 2_500;
export const PATIENCE_MS = 240_000;
/** What is told of a run that went wrong. */
const TOLD_LINES = 20;

export interface Outcome extends Judged {
  /** The service ended by itself and had to be started again. */
  endedItself: number;
  messages: number;
  copies: number;
  leastArmed: number;
  seconds: number;
}

/** The embedded database's address lies beside it; with an outside one the service was told. */
export function urlOf(at: Trial): string {
  const { DATABASE_URL: outside, DATA_DIR: folder = '' } = at.env;
  if (outside !== undefined) return outside;
  const { password, port } = JSON.parse(readFileSync(join(folder, 'postgres', 'connection.json'), 'utf8')) as {
    password: string;
    port: number;
  };
  return `postgres://postgres:${password}@127.0.0.1:${port}/alur`;
}

/** How far all histories have come; `null` while the database takes no connection. */
export async function movedTo(url: string): Promise<number | null> {
  const owner = asOwner(url);
  try {
    const [row] = await owner<{ moved: number }[]>`select coalesce(sum(seq), 0)::float8 as moved from chain_heads`;
    return row?.moved ?? 0;
  } catch {
    return null;
  } finally {
    await owner.end({ timeout: 1 });
  }
}

/** From the database taking connections to the next entry of any history, in milliseconds: work falls due all the time. */
export async function progressMs({ at, keeper }: Pick<Scene, 'at' | 'keeper'>, url = urlOf(at)): Promise<number> {
  const until = Date.now() + PATIENCE_MS;
  let back: { at: number; moved: number } | null = null;
  for (; Date.now() < until; await pause(50)) {
    if (!at.running()) await keeper.well();
    const moved = await movedTo(url);
    if (back === null && moved !== null) back = { at: performance.now(), moved };
    else if (back !== null && moved !== null && moved > back.moved) return Math.round(performance.now() - back.at);
  }
  throw new Error(`nothing moved after the database was back:\n${at.output().slice(-4_000)}`);
}

/** A connection that counts as one of the service's. */
async function stay(url: string): Promise<postgres.Sql> {
  const sql = postgres(url, { max: 1, idle_timeout: 0, onnotice: () => {}, connection: { application_name: 'alur judge' } });
  await sql`select 1`;
  return sql;
}

/** Begins and ends the service, and remembers when it was there. */
export class Keeper {
  readonly lives: Life[] = [];
  endedItself = 0;
  startMs = START_GUESS_MS;
  private readonly at: Trial;

  constructor(at: Trial) {
    this.at = at;
  }

  /** Ready, started again where it has ended by itself. */
  async well(): Promise<void> {
    const begun = performance.now();
    if (!this.at.running()) {
      if (this.lives.at(-1)?.ended === null) {
        this.endedItself += 1;
        this.ended();
      }
      this.at.begin();
    }
    await this.answers();
    if (this.lives.at(-1)?.ended === null) return;
    this.startMs = 0.7 * this.startMs + 0.3 * (performance.now() - begun);
    this.lives.push({ ready: Date.now(), ended: null });
  }

  /** It is there: it answers, with its database and Telegram. How far its work has come is judged by the work. */
  private async answers(): Promise<void> {
    let said = '';
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(50)) {
      if (!this.at.running()) {
        this.endedItself += 1;
        this.at.begin();
      }
      const answer = await fetch(`http://127.0.0.1:${this.at.http}/healthz`).catch(() => null);
      if (answer?.status === 200) return;
      said = (await answer?.text().catch(() => said)) ?? said;
      if (/"up":\{"database"/.test(said) && /"telegram":"didengar"/.test(said)) return;
    }
    throw new Error(`the service was not there in time, it says ${said}:\n${this.at.output().slice(-4_000)}`);
  }

  async kill(): Promise<void> {
    if (this.at.running()) await this.at.stop('SIGKILL');
    else if (this.lives.at(-1)?.ended === null) this.endedItself += 1;
    this.ended();
  }

  ended(): void {
    const life = this.lives.at(-1);
    if (life?.ended === null) life.ended = Date.now();
  }
}

export interface Scene {
  at: Trial;
  keeper: Keeper;
  armed: Armed;
  people: Crowd;
  chance: Seeded;
  /** What was found wrong on the way. */
  wrong: string[];
}

export interface SceneOptions extends Omit<TrialOptions, 'office'> {
  /** Before the first start. */
  before?: (at: Trial) => Promise<void>;
  /** How long after it could be told a rung may be; a minute unless said. */
  lateMaxMs?: number;
}

/** Lays the scene, does `act` to it, lets everything come to its end, and judges. */
export async function inScene(options: SceneOptions, seed: number, act: (scene: Scene) => Promise<void>): Promise<Outcome> {
  const { before, lateMaxMs, ...trial } = options;
  const begun = performance.now();
  const at = await openTrial({ ...trial, office: OFFICE_TEXT });
  const keeper = new Keeper(at);
  const wrong: string[] = [];
  try {
    await before?.(at);
    await keeper.well();
    const armed = await armDeadlines(() => urlOf(at), at.api);
    const people = crowd(at.api);
    await act({ at, keeper, armed, people, chance: seeded(seed), wrong });
    await keeper.well();
    await people.end(() => isOver(urlOf(at), CROWD_OFFICE), PATIENCE_MS);
    const until = (options.clock ?? Date).now();
    wrong.push(...(await settled(urlOf(at), until, PATIENCE_MS, pause)));
    // Judged at rest: the embedded database stays while somebody is there.
    const presence = await stay(urlOf(at));
    const code = await at.stop('SIGTERM');
    if (code !== 0) wrong.push(`it ended with ${code} when it was asked to`);
    const judged = await judge(
      {
        url: urlOf(at),
        laid: armed.laid,
        lives: keeper.lives,
        crowdOffice: CROWD_OFFICE,
        ...(lateMaxMs === undefined ? {} : { lateMaxMs }),
      },
      until,
    );
    wrong.push(...judged.wrong);
    if (judged.handedIn === 0) wrong.push('the people came to nothing');
    const verified = await at.alur('audit', 'verify');
    if (verified.code !== 0) wrong.push(`the chain of the history does not hold: ${verified.err}`);
    const copies = await copiesIn(at.api, urlOf(at));
    await presence.end();
    if (keeper.endedItself > 0) wrong.push(`the service ended by itself ${keeper.endedItself} times`);
    if (wrong.length > 0) wrong.push(...saidWrong(at));
    return {
      ...judged,
      ...copies,
      wrong,
      endedItself: keeper.endedItself,
      leastArmed: armed.least(),
      seconds: Math.round((performance.now() - begun) / 1000),
    };
  } finally {
    await at.close();
  }
}

function saidWrong(at: Trial): string[] {
  return at
    .output()
    .split('\n')
    .filter((line) => /set aside|"level":50/.test(line))
    .slice(-TOLD_LINES);
}
