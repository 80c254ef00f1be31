// Which ways of the SOPs a run has gone: so that it can be said of many runs that none was left out.
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Corridor } from '../support/corridor.ts';

const WAYS = {
  'a task was given': ({ type }) => type === 'handed-on',
  'a task was taken': ({ type }) => type === 'taken',
  'a decider repaired it': ({ type }) => type === 'repaired',
  'it went back to a decider': (event) => event.type === 'entered' && event.back !== null,
  'it went back to its maker': ({ type }) => type === 'returned',
  'its time was chosen': ({ type }) => type === 'scheduled',
  'an accessible form was given': ({ type }) => type === 'form-provided',
  'a channel was left out': (event) => event.type === 'announced' && event.publication.waived !== undefined,
  'a photo proved it': (event) => event.type === 'announced' && event.publication.proof !== null,
  'a deputy decided': (event) => event.type === 'decided' && event.capacity !== undefined,
  'a supervisor gave it to another': ({ type }) => type === 'reassigned',
  'its entry in the list was named': (event) => event.type === 'detailed' && event.part === 'dip',
  'it had to be announced at once': (event) => event.type === 'handed-in' && event.revision.details?.class === 'serta_merta',
  'several had to agree': (event, c) =>
    event.type === 'decided' && c.decisions.some((one) => one.step === event.step && one.round === event.round && one.person !== event.by),
} satisfies Record<string, (event: CaseEvent, c: Case) => boolean>;

export const ALL_WAYS = Object.keys(WAYS);

export function waysOf({ store }: Corridor): string[] {
  const { history, cases } = store.tables;
  return Object.entries<(event: CaseEvent, c: Case) => boolean>(WAYS)
    .filter(([, went]) =>
      history.some(({ event, case: id }) => {
        const c = cases.get(id);
        return c !== undefined && went(event, c);
      }),
    )
    .map(([name]) => name);
}
