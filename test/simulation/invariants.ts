// What must hold whatever happened. Each rule names itself in the sentence it gives when it is broken.
import type { Case, CaseEvent } from '../../src/case/case.ts';
import { evolve } from '../../src/case/evolve.ts';
import { type Office, personOf } from '../../src/office/office.ts';
import type { Corridor } from '../support/corridor.ts';

type Check = (corridor: Corridor, office: Office) => string[];

function eventsOf(corridor: Corridor, id: string): CaseEvent[] {
  return corridor.store.tables.history.filter((row) => row.case === id).map(({ event }) => event);
}

const postsEnd: Check = ({ store, dead }) => [
  ...[...store.tables.posts.values()].filter(({ endedAt }) => endedAt === null).map(({ id }) => `I1: post ${id} never ended`),
  ...dead.map((what) => `I1: post set aside: ${what}`),
];

const oneDecision: Check = ({ cases }) =>
  cases.flatMap((c) => {
    const seen = new Set<string>();
    return c.decisions.flatMap(({ step, round, revision }) => {
      const key = `${step}/${round}`;
      if (seen.has(key)) return [`I2: two decisions on ${key} of ${c.id}`];
      seen.add(key);
      return revision <= c.revisions.length ? [] : [`I2: decision on a revision that is not there (${key})`];
    });
  });

const historyIsState: Check = (corridor) =>
  corridor.cases.flatMap((c) => {
    const folded = eventsOf(corridor, c.id).reduce<Case | null>(evolve, null);
    return JSON.stringify(folded) === JSON.stringify(c) ? [] : [`I3: the history of ${c.id} does not give its state`];
  });

const ladderOnce: Check = (corridor) =>
  corridor.cases.flatMap((c) => {
    const told = eventsOf(corridor, c.id).filter((event) => event.type === 'told');
    const keys = told.map(({ step, round, rung }) => `${step}/${round}/${rung}`);
    const twice = keys.filter((key, i) => keys.indexOf(key) !== i).map((key) => `I4: ${key} of ${c.id} was told twice`);
    const early = told.filter(({ at, due }) => at < due).filter(({ rung }) => rung !== 'remind');
    return [...twice, ...early.map(({ rung }) => `I4: ${rung} of ${c.id} was told too early`)];
  });

const ladderToldWhileWaiting: Check = (corridor) =>
  corridor.cases.flatMap((c) => {
    let state: Case | null = null;
    return eventsOf(corridor, c.id).flatMap((event) => {
      const wrong =
        event.type === 'told' && !(state && 'step' in state.state && state.state.step === event.step && state.state.round === event.round);
      state = evolve(state, event);
      return wrong ? [`I4: a rung of ${c.id} was told after its step was over`] : [];
    });
  });

const noTimerLeft: Check = ({ store, now, cases }) =>
  [...store.tables.timers.values()]
    .filter(({ toldAt }) => toldAt === null)
    .flatMap((timer) => {
      const c = cases.find(({ id }) => id === timer.case);
      const wanted = c && 'step' in c.state && c.state.step === timer.step && c.state.round === timer.round;
      if (!wanted) return [`I4: a timer of ${timer.case} outlived its step`];
      return timer.at <= now ? [`I4: ${timer.rung} of ${timer.case} was never told`] : [];
    });

const outboxEnds: Check = ({ store }) =>
  [...store.tables.outbox.values()].flatMap(({ id, endedAt, ending, out }) => {
    if (endedAt === null) return [`I5: delivery ${id} (${out.out}) never ended`];
    return ending === 'refused' ? [`I5: delivery ${id} (${out.out}) was refused`] : [];
  });

const rightPerson: Check = (corridor, office) =>
  corridor.cases.flatMap((c) =>
    c.decisions.flatMap(({ person, role, step }) => [
      ...(personOf(office, person)?.roles.includes(role) ? [] : [`I6: ${person} decided ${step} without the role ${role}`]),
      ...(c.revisions.some(({ by }) => by === person) ? [`I6: ${person} decided on his own case`] : []),
    ]),
  );

const shownIsDecided: Check = ({ cases }) =>
  cases.flatMap((c) =>
    c.decisions
      .filter(({ hash, revision }) => c.revisions[revision - 1]?.hash !== hash)
      .map(({ step }) => `I7: ${step} of ${c.id} decided on another content`),
  );

const registerGapless: Check = ({ cases }) => {
  const serials = cases.flatMap(({ number }) => (number ? [number.serial] : [])).sort((a, b) => a - b);
  return serials.every((serial, i) => serial === i + 1) ? [] : [`I8: register numbers are ${serials.join(', ')}`];
};

const nothingLost: Check = (corridor) => {
  const known = new Set(
    corridor.store.tables.history.flatMap(({ event }) => (event.type === 'media-added' ? [event.media.file.fileId] : [])),
  );
  const refused = corridor.store.tables.refusals.filter(({ wanted }) => wanted === 'add-media' || wanted === 'open').length;
  const lost = [...corridor.platform.files.keys()].filter((id) => !known.has(id)).length;
  return lost > refused ? [`I9: ${lost} files are nowhere, ${refused} were refused`] : [];
};

const allPublished: Check = ({ cases }) =>
  cases
    .filter(({ number, state }) => number !== null && state.status !== 'published')
    .map(({ id, state }) => `I10: ${id} never came to its end (${state.status})`);

const tapsAnswered: Check = ({ store }) => {
  const taps = [...store.tables.posts.values()].filter(({ tap, ending }) => tap && ending === 'done').length;
  const answers = [...store.tables.outbox.values()].filter(({ out }) => out.out === 'answer').length;
  return answers === taps ? [] : [`I11: ${taps} taps, ${answers} answers`];
};

const CHECKS: Check[] = [
  postsEnd,
  oneDecision,
  historyIsState,
  ladderOnce,
  ladderToldWhileWaiting,
  noTimerLeft,
  outboxEnds,
  rightPerson,
  shownIsDecided,
  registerGapless,
  nothingLost,
  allPublished,
  tapsAnswered,
];

export function broken(corridor: Corridor, office: Office): string[] {
  return CHECKS.flatMap((check) => check(corridor, office));
}
