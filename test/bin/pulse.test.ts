// A process whose work never gives the thread back is ended: its update counts one crash more. That busy ones go on, every journey shows.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PULSE = fileURLToPath(new URL('../../bin/service/pulse.ts', import.meta.url));

function endOf(work: string): Promise<{ ended: number | string | null; told: string }> {
  const script = `const { watchPulse } = await import(${JSON.stringify(PULSE)}); const stop = await watchPulse({ everyMs: 60, looks: 8 }); ${work}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (data: Buffer) => {
    told += data.toString();
  });
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ ended: signal ?? code, told })));
}

test('work without end ends the process, which says so', async () => {
  const { ended, told } = await endOf('for (;;);');
  expect(ended).toBe('SIGKILL');
  expect(told).toMatch(/stood still too long/);
});
