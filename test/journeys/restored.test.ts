// The drill: the service is backed up while it works, its machine is lost, and another one goes on where the back-up was made.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openVault } from '../../db/vault.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { hasButton, OFFICE_TEXT, people, walk } from './walk.ts';

let trial: Trial | null = null;
let other: FreshDatabase | null = null;
afterEach(async () => {
  await trial?.close();
  await other?.close();
  trial = null;
  other = null;
});

it('a case that was begun on the lost machine is finished on the next one, with every file and its whole history', async () => {
  const at = await openTrial({ office: OFFICE_TEXT });
  trial = at;
  const next = await freshDatabase();
  other = next;
  await at.start();
  const first = at.env['DATA_DIR'] ?? '';
  const archive = join(first, '..', 'cadangan.tar.gz');
  const { number } = await walk(
    at.api,
    async (step) => {
      if (step !== 'receive') return;
      // What comes after the snapshot is lost with the machine, so the tap must have been heard.
      await people(at.api).kartika.waitFor(hasButton('TOLAK'), { timeoutMs: 30_000 });
      expect(await at.alur('backup', '--out', archive)).toMatchObject({ code: 0, err: '' });
      await at.stop('SIGKILL');
      rmSync(first, { recursive: true, force: true });
      at.env['DATABASE_URL'] = next.url;
      at.env['DATA_DIR'] = `${first}-baru`;
      expect(await at.alur('restore', archive)).toMatchObject({ code: 0, err: '' });
      await at.start();
    },
    60_000,
  );
  const shown = JSON.parse((await at.alur('case', 'show', number, '--json')).out) as {
    status: string;
    decisions: unknown[];
    media: { sha256: string }[];
  };
  expect(shown).toMatchObject({ status: 'published' });
  expect(shown.decisions).toHaveLength(5);
  const vault = await openVault(join(`${first}-baru`, 'vault'));
  expect(await Promise.all(shown.media.map(({ sha256 }) => vault.verify(sha256)))).toEqual(shown.media.map(() => true));
  expect((await at.alur('audit', 'verify')).code).toBe(0);
}, 180_000);
