// What messages gave to choose from, kept before they go out, so that an answer in words finds what was shown.
import { sql } from 'drizzle-orm';
import type { Offer } from '../src/conversation/offer.ts';
import type { Chat } from '../src/office/office.ts';
import type { OfferFilter } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { Run } from './line.ts';
import { enter, type Session } from './session.ts';
import { instantParam, json } from './values.ts';

/** More cards than this do not stand in a chat, for anybody to choose from in words. */
const OFFERS_MAX = 60;
const STRANGER_AGAIN_S = 86_400;

/** An offer takes the place of the same card's earlier one, a question that of the question before; without choices it only ends them. */
export async function keepOffer(run: Run, chat: Chat, offer: Offer): Promise<void> {
  const { message, poll, key, named, serial, numbered, choices } = offer;
  const here = sql`channel = ${chat.channel} and chat = ${chat.id}`;
  const ended = sql`update choices set standing = false where ${here} and standing and card_key is not distinct from ${key}::text`;
  if (choices.length === 0) {
    await run(ended);
    return;
  }
  await run(sql`
    with ended as (${ended} and message <> ${message})
    insert into choices (channel, chat, message, poll, card_key, named, serial, numbered, standing, choices)
    values (${chat.channel}, ${chat.id}, ${message}, ${poll}::text, ${key}::text, ${json(named)}, ${serial}::int, ${numbered}, true, ${json(choices)})
    on conflict (channel, chat, message) do update set poll = coalesce(excluded.poll, choices.poll), named = excluded.named, serial = excluded.serial,
      standing = true, choices = excluded.choices`);
}

/** Newest first. */
export async function offersIn(run: Run, chat: Chat, { message, number }: OfferFilter): Promise<Offer[]> {
  const serial = number !== null && /^\d{1,9}$/.test(number) ? Number(number) : null;
  const answered = sql`(message = ${message}::text or poll is not distinct from ${message}::text and poll is not null)`;
  return run<Offer>(sql`
    select message, poll, card_key as key, named, serial, numbered, standing, choices from (
      select * from choices where channel = ${chat.channel} and chat = ${chat.id}
      and (standing or ${answered} or serial = ${serial}::int or upper(named ->> 'number') = upper(${number}::text))
      order by coalesce(${answered}, false) desc, standing desc, place desc limit ${OFFERS_MAX}
    ) as found order by place desc`);
}

/** Drops what the messages of cases that ended before this instant gave to choose from. Gives how much it was. */
export async function pruneChoices(session: Session, office: string, before: Instant): Promise<number> {
  await enter(session, office);
  const gone = await session.run(sql`
    with named as (select distinct named ->> 'case' as id from choices where named ->> 'case' ~ '^[0-9a-f-]{36}$'),
    over as (
      select n.id from named n join cases c on c.id = n.id::uuid
      where c.office = ${office} and c.status in ('published', 'withdrawn') and (c.body #>> '{state,at}')::float8 < ${before}::float8
    )
    delete from choices using over where choices.named ->> 'case' = over.id returning choices.message`);
  return gone.length;
}

/** `false` for a vote older than one that was heard already. */
export async function newestVote(run: Run, chat: Chat, poll: string, account: string, at: Instant): Promise<boolean> {
  const rows = await run(sql`
    update choices set votes = votes || jsonb_build_object(${account}::text, ${at}::float8)
    where channel = ${chat.channel} and chat = ${chat.id} and poll = ${poll}
    and coalesce((votes ->> ${account}::text)::float8, '-infinity') < ${at}::float8 returning message`);
  return rows.length > 0;
}

export async function identify(run: Run, channel: string, account: string, alias: string | null, at: Instant): Promise<string> {
  const [row] = await run<{ account: string }>(
    sql`select alur_identify(${channel}, ${account}, ${alias}::text, ${instantParam(at)}) as account`,
  );
  return row?.account ?? account;
}

/** `true` when he has not been told for a day, and is told now. */
export async function tellStranger(run: Run, channel: string, account: string, at: Instant): Promise<boolean> {
  const rows = await run(sql`
    insert into strangers (channel, account, told_at) values (${channel}, ${account}, ${instantParam(at)})
    on conflict (channel, account) do update set told_at = excluded.told_at
    where strangers.told_at <= excluded.told_at - make_interval(secs => ${STRANGER_AGAIN_S}) returning account`);
  return rows.length > 0;
}
