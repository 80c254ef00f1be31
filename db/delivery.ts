// The third door, going out: one delivery of a chat at a time, leased with a fence.
import { type SQL, sql } from 'drizzle-orm';
import { cardKeyText, type Outgoing } from '../src/case/outgoing.ts';
import type { Chat } from '../src/office/office.ts';
import type { Delivered, Delivery, StandingCard } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import { peopleAt, setReachable } from './accounts.ts';
import type { Run } from './line.ts';
import { moveChat } from './move-chat.ts';
import { reroute, tellUnreachable } from './outbox.ts';
import type { Session } from './session.ts';
import { instantParam, json, ms } from './values.ts';
import { cardSent } from './views.ts';

/** A channel that is away for everybody is asked again so soon, and then often enough. */
const AWAY_RETRY_MS = 30_000;

/** Clocks of several machines may differ by so much; a lease that began farther in the future was given by a clock that has been set back. */
const SKEW_MS = 60_000;

/** Neither leased nor paused. */
export function isFree(now: Instant): SQL {
  return sql`(held_since > ${instantParam(now + SKEW_MS)}
    or (not_before is null or not_before <= ${instantParam(now)}) and (leased_until is null or leased_until <= ${instantParam(now)}))`;
}

interface DeliveryRow {
  id: string;
  sender: string | null;
  channel: Chat['channel'];
  chat: string;
  body: Outgoing;
  attempts: number;
  created_ms: number;
}

/** The head of the chat blocks what is behind it, leased or waiting; answers to taps wait for nobody. */
export async function leaseDelivery(run: Run, chat: Chat, now: Instant, leaseMs: number): Promise<Delivery | null> {
  const here = sql`channel = ${chat.channel} and chat = ${chat.id} and ended_at is null`;
  const free = isFree(now);
  const [row] = await run<DeliveryRow>(sql`
    with answer as (
      select id from outbox where ${here} and kind = 'answer' and ${free} order by id limit 1 for update skip locked
    ), head as (
      select id from outbox where id = (select id from outbox where ${here} and kind <> 'answer' order by id limit 1)
      and not exists (select from answer) and ended_at is null and ${free} for update skip locked
    )
    update outbox set leased_until = ${instantParam(now + leaseMs)}, held_since = ${instantParam(now)}, not_before = null, attempts = attempts + 1
    where id in (select id from answer union all select id from head)
    returning id, sender, channel, chat, body, attempts, ${ms('created_at')} as created_ms`);
  if (!row) return null;
  return {
    id: row.id,
    office: row.sender,
    chat: { channel: row.channel, id: row.chat },
    out: row.body,
    attempts: row.attempts,
    createdAt: row.created_ms,
  };
}

function fenced(delivery: Delivery): SQL {
  return sql`id = ${delivery.id}::bigint and attempts = ${delivery.attempts}::int and ended_at is null`;
}

export async function extendLease(run: Run, delivery: Delivery, now: Instant, leaseMs: number): Promise<void> {
  await run(sql`
    update outbox set leased_until = ${instantParam(now + leaseMs)}, held_since = ${instantParam(now)}
    where ${fenced(delivery)} and leased_until is not null`);
}

function end(
  delivery: Delivery,
  ending: 'sent' | 'needless' | 'refused' | 'unreachable',
  why: string | null,
  messages: string[],
  now: Instant,
): SQL {
  return sql`
    update outbox set ended_at = ${instantParam(now)}, ending = ${ending}, why = ${why}, leased_until = null,
      messages = array(select jsonb_array_elements_text(${json(messages)}))
    where ${fenced(delivery)} returning id, channel, chat, card_key`;
}

/** Nothing happens when the delivery was leased again meanwhile. */
export async function settleDelivery(session: Session, delivery: Delivery, delivered: Delivered, now: Instant): Promise<void> {
  const { run } = session;
  switch (delivered.ended) {
    case 'sent':
      await settleSent(run, delivery, delivered, now);
      return;
    case 'needless':
      await run(end(delivery, 'needless', null, [], now));
      return;
    case 'refused':
      await settleRefused(session, delivery, delivered.why, now);
      return;
    case 'later':
      await run(sql`
        update outbox set not_before = ${instantParam(now + delivered.afterMs)}, held_since = ${instantParam(now)}, leased_until = null, why = ${delivered.why} where ${fenced(delivery)}`);
      return;
    case 'unreachable':
      await settleUnreachable(session, delivery, delivered, now);
      return;
    case 'moved': {
      const freed = await run(sql`update outbox set leased_until = null where ${fenced(delivery)} returning id`);
      if (freed.length > 0) await moveChat(session, delivery.chat, { channel: delivery.chat.channel, id: delivered.to });
      return;
    }
  }
}

async function settleSent(run: Run, delivery: Delivery, sent: Extract<Delivered, { ended: 'sent' }>, now: Instant): Promise<void> {
  const { out } = delivery;
  const ended = end(delivery, 'sent', null, sent.messages, now);
  const first = sent.messages[0] ?? null;
  if (out.out === 'show') {
    // An edit leaves the message where it is.
    await run(sql`
      with done as (${ended}), standing as (
        select d.channel, d.chat, d.card_key, coalesce(${first}::text, c.message) as message
        from done d left join cards c on c.channel = d.channel and c.chat = d.chat and c.key = d.card_key
      )
      insert into cards (channel, chat, key, message, hash, recipient)
      select channel, chat, card_key, message, ${sent.cardHash ?? ''}, ${json(out.to)} from standing where message is not null
      on conflict (channel, chat, key) do update set message = excluded.message, hash = excluded.hash, recipient = excluded.recipient
      returning ${cardSent(out.key, out.to, delivery.chat, now)}`);
  } else if (out.out === 'album') {
    await run(sql`
      with done as (${ended})
      insert into album_messages (channel, chat, key, message)
      select channel, chat, ${cardKeyText(out.key)}, ${first}::text from done where ${first}::text is not null
      on conflict (channel, chat, key) do update set message = excluded.message`);
  } else {
    await run(ended);
  }
}

/** Ended for good, and not in silence: the supervisors hear who was not told. */
async function settleRefused(session: Session, delivery: Delivery, why: string, now: Instant): Promise<void> {
  const ended = await session.run(end(delivery, 'refused', why, [], now));
  if (ended.length === 0 || delivery.office === null || delivery.out.out === 'answer') return;
  for (const person of await peopleAt(session, delivery.office, delivery.chat)) {
    await tellUnreachable(session, delivery.office, person, delivery.out, 'failed', now);
  }
}

type Unreachable = Extract<Delivered, { ended: 'unreachable' }>;

/** What was for a person goes on by his other channel. When the whole channel is away, whoever has no other waits for it. */
async function settleUnreachable(session: Session, delivery: Delivery, { why, whole }: Unreachable, now: Instant): Promise<void> {
  const { office, chat, out } = delivery;
  const ended = await session.run(end(delivery, 'unreachable', why, [], now));
  if (ended.length === 0) return;
  if (!whole) await setReachable(session, chat, false);
  if (office !== null && (await reroute(session, office, out, chat, now))) return;
  if (whole) {
    await session.run(sql`
      update outbox set ended_at = null, ending = null, messages = null, not_before = ${instantParam(now + AWAY_RETRY_MS)}, held_since = ${instantParam(now)}
      where id = ${delivery.id}::bigint`);
    return;
  }
  if (office === null) return;
  for (const person of await peopleAt(session, office, chat)) {
    await tellUnreachable(session, office, person, out, 'blocked', now);
  }
}

export async function standingCard(run: Run, chat: Chat, key: string): Promise<StandingCard | null> {
  const [row] = await run<StandingCard>(
    sql`select message, hash from cards where channel = ${chat.channel} and chat = ${chat.id} and key = ${key}`,
  );
  return row ?? null;
}

export async function albumMessage(run: Run, chat: Chat, key: string): Promise<string | null> {
  const [row] = await run<{ message: string }>(
    sql`select message from album_messages where channel = ${chat.channel} and chat = ${chat.id} and key = ${key}`,
  );
  return row?.message ?? null;
}
