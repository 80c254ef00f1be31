// The numbers of the board: how many cases wait at each step of each office, and how many are late.
import { clock as clockText, longDate } from '../../bots/wording/time.ts';
import type { PgStore } from '../../db/store.ts';
import { calendarOf } from '../../src/calendar/calendar.ts';
import type { Case } from '../../src/case/case.ts';
import type { Office } from '../../src/office/office.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { Board, BoardStep } from '../../web/board.ts';

const CASES_MAX = 5_000;

function stepsOf(office: Office, sop: Sop, cases: Case[], now: number): BoardStep[] {
  return sop.steps.map((step) => {
    const here = cases.filter((c) => c.sop.id === sop.id && 'step' in c.state && c.state.step === step.id);
    const dues = here.map(({ state }) => ('dueAt' in state ? state.dueAt : null)).filter((due) => due !== null);
    const next = dues.filter((due) => due > now).sort((a, b) => a - b)[0];
    return {
      office: office.name,
      sop: sop.title,
      step: step.activity,
      role: sop.roles[step.role] ?? step.role,
      waiting: here.length,
      late: dues.filter((due) => due <= now).length,
      nextDue: next === undefined ? null : `${longDate(calendarOf(office).dateOf(next))}, ${clockText(next, office.timezone)}`,
    };
  });
}

export async function boardOf(store: PgStore, clock: Clock): Promise<Board> {
  const now = clock.now();
  const offices = await store.offices();
  const steps: BoardStep[] = [];
  let published = 0;
  for (const office of offices) {
    const { cases, sops } = await store.transaction(async (tx) => ({
      cases: await tx.cases({ office: office.id, open: true, limit: CASES_MAX }),
      sops: await tx.sopsOf(office.id),
    }));
    for (const sop of sops) steps.push(...stepsOf(office, sop, cases, now));
    published += await store.publishedCount(office.id);
  }
  const zone = offices[0]?.timezone ?? 'Asia/Jakarta';
  return { steps, published, at: clockText(now, zone) };
}
