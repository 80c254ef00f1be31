// Kills around the receipt, and replays: what was sent is there, once, whatever happened in between. A few in the tests, many in the proof.

import type { Receipt } from '../support/whatsapp/whatsapp.ts';
import { alur } from './gateway-process.ts';
import { inbox, link, run, type World } from './linked.ts';

export interface KillOptions {
  kills: number;
  seed: number;
  env: Record<string, string>;
  said?(text: string): void;
  /** How many times as long as usual a gateway may take to come. */
  patience?: number;
}

const COMES_MS = 120_000;

export interface Killed {
  sent: string[];
  /** Ids in the inbox, in its order. */
  there: string[];
  /** Receipted, and not in the inbox at the moment when the process was dead. */
  lost: string[];
}

/** The same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Some wait when the gateway comes, some are sent while it is there; it is killed at a receipt or soon after, every time anew. */
export async function killAround(world: World, { kills, seed, env, said, patience = 1 }: KillOptions): Promise<Killed> {
  const { whatsapp } = world;
  const random = numbers(seed);
  const people = ['+6281200000002', '+6281200000003', '+6281200000004'].map((number) => whatsapp.phone(number));
  const sent: string[] = [];
  const lost: string[] = [];
  const write = async (): Promise<void> => {
    const who = people[random(people.length)];
    if (who) sent.push(await who.sendText(`pesan ${sent.length}`));
  };
  await link(world);
  for (let kill = 1; kill <= kills; kill += 1) {
    for (let n = random(6); n >= 0; n -= 1) await write();
    const gateway = alur(env, 'start', '--only', 'whatsapp');
    const receipts = 1 + random(12);
    const waitMs = random(2) === 0 ? 0 : random(60);
    let counted = 0;
    const enough = ({ type }: Receipt): boolean => type !== 'retry' && ++counted >= receipts;
    const reached = whatsapp.receipts.next(enough, 'receipts to kill at', COMES_MS * patience);
    reached.catch(() => undefined);
    try {
      await whatsapp.logins.next(() => true, 'the gateway', COMES_MS * patience);
      for (let n = random(8) + receipts; n >= 0; n -= 1) await write();
      await reached;
    } catch (error) {
      await gateway.kill('SIGKILL');
      throw new Error(`at kill ${kill}, with ${counted} of ${receipts} receipts\n${gateway.printed().slice(-2_000)}`, { cause: error });
    }
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    await gateway.kill('SIGKILL');
    const there = new Set((await inbox(world)).map(({ body }) => body.key.id));
    lost.push(...receipted(world).filter((id) => sent.includes(id) && !there.has(id)));
    if (lost.length > 0) break;
    if (kill % 10 === 0) said?.(`${kill} kills, ${sent.length} messages sent, ${there.size} written down`);
  }
  await drain(world, patience);
  return { sent, there: (await inbox(world)).map(({ body }) => body.key.id), lost };
}

function receipted({ whatsapp }: World): string[] {
  return whatsapp.receipts.all.filter(({ type }) => type !== 'retry').flatMap(({ ids }) => ids);
}

/** A gateway that nobody kills takes what still waits. */
async function drain(world: World, patience: number): Promise<void> {
  const running = run(world);
  await running.open(COMES_MS * patience);
  const last = await world.whatsapp.phone('+6281200000002').sendText('yang terakhir');
  await world.whatsapp.receipts.until(({ ids, type }) => type !== 'retry' && ids.includes(last), 'the last receipt', COMES_MS * patience);
  await running.stop();
  await world.owner`delete from inbox where body -> 'key' ->> 'id' = ${last}`;
}

/** Each `count` messages: brought again because their receipts were lost, first as a shell, and the same stanza twice. Gives what was sent. */
export async function replay(world: World, count: number, patience = 1): Promise<string[]> {
  const { whatsapp } = world;
  const budi = whatsapp.phone('+6281200000002');
  await link(world);
  let running = run(world);
  await running.open(COMES_MS * patience);
  const sent: string[] = [];
  const last = (): Promise<unknown> => {
    const id = sent.at(-1) ?? '';
    return whatsapp.receipts.until(({ ids, type }) => type !== 'retry' && ids.includes(id), 'the last receipt', COMES_MS * patience);
  };
  whatsapp.faults.loseReceipts = true;
  for (let n = 0; n < count; n += 1) sent.push(await budi.sendText(`lagi ${n}`));
  await last();
  whatsapp.faults.loseReceipts = false;
  await running.stop();
  running = run(world);
  await running.open(COMES_MS * patience);
  for (let n = 0; n < count; n += 1) {
    const id = `3EBSTUB${String(n).padStart(6, '0')}`;
    whatsapp.sendStub(budi, id);
    await budi.sendText(`isi ${n}`, { id });
    sent.push(id);
  }
  await last();
  for (let n = 0; n < count; n += 1) {
    const id = await budi.sendText(`dua kali ${n}`);
    whatsapp.redeliver(id, { offline: n % 2 === 0 });
    sent.push(id);
  }
  await last();
  await running.stop();
  return sent;
}
