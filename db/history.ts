// Reading what happened: a case's events, the register's cases, and the whole chain for verification.
import { sql } from 'drizzle-orm';
import { holdsAnchor } from '../src/audit/anchor.ts';
import { type Break, type ChainedEntry, type ChainHead, GENESIS, verifyChain } from '../src/audit/chain.ts';
import type { Case, CaseId } from '../src/case/case.ts';
import { caseOfNumber, readCase } from './cases.ts';
import { officeIds, readOffice } from './offices.ts';
import { type Session, within } from './session.ts';
import { isUuid, ms } from './values.ts';

const PAGE = 2_000;

export interface EntryRow {
  office: string;
  seq: string;
  case: string;
  type: string;
  at_ms: number;
  by: string;
  body: unknown;
  prev_hash: string;
  hash: string;
}

export const COLUMNS = sql`office, seq, "case", type, ${ms('at')} as at_ms, by, body, prev_hash, hash`;

export function entryOf(row: EntryRow): ChainedEntry {
  const { office, seq, type, at_ms, by, body, prev_hash, hash } = row;
  return { office, seq: Number(seq), case: row.case, type, at: at_ms, by, body, prevHash: prev_hash, hash };
}

export async function eventsOf(session: Session, id: CaseId): Promise<ChainedEntry[]> {
  if (!isUuid(id) || (await readCase(session, id)) === null) return [];
  return (await session.run<EntryRow>(sql`select ${COLUMNS} from events where "case" = ${id}::uuid order by seq`)).map(entryOf);
}

/** Handed-in cases in the register's order, a page after the case with `after`'s number. `month`: `YYYY-MM` of the first hand-in, in the office's zone. */
export async function registerPage(
  session: Session,
  office: string,
  month: string | undefined,
  after: { year: number; serial: number },
  size: number,
): Promise<Case[]> {
  const zone = (await readOffice(session, office))?.timezone ?? 'UTC';
  const first = `${month ?? '0001-01'}-01`;
  const inMonth = sql`and handed_in_at >= ${first}::timestamp at time zone ${zone} and handed_in_at < (${first}::timestamp + interval '1 month') at time zone ${zone}`;
  const rows = await within<{ body: Case }>(
    session,
    office,
    sql`
      select body from cases where office = ${office} and number is not null
      and (number_year, number_serial) > (${after.year}::int, ${after.serial}::int) ${month === undefined ? sql`` : inMonth}
      order by number_year, number_serial limit ${size}::int`,
  );
  return rows.map((row) => row.body);
}

export interface Match {
  office: string;
  case: CaseId;
}

/** By the whole number, or by its serial; in one office or in all. */
export async function casesByNumber(session: Session, number: string, office?: string): Promise<Match[]> {
  const found: Match[] = [];
  for (const id of office === undefined ? await officeIds(session) : [office]) {
    const match = await caseOfNumber(session, id, number);
    if (match !== null) found.push({ office: id, case: match });
  }
  return found;
}

/** `tail`: the chain does not end where the database remembers its end. `anchor`: it does not hold what was written down outside. */
export type Verified = { ok: true; entries: number } | ({ office: string } & (Break | { ok: false; seq: number; why: 'tail' | 'anchor' }));

/** A head that was written down outside of the database, and whose. */
export interface Anchored extends ChainHead {
  office: string;
}

/** Every office's chain, page by page, against its remembered head, all of it as it was at one moment: the session's transaction must see only one. */
export async function verifyAudit(session: Session, anchors: readonly Anchored[] = []): Promise<Verified> {
  let entries = 0;
  const offices = await session.run<{ office: string }>(sql`select office from alur_offices()`);
  for (const { office } of offices) {
    const [row] = await within<{ seq: string; hash: string }>(
      session,
      office,
      sql`select seq, hash from chain_heads where office = ${office}`,
    );
    const remembered: ChainHead = row ? { seq: Number(row.seq), hash: row.hash } : GENESIS;
    const verified = await verifyOffice(
      session,
      office,
      anchors.filter((anchor) => anchor.office === office),
    );
    if (!verified.ok) return { ...verified, office };
    if (verified.head.seq !== remembered.seq || verified.head.hash !== remembered.hash)
      return { ok: false, office, seq: Math.min(verified.head.seq, remembered.seq) + 1, why: 'tail' };
    entries += verified.head.seq;
  }
  return { ok: true, entries };
}

async function verifyOffice(
  session: Session,
  office: string,
  anchors: readonly ChainHead[],
): Promise<{ ok: true; head: ChainHead } | Break | { ok: false; seq: number; why: 'anchor' }> {
  const pageAfter = (seq: number): Promise<EntryRow[]> =>
    session.run<EntryRow>(sql`
      select ${COLUMNS} from events where office = ${office} and seq > ${seq}::bigint order by seq limit ${PAGE}::int`);
  let open = anchors;
  let head = GENESIS;
  let coming = pageAfter(head.seq);
  for (;;) {
    const rows = (await coming).map(entryOf);
    const last = rows.at(-1);
    if (!last) break;
    // Read while this page is being hashed.
    coming = pageAfter(last.seq);
    const verified = verifyChain(rows, head);
    if (!verified.ok) {
      await coming;
      return verified;
    }
    head = verified.head;
    for (const anchor of open) {
      if (holdsAnchor(rows, anchor, head.seq) === false) {
        await coming;
        return { ok: false, seq: anchor.seq, why: 'anchor' };
      }
    }
    open = open.filter(({ seq }) => seq > head.seq);
  }
  const [beyond] = open;
  return beyond ? { ok: false, seq: beyond.seq, why: 'anchor' } : { ok: true, head };
}
