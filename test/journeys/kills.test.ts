// The service is killed between every two steps of one case and in its starts, PostgreSQL in another, Redis emptied or killed in a third:
// nothing is lost, nothing doubled, and every invariant of the running check holds afterwards. Thousands of kills: npm run proof:kills
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Built, build } from '../support/built.ts';
import { redisServer, startRedis, type TestRedis } from '../support/redis.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { OFFICE_TEXT, walk } from './walk.ts';

interface Shown {
  status: string;
  media: unknown[];
  decisions: { step: string; verdict: string }[];
  publications: unknown[];
  events: { type: string }[];
}

const KILLS = 25;

let built: Built;
let trial: Trial | null = null;
let redis: TestRedis | null = null;
beforeAll(() => {
  built = build();
});
afterAll(() => built.remove());
afterEach(async () => {
  await trial?.close();
  await redis?.stop();
  trial = null;
  redis = null;
});

async function expectWhole(at: Trial, number: string): Promise<void> {
  const { out } = await at.alur('case', 'show', number, '--json');
  const shown = JSON.parse(out) as Shown;
  expect(shown.status).toBe('published');
  expect(shown.media).toHaveLength(5);
  expect(shown.decisions.map(({ step, verdict }) => `${step} ${verdict}`)).toEqual([
    'terima-berkas receive',
    'periksa reject',
    'terima-berkas receive',
    'periksa accept',
    'putuskan accept',
  ]);
  expect(shown.publications).toHaveLength(1);
  expect(shown.events.filter(({ type }) => type === 'handed-in')).toHaveLength(2);
  expect((await at.alur('audit', 'verify')).code).toBe(0);
  const { findings } = JSON.parse((await at.alur('doctor', '--json')).out) as {
    findings: { what: string; state: string; detail: string }[];
  };
  expect(findings.filter(({ what }) => what === 'pemeriksaan')).toMatchObject([{ state: 'ok' }]);
}

it('loses and doubles nothing when it is killed between every two steps of a case, and again while it starts', async () => {
  const at = await openTrial({ office: OFFICE_TEXT, program: built.program });
  trial = at;
  await at.start();
  let kills = 0;
  let steps = 0;
  const kill = async () => {
    await at.stop('SIGKILL');
    kills += 1;
  };
  const { number } = await walk(
    at.api,
    async () => {
      steps += 1;
      // What has just been sent may have been heard or not: both must do.
      await kill();
      if (steps % 2 === 1) {
        at.begin();
        await pause(steps * 60);
        await kill();
      }
      await at.start();
    },
    60_000,
  );
  expect(kills).toBeGreaterThanOrEqual(KILLS);
  await expectWhole(at, number);
}, 420_000);

it('loses and doubles nothing when PostgreSQL is killed again and again while a case goes on', async () => {
  const at = await openTrial({ office: OFFICE_TEXT, embedded: true, program: built.program });
  trial = at;
  await at.start();
  let kills = 0;
  let steps = 0;
  const kill = () => {
    if (at.killPostgres()) kills += 1;
  };
  const { number } = await walk(
    at.api,
    async () => {
      steps += 1;
      // The service starts it again by itself, and it may be killed again before it has recovered.
      kill();
      if (steps % 2 === 1) {
        await pause(900 + steps * 60);
        kill();
      }
      await at.well();
    },
    60_000,
  );
  while (kills < KILLS) {
    kill();
    await pause(300);
    await at.well();
  }
  // It was started once, and has never ended.
  expect(at.output().match(/^open:/gm)).toHaveLength(1);
  await expectWhole(at, number);
}, 420_000);

const program = redisServer();
it(program === null
  ? 'did not run with Redis: there is no redis-server on this machine'
  : 'loses nothing when Redis is emptied between every two steps', async () => {
  if (program === null) {
    process.stderr.write('journeys: the Redis half did not run: no redis-server on this machine\n');
    return;
  }
  redis = await startRedis(program);
  const queues = redis;
  const at = await openTrial({ office: OFFICE_TEXT, redisUrl: queues.url, program: built.program });
  trial = at;
  await at.start();
  let round = 0;
  let kills = 0;
  const { number } = await walk(
    at.api,
    async () => {
      round += 1;
      // The whole server is gone for a moment, or all it knows.
      if (round % 2 === 0) await queues.restart();
      else await queues.flush();
      await pause(round * 10);
      await queues.flush();
      kills += 2;
    },
    60_000,
  );
  expect(kills).toBeGreaterThanOrEqual(KILLS);
  await expectWhole(at, number);
}, 300_000);
