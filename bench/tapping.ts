// What the taps are made on: a database with drafts and waiting cases, and their cards standing in the simulated chats.
import { randomBytes, randomUUID } from 'node:crypto';
import type { PgStore } from '../db/store.ts';
import { openStore } from '../db/store.ts';
import type { Case } from '../src/case/case.ts';
import { type CardKey, cardKeyText } from '../src/case/outgoing.ts';
import type { Office } from '../src/office/office.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { BotApi } from '../web/simulator/bot-api.ts';
import { asOwner } from './server.ts';
import { ACCOUNT, card, type Tap, uploadPhotos } from './telegram.ts';
import { benchOffice, benchSop, buttonOf, chatOf, holder, makersOf, prepare } from './world.ts';

export const chance = { uuid: randomUUID, bytes: (length: number) => randomBytes(length) };

export interface Ground {
  store: PgStore;
  sop: Sop;
  offices: Office[];
  key: Uint8Array;
  fileIds: string[];
}

export async function layGround(api: BotApi, url: string, offices: number, makers: number, elapsed?: string): Promise<Ground> {
  const store = await openStore({ url, chance });
  const sop = benchSop(elapsed);
  const all = Array.from({ length: offices }, (_, index) => benchOffice(index, makers, sop));
  for (const office of all) await store.applyOffice(office, [sop], Date.now());
  // Nothing is open yet: a start would look at every case that is prepared from now on.
  for (const unsettled of await store.unsettled()) await store.settled(unsettled);
  for (const office of all)
    for (const { telegram } of office.people) if (telegram !== undefined) api.phone(Number(telegram), `Orang ${telegram}`);
  return { store, sop, offices: all, key: await store.buttonKey(), fileIds: await uploadPhotos(api, 1) };
}

/** A draft that lacks only SERAHKAN, one for every maker. */
export async function completeDrafts({ store, sop, offices, fileIds }: Ground): Promise<{ case: Case; office: Office }[]> {
  const wanted = offices.flatMap((office) => makersOf(office).map((maker) => ({ office, maker, at: Date.now(), handedIn: false })));
  const cases = await prepare(store, sop, wanted, { account: ACCOUNT, fileIds });
  return cases.flatMap((c, n) => {
    const office = wanted[n]?.office;
    return office ? [{ case: c, office }] : [];
  });
}

interface Standing {
  chat: string;
  key: string;
  message: number;
  recipient: { person: string } | { chat: { channel: string; id: string } };
}

/** As if the bot had sent them: a decision then brings them up to date. */
async function stand(url: string, cards: Standing[]): Promise<void> {
  const sql = asOwner(url);
  const rows = cards.map(({ chat, key, message, recipient }) => ({
    channel: 'telegram',
    chat,
    key,
    message: String(message),
    hash: '',
    recipient,
  }));
  await sql`
    insert into cards (channel, chat, key, message, hash, recipient)
    select * from jsonb_to_recordset(${sql.json(rows)}) as c(channel text, chat text, key text, message text, hash text, recipient jsonb)`;
  await sql.end();
}

/** So many taps, DITERIMA and a draft's question in turn; no case is decided twice. */
export async function makeTaps(api: BotApi, url: string, ground: Ground, count: number): Promise<Tap[]> {
  const { store, sop, offices, key, fileIds } = ground;
  const wanted = Array.from({ length: Math.ceil(count / 2) }, (_, n) => {
    const office = offices[n % offices.length] ?? benchOffice(0, 1, sop);
    const makers = makersOf(office);
    return {
      office,
      maker: makers[Math.floor(n / offices.length) % makers.length] ?? holder(office, 'tim_pelaksana'),
      at: Date.now(),
      handedIn: true,
    };
  });
  // Handed in before the drafts are begun: a chat has one open draft at most.
  const cases = await prepare(store, sop, wanted, { account: ACCOUNT, fileIds });
  const drafts = await completeDrafts(ground);
  const standing: Standing[] = [];
  const decisions: Tap[] = [];
  for (const [n, c] of cases.entries()) {
    const office = wanted[n]?.office;
    if (!office || !('step' in c.state)) continue;
    const receiver = holder(office, 'tim_pertimbangan');
    const data = buttonOf(c, 'receive', sop, chatOf(receiver), key);
    const message = await card(api, Number(receiver.telegram), 'DITERIMA', data);
    const cardKey: CardKey = { card: 'step', case: c.id, step: c.state.step, round: c.state.round };
    standing.push({ chat: receiver.telegram, key: cardKeyText(cardKey), message, recipient: { person: receiver.id } });
    decisions.push({ chatId: Number(receiver.telegram), message, data });
  }
  const questions: Tap[] = [];
  for (const { case: c } of drafts) {
    const data = buttonOf(c, 'editTitle', sop, c.home, key);
    const message = await card(api, Number(c.home.id), 'Ubah nama', data);
    standing.push({
      chat: c.home.id,
      key: cardKeyText({ card: 'draft', case: c.id, round: 1 }),
      message,
      recipient: { chat: { ...c.home } },
    });
    questions.push({ chatId: Number(c.home.id), message, data });
  }
  await stand(url, standing);
  return Array.from({ length: count }, (_, n) => {
    const tap = n % 2 === 0 ? decisions[n / 2] : questions[((n - 1) / 2) % questions.length];
    if (!tap) throw new Error('too few cases for the taps');
    return tap;
  });
}

/** What still waits to be said is dropped: the next measurement begins with empty doors. */
export async function emptyDoors(url: string): Promise<void> {
  const sql = asOwner(url);
  await sql`update outbox set ended_at = now(), ending = 'needless', leased_until = null where ended_at is null`;
  await sql.end();
}
