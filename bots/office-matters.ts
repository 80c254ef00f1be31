// Everything that an office is woken for, by its matter.
import type { OfficeMatter } from '../src/office/clock.ts';
import { ringCalendar } from './calendar-warning.ts';
import { ringCatchUp, ringDaily } from './catch-up.ts';
import { ringChainHead } from './chain-head.ts';
import { ringDeputies } from './deputies.ts';
import type { OfficeHandler } from './office-handler.ts';

export const officeHandlers: Partial<Record<OfficeMatter, OfficeHandler>> = {
  deputies: ringDeputies,
  'catch-up': ringCatchUp,
  daily: ringDaily,
  'chain-head': ringChainHead,
  calendar: ringCalendar,
};
