// `npm run proof:database-kills [-- --kills 200]`: the service under traffic, and its embedded PostgreSQL killed again and again, also while
// it recovers. The service must never end; afterwards nothing waits, the history holds and no invariant is broken.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { OFFICE_TEXT, people } from '../journeys/walk.ts';
import { seeded } from '../support/seeded.ts';
import { openTrial } from '../support/service.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } } });
const kills = Number(values.kills);
const chance = seeded(Number(values.seed));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Health {
  findings: { what: string; state: string; detail: string }[];
}

const trial = await openTrial({ office: OFFICE_TEXT, embedded: true });
let ended = 0;
let sent = 0;
try {
  await trial.start();
  const begun = Date.now();
  const phones = Object.values(people(trial.api));
  const photo = await samplePhoto(1);
  let over = false;
  let calm = false;
  const traffic = (async () => {
    while (!over) {
      await pause(150);
      // On a slow machine more would only make a queue that is never worked off between two kills.
      if (calm) continue;
      const phone = phones[chance.below(phones.length)];
      if (chance.chance(0.2)) await phone?.sendAlbum([{ kind: 'photo', bytes: photo }], `Kegiatan ${sent}`);
      else phone?.sendText(['/status', '/antrean', '/bantuan', 'Pasar murah di halaman kantor'][chance.below(4)] ?? '');
      sent += 1;
    }
  })();
  for (let done = 0; done < kills; done += 1) {
    // Half of the kills come upon a service that is well, half of them upon whatever it is doing to become so.
    if (chance.chance(0.5)) {
      const enough = setTimeout(() => {
        calm = true;
      }, chance.below(2_000));
      await trial.well();
      clearTimeout(enough);
      calm = false;
    }
    await pause(chance.below(1_500));
    trial.killPostgres();
    if (!trial.running()) {
      ended += 1;
      await trial.start();
    }
    if (done % 20 === 19) say(`${done + 1} kills, ${sent} updates, the service ended ${ended} times`);
  }
  over = true;
  await traffic;
  await trial.well();
  for (const phone of phones) phone.sendText('/batal');
  const looked = async () => (JSON.parse((await trial.alur('doctor', '--json')).out) as Health).findings;
  const until = Date.now() + 120_000;
  const healed = async () =>
    (await trial.alur('audit', 'verify')).code === 0 &&
    (await looked()).every(({ what, state }) => what !== 'pemeriksaan' || state === 'ok');
  while (!(await healed()) && Date.now() < until) await pause(1_000);
  const whole = await healed();
  say(
    `${kills} kills of PostgreSQL under ${sent} updates in ${Math.round((Date.now() - begun) / 1_000)} s: the service ended ${ended} times`,
  );
  say(`history and invariants ${whole ? 'hold' : 'are BROKEN'}; running: ${trial.running()}`);
  if (ended > 0 || !whole) process.exitCode = 1;
} finally {
  await trial.close();
}
