// A group lives on under another id: everything that names it follows, in all offices.
import { sql } from 'drizzle-orm';
import type { Chat, Office } from '../src/office/office.ts';
import { officeIds } from './offices.ts';
import { type Session, within } from './session.ts';
import { json } from './values.ts';

/** Keyed by chat, with what makes a row unique within it. */
const KEYED = [
  { table: 'conversations', rest: 'account' },
  { table: 'cards', rest: 'key' },
  { table: 'album_messages', rest: 'key' },
  { table: 'albums', rest: 'album' },
  { table: 'text_sources', rest: 'message' },
  { table: 'choices', rest: 'message' },
] as const;

export async function moveChat(session: Session, from: Chat, to: Chat): Promise<void> {
  for (const { table, rest } of KEYED) {
    const [t, key] = [sql.raw(table), sql.raw(rest)];
    // What stands under the new id already is newer.
    await session.run(sql`
      delete from ${t} a where a.channel = ${from.channel} and a.chat = ${from.id}
      and exists (select from ${t} b where b.channel = ${to.channel} and b.chat = ${to.id} and b.${key} = a.${key})`);
    await session.run(sql`update ${t} set chat = ${to.id} where channel = ${from.channel} and chat = ${from.id}`);
  }
  await session.run(sql`update outbox set chat = ${to.id} where channel = ${from.channel} and chat = ${from.id} and ended_at is null`);
  for (const office of await officeIds(session)) await moveInOffice(session, office, from, to);
}

async function moveInOffice(session: Session, office: string, from: Chat, to: Chat): Promise<void> {
  const [row] = await within<{ file: Office }>(session, office, sql`select file from offices where office = ${office} for no key update`);
  const isIt = (chat: Chat) => chat.channel === from.channel && chat.id === from.id;
  if (row?.file.groups.some((group) => isIt(group.chat))) {
    const groups = row.file.groups.map((group) => (isIt(group.chat) ? { ...group, chat: to } : group));
    await session.run(sql`update offices set file = ${json({ ...row.file, groups })}, version = version + 1 where office = ${office}`);
  }
  await session.run(sql`
    update cases set home_chat = ${to.id}, body = jsonb_set(body, '{home,id}', ${json(to.id)}), generation = generation + 1
    where office = ${office} and home_channel = ${from.channel} and home_chat = ${from.id}`);
}
