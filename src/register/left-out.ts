// What an SOP asks for and a case has gone without: a channel that was waived, or that the SOP let it do without. Steps are never left out.
import { calendarOf } from '../calendar/calendar.ts';
import type { Case, Publication } from '../case/case.ts';
import type { Office } from '../office/office.ts';
import type { PublishStep, Sop } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import { actingName } from './acting-name.ts';
import type { RecapWaived } from './recapped.ts';

export interface LeftOut extends RecapWaived {
  case: string;
  /** `YYYY-MM` in which it was left out, in the office's zone. */
  month: string;
  sop: string;
  step: string;
  role: string;
}

export function leftOutOf(c: Case, sop: Sop, office: Office): LeftOut[] {
  const calendar = calendarOf(office);
  const row = ({ id, role }: PublishStep, channel: string, at: Instant) => {
    return { case: c.id, number: c.number?.text ?? null, month: calendar.dateOf(at).slice(0, 7), sop: sop.id, step: id, role, channel };
  };
  const waived = c.publications.flatMap((one): LeftOut[] => {
    const { waived: reason, channel, at, person, ...acting } = one;
    const step = stepOf(one, c, sop);
    return reason === undefined || !step ? [] : [{ ...row(step, channel, at), reason, person: actingName(office, person, acting) }];
  });
  return [...waived, ...notNeeded(c, sop).map(({ step, channel, at }) => ({ ...row(step, channel, at), reason: null, person: null }))];
}

function publishSteps(sop: Sop): PublishStep[] {
  return sop.steps.filter((step) => step.kind === 'publish');
}

/** A channel may stand in several steps: the stay that contains its time, or else the step that the case is at, says which. */
function stepOf({ channel, at }: Publication, c: Case, sop: Sop): PublishStep | undefined {
  const able = publishSteps(sop).filter(({ channels }) => channels.includes(channel));
  return able.find(({ id }) => c.stays.some((stay) => stay.step === id && stay.enteredAt <= at && at <= stay.leftAt)) ?? able.at(-1);
}

/** Of a step that has been left although not all of its channels were spoken of. */
function notNeeded(c: Case, sop: Sop): { step: PublishStep; channel: string; at: Instant }[] {
  return publishSteps(sop).flatMap((step) => {
    const left = c.stays.findLast((stay) => stay.step === step.id);
    if (!left) return [];
    const open = step.channels.filter((channel) => !c.publications.some((one) => one.channel === channel));
    return open.map((channel) => ({ step, channel, at: left.leftAt }));
  });
}
