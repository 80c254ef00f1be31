// When each step of an SOP would be due if everybody took all of his time.
import type { OfficeTime } from '../office/office.ts';
import type { Sop } from '../sop/sop.ts';
import type { Instant, LocalDate } from '../time.ts';
import { calendarOf } from './calendar.ts';
import { dueAt } from './due.ts';

export interface PreviewRow {
  step: string;
  role: string;
  due: Instant | null;
}

/**
 * The first step enters at the hand-in. A step enters at the latest due before it; behind the first prepare step that is the hand-in itself,
 * because a fact goes before a plan. Without a schedule step `schedule` means the entry: published from approval on.
 */
export function previewOf(sop: Sop, office: OfficeTime, input: { event: LocalDate; handover: Instant }): PreviewRow[] {
  const calendar = calendarOf(office);
  const scheduling = sop.steps.some((step) => step.kind === 'schedule');
  let enteredAt = input.handover;
  let schedule: Instant | null = null;
  let handedIn = false;
  return sop.steps.map((step) => {
    const due = dueAt(step.due, { ...input, step: enteredAt, schedule: scheduling ? schedule : enteredAt }, calendar);
    if (step.kind === 'schedule') schedule = due;
    if (step.kind === 'prepare' && !handedIn) {
      handedIn = true;
      enteredAt = input.handover;
    } else if (due !== null) {
      enteredAt = Math.max(enteredAt, due);
    }
    return { step: step.id, role: step.role, due };
  });
}
