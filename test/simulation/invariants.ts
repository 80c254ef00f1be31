// What must hold whatever happened. Each rule names itself in the sentence it gives when it is broken.
import { isQuiet } from '../../src/calendar/quiet.ts';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import { isOpen } from '../../src/case/decide-collect.ts';
import { evolve } from '../../src/case/evolve.ts';
import { actorsOf, stepAt } from '../../src/case/facts.ts';
import { cardKeyText } from '../../src/case/outgoing.ts';
import { givenAt } from '../../src/case/stand-ins.ts';
import { type Office, personOf } from '../../src/office/office.ts';
import type { Timer } from '../../src/ports/store.ts';
import { brokenInCase, brokenInRegister } from '../../src/proof/invariants.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { HistoryRow, OutboxRow, Tables } from '../support/memory-tables.ts';
import { DIGEST_CHECKS } from './invariants-of-digests.ts';
import { CONVERSATION_CHECKS } from './invariants-of-talk.ts';
import type { Check, Ran } from './ran.ts';

function sopOf({ sops }: Ran, c: Case): Sop {
  const sop = sops.find(({ id, version }) => id === c.sop.id && version === c.sop.version);
  if (!sop) throw new Error(`no SOP ${c.sop.id}`);
  return sop;
}

interface Moment {
  row: HistoryRow;
  index: number;
  before: Case | null;
  after: Case;
}

/** Several rules look at it, and making it takes longer than they do. */
const momentsOf = new WeakMap<Ran, Moment[]>();

/** Every event of the history with its case before and after it. */
function told(ran: Ran): Moment[] {
  const known = momentsOf.get(ran);
  if (known) return known;
  const states = new Map<string, Case>();
  const moments = ran.corridor.store.tables.history.map((row, index) => {
    const before = states.get(row.case) ?? null;
    const after = evolve(before, row.event);
    states.set(row.case, after);
    return { row, index, before, after };
  });
  momentsOf.set(ran, moments);
  return moments;
}

function outboxOf({ corridor }: Ran): OutboxRow[] {
  return [...corridor.store.tables.outbox.values()];
}

const postsEnd: Check = ({ corridor: { store, dead } }) => [
  ...[...store.tables.posts.values()].filter(({ endedAt }) => endedAt === null).map(({ id }) => `I1: post ${id} never ended`),
  ...dead.map((what) => `I1: post set aside: ${what}`),
];

const heardOnce: Check = ({ corridor }) => {
  const ids = [...corridor.store.tables.posts.values()].map(({ channel, account, externalId }) => `${channel} ${account} ${externalId}`);
  return ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `I1: update ${id} was heard twice`);
};

/** What the running service looks at as well. */
const casesHold: Check = (ran) => {
  const { cases, store } = ran.corridor;
  return cases.flatMap((c) => {
    const events = store.tables.history.filter((row) => row.case === c.id).map(({ event }) => event);
    return brokenInCase({ case: c, events, sop: sopOf(ran, c) }).map(({ rule, about, what }) => `${rule}: ${what} (${about})`);
  });
};

/** What must be announced at once waits for no opening: said so of everything that was handed in, at the steps after it. */
function isAtOnce(c: Case | undefined, step: string, sop: Sop | undefined): boolean {
  const kind = sop?.steps.find(({ id }) => id === step)?.kind;
  const handedIn = c?.revisions ?? [];
  return (
    kind !== 'prepare' && kind !== 'assign' && handedIn.length > 0 && handedIn.every(({ details }) => details?.class === 'serta_merta')
  );
}

/** Was it ever said to be one that must be announced at once? */
function wasAtOnce({ history }: Tables, id: string): boolean {
  return history.some(({ event, case: of }) => of === id && event.type === 'detailed' && event.text === 'serta_merta');
}

/** At the time that was chosen the task is due, also at night. */
function isTheChosenTime({ rung, at, due }: Timer): boolean {
  return rung === 'start' && at === due;
}

/** No alarm is set for a quiet hour, and none is left of a step that is over, or told of late for ever. */
const timersRight: Check = ({ corridor: { store, now, cases }, officeAt, sops: [sop] }) =>
  [...store.tables.timers.values()].flatMap((timer) => {
    const c = cases.find(({ id }) => id === timer.case);
    const quiet =
      isQuiet(officeAt(store.tables.history.length), timer.at) && !isTheChosenTime(timer)
        ? [`I4: ${timer.rung} of ${timer.case} is set for a quiet hour`].filter(() => !wasAtOnce(store.tables, timer.case))
        : [];
    if (timer.at !== timer.due && isAtOnce(c, timer.step, sop))
      quiet.push(`I4: ${timer.rung} of ${timer.case} was held back and is urgent`);
    if (timer.toldAt !== null) return quiet;
    const wanted = c && 'step' in c.state && c.state.step === timer.step && c.state.round === timer.round;
    if (!wanted) return [...quiet, `I4: a timer of ${timer.case} outlived its step`];
    return timer.at <= now ? [...quiet, `I4: ${timer.rung} of ${timer.case} was never told`] : quiet;
  });

/** A step that stays open climbs the whole ladder: after the longest wait nothing of it is left to tell. */
const ladderToItsEnd: Check = ({ corridor }) =>
  corridor.cases.flatMap((c) => {
    if (!('step' in c.state) || c.state.dueAt === null) return [];
    const { step, round, dueAt, enteredAt, status } = c.state;
    if ((status === 'draft' || status === 'returned') && dueAt <= enteredAt) return [];
    const rungs = c.told.filter((one) => one.step === step && one.round === round).map(({ rung }) => rung);
    return rungs.some((rung) => rung.startsWith('escalate') || rung === 'overdue')
      ? []
      : [`I4: nobody heard that ${step} of ${c.id} is late`];
  });

const outboxEnds: Check = (ran) =>
  outboxOf(ran).flatMap(({ id, endedAt, ending, out, endedBy, attempts }) => {
    if (endedAt === null) return [`I5: delivery ${id} (${out.out}) never ended`];
    if (endedBy !== attempts) return [`I5: delivery ${id} (${out.out}) was ended by one who no longer held it`];
    return ending === 'refused' ? [`I5: delivery ${id} (${out.out}) was refused`] : [];
  });

/** What is said to be sent stands in the chat. */
const sentIsThere: Check = (ran) => {
  const { chats, answers } = ran.corridor.platform;
  const there = new Set([...chats].flatMap(([chat, shown]) => shown.map(({ id }) => `${chat} ${id}`)));
  const answered = new Set(answers.map(({ tap }) => tap));
  return outboxOf(ran).flatMap(({ id, ending, out, messages, chat }) => {
    if (ending !== 'sent') return [];
    const sent =
      out.out === 'answer' ? answered.has(out.tap) : messages.length > 0 && messages.every((one) => there.has(`${chat.id} ${one}`));
    return sent ? [] : [`I5: delivery ${id} (${out.out}) is called sent and never was`];
  });
};

/** New messages of a chat stand in the order in which they were wanted. */
const inOrder: Check = (ran) => {
  const newest = new Map<string, number>();
  return outboxOf(ran).flatMap(({ id, out, chat, ending, messages }) => {
    const edited = out.out === 'show' || out.out === 'answer';
    if (ending !== 'sent' || edited) return [];
    const before = newest.get(chat.id) ?? 0;
    newest.set(chat.id, Math.max(before, ...messages.map(Number)));
    return messages.some((message) => Number(message) <= before) ? [`I5: delivery ${id} (${out.out}) overtook another in ${chat.id}`] : [];
  });
};

/** Who did something for a role, and in whose name; `undefined`: in whose name is not written down. */
interface Did {
  at: number;
  by: string;
  role: string;
  onBehalfOf: string | null | undefined;
}

/** A deputy on his days, in the name of one who holds the role himself. */
function standsIn(office: Office, { at, by, role, onBehalfOf }: Did): boolean {
  const date = new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);
  return (office.deputies ?? []).some(
    (deputy) =>
      deputy.by === by &&
      (onBehalfOf === undefined || deputy.for === onBehalfOf) &&
      personOf(office, deputy.for ?? '')?.roles.includes(role) === true &&
      deputy.roles.includes(role) &&
      deputy.from <= date &&
      date <= (deputy.to ?? date),
  );
}

function didIn(event: CaseEvent, sop: Sop): Did | null {
  const { at, by } = event;
  switch (event.type) {
    case 'decided':
      return { at, by, role: event.role, onBehalfOf: event.onBehalfOf };
    case 'announced':
      return { at, by, role: stepAt(sop, event.step).role, onBehalfOf: event.publication.onBehalfOf ?? null };
    case 'scheduled':
      return { at, by, role: stepAt(sop, event.step).role, onBehalfOf: event.onBehalfOf ?? null };
    case 'repaired':
      return { at, by, role: stepAt(sop, event.step).role, onBehalfOf: event.revision.onBehalfOf ?? null };
    case 'taken':
      return { at, by, role: stepAt(sop, event.step).role, onBehalfOf: undefined };
    default:
      return null;
  }
}

/** A photo counts as of when it was sent: its bytes may come after its sender has lost the role. */
function sentAt({ corridor }: Ran, id: string, event: CaseEvent, index: number): number {
  if (event.type !== 'announced' || event.publication.proof === null) return index;
  const { channel } = event.publication;
  const { history } = corridor.store.tables;
  return history.findLastIndex(
    (row, i) =>
      i < index && row.case === id && row.event.type === 'media-added' && row.event.by === event.by && row.event.media.proofOf === channel,
  );
}

const rightPerson: Check = (ran) =>
  told(ran).flatMap(({ row: { event, case: id }, index, after }) => {
    const did = didIn(event, sopOf(ran, after));
    if (!did || !('step' in event)) return [];
    const office = ran.officeAt(sentAt(ran, id, event, index));
    const his = personOf(office, event.by)?.roles.includes(did.role) === true || standsIn(office, did);
    const given = () => givenAt(after, event.step, after.rounds[event.step] ?? 0).some(({ person }) => person === event.by);
    return his || given() ? [] : [`I6: ${event.by} did '${event.type}' at ${event.step} of ${id} without the role ${did.role}`];
  });

/** A standing card offers what may be done now, and nothing once that is over. */
const cardsAreFresh: Check = ({ corridor }) =>
  [...corridor.store.tables.cards].flatMap(([place, { message }]) => {
    const [where = '', key = ''] = place.split('|');
    const [, id = ''] = key.split('/');
    const c = corridor.cases.find((one) => one.id === id);
    const shown = corridor.chat(where.slice('telegram:'.length)).find((one) => one.id === message);
    if (!c || !shown) return [`I7: the card ${key} stands nowhere`];
    const { state } = c;
    const here =
      'step' in state &&
      key ===
        cardKeyText(
          isOpen(c) ? { card: 'draft', case: id, round: state.round } : { card: 'step', case: id, step: state.step, round: state.round },
        ) &&
      // Of a draft that was given to another maker the first one keeps a card without buttons.
      (!isOpen(c) || where === `telegram:${c.home.id}`);
    const taps = shown.buttons.flat().filter(({ does }) => 'tap' in does).length;
    if (!here && taps > 0) return [`I7: ${key} is over, and its card still offers ${taps} buttons`];
    return here && taps === 0 ? [`I7: ${key} waits, and its card offers nothing`] : [];
  });

const registerGapless: Check = ({ corridor: { cases } }) => {
  const numbers = cases.flatMap(({ number }) => number ?? []);
  return [...new Set(numbers.map(({ year }) => year))].flatMap((year) => {
    const serials = numbers.filter((one) => one.year === year).map(({ serial }) => serial);
    return brokenInRegister(String(year), serials).map(({ rule, what }) => `${rule}: ${what}`);
  });
};

/** What was handed in is what was sent: the bytes of each file. */
const filesAreKept: Check = ({ corridor: { cases, platform } }) =>
  cases.flatMap((c) =>
    c.revisions.flatMap(({ media }) => {
      const wrong = media.filter(({ file, sha256 }) => platform.sha256(file.fileId) !== sha256);
      return wrong.map(({ id }) => `I9: file ${id} of ${c.id} is not what was sent`);
    }),
  );

/** Handed in, or a task that was given to somebody: it must come to its end. */
export function isOnItsWay({ number, state }: Case): boolean {
  return (number !== null && state.status !== 'published') || state.status === 'making';
}

const allPublished: Check = ({ corridor: { cases } }) =>
  cases.filter(isOnItsWay).map(({ id, state }) => `I10: ${id} never came to its end (${state.status})`);

function owed(event: CaseEvent): string | null {
  if (event.type === 'handed-in') return 'receipt';
  if (event.type === 'returned' || event.type === 'closed') return event.type;
  return event.type === 'decided' && event.verdict !== 'reject' ? 'passed' : null;
}

/** The maker hears of every turn; whoever must act gets the card; whoever decided hears of the end. */
const everybodyHears: Check = (ran) => {
  const { history } = ran.corridor.store.tables;
  const rows = outboxOf(ran);
  return told(ran).flatMap(({ row: { event, case: id, cause }, index, after }) => {
    const notice = owed(event);
    const said = (to: (row: OutboxRow) => boolean) =>
      rows.some(
        ({ out, cause: from, ...row }) =>
          from === cause && out.out === 'say' && out.notice.notice === notice && to({ out, cause: from, ...row }),
      );
    const lost =
      notice !== null && !said(({ chat }) => chat.id === after.home.id) ? [`I12: the maker of ${id} never heard '${notice}'`] : [];
    if (event.type !== 'entered') return lost;
    const office = ran.officeAt(index);
    const sop = sopOf(ran, after);
    const key = cardKeyText({ card: 'step', case: id, step: event.step, round: event.round });
    const actors = actorsOf(after, stepAt(sop, event.step), { now: event.at, office, sop });
    const shown = rows.filter((row) => row.key === key && row.out.out === 'show' && row.cause === history[index]?.cause);
    const missed = actors.filter(({ telegram }) => !shown.some(({ chat }) => chat.id === telegram));
    return [...lost, ...missed.map((person) => `I12: ${person.id} never got the card ${key}`)];
  });
};

/** Each rung that is not passed over in silence is said to everybody who can act. */
const rungsAreSaid: Check = (ran) => {
  const said = new Set(
    outboxOf(ran).flatMap(({ out, chat, createdAt }) =>
      out.out === 'say' && out.notice.notice === 'ladder' ? [`${out.notice.named.case} ${out.notice.rung} ${createdAt} ${chat.id}`] : [],
    ),
  );
  return told(ran).flatMap(({ row: { event, case: id }, index, after }) => {
    // What came long after its moment stands in a digest instead.
    if (event.type !== 'told' || event.silent || event.digest) return [];
    const [office, sop] = [ran.officeAt(index), sopOf(ran, after)];
    const step = stepAt(sop, event.step);
    const accounts = isOpen(after)
      ? [after.home.id]
      : actorsOf(after, step, { now: event.at, office, sop }).flatMap(({ telegram }) => telegram ?? []);
    return accounts
      .filter((account) => !said.has(`${id} ${event.rung} ${event.at} ${account}`))
      .map((account) => `I4: ${event.rung} of ${id} was told to nobody in ${account}`);
  });
};

/** Who decided has opened his card; what stands in somebody's own chat was sent to him. */
const seenIsSaid: Check = ({ corridor: { cases, store } }) => {
  const views = [...store.tables.views.values()];
  const of = (id: string, step: string, round: number, person: string) =>
    views.find((one) => one.case === id && one.step === step && one.round === round && one.person === person);
  const decided = cases.flatMap((c) =>
    c.decisions
      .filter(({ step, round, person }) => (of(c.id, step, round, person)?.openedAt ?? null) === null)
      .map(({ step, round, person }) => `I13: ${person} decided ${step}/${round} of ${c.id} without having opened it`),
  );
  const standing = [...store.tables.cards.keys()].flatMap((place) => {
    const [chat = '', key = ''] = place.split('|');
    const [card, id = '', step = '', round = ''] = key.split('/');
    const people = store.tables.bindings.filter((one) => card === 'step' && `${one.channel}:${one.chat.id}` === chat);
    return people
      .filter(({ person }) => (of(id, step, Number(round), person)?.sentAt ?? null) === null)
      .map(({ person }) => `I13: the card ${key} stands in the chat of ${person} and is not known to be sent`);
  });
  return [...decided, ...standing];
};

const CHECKS: Check[] = [
  postsEnd,
  heardOnce,
  casesHold,
  timersRight,
  ladderToItsEnd,
  outboxEnds,
  sentIsThere,
  inOrder,
  rightPerson,
  cardsAreFresh,
  registerGapless,
  filesAreKept,
  allPublished,
  everybodyHears,
  rungsAreSaid,
  ...DIGEST_CHECKS,
  seenIsSaid,
  ...CONVERSATION_CHECKS,
];

export function broken(ran: Ran): string[] {
  return CHECKS.flatMap((check) => check(ran));
}
