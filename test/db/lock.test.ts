import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HeldLock, holdLock } from '../../db/lock.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const HOLDER = fileURLToPath(new URL('../support/lock-holder.ts', import.meta.url));
const SILENT_MAX_MS = 1_500;

let database: FreshDatabase;
let holder: ChildProcess | null = null;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  holder?.kill('SIGKILL');
  await database.close();
});

const says = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));

async function takenOver(name: string): Promise<HeldLock> {
  for (;;) {
    const held = await holdLock(database.url, name, SILENT_MAX_MS);
    if (held !== null) return held;
    await pause(100);
  }
}

it('is held by one alone, and given on when he lets it go', async () => {
  const held = await holdLock(database.url, 'satu');
  expect(await holdLock(database.url, 'satu')).toBeNull();
  await held?.release();
  const next = await holdLock(database.url, 'satu');
  expect(next).not.toBeNull();
  await next?.release();
});

it('leaves no connection behind when it is lost, and is to be had again', async () => {
  const superuser = postgres(database.url, { max: 1, onnotice: () => {} });
  const ends = () =>
    superuser`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'alur lock'`;
  const there = async () => (await ends()).length;
  try {
    const held = await holdLock(database.url, 'tiga', SILENT_MAX_MS);
    expect(await there()).toBe(1);
    await expect.poll(() => held?.lost.aborted).toBe(true);
    await expect.poll(there).toBe(0);
    // Several times as long as it takes until it would say something.
    await pause(SILENT_MAX_MS / 3);
    expect(await there()).toBe(0);
    const again = await holdLock(database.url, 'tiga', SILENT_MAX_MS);
    expect(again?.lost.aborted).toBe(false);
    await again?.release();
    expect(again?.lost.aborted).toBe(false);
    await held?.release();
  } finally {
    await superuser.end();
  }
});

it('goes over from a process that was paused, which knows of it when it goes on', async () => {
  holder = fork(HOLDER, [database.url, 'dua', String(SILENT_MAX_MS)], { execArgv: ['--import', 'tsx'] });
  expect(await says(holder)).toBe('held');
  // As long as it says something, it keeps it.
  await pause(2 * SILENT_MAX_MS);
  expect(await holdLock(database.url, 'dua')).toBeNull();

  holder.kill('SIGSTOP');
  const held = await takenOver('dua');

  const said = says(holder);
  holder.kill('SIGCONT');
  expect(await said).toBe('lost');
  expect(held.lost.aborted).toBe(false);
  await held.release();
}, 60_000);
