// When the office closes.
import type { Office } from '../office/office.ts';
import type { Instant } from '../time.ts';
import { calendarOf } from './calendar.ts';
import { whenAllowed } from './quiet.ts';

/** The next closing of a working day after `after`, out of quiet hours. */
export function nextClosing(office: Office, after: Instant): Instant {
  const calendar = calendarOf(office);
  let date = calendar.dateOf(after);
  for (;;) {
    const day = calendar.workingDayFrom(date);
    const at = whenAllowed(office, day.closing);
    if (at > after) return at;
    date = calendar.nextDate(day.date);
  }
}
