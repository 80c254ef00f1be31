// What a publisher's card shows beside the content: the chosen time, the channels with their proofs, the accessible forms.
import type { Step } from '../sop/sop.ts';
import type { StepView } from './card-view.ts';
import type { Case } from './case.ts';

export function publishView(c: Case, step: Step): Pick<StepView, 'channels' | 'schedule' | 'forms'> {
  if (step.kind !== 'publish') return { channels: [] };
  const { accessibility } = step;
  const given = [...new Set((c.forms ?? []).map(({ form }) => form))];
  return {
    channels: step.channels.map((channel) => {
      const done = c.publications.find((one) => one.channel === channel);
      const waived = done?.waived === undefined ? {} : { waived: done.waived };
      return { channel, link: done?.link ?? null, done: done !== undefined, ...waived };
    }),
    ...(c.schedule === undefined ? {} : { schedule: c.schedule }),
    ...(accessibility ? { forms: { ...accessibility, given } } : {}),
  };
}
