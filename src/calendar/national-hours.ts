// The hours of an office that names none: 37 h 30 m a week from 07.30 local time (Perpres 21/2023), the usual pattern of five-day offices.
import type { Hours, Span } from '../office/office.ts';

const MON_TO_THU: Span[] = [
  { from: '07:30', to: '12:00' },
  { from: '13:00', to: '16:00' },
];

const FRI: Span[] = [
  { from: '07:30', to: '11:30' },
  { from: '13:00', to: '16:30' },
];

export const NATIONAL_HOURS: Hours = { mon: MON_TO_THU, tue: MON_TO_THU, wed: MON_TO_THU, thu: MON_TO_THU, fri: FRI };
