// Who may do what: every actor taps every button in every state. What is expected is declared in a few rules that a reader can check; the
// buttons are fresh and honestly sealed, so that nothing but who taps, and when, is judged.
import { describe, expect, test } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import { converse } from '../../src/conversation/converse.ts';
import type { Action, Reference } from '../../src/conversation/reference.ts';
import type { Outcome, Situation } from '../../src/conversation/situation.ts';
import type { Office, Person } from '../../src/office/office.ts';
import { CASE, caseOf, DRAFTING, HOUR, history, SENT_BACK, SOP, TO_CHECKER, TO_END, TO_PUBLISHER, TO_RECEIVER } from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const STATES = {
  draft: caseOf(history(DRAFTING)),
  'at the receiver': caseOf(history(TO_RECEIVER)),
  'at the decider': caseOf(history(TO_CHECKER)),
  returned: caseOf(history(SENT_BACK)),
  'at the publisher': caseOf(history(TO_PUBLISHER)),
  published: caseOf(history(TO_END)),
} satisfies Record<string, Case>;
type State = keyof typeof STATES;

/** The step on whose card each button stands, and who holds it. */
const OF_MAKER = { step: 'serahkan', holder: 'sari', role: 'tim_pelaksana' };
const OF_RECEIVER = { step: 'terima-berkas', holder: 'budi', role: 'tim_pertimbangan' };
const OF_DECIDER = { step: 'periksa', holder: 'kartika', role: 'ketua_ppid_pembantu' };
const OF_PUBLISHER = { step: 'unggah', holder: 'maya', role: 'admin_medsos' };
const ACTIONS = {
  handIn: OF_MAKER,
  today: OF_MAKER,
  editTitle: OF_MAKER,
  editMedia: OF_MAKER,
  cancel: OF_MAKER,
  resume: OF_MAKER,
  receive: OF_RECEIVER,
  accept: OF_DECIDER,
  reject: OF_DECIDER,
  reason: OF_DECIDER,
  respond: OF_DECIDER,
  published: OF_PUBLISHER,
} satisfies Partial<Record<Action, { step: string; holder: string; role: string }>>;
type Wanted = keyof typeof ACTIONS;

const ACTORS = [
  'a stranger',
  'an anonymous admin',
  'somebody removed meanwhile',
  'the maker',
  'another maker',
  'a holder of the role',
  'a holder of another role',
  'a supervisor without a role',
  'a deputy out of his dates',
  'a deputy on his day',
] as const;
type Actor = (typeof ACTORS)[number];

/** Nobody of these is known to the office at the moment of the tap. */
const UNKNOWN = new Set<Actor>(['a stranger', 'an anonymous admin', 'somebody removed meanwhile']);
const OPEN = new Set<State>(['draft', 'returned']);
/** Where each step has been decided in the round that its card shows. */
const WAITS: Record<string, State> = { 'terima-berkas': 'at the receiver', periksa: 'at the decider', unggah: 'at the publisher' };
const DECIDED: Record<string, Set<State>> = {
  'terima-berkas': new Set(['at the decider', 'returned', 'at the publisher', 'published']),
  periksa: new Set(['returned', 'at the publisher', 'published']),
  unggah: new Set(),
};

/** `allowed`, or the refusal. This is the whole table. */
function expected(actor: Actor, action: Wanted, state: State): string {
  if (UNKNOWN.has(actor)) return 'stranger';
  const { step } = ACTIONS[action];
  if (step === 'serahkan') {
    // A draft is its maker's, whoever else holds his role, stands in for him or is set above him.
    if (actor !== 'the maker') return 'not-the-maker';
    if (!OPEN.has(state)) return 'outdated';
    // What has a register number is not thrown away.
    return action === 'cancel' && state === 'returned' ? 'not-now' : 'allowed';
  }
  if (actor !== 'a holder of the role' && actor !== 'a deputy on his day') return 'not-your-role';
  if (state === WAITS[step]) return 'allowed';
  if (DECIDED[step]?.has(state)) return 'already-decided';
  return 'outdated';
}

const DEPUTY: Person = { id: 'dewi', name: 'Dewi', roles: [], telegram: '1010' };
const CHIEF: Person = { id: 'hasan', name: 'Hasan', roles: [], telegram: '1011' };

function worldOf(actor: Actor, action: Wanted): { office: Office; person: Person | null; account: string | null } {
  const { holder, role } = ACTIONS[action];
  const base = sampleOffice();
  const [from, to] = actor === 'a deputy on his day' ? ['2026-11-20', '2026-11-20'] : ['2026-11-21', '2026-11-30'];
  const office: Office = {
    ...base,
    people: [...base.people, DEPUTY, CHIEF],
    supervisors: [['hasan']],
    deputies: [{ kind: 'plh', by: DEPUTY.id, for: holder, roles: [role], from, to }],
  };
  const of = (id: string): Person | null => office.people.find((person) => person.id === id) ?? null;
  switch (actor) {
    case 'a stranger':
      return { office, person: null, account: '6666' };
    case 'an anonymous admin':
      return { office, person: null, account: null };
    case 'somebody removed meanwhile':
      return {
        office: { ...office, people: office.people.filter(({ id }) => id !== 'citra') },
        person: { ...DEPUTY, id: 'citra' },
        account: '1007',
      };
    case 'the maker':
      return { office, person: of('sari'), account: '1001' };
    case 'another maker':
      return { office, person: of('andi'), account: '1006' };
    case 'a holder of the role':
      return holder === 'sari' ? { office, person: of('andi'), account: '1006' } : { office, person: of(holder), account: '1000' };
    case 'a holder of another role':
      return { office, person: of(holder === 'kartika' ? 'maya' : 'kartika'), account: '1000' };
    case 'a supervisor without a role':
      return { office, person: CHIEF, account: '1011' };
    case 'a deputy out of his dates':
    case 'a deputy on his day':
      return { office, person: DEPUTY, account: '1010' };
  }
}

/** The newest card of that step there is, or would be. */
function buttonOf(action: Wanted, c: Case): Reference {
  const { step } = ACTIONS[action];
  const round = Math.max(1, c.rounds[step] ?? 0);
  return { action, case: CASE, round, revision: c.revisions.length, step: SOP.steps.findIndex(({ id }) => id === step), item: 0 };
}

function tapped(actor: Actor, action: Wanted, state: State): Outcome {
  const c = STATES[state];
  const { office, person, account } = worldOf(actor, action);
  const situation: Situation = {
    now: FRIDAY_9 + HOUR,
    heard: {
      account: '7000',
      chat: { channel: 'telegram', id: account ?? '-5' },
      chatKind: account === null ? 'group' : 'private',
      from: account === null ? null : { id: account, name: 'Nama' },
      at: FRIDAY_9,
      what: { kind: 'tap', data: '', tap: 'tap-1', message: '9' },
    },
    reference: buttonOf(action, c),
    memberships: person ? [{ office, person }] : [],
    conversation: { focus: null, asking: null },
    subject: { case: c, sop: SOP, office },
    startable: [],
    roles: [],
    duties: [],
    deputable: [],
    roleLabels: {},
    redeemed: null,
    listed: [],
    fresh: { case: '00000000-0000-4000-8000-00000000000a', media: 'm' },
    serial: 1,
  };
  return converse(situation);
}

/** What the tap was answered with: `allowed`, or the refusal, which must be answered and written down, once, and change nothing. */
function verdict({ outgoing, refusals, saved, conversation }: Outcome): string {
  const answers = outgoing.filter(({ out }) => out === 'answer');
  expect(answers).toHaveLength(1);
  const [answer] = answers;
  if (answer?.out !== 'answer') throw new Error('no answer');
  if (refusals.length === 0) {
    expect(answer.alert).toBe(false);
    expect(saved !== null || conversation.asking !== null || conversation.focus !== null || outgoing.length > 1).toBe(true);
    return 'allowed';
  }
  expect(refusals).toHaveLength(1);
  expect({ saved, alert: answer.alert, asking: conversation.asking }).toEqual({ saved: null, alert: true, asking: null });
  const [refusal] = refusals;
  const said = answer.notice?.notice === 'refusal' ? answer.notice.refusal.refused : answer.notice?.notice;
  expect(said).toBe(refusal?.refused);
  return refusal?.refused ?? '';
}

const states = Object.keys(STATES) as State[];
const actions = Object.keys(ACTIONS) as Wanted[];

describe(`${ACTORS.length} actors × ${actions.length} buttons × ${states.length} states`, () => {
  test.each(ACTORS)('%s: each cell as declared, each denial answered and written down', (actor) => {
    for (const action of actions) {
      const row = states.map((state) => [state, verdict(tapped(actor, action, state))]);
      expect({ action, row }).toEqual({ action, row: states.map((state) => [state, expected(actor, action, state)]) });
    }
  });

  test('there are at least 648 cells, and something is allowed to somebody with every button', () => {
    expect(ACTORS.length * actions.length * states.length).toBeGreaterThanOrEqual(648);
    for (const action of actions)
      expect([action, ACTORS.filter((actor) => states.some((state) => expected(actor, action, state) === 'allowed')).length > 0]).toEqual([
        action,
        true,
      ]);
  });

  test('what is decided is decided in the name of whoever tapped, for whom he stood in', () => {
    const decided = (actor: Actor) => tapped(actor, 'accept', 'at the decider').saved?.events.find(({ type }) => type === 'decided');
    expect(decided('a holder of the role')).toMatchObject({ by: 'kartika', onBehalfOf: null });
    expect(decided('a deputy on his day')).toMatchObject({ by: 'dewi', onBehalfOf: 'kartika' });
  });
});
