// The few things that are remembered for the whole database.
import { sql } from 'drizzle-orm';
import type { Chance } from '../src/ports/ambient.ts';
import type { Run } from './line.ts';

const BUTTON_KEY = 'button-key';
const CLOCK_OFFSET = 'clock-offset-ms';
const KEY_BYTES = 32;

/** The key that buttons are sealed with: made once, the same for every process. */
export async function buttonKey(run: Run, chance: Chance): Promise<Uint8Array> {
  const fresh = Buffer.from(chance.bytes(KEY_BYTES)).toString('base64url');
  await run(sql`insert into settings (key, value) values (${BUTTON_KEY}, ${fresh}) on conflict (key) do nothing`);
  const [row] = await run<{ value: string }>(sql`select value from settings where key = ${BUTTON_KEY}`);
  return Buffer.from(row?.value ?? fresh, 'base64url');
}

/** How far the simulated office's clock is ahead of the real one, in milliseconds. */
export async function clockOffset(run: Run): Promise<number> {
  const [row] = await run<{ value: string }>(sql`select value from settings where key = ${CLOCK_OFFSET}`);
  return row ? Number(row.value) : 0;
}

export async function setClockOffset(run: Run, offsetMs: number): Promise<void> {
  await run(sql`
    insert into settings (key, value) values (${CLOCK_OFFSET}, ${String(Math.round(offsetMs))}) on conflict (key) do update set value = excluded.value`);
}

/** What was remembered before. */
export async function remember(run: Run, key: string, value: string): Promise<string | null> {
  const before = await recall(run, key);
  await run(sql`insert into settings (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`);
  return before;
}

/** Held until the transaction ends, where it stands. */
export async function recall(run: Run, key: string): Promise<string | null> {
  const [row] = await run<{ value: string }>(sql`select value from settings where key = ${key} for update`);
  return row?.value ?? null;
}
