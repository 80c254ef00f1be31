// PostgreSQL is killed between the steps of a case, and again before it has recovered: nothing is lost, nothing doubled, and the service never ends.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { walk } from './walk.ts';
import { expectWhole, KILLS, startedService } from './whole.ts';

const open = startedService();

it('loses and doubles nothing when PostgreSQL is killed again and again while a case goes on', async () => {
  const at = await open({ embedded: true });
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
