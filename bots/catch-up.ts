// What an outage left unsaid, and what is late day after day: one message to everybody concerned instead of many. The cases are read without
// their locks: whoever tells a rung holds its case and asks for the office's timer, so the other way round would be a deadlock.

import { whenAllowed } from '../src/calendar/quiet.ts';
import type { Case, CaseEvent, CaseId } from '../src/case/case.ts';
import { catchUp, daily, GATHER_AGAIN_MS, GATHER_MAX_MS, GATHER_MS, isExhausted, type Known, nextDaily } from '../src/case/digest.ts';
import { ON_TIME_MS } from '../src/case/timers.ts';
import type { Office } from '../src/office/office.ts';
import type { Tx } from '../src/ports/store.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { Instant } from '../src/time.ts';
import type { OfficeHandler } from './office-handler.ts';

/** Of one office a list in a chat never holds more. */
const CASES_MAX = 500;

/** In the transaction that tells a rung: the office is woken for what was not said by itself, and for what is late from now on day after day. */
export async function wakeLater(tx: Tx, known: Known, events: CaseEvent[], office: Office, now: Instant): Promise<void> {
  const told = events.filter((event) => event.type === 'told');
  if (told.some(({ digest }) => digest))
    await tx.setOfficeTimer(office.id, 'catch-up', whenAllowed(office, now + GATHER_MS), { since: now });
  if (told.length === 0 || !isExhausted(known, office, now)) return;
  const at = nextDaily(office, now);
  if (at !== null) await tx.setOfficeTimer(office.id, 'daily', at, { since: now });
}

async function withSops(tx: Tx, cases: Case[]): Promise<Known[]> {
  const sops = new Map<string, Sop | null>();
  const known: Known[] = [];
  for (const c of cases) {
    const key = `${c.sop.id} ${c.sop.version}`;
    if (!sops.has(key)) sops.set(key, await tx.sop(c.sop.id, c.sop.version));
    const sop = sops.get(key);
    if (sop) known.push({ case: c, sop });
  }
  return known;
}

export const ringCatchUp: OfficeHandler = async (tx, office, _timer, now) => {
  const opening = whenAllowed(office, now);
  if (opening > now) return opening;
  const waiting = await tx.undigested(office.id);
  const oldest = Math.min(...waiting.map(({ toldAt }) => toldAt));
  if (now - oldest < GATHER_MAX_MS && (await tx.isBehind(office.id, now - ON_TIME_MS))) return now + GATHER_AGAIN_MS;
  const ids = [...new Set<CaseId>(waiting.map(({ case: id }) => id))];
  const known = await withSops(tx, await tx.casesById(office.id, ids));
  await tx.send(office.id, catchUp(waiting, known, office, now), now);
  await tx.endDigest(
    office.id,
    waiting.map(({ id }) => id),
  );
  return null;
};

/** Rung every working day as long as there is anything in it. */
export const ringDaily: OfficeHandler = async (tx, office, _timer, now) => {
  const opening = whenAllowed(office, now);
  if (opening > now) return nextDaily(office, now);
  const known = await withSops(tx, await tx.cases({ office: office.id, open: true, limit: CASES_MAX }));
  if (office.ladder.daily === false || !known.some((one) => isExhausted(one, office, now))) return null;
  await tx.send(office.id, daily(known, office, now), now);
  return nextDaily(office, now);
};
