// npm run proof:whatsapp-kills: the gateway killed 200 times around the receipt, then 1,000 messages of each kind brought again.
// The seed can be given: npm run proof:whatsapp-kills -- 42
import setup from '../support/postgres-once.ts';
import { killAround, replay } from '../whatsapp/killing.ts';
import { gatewayEnv, inbox, openWorld } from '../whatsapp/linked.ts';

const KILLS = Number(process.argv[3] ?? 200);
const REPLAYS = 1_000;
/** The machine may be busy with other things. */
const PATIENCE = 5;

const seed = Number(process.argv[2] ?? 1);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const stop = await setup();
let wrong = 0;
const check = (what: string, sent: string[], there: string[], lost: string[]): void => {
  const missing = sent.filter((id) => !there.includes(id));
  const doubled = there.length - new Set(there).size;
  say(
    `${what}: ${sent.length} sent, ${there.length} there, ${missing.length} missing, ${doubled} doubled, ${lost.length} receipted and lost`,
  );
  if (missing.length + doubled + lost.length > 0 || there.length !== sent.length) wrong += 1;
};
try {
  const killed = await openWorld();
  const { sent, there, lost } = await killAround(killed, { kills: KILLS, seed, env: gatewayEnv(killed), said: say, patience: PATIENCE });
  check(`${KILLS} kills, seed ${seed}`, sent, there, lost);
  await killed.close();
  const replayed = await openWorld();
  const again = await replay(replayed, REPLAYS, PATIENCE);
  check(
    `${REPLAYS} each brought again, as a shell first, twice`,
    again,
    (await inbox(replayed)).map(({ body }) => body.key.id),
    [],
  );
  await replayed.close();
} finally {
  await stop();
}
process.exit(wrong === 0 ? 0 : 1);
