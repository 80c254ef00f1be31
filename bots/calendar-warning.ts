// Once a month the office looks whether next year's free days are known.
import { calendarOf } from '../src/calendar/calendar.ts';
import { whenAllowed } from '../src/calendar/quiet.ts';
import { calendarWarnings, nextMonthOpening } from '../src/calendar/warning.ts';
import type { Office } from '../src/office/office.ts';
import type { Store } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { OfficeHandler } from './office-handler.ts';

export const ringCalendar: OfficeHandler = async (tx, office, _timer, now) => {
  const opening = whenAllowed(office, now);
  if (opening > now) return opening;
  await tx.send(office.id, calendarWarnings(office, now), now);
  return nextMonthOpening(office, now);
};

/** An office that has not looked yet looks at its next opening. */
export async function watchCalendar(store: Pick<Store, 'transaction'>, office: Office, now: Instant): Promise<void> {
  await store.transaction(async (tx) => {
    if (await tx.lockOfficeTimer(office.id, 'calendar')) return;
    await tx.setOfficeTimer(office.id, 'calendar', whenAllowed(office, calendarOf(office).openingAfter(now)), { since: now });
  });
}
