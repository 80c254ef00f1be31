// Which account is whose, by invitation, and whether it can be reached.
import { sql } from 'drizzle-orm';
import { GUESS_WINDOW_MS, guessesLocked } from '../src/office/guesses.ts';
import type { Chat } from '../src/office/office.ts';
import type { Redeemed } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import { type Session, within } from './session.ts';
import { instantParam } from './values.ts';

/** Any number: redemptions happen one at a time, so that parallel guesses are all counted. */
const REDEEMING = 4_127_002;

export async function redeem(session: Session, code: string, chat: Chat, account: string, at: Instant): Promise<Redeemed> {
  const channel = chat.channel;
  const [, [guesses]] = await Promise.all([
    session.run(sql`select pg_advisory_xact_lock(${REDEEMING})`),
    session.run<{ mine: number; all: number }>(sql`
      select count(*) filter (where channel = ${channel} and account = ${account})::int as mine, count(*)::int as all
      from invitation_guesses where at > ${instantParam(at - GUESS_WINDOW_MS)}`),
  ]);
  if (guesses && guessesLocked(guesses)) return { redeemed: 'no', locked: true };

  const wanted = code.trim().toUpperCase();
  const [found] = await session.run<{ office: string | null }>(sql`select alur_office_of_invitation(${wanted}) as office`);
  const office = found?.office ?? null;
  const person = office === null ? null : await use(session, office, wanted, chat, account, at);
  if (office === null || person === null) {
    await session.run(sql`insert into invitation_guesses (channel, account, at) values (${channel}, ${account}, ${instantParam(at)})`);
    return { redeemed: 'no', locked: false };
  }
  return { redeemed: 'yes', office, person };
}

async function use(session: Session, office: string, code: string, chat: Chat, account: string, at: Instant): Promise<string | null> {
  const [used] = await within<{ person: string }>(
    session,
    office,
    sql`
      update invitations set used_at = ${instantParam(at)}, used_by = ${`${chat.channel}:${account}`}
      where code = ${code} and used_at is null and expires_at > ${instantParam(at)}
      returning person`,
  );
  if (!used) return null;
  await Promise.all([
    session.run(sql`
      insert into bindings (office, channel, account, person, chat, last_used, reachable, by)
      values (${office}, ${chat.channel}, ${account}, ${used.person}, ${chat.id}, ${instantParam(at)}, true, 'invitation')
      on conflict (office, channel, account) do update
      set person = excluded.person, chat = excluded.chat, last_used = excluded.last_used, reachable = true, by = 'invitation'`),
    session.run(sql`delete from unreachable_told where office = ${office} and person = ${used.person}`),
  ]);
  return used.person;
}

export async function touch(session: Session, channel: string, account: string, chat: Chat, at: Instant): Promise<boolean> {
  const [row] = await session.run<{ reached: boolean }>(
    sql`select alur_touch(${channel}, ${account}, ${chat.id}, ${instantParam(at)}) as reached`,
  );
  return row?.reached === true;
}

export async function hasWritten(session: Session, channel: string, account: string, offices: string[]): Promise<boolean> {
  for (const office of offices) {
    const found = await within(
      session,
      office,
      sql`select from bindings where office = ${office} and channel = ${channel} and account = ${account} and chat is not null`,
    );
    if (found.length > 0) return true;
  }
  return false;
}

/** An account may be bound in several offices: it is reached in all of them, or in none. */
export async function setReachable(session: Session, chat: Chat, reachable: boolean): Promise<void> {
  await session.run(sql`select alur_reachable(${chat.channel}, ${chat.id}, ${reachable})`);
}

/** Names of those whose private chat this is, in this office. */
export async function peopleAt(session: Session, office: string, chat: Chat): Promise<string[]> {
  const rows = await within<{ person: string }>(
    session,
    office,
    sql`select distinct person from bindings where office = ${office} and channel = ${chat.channel} and chat = ${chat.id}`,
  );
  return rows.map((row) => row.person);
}

/** Those whose private chat on this channel can be written to. */
export async function peopleOn(session: Session, office: string, channel: string): Promise<string[]> {
  const rows = await within<{ person: string }>(
    session,
    office,
    sql`select distinct person from bindings where office = ${office} and channel = ${channel} and chat is not null and reachable`,
  );
  return rows.map((row) => row.person);
}
