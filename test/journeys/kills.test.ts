// The service is killed between every two steps of one case, PostgreSQL in another, Redis emptied or killed in a third: nothing is lost,
// nothing doubled, and every invariant of the running check holds afterwards.
import { afterEach, expect, it } from 'vitest';
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

let trial: Trial | null = null;
let redis: TestRedis | null = null;
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

it('loses and doubles nothing when it is killed between every two steps of a case', async () => {
  const at = await openTrial({ office: OFFICE_TEXT });
  trial = at;
  await at.start();
  let kills = 0;
  const { number } = await walk(
    at.api,
    async () => {
      // What has just been sent may have been heard or not: both must do.
      await at.stop('SIGKILL');
      kills += 1;
      await at.start();
    },
    60_000,
  );
  expect(kills).toBeGreaterThanOrEqual(17);
  await expectWhole(at, number);
}, 420_000);

it('loses and doubles nothing when PostgreSQL is killed again and again while a case goes on', async () => {
  const at = await openTrial({ office: OFFICE_TEXT, embedded: true });
  trial = at;
  await at.start();
  let kills = 0;
  let steps = 0;
  const { number } = await walk(
    at.api,
    async () => {
      steps += 1;
      if (steps % 4 !== 0) return;
      // The service starts it again by itself.
      at.killPostgres();
      kills += 1;
      await at.well();
    },
    60_000,
  );
  expect(kills).toBeGreaterThanOrEqual(4);
  await at.well();
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
  const at = await openTrial({ office: OFFICE_TEXT, redisUrl: queues.url });
  trial = at;
  await at.start();
  let round = 0;
  const { number } = await walk(
    at.api,
    async () => {
      round += 1;
      // Now and then the whole server is gone for a moment, otherwise all it knows.
      if (round % 5 === 0) await queues.restart();
      else await queues.flush();
    },
    60_000,
  );
  await expectWhole(at, number);
}, 300_000);
