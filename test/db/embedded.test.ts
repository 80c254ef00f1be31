// PostgreSQL that comes along: made, shared, taken over after a kill, started again when it dies, stopped by the last one out.
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, describe, expect, test } from 'vitest';
import { alive } from '../../db/embedded/lock.ts';
import { type Embedded, startEmbedded } from '../../db/embedded.ts';

/** The first port for outgoing connections, where nobody has set it otherwise. */
const LINUX_GIVES_FROM = 32_768;
const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const running: Embedded[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const embedded of running.splice(0)) await embedded.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(mode = 0o755): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'embedded-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

async function start(dataDir: string, durable = true): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, durable });
  running.push(embedded);
  return embedded;
}

function pidOf(embedded: Embedded): number {
  return Number(readFileSync(path.join(embedded.dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** `null`: it has not written down yet, or not any more, who it is. */
function pidNow(embedded: Embedded): number | null {
  try {
    const pid = pidOf(embedded);
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

async function ask<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function eventually(what: () => boolean | Promise<boolean>): Promise<void> {
  for (;;) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Another Alur process on the same folder; resolves once it has the database. */
async function otherProcess(dataDir: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('../support/embedded-user.ts', import.meta.url)), [dataDir], { execArgv: ['--import', 'tsx'] });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the other process ended with ${code}`)));
  });
  return child;
}

describe('the embedded database', () => {
  test('speaks UTF-8, sorts by code point, listens on loopback only, and writes safely', async () => {
    const { url, reused } = await start(freshFolder());
    expect(reused).toBe(false);
    const [row] = await ask(
      url,
      (sql) => sql`
        select current_database() as database, upper('é') as upper, getdatabaseencoding() as encoding, current_setting('listen_addresses') as listens,
          current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
          current_setting('max_connections') as connections, (select datlocale from pg_database where datname = current_database()) as locale`,
    );
    expect(row).toEqual({
      database: 'alur',
      upper: 'É',
      encoding: 'UTF8',
      listens: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      commits: 'on',
      connections: '200',
      locale: 'C.UTF-8',
    });
  });

  test('keeps its password to its owner, and wants it', async () => {
    const { url, dataDir } = await start(freshFolder(), false);
    expect(statSync(path.join(dataDir, 'connection.json')).mode & 0o777).toBe(0o600);
    const wrong = new URL(url);
    wrong.password = 'salah';
    await expect(ask(wrong.href, (sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' });
  });

  test('is shared: the second to come reuses it, and the last to go stops it', async () => {
    const folder = freshFolder();
    const first = await start(folder);
    const second = await start(folder);
    expect(second).toMatchObject({ reused: true, url: first.url });
    const pid = pidOf(first);
    await first.stop();
    expect(alive(pid)).toBe(true);
    expect(await ask(second.url, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await second.stop();
    expect(alive(pid)).toBe(false);
  });

  test('its port is not one that the system gives away, also where an earlier version had taken one', async () => {
    const folder = freshFolder();
    const portOf = ({ url }: Embedded) => Number(new URL(url).port);
    const first = await start(folder);
    expect(portOf(first)).toBeLessThan(LINUX_GIVES_FROM);
    await first.stop();
    const file = path.join(first.dataDir, 'connection.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), port: LINUX_GIVES_FROM + 10_000 }));
    expect(portOf(await start(folder))).toBeLessThan(LINUX_GIVES_FROM);
  });

  test('stays while another Alur connection is open', async () => {
    const embedded = await start(freshFolder());
    const pid = pidOf(embedded);
    const sql = postgres(embedded.url, { max: 1, connection: { application_name: 'alur' } });
    await sql`select 1`;
    await embedded.stop();
    expect(alive(pid)).toBe(true);
    await sql.end();
    const last = await start(path.dirname(embedded.dataDir));
    expect(last.reused).toBe(true);
    await last.stop();
    expect(alive(pid)).toBe(false);
  });

  test('five starts at once make one database', async () => {
    const folder = freshFolder();
    const all = await Promise.all(Array.from({ length: 5 }, () => start(folder)));
    expect(new Set(all.map((one) => one.url)).size).toBe(1);
    expect(all.filter((one) => !one.reused)).toHaveLength(1);
  });

  test('an orphan of a killed process is taken over, with everything in it', async () => {
    const folder = freshFolder();
    const other = await otherProcess(folder);
    const ended = new Promise((resolve) => other.once('exit', resolve));
    other.kill('SIGKILL');
    await ended;
    const embedded = await start(folder);
    expect(embedded.reused).toBe(true);
    const pid = pidOf(embedded);
    await eventually(
      async () =>
        (await ask(embedded.url, (sql) => sql`select from pg_stat_activity where application_name = 'alur presence'`)).length === 1,
    );
    await embedded.stop();
    expect(alive(pid)).toBe(false);
  });

  test('is not stopped by one process while another uses it', async () => {
    const folder = freshFolder();
    const embedded = await start(folder);
    const pid = pidOf(embedded);
    await otherProcess(folder);
    await embedded.stop();
    expect(alive(pid)).toBe(true);
    running.push(await startEmbedded({ dataDir: folder, durable: false }));
  });

  test('killed, it is started again at its old address, and nothing that was committed is lost', async () => {
    const embedded = await start(freshFolder());
    await ask(embedded.url, async (sql) => {
      await sql`create table kept (n int)`;
      await sql`insert into kept select generate_series(1, 100)`;
    });
    process.kill(pidOf(embedded), 'SIGKILL');
    await eventually(() => ask(embedded.url, (sql) => sql`select 1`).then(Boolean, () => false));
    expect(await ask(embedded.url, (sql) => sql`select count(*)::int as n from kept`)).toEqual([{ n: 100 }]);
  });

  test('killed again while it is being started again, it still comes back at its old address', async () => {
    const embedded = await start(freshFolder());
    for (let again = 0; again < 3; again += 1) {
      const dead = pidOf(embedded);
      process.kill(dead, 'SIGKILL');
      // As soon as the next one has written down who it is.
      if (again < 2) await eventually(() => ![null, dead].includes(pidNow(embedded)));
    }
    await eventually(() => ask(embedded.url, (sql) => sql`select 1`).then(Boolean, () => false));
  });

  test('killed while nobody was there, it recovers at the next start; a pid that is somebody else’s now does not matter', async () => {
    const folder = freshFolder();
    const first = await start(folder);
    await ask(first.url, (sql) => sql`create table kept as select 1 as n`);
    const pidFile = path.join(first.dataDir, 'cluster', 'postmaster.pid');
    const stale = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, stale.replace(/^\d+/, String(process.pid)));
    const second = await start(folder);
    expect(second.reused).toBe(false);
    expect(await ask(second.url, (sql) => sql`select n from kept`)).toEqual([{ n: 1 }]);
  });

  test('a start that was killed half way, its lock left behind, is begun again', async () => {
    const folder = freshFolder();
    mkdirSync(path.join(folder, 'postgres', 'cluster.new'), { recursive: true });
    writeFileSync(path.join(folder, 'postgres', 'cluster.new', 'PG_VERSION'), '18');
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(path.join(folder, 'postgres', 'embedded.lock'), `${gone} 1`);
    const { url } = await start(folder, false);
    expect(await ask(url, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });
});

describe.runIf(isRoot)('as root', () => {
  test('the server runs as another user', async () => {
    const embedded = await start(freshFolder(), false);
    expect(embedded.movedBecauseRoot).toBe(false);
    expect(statSync(`/proc/${pidOf(embedded)}`).uid).not.toBe(0);
  });

  test('where that user cannot reach the folder, the database lies elsewhere, and the same one is found again', async () => {
    const folder = freshFolder(0o700);
    const first = await start(path.join(folder, 'data'), false);
    expect(first.movedBecauseRoot).toBe(true);
    expect(first.dataDir).toMatch(/^\/var\/lib\/alur\/[0-9a-f]{16}\/postgres$/);
    folders.push(path.dirname(first.dataDir));
    await ask(first.url, (sql) => sql`create table kept as select 1 as n`);
    await first.stop();
    const second = await start(path.join(folder, 'data'), false);
    expect(await ask(second.url, (sql) => sql`select n from kept`)).toEqual([{ n: 1 }]);
  });

  test('a user without a name hears what to do', () => {
    const script = `import { databaseAccount } from ${JSON.stringify(new URL('../../db/embedded/account.ts', import.meta.url).href)};
      process.setgid(54321); process.setuid(54321); try { databaseAccount(); } catch (error) { console.log(error.message); }`;
    const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(run.stdout).toContain('uid 54321 tidak tercatat di /etc/passwd');
    expect(run.stdout).toContain('DATABASE_URL');
  });
});
