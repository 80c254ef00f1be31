// What else happens to a service, once each: it is asked to end, it is paused beside a second one, its disk is full, its database is away.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freshDatabase } from '../../support/database.ts';
import { freePort } from '../../support/free-port.ts';
import { openTcpDoor } from '../../support/tcp-door.ts';
import { ARMED, inScene, movedTo, type Outcome, progressMs, type Scene, urlOf } from './scene.ts';

export interface OtherWanted {
  seed: number;
  program: string[];
}

const SIGTERMS = 20;
const STOP_MAX_MS = 10_000;
const PAUSED_MS = 90_000;
/** What the paused one had locked, the database frees after a minute. */
const LOCKED_MAX_MS = 90_000;
const AWAY_MS = 60_000;
const FULL_MS = 20_000;
const DISK_MB = 600;
const PROGRESS_MAX_MS = 10_000;
const MIB = 1024 * 1024;

/** It ends by itself within ten seconds, with 0, and nothing stands twice on anybody's phone. */
export async function sigterm({ seed, program }: OtherWanted): Promise<Outcome & { stops: number; slowestStopMs: number }> {
  let slowestStopMs = 0;
  const outcome = await inScene({ program }, seed, async ({ at, keeper, armed, chance, wrong }) => {
    for (let n = 0; n < SIGTERMS; n += 1) {
      await armed.keep(ARMED);
      await keeper.well();
      await pause(chance.below(2_000));
      const begun = performance.now();
      const code = await at.stop('SIGTERM');
      slowestStopMs = Math.max(slowestStopMs, Math.round(performance.now() - begun));
      keeper.ended();
      if (code !== 0) wrong.push(`it ended with ${code} when it was asked to`);
    }
  });
  if (slowestStopMs > STOP_MAX_MS) outcome.wrong.push(`it took ${slowestStopMs} ms to end`);
  if (outcome.copies > 0) outcome.wrong.push(`${outcome.copies} messages stand twice on a phone`);
  return { ...outcome, stops: SIGTERMS, slowestStopMs };
}

async function second({ at }: Scene, program: string[]): Promise<{ process: ChildProcess; http: number }> {
  const http = await freePort();
  const child = spawn(process.execPath, [...program, 'start'], { env: { ...at.env, HTTP_PORT: String(http) }, stdio: 'ignore' });
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${http}/healthz`).catch(() => null);
    if (answer?.status === 200) return { process: child, http };
    await pause(100);
  }
  child.kill('SIGKILL');
  throw new Error('the second instance was not ready in time');
}

/** The one of two that hears Telegram is paused in the middle of its work for 90 s and then goes on as if nothing had been. */
export async function sigstop({ seed, program }: OtherWanted): Promise<Outcome & { heardAgainMs: number }> {
  let heardAgainMs = 0;
  const outcome = await inScene({ program, lateMaxMs: LOCKED_MAX_MS }, seed, async (scene) => {
    const { at, keeper, armed, chance, wrong } = scene;
    const other = await second(scene, program);
    // Whatever happens to the first, somebody is there.
    keeper.lives.splice(0, keeper.lives.length, { ready: Date.now(), ended: null });
    await armed.keep(ARMED);
    await pause(3_000 + chance.below(3_000));
    const before = await movedTo(urlOf(at));
    at.signal('SIGSTOP');
    const paused = performance.now();
    at.api.phone(1003).sendText('/status');
    const asked = at.api.pending().at(-1)?.update_id;
    const waits = () => at.api.pending().some((update) => update.update_id === asked);
    const until = Date.now() + PAUSED_MS;
    while (Date.now() < until) {
      await armed.keep(ARMED);
      if (heardAgainMs === 0 && !waits()) heardAgainMs = Math.round(performance.now() - paused);
      await pause(500);
    }
    if ((await movedTo(urlOf(at))) === before) wrong.push('the other one did not go on');
    if (heardAgainMs === 0) wrong.push('nobody heard Telegram while the first one was paused');
    at.signal('SIGCONT');
    await pause(15_000);
    other.process.kill('SIGTERM');
    await new Promise((resolve) => other.process.once('exit', resolve));
  });
  return { ...outcome, heardAgainMs };
}

function mountTmpfs(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=755`, 'tmpfs', folder]).status === 0;
}

/** Everything that it writes, database and files, lies on a disk that has no room left for a while. `null`: no such disk can be made here. */
export async function diskFull({ seed, program }: OtherWanted): Promise<(Outcome & { full: number; unhealthy: number }) | null> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-disk-'));
  chmodSync(folder, 0o755);
  if (!mountTmpfs(folder)) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  let full = 0;
  let unhealthy = 0;
  try {
    const data = join(folder, 'data');
    const outcome = await inScene({ program, embedded: true, more: { DATA_DIR: data } }, seed, async (scene) => {
      const { at, keeper, armed, chance, wrong } = scene;
      for (let n = 0; n < 3; n += 1) {
        await armed.keep(ARMED);
        await keeper.well();
        await pause(1_000 + chance.below(4_000));
        const ballast = join(folder, 'ballast');
        fill(ballast, folder);
        full += 1;
        for (const until = Date.now() + FULL_MS; Date.now() < until; await pause(500)) {
          const answer = await fetch(`http://127.0.0.1:${at.http}/healthz`).catch(() => null);
          if (answer?.status !== 200) unhealthy += 1;
        }
        rmSync(ballast);
        const ms = await progressMs(scene);
        if (ms > PROGRESS_MAX_MS) wrong.push(`nothing moved for ${ms} ms after there was room again`);
      }
      if (!/ENOSPC|53100|No space left|could not (?:extend|write)/i.test(at.output())) wrong.push('it never said that the disk is full');
    });
    return { ...outcome, full, unhealthy };
  } finally {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** To the last block. */
function fill(file: string, folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  for (let size = bavail * bsize; size > 0; size -= MIB) {
    if (spawnSync('fallocate', ['-l', String(size), file]).status === 0) break;
  }
  for (;;) {
    try {
      writeFileSync(file, Buffer.alloc(4096), { flag: 'a' });
    } catch {
      return;
    }
  }
}

/** The network to the database breaks for a minute; the service is not started again by anybody. */
export async function databaseAway({ seed, program }: OtherWanted): Promise<Outcome & { progressMs: number }> {
  const database = await freshDatabase();
  const url = new URL(database.url);
  const door = await openTcpDoor({ host: url.hostname, port: Number(url.port) });
  const through = new URL(url);
  through.port = String(door.port);
  let ms = 0;
  try {
    const outcome = await inScene({ program, embedded: true, more: { DATABASE_URL: through.href } }, seed, async (scene) => {
      const { at, keeper, armed, chance, wrong } = scene;
      await armed.keep(ARMED);
      await pause(3_000 + chance.below(3_000));
      door.shut(true);
      await pause(AWAY_MS);
      const [life] = keeper.lives;
      if (!at.running()) wrong.push('it ended because the database was away');
      door.shut(false);
      ms = await progressMs(scene, url.href);
      // Nothing could be told while there was no database: lateness counts from its return.
      if (life)
        keeper.lives.splice(0, keeper.lives.length, { ...life, ended: Date.now() - ms - AWAY_MS }, { ready: Date.now() - ms, ended: null });
    });
    if (ms > PROGRESS_MAX_MS) outcome.wrong.push(`nothing moved for ${ms} ms after the database was back`);
    return { ...outcome, progressMs: ms };
  } finally {
    await door.close();
    await database.close();
  }
}
