// Codes of invitations: one winner however many come at once, and nothing to be gained by guessing.
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/store.ts';
import { GUESS_WINDOW_MS, GUESSES_OF_ACCOUNT, GUESSES_OF_ALL, guessesLocked } from '../../src/office/guesses.ts';
import { NOW, office, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

let database: FreshDatabase | null = null;
afterEach(async () => {
  await database?.close();
  database = null;
});

test('of a hundred who come with one code at the same moment one is bound, and the next code still works', async () => {
  const fresh = await freshDatabase();
  database = fresh;
  const store = await openStore({ url: fresh.url, chance: seeded(5), max: 12 });
  try {
    const people = office.people.map(({ telegram: _, ...person }) => person);
    const { invitations } = await store.applyOffice({ ...office, people }, [sop], NOW);
    const redeem = (code: string, account: string) =>
      store.transaction((tx) => tx.redeem(code, 'telegram', account, { channel: 'telegram', id: account }, NOW));
    const all = await Promise.all(Array.from({ length: 100 }, (_, n) => redeem(invitations[0]?.code ?? '', `${9000 + n}`)));
    const bound = all.flatMap((one, n) => (one.redeemed === 'yes' ? [{ person: one.person, account: `${9000 + n}` }] : []));
    expect(bound).toHaveLength(1);
    const memberships = await Promise.all(all.map((_, n) => store.transaction((tx) => tx.memberships('telegram', `${9000 + n}`))));
    expect(memberships.flatMap((of, n) => of.map(({ person }) => ({ person: person.id, account: `${9000 + n}` })))).toEqual(bound);
    expect(await redeem(invitations[1]?.code ?? '', '9999')).toMatchObject({ redeemed: 'yes' });
  } finally {
    await store.close();
  }
});

describe('a million guesses in a day, from ten thousand accounts', () => {
  const DAY = 24 * GUESS_WINDOW_MS;
  const GUESSES = 1_000_000;

  /** What was compared with a code at all. */
  function compared(seed: number, accounts: number): { at: number; account: number }[] {
    const chance = seeded(seed);
    const heard: { at: number; account: number }[] = [];
    const wrong = new Map<number, number[]>();
    let first = 0;
    for (let n = 0; n < GUESSES; n += 1) {
      const at = Math.floor((n * DAY) / GUESSES);
      const account = chance.below(accounts);
      while ((heard[first]?.at ?? at) <= at - GUESS_WINDOW_MS) first += 1;
      const mine = (wrong.get(account) ?? []).filter((one) => one > at - GUESS_WINDOW_MS);
      if (guessesLocked({ mine: mine.length, all: heard.length - first })) continue;
      heard.push({ at, account });
      wrong.set(account, [...mine, at]);
    }
    return heard;
  }

  test('not more than a hundred an hour are looked at', () => {
    const heard = compared(1, 10_000);
    expect(heard.length).toBeLessThanOrEqual(24 * GUESSES_OF_ALL);
    expect(heard.length).toBeGreaterThan(20 * GUESSES_OF_ALL);
    // Fifty open invitations, and a year of days like this one: one chance in five thousand.
    const codes = 32 ** 8;
    expect((heard.length * 50 * 365) / codes).toBeLessThan(1 / 5_000 / 5);
  });

  test('of one account not more than five an hour', () => {
    const heard = compared(2, 1);
    expect(heard.length).toBeLessThanOrEqual(24 * GUESSES_OF_ACCOUNT);
    for (const [n, { at }] of heard.entries())
      expect((heard[n + GUESSES_OF_ACCOUNT]?.at ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(GUESS_WINDOW_MS);
  });
});
