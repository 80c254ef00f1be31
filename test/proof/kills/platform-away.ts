// The platform is away for hours that pass in moments: the service's clock and the platform's are one, and both are moved on. People go on
// sending; Telegram keeps what they send for a day, and what it has thrown away nobody may take for heard.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { asOwner } from '../../../bench/server.ts';
import { HOUR_MS } from '../../../src/time.ts';
import type { BotApi } from '../../../web/simulator/bot-api.ts';
import { people } from '../../journeys/walk.ts';
import { openTcpDoor, type TcpDoor } from '../../support/tcp-door.ts';
import { UPLOADER } from './armed.ts';
import type { OtherWanted } from './others.ts';
import { ARMED, inScene, type Outcome, urlOf } from './scene.ts';

/** An hour passes in so long. */
const HOUR_IS_MS = 1_500;
/** Telegram keeps a message so long. */
const KEPT_HOURS = 24;
const HEARD_MAX_MS = 120_000;

/** Loaded before the service: its clock is ahead by what stands in the file. */
const AHEAD = `
import { readFileSync } from 'node:fs';
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
let ahead = 0;
const look = () => { ahead = Number(readFileSync(process.env.AHEAD_FILE, 'utf8')) || 0; };
look();
setInterval(look, 100).unref();
globalThis.Date = class extends RealDate {
  constructor(...given) { if (given.length === 0) super(realNow() + ahead); else super(...given); }
  static now() { return realNow() + ahead; }
};
`;

export interface AwayOutcome extends Outcome {
  hours: number;
  /** Messages that were sent meanwhile, and those of them that the platform had thrown away before it was back. */
  sent: number;
  thrownAway: number;
}

async function heardIds(url: string): Promise<Set<number>> {
  const owner = asOwner(url);
  try {
    const rows = await owner<{ id: string }[]>`select external_id as id from inbox`;
    return new Set(rows.map(({ id }) => Number(id)));
  } finally {
    await owner.end();
  }
}

const ASKED = /kirim ulang yang belum tercatat/;

/** Whoever has ever heard anything of the bot is one of its people; the proof's own uploader belongs to no office. */
function listeners(api: BotApi) {
  return api.phones().filter((phone) => phone.id !== UPLOADER && phone.messages().some(({ from }) => from === 'bot'));
}

const peopleOf = (api: BotApi): number => listeners(api).length;

/** How many were asked to send again; waits for the pace of so many messages where they are expected. */
async function askedToResend(api: BotApi, expected: boolean): Promise<number> {
  const asked = (): number => listeners(api).filter((phone) => phone.messages().some((message) => ASKED.test(message.text ?? ''))).length;
  for (const until = Date.now() + HEARD_MAX_MS; expected && asked() < peopleOf(api) && Date.now() < until; ) await pause(500);
  return asked();
}

export async function platformAway({ seed, program }: OtherWanted, hours: number): Promise<AwayOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-ahead-'));
  const preload = join(folder, 'ahead.mjs');
  const file = join(folder, 'ahead');
  let ahead = 0;
  const move = (ms: number): void => {
    ahead = ms;
    writeFileSync(file, String(ms));
  };
  move(0);
  writeFileSync(preload, AHEAD);
  const sent = new Set<number>();
  let thrownAway = 0;
  let door: TcpDoor | null = null;
  try {
    const outcome = await inScene(
      {
        program,
        clock: { now: () => Date.now() + ahead },
        more: { NODE_OPTIONS: `--import ${preload}`, AHEAD_FILE: file },
        lateMaxMs: Number.POSITIVE_INFINITY,
        before: async (at) => {
          const api = new URL(at.api.root);
          door = await openTcpDoor({ host: api.hostname, port: Number(api.port) });
          at.env['TELEGRAM_API_ROOT'] = `http://127.0.0.1:${door.port}`;
        },
      },
      seed,
      async ({ at, armed, wrong }) => {
        await armed.keep(ARMED);
        await pause(8_000);
        door?.shut(true);
        for (let hour = 1; hour <= hours; hour += 1) {
          // Whoever has nothing to do but wait asks where things stand.
          people(at.api).rahmat.sendText('/antrean');
          const taps = at.api.pending().filter((update) => update.callback_query !== undefined);
          for (const { update_id: id } of at.api.pending()) if (!taps.some((tap) => tap.update_id === id)) sent.add(id);
          await pause(HOUR_IS_MS);
          move(hour * HOUR_MS);
        }
        const kept = new Set(at.api.pending().map((update) => update.update_id));
        const gone = [...sent].filter((id) => !kept.has(id));
        thrownAway = gone.length;
        door?.shut(false);
        for (const until = Date.now() + HEARD_MAX_MS; at.api.pending().length > 0 && Date.now() < until; ) await pause(200);
        const heard = await heardIds(urlOf(at));
        const told = await askedToResend(at.api, hours > KEPT_HOURS);
        if (hours < KEPT_HOURS && told > 0) wrong.push(`${told} people were asked to send again what was not lost`);
        if (hours > KEPT_HOURS && told === 0) wrong.push('nobody was asked to send again what was lost');
        if (hours > KEPT_HOURS && told < peopleOf(at.api))
          wrong.push(`only ${told} of ${peopleOf(at.api)} people were asked to send again`);
        const lost = [...kept].filter((id) => !heard.has(id) && sent.has(id));
        if (lost.length > 0) wrong.push(`${lost.length} of ${kept.size} messages that the platform still had were not heard`);
        if (gone.some((id) => heard.has(id))) wrong.push('something is taken for heard that the platform had thrown away');
        if (hours < KEPT_HOURS && gone.length > 0) wrong.push(`the platform threw ${gone.length} messages away within a day`);
        if (hours > KEPT_HOURS && gone.length === 0) wrong.push('nothing was thrown away: the trial shows nothing');
        if (sent.size === 0) wrong.push('nobody sent anything meanwhile: the trial shows nothing');
      },
    );
    return { ...outcome, hours, sent: sent.size, thrownAway };
  } finally {
    await (door as TcpDoor | null)?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
