// A month's recap for reading in a chat: how much came and went, and for each step the time that was planned and that was taken.
import { monthSpan } from '../calendar/month.ts';
import type { Case } from '../case/case.ts';
import { indexOf } from '../case/facts.ts';
import type { Office } from '../office/office.ts';
import type { Instant } from '../time.ts';
import { leftOutOf } from './left-out.ts';
import { type Followed, mean, type StayRow, staysOf } from './punctuality.ts';
import type { Recap, RecapStep } from './recapped.ts';

export function recapOf(followed: readonly Followed[], office: Office, month: string, now: Instant): Recap {
  const { from, to } = monthSpan(month, office.timezone);
  const within = (at: Instant) => at >= from && at < to;
  const count = (is: (c: Case) => boolean) => followed.filter(({ case: c }) => is(c)).length;
  const isLate = ({ stays, state }: Case) =>
    stays.some(({ dueAt, leftAt }) => dueAt !== null && leftAt > dueAt && within(leftAt)) ||
    ('dueAt' in state && state.dueAt !== null && within(state.dueAt) && state.dueAt < now);
  return {
    month,
    entered: count(({ revisions }) => revisions.slice(0, 1).some(({ at }) => within(at))),
    decided: count(({ decisions }) => decisions.some(({ verdict, at }) => verdict !== 'receive' && within(at))),
    returned: count(({ decisions }) => decisions.some(({ verdict, at }) => verdict === 'reject' && within(at))),
    published: count(({ state }) => state.status === 'published' && within(state.at)),
    late: count(isLate),
    steps: stepsOf(followed, office, month),
    waived: followed
      .flatMap(({ case: c, sop }) => leftOutOf(c, sop, office))
      .filter((one) => one.month === month)
      .map(({ number, channel, reason, person }) => ({ number, channel, reason, person })),
  };
}

/** The month's steps, SOP by SOP. */
function stepsOf(followed: readonly Followed[], office: Office, month: string): RecapStep[] {
  const sops = new Map(followed.map(({ sop }) => [sop.id, sop]));
  const stays = staysOf(followed, office).filter((row) => row.month === month);
  return [...sops.values()].flatMap((sop) => {
    const own = stays.filter((row) => row.sop === sop.id);
    return [...new Set(own.map(({ step }) => step))]
      .toSorted((a, b) => indexOf(sop, a) - indexOf(sop, b))
      .map((step) => ({ sop: sops.size > 1 ? sop.title : null, step, ...figures(own.filter((row) => row.step === step)) }));
  });
}

function figures(rows: StayRow[]): Pick<RecapStep, 'planned' | 'actual' | 'stays' | 'late'> {
  return {
    planned: mean(rows.flatMap(({ planned_minutes }) => planned_minutes ?? [])),
    actual: Number(mean(rows.map(({ actual_minutes }) => actual_minutes))),
    stays: rows.length,
    late: rows.filter(({ late }) => late).length,
  };
}
