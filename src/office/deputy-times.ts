// When deputies begin and end for those who have to hear of it. What they may do follows their dates, from midnight to midnight;
// it is told, and cards are sent, when the office opens.
import { type Calendar, calendarOf } from '../calendar/calendar.ts';
import { addDays } from '../calendar/dates.ts';
import type { Instant } from '../time.ts';
import { deputiesOn } from './deputies.ts';
import type { Deputy, Office } from './office.ts';

/** The first opening of his days; where all of them are free ones, eight o'clock of the first. */
function beginning({ from, to }: Deputy, calendar: Calendar): Instant {
  const { date, opening } = calendar.workingDayFrom(from);
  return to === null || date <= to ? opening : calendar.instantOf(from, '08:00');
}

/** The first opening after his last day. */
function ending({ to }: Deputy, calendar: Calendar): Instant {
  return to === null ? Number.POSITIVE_INFINITY : calendar.workingDayFrom(addDays(to, 1)).opening;
}

/** When the next one begins or ends after `now`; `null`: none does. */
export function nextDeputyChange(office: Office, now: Instant): Instant | null {
  const calendar = calendarOf(office);
  const ahead = (office.deputies ?? [])
    .flatMap((deputy) => [beginning(deputy, calendar), ending(deputy, calendar)])
    .filter((at) => at > now && at < Number.POSITIVE_INFINITY);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** Who has begun and who has ended after `since`, up to `now`. Whoever was set in a chat for the same day has been told of then. */
export function deputyChanges(office: Office, since: Instant, now: Instant): { begun: Deputy[]; ended: Deputy[] } {
  const calendar = calendarOf(office);
  const within = (at: Instant): boolean => since < at && at <= now;
  const today = deputiesOn(office, calendar.dateOf(now));
  const atOnce = ({ chat, from }: Deputy): boolean => chat !== undefined && calendar.dateOf(chat.at) >= from;
  return {
    begun: today.filter((deputy) => within(beginning(deputy, calendar)) && !atOnce(deputy)),
    ended: (office.deputies ?? []).filter((deputy) => within(ending(deputy, calendar))),
  };
}
