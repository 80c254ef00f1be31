// The service is killed between every two steps of one case and in its starts: nothing is lost, nothing doubled, and every invariant of the
// running check holds afterwards.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { walk } from './walk.ts';
import { expectWhole, KILLS, startedService } from './whole.ts';

const open = startedService();

it('loses and doubles nothing when it is killed between every two steps of a case, and again while it starts', async () => {
  const at = await open();
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
