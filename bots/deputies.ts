// Deputies who begin and end: those whom it concerns hear of it, waiting cards go to who may act now, a role that is left empty is an alarm.
import { canonical } from '../src/audit/chain.ts';
import { calendarOf } from '../src/calendar/calendar.ts';
import { actorsOf, stepAt } from '../src/case/facts.ts';
import { deputyTold, type RoleLabels } from '../src/case/named-deputy.ts';
import { cardsFor, noHolder } from '../src/case/notices.ts';
import { cardKeyText, type Outgoing } from '../src/case/outgoing.ts';
import type { OfficeTimer } from '../src/office/clock.ts';
import { deputiesOn, holdersOf } from '../src/office/deputies.ts';
import { deputyChanges, nextDeputyChange } from '../src/office/deputy-times.ts';
import type { Deputy, Office } from '../src/office/office.ts';
import type { Store, Tx, Waiting } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';

/** Cases whose cards are sent in one transaction: their locks are held until it ends. */
const CASES_AT_ONCE = 25;

async function labelsOf(tx: Tx, office: string): Promise<RoleLabels> {
  return Object.assign({}, ...(await tx.sopsOf(office)).map(({ roles }) => roles).toReversed()) as RoleLabels;
}

/** The case with what is needed to judge it, locked; `null` when it does not wait there any more. */
async function lockWaiting(tx: Tx, office: Office, { case: id, step, round }: Waiting, now: Instant) {
  const c = await tx.lockCase(id);
  const sop = c && (await tx.sop(c.sop.id, c.sop.version));
  if (!c || !sop || !('step' in c.state) || c.state.step !== step || c.state.round !== round) return null;
  const facts = { now, office, sop };
  return { c, facts, step: stepAt(sop, step), actors: actorsOf(c, stepAt(sop, step), facts).map(({ id: person }) => person) };
}

/** To deputies who act now and do not have the card of a case that waits for them. `false`: there are more. */
async function sendCards(tx: Tx, office: Office, now: Instant): Promise<boolean> {
  const acting = deputiesOn(office, calendarOf(office).dateOf(now));
  const out: Outgoing[] = [];
  let cases = 0;
  for (const waiting of await tx.waitingFor(office.id, [...new Set(acting.flatMap(({ roles }) => roles))])) {
    const deputies = acting.filter(({ roles }) => roles.includes(waiting.role)).map(({ by }) => by);
    const key = cardKeyText({ card: 'step', case: waiting.case, step: waiting.step, round: waiting.round });
    const without = await tx.withoutCard(office.id, key, deputies);
    if (without.length === 0) continue;
    const found = await lockWaiting(tx, office, waiting, now);
    const wanted = found?.actors.filter((person) => without.includes(person)) ?? [];
    if (!found || wanted.length === 0) continue;
    if (cases === CASES_AT_ONCE) {
      await tx.send(office.id, out, now);
      return false;
    }
    cases += 1;
    for (const person of wanted) out.push(...cardsFor(found.c, { person }, found.facts));
  }
  await tx.send(office.id, out, now);
  return true;
}

/** Cases that wait for a role which their last deputy has left empty. */
async function alarms(tx: Tx, office: Office, ended: Deputy[], now: Instant): Promise<Outgoing[]> {
  const empty = [...new Set(ended.flatMap(({ roles }) => roles))].filter((role) => holdersOf(office, role, now).length === 0);
  const out: Outgoing[] = [];
  for (const waiting of await tx.waitingFor(office.id, empty)) {
    const found = await lockWaiting(tx, office, waiting, now);
    if (found && found.actors.length === 0) out.push(...noHolder(found.c, found.step, found.facts));
  }
  return out;
}

/** The office's timer `deputies`. */
export async function ringDeputies(tx: Tx, office: Office, { since }: OfficeTimer, now: Instant): Promise<Instant | null> {
  const { begun, ended } = deputyChanges(office, since ?? now, now);
  const labels = await labelsOf(tx, office.id);
  // Before any case is locked: this changes the office's row.
  for (const { chat } of ended) if (chat) await tx.endDeputy(office.id, chat.id, 'system', now);
  const out = [
    ...ended.flatMap((deputy) => deputyTold(office, labels, deputy, 'ended')),
    ...begun.flatMap((deputy) => deputyTold(office, labels, deputy, 'begun')),
    ...(await alarms(tx, office, ended, now)),
  ];
  await tx.send(office.id, out, now);
  return (await sendCards(tx, office, now)) ? nextDeputyChange(office, now) : now;
}

/** After a file was applied: those whom it has made deputies, or no longer, hear of it, and the office is woken for the next change. */
export async function settleDeputies(store: Pick<Store, 'transaction'>, before: Office | null, id: string, now: Instant): Promise<void> {
  await store.transaction(async (tx) => {
    const office = await tx.office(id);
    if (!office) return;
    const date = calendarOf(office).dateOf(now);
    const was = (before ? deputiesOn(before, date) : []).map((deputy) => ({ deputy, text: canonical(deputy) }));
    const is = deputiesOn(office, date).map(canonical);
    const gone = was.filter(({ text }) => !is.includes(text));
    // Who begins later today is told of when the office opens.
    const fresh = deputyChanges(office, Number.NEGATIVE_INFINITY, now).begun.filter(
      (deputy) => !was.some(({ text }) => text === canonical(deputy)),
    );
    const next = nextDeputyChange(office, now);
    if (next !== null) await tx.setOfficeTimer(id, 'deputies', next, { since: now });
    const labels = await labelsOf(tx, id);
    await tx.send(
      id,
      [
        ...gone.flatMap(({ deputy }) => deputyTold(office, labels, deputy, 'ended')),
        ...fresh.flatMap((deputy) => deputyTold(office, labels, deputy, 'begun')),
      ],
      now,
    );
  });
}
