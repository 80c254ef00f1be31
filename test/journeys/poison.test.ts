// An update that the service cannot live with, in the real service: whoever sent it and everybody else goes on, and somebody hears of it once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Managed, manage } from '../support/manager.ts';
import { KILLS, PLANTED, THROWS } from '../support/plant-poison.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { OFFICE_TEXT, people, says } from './walk.ts';

const PATIENT = { timeoutMs: 90_000 };
const CRASHES = 5;

let trial: Trial;
let managed: Managed;
beforeAll(async () => {
  trial = await openTrial({ office: OFFICE_TEXT, more: PLANTED });
  await trial.start();
  managed = manage(trial);
}, 60_000);
afterAll(async () => {
  await managed.leave();
  await trial.close();
}, 60_000);

interface Aside {
  id: string;
  chat: string;
}
const aside = async (): Promise<Aside[]> => JSON.parse((await trial.alur('aside', 'list', '--json')).out) as Aside[];
const operatorNotices = () =>
  people(trial.api)
    .rahmat.messages()
    .filter(says(/pengelola layanan/));

it('an update on which work throws is set aside after three tries: its sender hears of it and goes on, the supervisor hears of it', async () => {
  const { sari, rahmat } = people(trial.api);
  sari.sendText(`/status ${THROWS}`);
  sari.sendText('/kirim');
  await sari.waitFor(says(/terjadi gangguan/i), PATIENT);
  await sari.waitFor(says(/nama kegiatan/i), PATIENT);
  await rahmat.waitFor(says(/tidak dapat diproses/), PATIENT);
  expect(managed.ends()).toBe(0);
  expect(await aside()).toMatchObject([{ chat: '1001' }]);
  const { code, out } = await trial.alur('doctor');
  expect(code).toBe(1);
  expect(out).toMatch(/SALAH {2} {2}kiriman: 1 disisihkan/);
}, 120_000);

it('an update that ends the process is set aside as well; between its ends and after them everybody else is answered', async () => {
  const { budi, kartika, maya } = people(trial.api);
  budi.sendText(`/status ${KILLS}`);
  // Somebody else writes after every end.
  for (let end = 1; end <= CRASHES; end += 1) {
    await expect.poll(() => managed.ends(), { timeout: 60_000 }).toBeGreaterThanOrEqual(end);
    const before = Math.max(0, ...kartika.messages().map(({ id }) => id));
    kartika.sendText('/bantuan');
    await kartika.waitFor((one) => one.id > before && says(/antrean/i)(one), PATIENT);
  }
  budi.sendText('/bantuan');
  await budi.waitFor(says(/terjadi gangguan/i), PATIENT);
  await budi.waitFor(says(/antrean/i), PATIENT);
  maya.sendText('/bantuan');
  await maya.waitFor(says(/antrean/i), PATIENT);
  expect(managed.ends()).toBe(CRASHES);
  expect((await aside()).map(({ chat }) => chat)).toEqual(['1001', '1002']);
  // The second within the hour: the list has both, the supervisor has heard of it.
  expect(operatorNotices()).toHaveLength(1);
}, 300_000);
