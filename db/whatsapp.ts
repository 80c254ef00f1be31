// What the WhatsApp gateway keeps. Whoever writes says in which epoch: a process that stood still while another took over writes nothing.
import { sql } from 'drizzle-orm';
import type { Arrival } from '../src/ports/store.ts';
import { HOUR_MS, type Instant } from '../src/time.ts';
import { HEARD } from './bell.ts';
import { receive } from './inbox.ts';
import type { Run } from './line.ts';
import type { Session } from './session.ts';
import { instantParam, json, ms } from './values.ts';

/** A later process has begun: this one must end. */
export class Fenced extends Error {
  constructor(gateway: string, epoch: number) {
    super(`the gateway ${gateway} has gone on without epoch ${epoch}`);
  }
}

export interface SealedKey {
  type: string;
  id: string;
  /** `null`: the key is gone. */
  sealed: Uint8Array | null;
}

/** One commit: what the ratchet became, and what was read with it. */
export interface Step {
  creds?: Uint8Array;
  keys: SealedKey[];
  arrivals: Arrival[];
}

export type GatewayState = 'open' | 'connecting' | 'unpaired' | 'restricted';

export interface GatewayCondition {
  state: GatewayState;
  /** Why it does not go on by itself, one of the gateway's own words. */
  why: string | null;
  number: string | null;
  since: Instant;
  /** For how long it has been so, by the database's clock. Milliseconds. */
  lastingMs: number;
  /** How long ago it last gave a sign, by the database's clock. Milliseconds. */
  silentMs: number;
}

export interface WhatsAppRows {
  /** Takes the gateway over: what earlier epochs write from now on throws `Fenced`. */
  beginEpoch(gateway: string): Promise<number>;
  epoch(gateway: string): Promise<number>;
  readCreds(gateway: string): Promise<Uint8Array | null>;
  readKeys(gateway: string, type: string, ids: string[]): Promise<Map<string, Uint8Array>>;
  /** All of it or nothing; `false` for arrivals that were there already. */
  write(gateway: string, epoch: number, step: Step, at: Instant): Promise<boolean[]>;
  /** Forgets credentials and keys. The inbox and what was sent stay. */
  forget(gateway: string, epoch: number): Promise<void>;
  keepSent(gateway: string, id: string, sealed: Uint8Array, at: Instant): Promise<void>;
  readSent(gateway: string, id: string): Promise<Uint8Array | null>;
  /** Drops what was sent too long ago to be asked for. */
  pruneSent(at: Instant): Promise<void>;
  /** A sign of life; `since` moves only when the state does. */
  beat(gateway: string, condition: Pick<GatewayCondition, 'state' | 'why' | 'number'>): Promise<void>;
  condition(gateway: string): Promise<GatewayCondition | null>;
}

/** Phones ask again for at most 14 days. */
const SENT_KEPT_MS = 15 * 24 * HOUR_MS;

type InTransaction = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

export function whatsAppRows(run: Run, inTransaction: InTransaction): WhatsAppRows {
  return {
    beginEpoch: async (gateway) => {
      const [row] = await run<{ epoch: number }>(sql`
        insert into wa_epochs (gateway, epoch) values (${gateway}, 1) on conflict (gateway) do update set epoch = wa_epochs.epoch + 1
        returning epoch::float8 as epoch`);
      return row?.epoch ?? 1;
    },
    epoch: async (gateway) => {
      const [row] = await run<{ epoch: number }>(sql`select epoch::float8 as epoch from wa_epochs where gateway = ${gateway}`);
      return row?.epoch ?? 0;
    },
    readCreds: async (gateway) => {
      const [row] = await run<{ sealed: Uint8Array }>(sql`select sealed from wa_creds where gateway = ${gateway}`);
      return row?.sealed ?? null;
    },
    readKeys: async (gateway, type, ids) => {
      const rows = await run<{ id: string; sealed: Uint8Array }>(sql`
        select id, sealed from wa_keys where gateway = ${gateway} and type = ${type} and id in (select jsonb_array_elements_text(${json(ids)}))`);
      return new Map(rows.map(({ id, sealed }) => [id, sealed]));
    },
    write: (gateway, epoch, step, at) =>
      inTransaction(async ({ run: inside }) => {
        await hold(inside, gateway, epoch);
        await writeKeys(inside, gateway, step);
        const fresh = await receive(inside, step.arrivals, at);
        const lanes = new Set(step.arrivals.filter((_, n) => fresh[n]).map(({ lane }) => lane));
        // Rings at commit: whoever hears is woken, and what is not heard the reconciler finds.
        for (const lane of lanes) await inside(sql`select pg_notify(${HEARD}, ${lane})`);
        return fresh;
      }),
    forget: (gateway, epoch) =>
      inTransaction(async ({ run: inside }) => {
        await hold(inside, gateway, epoch);
        await Promise.all([
          inside(sql`delete from wa_creds where gateway = ${gateway}`),
          inside(sql`delete from wa_keys where gateway = ${gateway}`),
        ]);
      }),
    ...sentRows(run),
    ...conditionRows(run),
  };
}

/** Locked until the commit, so that nobody can take over between this look and the write. */
async function hold(run: Run, gateway: string, epoch: number): Promise<void> {
  const rows = await run(sql`select from wa_epochs where gateway = ${gateway} and epoch = ${epoch}::bigint for share`);
  if (rows.length === 0) throw new Fenced(gateway, epoch);
}

async function writeKeys(run: Run, gateway: string, { creds, keys }: Step): Promise<void> {
  const kept = keys.flatMap(({ type, id, sealed }) => (sealed === null ? [] : [{ type, id, sealed: base64(sealed) }]));
  const gone = keys.filter(({ sealed }) => sealed === null).map(({ type, id }) => ({ type, id }));
  if (creds !== undefined) {
    await run(sql`
      insert into wa_creds (gateway, sealed) values (${gateway}, decode(${base64(creds)}, 'base64'))
      on conflict (gateway) do update set sealed = excluded.sealed`);
  }
  if (kept.length > 0) {
    await run(sql`
      insert into wa_keys (gateway, type, id, sealed)
      select ${gateway}, type, id, decode(sealed, 'base64') from jsonb_to_recordset(${json(kept)}) as k(type text, id text, sealed text)
      on conflict (gateway, type, id) do update set sealed = excluded.sealed`);
  }
  if (gone.length > 0) {
    await run(sql`
      delete from wa_keys k using jsonb_to_recordset(${json(gone)}) as g(type text, id text)
      where k.gateway = ${gateway} and k.type = g.type and k.id = g.id`);
  }
}

function sentRows(run: Run): Pick<WhatsAppRows, 'keepSent' | 'readSent' | 'pruneSent'> {
  return {
    keepSent: async (gateway, id, sealed, at) => {
      await run(sql`
        insert into wa_sent (gateway, id, sealed, sent_at) values (${gateway}, ${id}, decode(${base64(sealed)}, 'base64'), ${instantParam(at)})
        on conflict (gateway, id) do update set sealed = excluded.sealed, sent_at = excluded.sent_at`);
    },
    readSent: async (gateway, id) => {
      const [row] = await run<{ sealed: Uint8Array }>(sql`select sealed from wa_sent where gateway = ${gateway} and id = ${id}`);
      return row?.sealed ?? null;
    },
    pruneSent: async (at) => {
      await run(sql`delete from wa_sent where sent_at < ${instantParam(at - SENT_KEPT_MS)}`);
    },
  };
}

function conditionRows(run: Run): Pick<WhatsAppRows, 'beat' | 'condition'> {
  return {
    beat: async (gateway, { state, why, number }) => {
      await run(sql`
        insert into wa_gateway (gateway, state, why, number, since, beat_at) values (${gateway}, ${state}, ${why}, ${number}, now(), now())
        on conflict (gateway) do update set state = excluded.state, why = excluded.why, number = excluded.number, beat_at = now(),
          since = case when wa_gateway.state = excluded.state then wa_gateway.since else now() end`);
    },
    condition: async (gateway) => {
      const [row] = await run<{
        state: GatewayState;
        why: string | null;
        number: string | null;
        since_ms: number;
        lasting_ms: number;
        silent_ms: number;
      }>(sql`
        select state, why, number, ${ms('since')} as since_ms, ${ms('now() - since')} as lasting_ms, ${ms('now() - beat_at')} as silent_ms from wa_gateway where gateway = ${gateway}`);
      if (!row) return null;
      const { state, why, number, since_ms, lasting_ms, silent_ms } = row;
      return { state, why, number, since: since_ms, lastingMs: Math.max(0, lasting_ms), silentMs: Math.max(0, silent_ms) };
    },
  };
}

function base64(sealed: Uint8Array): string {
  return Buffer.from(sealed).toString('base64');
}
