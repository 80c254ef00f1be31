// Whoever stands in for another decides in his name, has one vote with him, and may no more than he.
import { describe, expect, test } from 'vitest';
import { actorsOf, rejectionBy, stepAt } from '../../src/case/facts.ts';
import { viewCard } from '../../src/case/view.ts';
import type { Deputy, Office } from '../../src/office/office.ts';
import { registerRow } from '../../src/register/row.ts';
import {
  accept,
  CASE,
  caseOf,
  factsAt,
  given,
  HOUR,
  history,
  publish,
  REASON,
  reject,
  SOP,
  seen,
  TO_CHECKER,
  TO_HEAD,
  TO_PUBLISHER,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const LATER = FRIDAY_9 + HOUR;
const KETUA = 'ketua_ppid_pembantu';
const PLH: Deputy = { kind: 'plh', by: 'maya', for: 'kartika', roles: [KETUA], from: '2026-11-20', to: '2026-11-20' };
const officeWith = (...deputies: Deputy[]): Office => ({ ...sampleOffice(), deputies });
const facts = (office: Office, more: object = {}) => factsAt(LATER, { office, ...more });
const atChecker = history(TO_CHECKER);
const byDeputy = accept('periksa', 1, 'maya');

describe('a Plh', () => {
  const office = officeWith(PLH);

  test('decides in the name of his principal, and both stand in the decision, on the card, in the notice and in the register', () => {
    const when = given(...atChecker).when(byDeputy, facts(office));
    const c = when.gives({ type: 'decided', by: 'maya', onBehalfOf: 'kartika', capacity: 'plh' }, 'entered');
    expect(c.decisions.at(-1)).toMatchObject({ person: 'maya', onBehalfOf: 'kartika', capacity: 'plh', role: KETUA });
    const card = viewCard(c, { card: 'step', case: CASE, step: 'periksa', round: 1 }, facts(office), 'maya', 1);
    const both = { person: 'Maya', capacity: 'plh', onBehalfOf: 'Kartika' };
    expect(card).toMatchObject({ outcome: { is: 'decided', by: both } });
    const told = when.says.filter(({ notice }) => notice.notice === 'passed');
    expect(told).toMatchObject([{ to: '1001', notice: both }]);
    expect(registerRow(c, SOP, office, 0).review).toContain('Maya a.n. Kartika (Plh. Ketua PPID Pembantu)');
  });

  test('rejects in his name; the maker reads both names', () => {
    const when = given(...atChecker).when(reject('periksa', 1, REASON, 'maya'), facts(office));
    const c = when.gives({ type: 'decided', onBehalfOf: 'kartika' }, 'returned');
    expect(when.says.find(({ notice }) => notice.notice === 'returned')).toMatchObject({
      notice: { person: 'Maya', capacity: 'plh', onBehalfOf: 'Kartika' },
    });
    const draft = viewCard(c, { card: 'draft', case: CASE, round: 2 }, facts(office), 'sari', 1);
    expect(draft).toMatchObject({ returned: { person: 'Maya', capacity: 'plh', onBehalfOf: 'Kartika' } });
  });

  test('acts beside his principal: whoever comes first has decided, and the other hears it', () => {
    given(...atChecker)
      .when(accept(), facts(office))
      .gives({ type: 'decided', by: 'kartika', onBehalfOf: null }, 'entered');
    const decided = history([byDeputy], facts(office), atChecker);
    given(...decided)
      .when(accept(), facts(office))
      .refuses({ refused: 'already-decided', decision: { person: 'maya', onBehalfOf: 'kartika' } } as never);
  });

  test('has nothing to decide on the day before and the day after', () => {
    for (const day of ['2026-11-19', '2026-11-21'])
      given(...atChecker)
        .when(byDeputy, facts(officeWith({ ...PLH, from: day, to: day })))
        .refuses({ refused: 'not-your-role', needed: KETUA, yours: ['admin_medsos'] });
  });

  test('publishes in the name of the publisher', () => {
    const deputy: Deputy = { ...PLH, by: 'budi', for: 'maya', roles: ['admin_medsos'] };
    const c = given(...history(TO_PUBLISHER))
      .when(publish('media_sosial', 'budi'), facts(officeWith(deputy)))
      .gives({ type: 'announced', by: 'budi' }, 'closed');
    expect(c.publications).toMatchObject([{ person: 'budi', onBehalfOf: 'maya', capacity: 'plh' }]);
    const card = viewCard(c, { card: 'step', case: CASE, step: 'unggah', round: 1 }, facts(officeWith(deputy)), 'budi', 1);
    expect(card).toMatchObject({ outcome: { is: 'published', person: 'Budi Santoso', onBehalfOf: 'Maya' } });
    expect(registerRow(c, SOP, officeWith(deputy), 0).publisher).toBe('Budi Santoso a.n. Maya');
  });
});

test('a Plt decides for a role that nobody holds, in nobody’s name', () => {
  const office = sampleOffice();
  const plt: Deputy = { ...PLH, kind: 'plt', for: null, by: 'citra', to: null };
  const vacant = { ...office, people: office.people.filter(({ id }) => id !== 'kartika'), deputies: [plt] };
  const when = given(...atChecker).when(accept('periksa', 1, 'citra'), facts(vacant));
  const c = when.gives({ type: 'decided', by: 'citra', onBehalfOf: null, capacity: 'plt' }, 'entered');
  expect(when.says.find(({ notice }) => notice.notice === 'passed')?.notice).toMatchObject({ capacity: 'plt', onBehalfOf: null });
  expect(registerRow(c, SOP, vacant, 0).review).toContain('Citra (Plt. Ketua PPID Pembantu)');
});

describe('nobody decides on his own case', () => {
  test('a deputy not on what he made himself', () => {
    const office = officeWith({ ...PLH, by: 'sari' });
    given(...atChecker)
      .when(accept('periksa', 1, 'sari'), facts(office))
      .refuses({ refused: 'own-case' });
    expect(actorsOf(caseOf(atChecker), stepAt(SOP, 'periksa'), facts(office)).map(({ id }) => id)).toEqual(['kartika']);
  });

  test('nor on what the one he stands in for has made', () => {
    const office = sampleOffice();
    const people = office.people.map((one) => (one.id === 'sari' ? { ...one, roles: [...one.roles, KETUA] } : one));
    const withBoth = { ...office, people, deputies: [{ ...PLH, for: 'sari' }] };
    given(...atChecker)
      .when(byDeputy, facts(withBoth))
      .refuses({ refused: 'own-case', principal: 'sari' });
    expect(actorsOf(caseOf(atChecker), stepAt(SOP, 'periksa'), facts(withBoth)).map(({ id }) => id)).toEqual(['kartika']);
  });
});

describe('when all must agree, a principal and his deputy are one', () => {
  const people = [...sampleOffice().people, { id: 'dewi', name: 'Dewi', roles: [KETUA] }];
  const all = (...deputies: Deputy[]) => facts({ ...sampleOffice(), people, deputies }, { sop: withStep('periksa', { needs: 'all' }) });

  test('the first of them counts, the second hears whose vote it was', () => {
    const one = history([byDeputy], all(PLH), atChecker);
    expect(caseOf(one).state).toMatchObject({ status: 'running', step: 'periksa' });
    given(...one)
      .when(accept(), all(PLH))
      .refuses({ refused: 'already-decided', decision: { person: 'maya' } } as never);
    given(...one)
      .when(accept('periksa', 1, 'dewi'), all(PLH))
      .gives('decided', { type: 'entered', step: 'putuskan' });
    const other = history([accept()], all(PLH), atChecker);
    given(...other)
      .when(byDeputy, all(PLH))
      .refuses({ refused: 'already-decided', decision: { person: 'kartika' } } as never);
  });

  test('who has voted for one does not vote again for another', () => {
    const one = history([byDeputy], all(PLH), atChecker);
    given(...one)
      .when(byDeputy, all({ ...PLH, for: 'dewi' }))
      .refuses({ refused: 'already-decided' });
  });
});

test('a deputy who schedules is named as one', () => {
  const sop = {
    ...SOP,
    steps: SOP.steps.map((step) => (step.id === 'putuskan' ? { ...step, kind: 'schedule' as const } : step)),
  } as typeof SOP;
  const deputy: Deputy = { ...PLH, by: 'citra', for: 'rahmat', roles: ['atasan_ppid_pembantu'] };
  const command = { type: 'schedule', seen: seen('putuskan'), schedule: LATER + HOUR, by: 'citra' } as const;
  const when = given(...history(TO_HEAD)).when(command, facts(officeWith(deputy), { sop }));
  when.gives({ type: 'scheduled', by: 'citra', onBehalfOf: 'rahmat', capacity: 'plh' } as never, 'entered');
  expect(when.says.find(({ notice }) => notice.notice === 'scheduled')?.notice).toMatchObject({ person: 'Citra', onBehalfOf: 'Rahmat' });
});

test('a case that came back without a decision names whoever sent it back as himself', () => {
  expect(rejectionBy(caseOf(atChecker), 'kartika')).toEqual({});
});
