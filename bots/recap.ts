// What happened in a month in the sender's offices: looked up for its command.
import { calendarOf } from '../src/calendar/calendar.ts';
import { monthSpan } from '../src/calendar/month.ts';
import type { RecapFacts, Subject } from '../src/conversation/situation.ts';
import type { Membership, Tx } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';

/** More cases of a month than this are not counted for a chat; the command line counts all. */
const RECAP_MAX = 1000;

/** `month`: `YYYY-MM`; `null`: the one that it is now where the office is. */
export async function recapFor(tx: Tx, month: string | null, memberships: Membership[], now: Instant): Promise<RecapFacts> {
  const offices: RecapFacts['offices'] = [];
  for (const { office } of memberships) {
    const of = month ?? calendarOf(office).dateOf(now).slice(0, 7);
    const { cases, total } = await tx.active(office.id, monthSpan(of, office.timezone), RECAP_MAX);
    const subjects: Subject[] = [];
    for (const one of cases) {
      const sop = await tx.sop(one.sop.id, one.sop.version);
      if (sop) subjects.push({ case: one, sop, office });
    }
    offices.push({ office, month: of, subjects, total });
  }
  return { offices };
}
