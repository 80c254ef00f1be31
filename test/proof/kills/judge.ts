// What must hold when the killing is over: every deadline told once, at its moment or soon after the service was there again; every case as
// the invariants want it; everything that was to be said delivered.
import { asOwner } from '../../../bench/server.ts';
import { chance } from '../../../bench/tapping.ts';
import { openStore } from '../../../db/store.ts';
import type { ChainedEntry } from '../../../src/audit/chain.ts';
import type { CaseEvent } from '../../../src/case/case.ts';
import { brokenInCase, brokenInRegister } from '../../../src/proof/invariants.ts';
import type { Instant } from '../../../src/time.ts';

/** A time in which the service answered, from its readiness to its end. */
export interface Life {
  ready: Instant;
  ended: Instant | null;
}

export interface Judged {
  wrong: string[];
  /** Rungs told, in all. */
  told: number;
  /** Those that fell due while nothing was there. */
  dueWhileDown: number;
  /** Longest time that the service was there between a rung's moment and its telling; and the same of those due while it was not. */
  latestMs: number;
  latestAfterDownMs: number;
  /** Longest time that the service was there while a message stood first in its chat: what one person waits for after a kill. */
  slowestMessageMs: number;
  /** Cases of the crowd's office that were handed in. */
  handedIn: number;
}

/** A deadline that fell due while everything was down is told so soon after the start. */
const LATE_MAX_MS = 60_000;

interface Rung {
  case: string;
  rung: string;
  at: number;
  told: number | null;
}

function eventOf({ type, at, by, body }: ChainedEntry): CaseEvent {
  return { ...(body as object), type, at, by } as CaseEvent;
}

function grouped(rungs: Rung[]): Map<string, Rung[]> {
  const groups = new Map<string, Rung[]>();
  for (const rung of rungs) groups.set(rung.case, [...(groups.get(rung.case) ?? []), rung]);
  return groups;
}

async function rungsOf(url: string): Promise<Rung[]> {
  const owner = asOwner(url);
  try {
    return await owner<Rung[]>`
      select "case", step || '/' || round || '/' || rung as rung, extract(epoch from at)::float8 * 1000 as at,
        extract(epoch from told_at)::float8 * 1000 as told from timers`;
  } finally {
    await owner.end();
  }
}

/** So long the service was there between a rung's moment and its telling; `down`: at its moment nothing was there. */
function lateness({ at, told }: { at: number; told: number }, lives: readonly Life[]): { ms: number; down: boolean } {
  const there = (life: Life) => Math.max(0, Math.min(told, life.ended ?? told) - Math.max(at, life.ready));
  const down = !lives.some(({ ready, ended }) => ready <= at && (ended === null || ended > at));
  return { ms: lives.reduce((sum, life) => sum + there(life), 0), down };
}

function judgeRungs(rungs: Rung[], laid: ReadonlyMap<string, number>, lives: readonly Life[], until: Instant) {
  const wrong: string[] = [];
  const byCase = grouped(rungs);
  for (const [id, count] of laid)
    if (byCase.get(id)?.length !== count) wrong.push(`${id}: ${byCase.get(id)?.length ?? 0} rungs of ${count} are there`);
  for (const { case: id, rung, at, told } of rungs) {
    if (told === null && at <= until) wrong.push(`${id}: ${rung} was missed, due ${Math.round((until - at) / 1000)} s ago`);
    // The database keeps microseconds, the clock gives milliseconds.
    if (told !== null && told < at - 1) wrong.push(`${id}: ${rung} was told ${Math.round(at - told)} ms early`);
  }
  const late = rungs.flatMap((rung) => (rung.told === null ? [] : [lateness({ at: rung.at, told: rung.told }, lives)]));
  const worst = (of: { ms: number }[]) => Math.round(of.reduce((most, { ms }) => Math.max(most, ms), 0));
  const afterDown = late.filter(({ down }) => down);
  const [latestMs, latestAfterDownMs] = [worst(late), worst(afterDown)];
  return { wrong, told: late.length, dueWhileDown: afterDown.length, latestMs, latestAfterDownMs };
}

/** Answers to taps wait behind nothing; they are few, and the people of the crowd judge them. */
async function slowestMessage(url: string, lives: readonly Life[]): Promise<number> {
  const owner = asOwner(url);
  try {
    const rows = await owner<{ at: number; told: number }[]>`
      select extract(epoch from greatest(created_at, lag(ended_at) over (partition by channel, chat order by id)))::float8 * 1000 as at,
        extract(epoch from ended_at)::float8 * 1000 as told
      from outbox where kind <> 'answer' and ending in ('sent', 'needless')`;
    return Math.round(rows.reduce((most, row) => Math.max(most, lateness(row, lives).ms), 0));
  } finally {
    await owner.end();
  }
}

/** Every case against the invariants; a rung in the rows is told exactly as often as the history says. */
async function judgeCases(url: string, rungs: Rung[], crowdOffice: string): Promise<{ wrong: string[]; handedIn: number }> {
  const owner = asOwner(url);
  const store = await openStore({ url, chance });
  try {
    const wrong: string[] = [];
    const told = grouped(rungs.filter((rung) => rung.told !== null));
    const cases = await owner<{ id: string; office: string; status: string; number: string | null }[]>`
      select id, office, status, number from cases`;
    for (const { id, office, status, number } of cases) {
      const read = await store.readCase(id);
      if (!read) {
        wrong.push(`${id} cannot be read`);
        continue;
      }
      const events = (await store.eventsOf(id)).map(eventOf);
      for (const { rule, what } of brokenInCase({ case: read.case, events, sop: read.sop })) wrong.push(`${rule} ${id}: ${what}`);
      const inHistory = events.filter(({ type }) => type === 'told').length;
      if (inHistory !== (told.get(id)?.length ?? 0))
        wrong.push(`${id}: the history tells ${inHistory} rungs, the rows ${told.get(id)?.length ?? 0}`);
      if (office === crowdOffice && number !== null && status !== 'published') wrong.push(`${number} did not come to its end: ${status}`);
    }
    const serials = await owner<{ office: string; year: number; serials: number[] }[]>`
      select office, number_year as year, jsonb_agg(number_serial) as serials from cases where number_serial is not null group by office, number_year`;
    for (const one of serials)
      for (const { what } of brokenInRegister(one.office, one.serials)) wrong.push(`I8 ${one.office} ${one.year}: ${what}`);
    return { wrong, handedIn: cases.filter(({ office, number }) => office === crowdOffice && number !== null).length };
  } finally {
    await owner.end();
    await store.close();
  }
}

/** What still waits of all that was due until then. */
async function waitingOf(url: string, until: Instant): Promise<{ rungs: number; posts: number; deliveries: number; dead: string[] }> {
  const owner = asOwner(url);
  const then = new Date(until).toISOString();
  try {
    const [row] = await owner<{ rungs: number; posts: number; deliveries: number }[]>`
      select (select count(*)::int from timers where told_at is null and at <= ${then}::timestamptz) as rungs,
        (select count(*)::int from inbox where ended_at is null) as posts,
        (select count(*)::int from outbox where ended_at is null and created_at <= ${then}::timestamptz) as deliveries`;
    const dead = await owner<{ what: string }[]>`
      select 'post ' || id || ' was set aside: ' || body::text as what from inbox where ending = 'dead'
      union all select kind || ' ' || id || ' to ' || chat || ' is ' || ending || ': ' || coalesce(why, '') from outbox
        where ending in ('refused', 'unreachable') and kind <> 'answer'`;
    return { ...(row ?? { rungs: 0, posts: 0, deliveries: 0 }), dead: dead.map(({ what }) => what) };
  } finally {
    await owner.end();
  }
}

/** Whether everything that the people of this office began has come to its end. */
export async function isOver(url: string, office: string): Promise<boolean> {
  const owner = asOwner(url);
  try {
    const [row] = await owner<
      { open: number }[]
    >`select count(*)::int as open from cases where office = ${office} and status <> 'published'`;
    return row?.open === 0;
  } finally {
    await owner.end();
  }
}

export interface ToJudge {
  url: string;
  laid: ReadonlyMap<string, number>;
  lives: readonly Life[];
  crowdOffice: string;
  /** How long after it could be told a rung may be. */
  lateMaxMs?: number;
}

/** Resolves when nothing that was due then waits any more, or patience is over. */
export async function settled(url: string, until: Instant, patienceMs: number, pause: (ms: number) => Promise<unknown>): Promise<string[]> {
  for (const end = Date.now() + patienceMs; ; await pause(500)) {
    const { rungs, posts, deliveries, dead } = await waitingOf(url, until);
    if (rungs + posts + deliveries === 0) return dead;
    if (Date.now() > end) return [...dead, `there still wait ${rungs} rungs, ${posts} posts, ${deliveries} deliveries`];
  }
}

export async function judge({ url, laid, lives, crowdOffice, lateMaxMs = LATE_MAX_MS }: ToJudge, until: Instant): Promise<Judged> {
  const rungs = await rungsOf(url);
  const { wrong, ...figures } = judgeRungs(rungs, laid, lives, until);
  if (figures.latestMs > lateMaxMs) wrong.push(`a rung was told ${figures.latestMs} ms after it could have been`);
  const cases = await judgeCases(url, rungs, crowdOffice);
  return { ...figures, slowestMessageMs: await slowestMessage(url, lives), handedIn: cases.handedIn, wrong: [...wrong, ...cases.wrong] };
}
