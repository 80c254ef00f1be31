// Which day "Hari ini" is: the one that was shown with the button, or that of the message that says it; never that on which it is heard.
import { calendarOf } from '../calendar/calendar.ts';
import { dayAfter, daysBetween } from '../draft/date.ts';
import type { Office } from '../office/office.ts';
import type { LocalDate } from '../time.ts';
import type { Heard } from './heard.ts';
import type { Reference } from './reference.ts';

/** The three digits of a button's item reach from here into the year 2127. */
const FIRST: LocalDate = '2000-01-01';

/** What a button carries for this day; 0 is none. */
export function itemOfDay(date: LocalDate): number {
  return daysBetween(FIRST, date);
}

/** The office's own day on which it was written, by the platform's clock. */
export function dayOfMessage({ at }: Heard, office: Office): LocalDate {
  return calendarOf(office).dateOf(at);
}

/** Whoever writes the button's word (where there are none to press) means his own day, as does a button of before they carried one. */
export function dayMeant(heard: Heard, { action, item }: Reference, office: Office): LocalDate {
  const { what } = heard;
  const written = what.kind === 'tap' && what.spoken?.word === true;
  if (item > 0 && !written) return dayAfter(FIRST, item);
  return dayAfter(dayOfMessage(heard, office), action === 'yesterday' ? -1 : 0);
}
