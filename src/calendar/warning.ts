// The supervisors hear in time that a year's free days are not known: a deadline in that year would be computed without them.
import type { Outgoing } from '../case/outgoing.ts';
import type { Office } from '../office/office.ts';
import type { Instant, LocalDate } from '../time.ts';
import { calendarOf } from './calendar.ts';
import { missingYears } from './national-holidays.ts';
import { whenAllowed } from './quiet.ts';

/** To every supervisor, for each year that is missing; nothing when none is. */
export function calendarWarnings(office: Office, now: Instant): Outgoing[] {
  const supervisors = [...new Set(office.supervisors.flat())];
  return missingYears(now, office.timezone).flatMap((year) =>
    supervisors.map((person): Outgoing => ({ out: 'say', to: { person }, notice: { notice: 'calendar-missing', year } })),
  );
}

/** The first opening of the month after `now`: once a month is often enough, and the first working day is when months are planned. */
export function nextMonthOpening(office: Office, now: Instant): Instant {
  const calendar = calendarOf(office);
  return whenAllowed(office, calendar.workingDayFrom(firstOfNextMonth(calendar.dateOf(now))).opening);
}

function firstOfNextMonth(date: LocalDate): LocalDate {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}
