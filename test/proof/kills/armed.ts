// Deadlines that wait in the rows while everything is being killed: cases of offices of their own that nobody decides, so that each rung of
// their ladder must be told at its moment. More are laid whenever too few still wait.
import { asOwner } from '../../../bench/server.ts';
import { chance } from '../../../bench/tapping.ts';
import { ACCOUNT, uploadPhotos } from '../../../bench/telegram.ts';
import { benchOffice, benchSop, makersOf, prepare } from '../../../bench/world.ts';
import { openStore, type PgStore } from '../../../db/store.ts';
import type { Instant } from '../../../src/time.ts';
import type { BotApi } from '../../../web/simulator/bot-api.ts';

/** A reminder after 90 s, overdue after 120 s, an escalation every two minutes after that. */
const ELAPSED = '2m';
const REMINDER_AFTER_MS = 90_000;
const OFFICES = 10;
const CASES_AT_ONCE = 200;
/** From the first reminder of what is laid at once until the last one. */
const SPREAD_MS = 80_000;
const FIRST_MS = 5_000;
/** Somebody of no office. */
export const UPLOADER = 19_999_999;

export interface Armed {
  /** More are laid when fewer than `least` still wait. */
  keep(least: number): Promise<void>;
  /** Rungs by case as they were laid: what must stand in the rows for ever. */
  laid: ReadonlyMap<string, number>;
  /** The fewest that were found waiting. */
  least(): number;
}

/** Holds no connection between two calls: the database may be killed in between. */
export async function armDeadlines(url: () => string, api: BotApi): Promise<Armed> {
  const sop = benchSop(ELAPSED);
  const offices = Array.from({ length: OFFICES }, (_, index) => benchOffice(index, 1, sop));
  for (const { people } of offices) for (const { name, telegram } of people) if (telegram !== undefined) api.phone(Number(telegram), name);
  // The platform has these files: whoever a case goes up to is sent them.
  const fileIds = await uploadPhotos(api, UPLOADER);
  const laid = new Map<string, number>();
  let fewest = Number.POSITIVE_INFINITY;

  const withStore = async <T>(work: (store: PgStore) => Promise<T>): Promise<T> => {
    const store = await openStore({ url: url(), chance });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const withOwner = async <T>(work: (owner: ReturnType<typeof asOwner>) => Promise<T>): Promise<T> => {
    const owner = asOwner(url());
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  };

  const lay = async (now: Instant): Promise<void> => {
    const wanted = Array.from({ length: CASES_AT_ONCE }, (_, n) => {
      const office = offices[n % OFFICES];
      const maker = office && makersOf(office)[0];
      if (!office || !maker) throw new Error('an office without a maker');
      return { office, maker, at: Math.round(now - REMINDER_AFTER_MS + FIRST_MS + (n * SPREAD_MS) / CASES_AT_ONCE), handedIn: true };
    });
    const cases = await withStore((store) => prepare(store, sop, wanted, { account: ACCOUNT, fileIds }));
    const rows = await withOwner(
      (owner) => owner<{ case: string; rungs: number }[]>`select "case", count(*)::int as rungs from timers group by "case"`,
    );
    const fresh = new Set(cases.map(({ id }) => id));
    for (const { case: id, rungs } of rows) if (fresh.has(id)) laid.set(id, rungs);
  };

  await withStore(async (store) => {
    for (const office of offices) await store.applyOffice(office, [sop], Date.now());
  });
  return {
    laid,
    least: () => fewest,
    async keep(least) {
      for (;;) {
        const [row] = await withOwner(
          (owner) => owner<{ waiting: number }[]>`select count(*)::int as waiting from timers where told_at is null and at > now()`,
        );
        const waiting = row?.waiting ?? 0;
        if (waiting < least) await lay(Date.now());
        else {
          fewest = Math.min(fewest, waiting);
          return;
        }
      }
    },
  };
}
