// The parts of the service as processes of their own: one hears, one works, one answers the web; the queues join them.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { freePort } from '../support/free-port.ts';
import { SOURCES } from '../support/program.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { hasButton, OFFICE_TEXT, people, says } from './walk.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let trial: Trial | null = null;
const parts: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(
    parts.splice(0).map((part) => {
      if (part.exitCode !== null) return Promise.resolve();
      const ended = new Promise<void>((resolve) => part.once('exit', () => resolve()));
      part.kill('SIGTERM');
      return ended;
    }),
  );
  await trial?.close();
  trial = null;
});

async function part(at: Trial, only: string): Promise<string> {
  const port = await freePort();
  const env = { ...at.env, HTTP_PORT: String(port) };
  parts.push(spawn(process.execPath, [...SOURCES, 'start', '--only', only], { cwd: ROOT, env, stdio: 'ignore' }));
  return `http://127.0.0.1:${port}`;
}

it('hears in one process, works in another and answers the web in a third', async () => {
  const at = await openTrial({ office: OFFICE_TEXT });
  trial = at;
  const web = await part(at, 'web');
  await part(at, 'telegram');
  await part(at, 'work');
  const { sari } = people(at.api);
  await sari.sendPhoto(await samplePhoto(1), { caption: 'Pasar murah' });
  await sari.waitFor(says(/nama kegiatan/i), { timeoutMs: 45_000 });
  sari.sendText('Pasar Murah');
  await sari.waitFor(hasButton('Hari ini'), { timeoutMs: 20_000 });
  await sari.press('Hari ini');
  await sari.waitFor(says(/1 dari minimal 4/), { timeoutMs: 20_000 });
  const health = await fetch(`${web}/healthz`);
  expect(health.status).toBe(200);
}, 120_000);
