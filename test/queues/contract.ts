// What every queue backend must do. The same suite on PostgreSQL and on Redis.
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openQueues, type Queues } from '../../queues/backend.ts';
import { startReconciler } from '../../queues/reconcile.ts';
import type { Processors, Workers } from '../../queues/worker.ts';
import { type Bench, backlog, listening, realClock, until, work } from './helpers.ts';

export function queueContract(name: string, openBench: () => Promise<Bench>): void {
  describe(`queues on ${name}`, () => {
    let bench: Bench;
    let queues: Queues;
    const open: { queues: Queues[]; workers: Workers[] } = { queues: [], workers: [] };

    const openMore = async (): Promise<Queues> => {
      const opened = await openQueues({ ...bench.where, log: listening() });
      open.queues.push(opened);
      return opened;
    };
    const start = async (processors: Partial<Processors>, on = queues, drainMs = 500): Promise<Workers> => {
      const started = await work(on, processors, drainMs);
      open.workers.push(started);
      return started;
    };
    const waiting = async (queue: 'hear' | 'wake' | 'deliver' | 'keep-media') => {
      const { waiting: plain = 0, prioritized = 0, delayed = 0 } = (await queues.counts())[queue];
      return { now: plain + prioritized, later: delayed };
    };

    beforeAll(async () => {
      bench = await openBench();
    });
    beforeEach(async () => {
      queues = await openMore();
    });
    afterEach(async () => {
      bench.line.mend();
      await Promise.all(open.workers.splice(0).map((workers) => workers.stop()));
      await Promise.all(open.queues.splice(0).map((opened) => opened.close()));
      await bench.wipe();
    });
    afterAll(() => bench.close());

    test('a job reaches its processor with its payload', async () => {
      const heard: string[] = [];
      await start({ hear: async ({ lane }) => void heard.push(lane) });
      expect(await queues.add('hear', { lane: 'telegram:1:-100' })).toBe(true);
      await until('heard', () => heard.length === 1);
      expect(heard).toEqual(['telegram:1:-100']);
    });

    test('a delayed job fires, and not before its time', async () => {
      const fired: number[] = [];
      await start({ wake: async () => void fired.push(Date.now()) });
      const added = Date.now();
      await queues.add('wake', { timer: 'a' }, { delayMs: 300 });
      await until('fired', () => fired.length === 1);
      expect(fired[0]).toBeGreaterThanOrEqual(added + 300);
    });

    test('a job that waits is the same job, however often it is added', async () => {
      for (let time = 0; time < 5; time += 1) await queues.add('hear', { lane: 'x' });
      await queues.add('hear', { lane: 'y' });
      expect(await waiting('hear')).toEqual({ now: 2, later: 0 });
    });

    test('jobs without a priority go first, whenever they were added', async () => {
      await queues.add('hear', { lane: 'upload-1' }, { priority: 10 });
      await queues.add('hear', { lane: 'upload-2' }, { priority: 10 });
      await queues.add('hear', { lane: 'tap' });
      const heard: string[] = [];
      await start({ hear: async ({ lane }) => void heard.push(lane) });
      await until('all heard', () => heard.length === 3);
      expect(heard[0]).toBe('tap');
    });

    test('a failed job runs again', async () => {
      let runs = 0;
      await start({
        wake: async () => {
          runs += 1;
          if (runs < 3) throw new Error('not yet');
        },
      });
      await queues.add('wake', { timer: 'a' });
      await until('third run', () => runs === 3);
    });

    test('a job that failed for good can be added again', async () => {
      let runs = 0;
      await start({
        wake: async () => {
          runs += 1;
          if (runs <= 3) throw new Error('not yet');
        },
      });
      await queues.add('wake', { timer: 'a' });
      await until('failed for good', async () => (await queues.counts()).wake['failed'] === 1);
      await queues.add('wake', { timer: 'a' });
      await until('run again', () => runs === 4);
    });

    test('a payload that nobody understands ends without reaching the processor', async () => {
      let runs = 0;
      await start({
        hear: async () => {
          runs += 1;
        },
      });
      const raw = queues.engine.producer('hear', () => undefined);
      await raw.add('hear', { path: 1 }, { attempts: 3 });
      await until('failed', async () => (await queues.counts()).hear['failed'] === 1);
      await raw.close();
      expect(runs).toBe(0);
    });

    describe('a wake-up while the job runs', () => {
      test('is not lost in 1,000 random interleavings, and one lane never runs twice at once', async () => {
        const rows = new Map<string, number>();
        const inside = new Map<string, number>();
        let overlaps = 0;
        await start({
          hear: async ({ lane }) => {
            const already = inside.get(lane) ?? 0;
            if (already > 0) overlaps += 1;
            inside.set(lane, already + 1);
            while ((rows.get(lane) ?? 0) > 0) {
              rows.set(lane, (rows.get(lane) ?? 0) - 1);
              if (Math.random() < 0.5) await pause(Math.random() * 4);
            }
            // Here the lane was seen empty and the job is not over yet: the gap in which a careless queue loses.
            await pause(Math.random() * 3);
            inside.set(lane, (inside.get(lane) ?? 1) - 1);
          },
        });
        const chat = async (number: number): Promise<void> => {
          const lane = `chat-${number}`;
          for (let message = 0; message < 50; message += 1) {
            rows.set(lane, (rows.get(lane) ?? 0) + 1);
            await queues.add('hear', { lane });
            await pause(Math.random() * 8);
          }
        };
        await Promise.all(Array.from({ length: 20 }, (_, number) => chat(number)));
        await until('every row heard', () => [...rows.values()].every((left) => left === 0));
        expect(overlaps).toBe(0);
      });

      test('runs the job once more, however many there were', async () => {
        let runs = 0;
        let release = (): void => undefined;
        const gate = new Promise<void>((resolve) => {
          release = resolve;
        });
        await start({
          hear: async () => {
            runs += 1;
            if (runs === 1) await gate;
          },
        });
        await queues.add('hear', { lane: 'x' });
        await until('running', () => runs === 1);
        for (let time = 0; time < 5; time += 1) await queues.add('hear', { lane: 'x' });
        release();
        await until('run again', () => runs === 2);
        await until('all over', async () => {
          const { active = 0 } = (await queues.counts()).hear;
          return active === 0 && (await waiting('hear')).now === 0;
        });
        expect(runs).toBe(2);
      });
    });

    describe('later and now', () => {
      test('a timer that is due now does not wait for its delayed job', async () => {
        await queues.add('wake', { timer: 'a' }, { delayMs: 600_000 });
        expect(await waiting('wake')).toEqual({ now: 0, later: 1 });
        const woken: string[] = [];
        await start({ wake: async ({ timer }) => void woken.push(timer) });
        await queues.add('wake', { timer: 'a' });
        await until('woken', () => woken.length === 1);
      });

      test('a pause of a chat stays when something new is to be delivered', async () => {
        await queues.add('deliver', { channel: 'telegram', chat: '1' }, { delayMs: 600_000 });
        await queues.add('deliver', { channel: 'telegram', chat: '1' });
        expect(await waiting('deliver')).toEqual({ now: 1, later: 1 });
      });

      test('the pause between two tries for a file is not shortened', async () => {
        await queues.add('keep-media', { media: 'paused' }, { delayMs: 600_000 });
        await queues.add('keep-media', { media: 'paused' });
        const tried: string[] = [];
        await start({ 'keep-media': async ({ media }) => void tried.push(media) });
        await queues.add('keep-media', { media: 'other' });
        await until('other tried', () => tried.includes('other'));
        expect(await waiting('keep-media')).toEqual({ now: 0, later: 1 });
        expect(tried).toEqual(['other']);
      });

      test('a pause that the running job itself asks for is kept', async () => {
        let runs = 0;
        await start({
          'keep-media': async ({ media }) => {
            runs += 1;
            if (runs === 1) await queues.add('keep-media', { media }, { delayMs: 200 });
          },
        });
        await queues.add('keep-media', { media: 'm' });
        await until('second run', () => runs === 2);
      });
    });

    test('what a wiped backend lost is made again by one round of the reconciler', async () => {
      const done = new Set<string>();
      const open = { lanes: ['telegram:1:2'], timers: ['t1'], chats: ['telegram:-100:7'], media: ['m1'] };
      await queues.add('wake', { timer: 'soon' }, { delayMs: 600_000 });
      await queues.add('hear', { lane: 'telegram:1:2' });
      await bench.wipe();
      await start({
        hear: async ({ lane }) => void done.add(lane),
        wake: async ({ timer }) => void done.add(timer),
        deliver: async ({ channel, chat }) => void done.add(`${channel}:${chat}`),
        'keep-media': async ({ media }) => void done.add(media),
      });
      const soon = [{ id: 'soon', at: Date.now() + 300 }];
      const store = { backlog: () => Promise.resolve(backlog({ ...open, soon })) };
      const reconciler = startReconciler({ store, queues, clock: realClock, log: listening(), everyMs: 600_000 });
      await reconciler.kick();
      await until('all made again', () => done.size === 5);
      await reconciler.stop();
      expect([...done].sort()).toEqual(['m1', 'soon', 't1', 'telegram:-100:7', 'telegram:1:2']);
    });

    test('a wiped backend does not disturb live workers', async () => {
      const heard: string[] = [];
      await start({ hear: async ({ lane }) => void heard.push(lane) });
      await queues.add('hear', { lane: 'before' });
      await until('before', () => heard.includes('before'));
      await bench.wipe();
      await queues.add('hear', { lane: 'after' });
      await until('after', () => heard.includes('after'));
    });

    test('a backend wiped under a running job takes the same job again', async () => {
      let runs = 0;
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      await start({
        hear: async () => {
          runs += 1;
          if (runs === 1) await gate;
        },
      });
      await queues.add('hear', { lane: 'x' });
      await until('running', () => runs === 1);
      await bench.wipe();
      await queues.add('hear', { lane: 'x' });
      await until('run again', () => runs === 2);
      release();
      await queues.add('hear', { lane: 'x' });
      await until('and again', () => runs === 3);
    });

    test('the half-done job of a killed run does not hold up the next run', async () => {
      const killed = await openMore();
      let taken = 0;
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      // One place, and the job in it does not end: for everybody else as if the program had been killed.
      const hang = async (): Promise<void> => {
        taken += 1;
        await gate;
      };
      const dead = killed.engine.consumer('hear', hang, 1, () => undefined);
      await killed.add('hear', { lane: 'x' });
      await until('taken', () => taken === 1);
      const heard: string[] = [];
      await start({ hear: async ({ lane }) => void heard.push(lane) });
      await queues.add('hear', { lane: 'x' });
      await until('heard by the next run', () => heard.length === 1);
      release();
      await dead.close();
    });

    describe('stopping', () => {
      test('lets running jobs finish', async () => {
        let finished = false;
        let begun = false;
        const workers = await start({
          hear: async () => {
            begun = true;
            await pause(200);
            finished = true;
          },
        });
        await queues.add('hear', { lane: 'x' });
        await until('begun', () => begun);
        expect(await workers.stop()).toEqual({ givenBack: 0 });
        expect(finished).toBe(true);
      });

      test('gives a hanging job back to the queue', async () => {
        const hanging = hang();
        const workers = await start({ wake: hanging.job }, queues, 100);
        await queues.add('wake', { timer: 'a' });
        await until('begun', hanging.begun);
        expect(await workers.stop()).toEqual({ givenBack: 1 });
        const { now, later } = await waiting('wake');
        expect(now + later).toBe(1);
      });

      test('takes no new jobs', async () => {
        const heard: string[] = [];
        const workers = await start({ hear: async ({ lane }) => void heard.push(lane) });
        await workers.stop();
        await queues.add('hear', { lane: 'x' });
        expect(await waiting('hear')).toEqual({ now: 1, later: 0 });
        expect(heard).toEqual([]);
      });

      test('ends while the backend is silent', async () => {
        const hanging = hang();
        const workers = await start({ hear: hanging.job }, queues, 100);
        await queues.add('hear', { lane: 'x' });
        await until('begun', hanging.begun);
        bench.line.silence();
        expect(await workers.stop()).toEqual({ givenBack: 1 });
        await queues.close();
      });
    });

    describe('when the backend cannot be reached', () => {
      test.for(['cut', 'silence'] as const)('adding ends without a throw and is counted: %s', async (how) => {
        await queues.add('hear', { lane: 'x' });
        bench.line[how]();
        expect(await queues.add('hear', { lane: 'y' })).toBe(false);
        expect(await queues.add('wake', { timer: 'z' }, { delayMs: 5 })).toBe(false);
        expect(queues.lost()).toBe(2);
      });

      test('opening says so', async () => {
        bench.line.cut();
        await expect(openQueues({ ...bench.where, log: listening() })).rejects.toThrow();
      });

      test('workers and adding go on once it is back', async () => {
        const heard: string[] = [];
        await start({ hear: async ({ lane }) => void heard.push(lane) });
        bench.line.cut();
        expect(await queues.add('hear', { lane: 'lost' })).toBe(false);
        bench.line.mend();
        await until('added again', () => queues.add('hear', { lane: 'after' }));
        await until('heard again', () => heard.includes('after'));
      });

      test('a restarted server is found again by live workers', async () => {
        const heard: string[] = [];
        await start({ hear: async ({ lane }) => void heard.push(lane) });
        await queues.add('hear', { lane: 'before' });
        await until('before', () => heard.includes('before'));
        await bench.restart();
        await until('added again', () => queues.add('hear', { lane: 'after' }));
        await until('heard again', () => heard.includes('after'));
      });
    });

    test('any id makes a job, whatever is written in it', async () => {
      const seen = new Set<string>();
      await start({ hear: async ({ lane }) => void seen.add(lane) });
      const lanes = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter(storable), 20);
      for (const lane of ['123', ':', '0:1', 'a:b:c', '*', '{x}', ...lanes]) {
        expect(await queues.add('hear', { lane })).toBe(true);
        await until(`heard ${JSON.stringify(lane)}`, () => seen.has(lane));
      }
    });
  });
}

/** jsonb holds no NUL; ids hold none either. */
function storable(text: string): boolean {
  return !text.includes('\u0000');
}

/** A job that never ends. */
function hang() {
  let running = false;
  return {
    begun: () => running,
    job: () =>
      new Promise<void>(() => {
        running = true;
      }),
  };
}
