// The port's transaction, put together from the parts.
import { sql } from 'drizzle-orm';
import type { RefusalRecord, Tx } from '../src/ports/store.ts';
import { hasWritten, peopleOn, redeem, setReachable, touch } from './accounts.ts';
import {
  activeCases,
  caseOfAlbum,
  caseOfMedia,
  caseOfMessage,
  caseOfNumber,
  casesById,
  handedIn,
  listCases,
  lockCase,
  saveCase,
  takeSerial,
} from './cases.ts';
import { takeChainHead } from './chain.ts';
import { identify, newestVote, offersIn, tellStranger } from './choices.ts';
import { lockConversation, saveConversation } from './conversations.ts';
import { endDeputy, setDeputy, waitingFor } from './deputies.ts';
import { endPost, lastDead, lockPost } from './inbox.ts';
import { moveChat } from './move-chat.ts';
import { clearOfficeTimer, lockOfficeTimer, setOfficeTimer } from './office-timers.ts';
import { memberships, readOffice, readOffices, readSop, sopsOf } from './offices.ts';
import { send } from './outbox.ts';
import { enter, type Session } from './session.ts';
import { recall, remember } from './settings.ts';
import { cardsIn, withoutCard } from './standing.ts';
import { endDigest, isBehind, lockTimer, undigested } from './timers.ts';
import { instantParam, isUuid } from './values.ts';
import { opened, seen } from './views.ts';

export function txOf(session: Session): Tx {
  const { run } = session;
  return {
    lockPost: (id) => lockPost(run, id),
    endPost: (id, ending, at) => endPost(run, id, ending, at),
    lastDead: () => lastDead(run),
    offices: () => readOffices(session),
    remember: (key, value) => remember(run, key, value),
    recall: (key) => recall(run, key),
    peopleOn: (office, channel) => peopleOn(session, office, channel),
    memberships: (channel, account) => memberships(session, channel, account),
    office: (id) => readOffice(session, id),
    sop: (id, version) => readSop(session, id, version),
    sopsOf: (office) => sopsOf(session, office),
    redeem: (code, channel, account, chat, at) => redeem(session, code, { channel, id: chat.id }, account, at),
    touch: (channel, account, chat, at) => touch(session, channel, account, chat, at),
    hasWritten: (channel, account, offices) => hasWritten(session, channel, account, offices),
    reachable: (chat, reachable) => setReachable(session, chat, reachable),
    moveChat: (from, to) => moveChat(session, from, to),
    conversation: (chat, account) => lockConversation(session, chat, account),
    saveConversation: (chat, account, conversation) => saveConversation(session, chat, account, conversation),
    lockCase: (id) => lockCase(session, id),
    cases: (filter) => listCases(session, filter),
    active: (office, span, limit) => activeCases(session, office, span, limit),
    handedIn: (office, span, limit) => handedIn(session, office, span, limit),
    caseOfAlbum: (chat, album) => caseOfAlbum(run, chat, album),
    caseOfMessage: (chat, message) => caseOfMessage(run, chat, message),
    caseOfMedia: (media) => caseOfMedia(run, media),
    caseOfNumber: (office, number) => caseOfNumber(session, office, number),
    takeSerial: (office, year) => takeSerial(session, office, year),
    saveCase: (before, after, events, timers) => saveCase(session, before, after, events, timers),
    lockTimer: (id) => lockTimer(session, id),
    undigested: (office) => undigested(session, office),
    endDigest: (office, ids) => endDigest(session, office, ids),
    isBehind: (office, before) => isBehind(session, office, before),
    casesById: (office, ids) => casesById(session, office, ids),
    setOfficeTimer: (office, what, at, options) => setOfficeTimer(session, office, what, at, options),
    lockOfficeTimer: (office, what) => lockOfficeTimer(session, office, what),
    clearOfficeTimer: (office, what) => clearOfficeTimer(session, office, what),
    offers: (chat, filter) => offersIn(run, chat, filter),
    newestVote: (chat, poll, account, at) => newestVote(run, chat, poll, account, at),
    identify: (channel, account, alias, at) => identify(run, channel, account, alias, at),
    tellStranger: (channel, account, at) => tellStranger(run, channel, account, at),
    setDeputy: (office, deputy) => setDeputy(session, office, deputy),
    endDeputy: (office, id, by, at) => endDeputy(session, office, id, by, at),
    waitingFor: (office, roles) => waitingFor(session, office, roles),
    withoutCard: (office, key, people) => withoutCard(session, office, key, people),
    cardsIn: (chat, keys) => cardsIn(session, chat, keys),
    send: (office, outgoing, at) => send(session, office, outgoing, at),
    refuse: (record) => refuse(session, record),
    takeChainHead: (office) => takeChainHead(session, office),
    opened: (office, place, person, at) => opened(session, office, place, person, at),
    seen: (office, place, people) => seen(session, office, place, people),
  };
}

async function refuse(session: Session, record: RefusalRecord): Promise<void> {
  if (record.office !== null) await enter(session, record.office);
  const caseId = record.case !== null && isUuid(record.case) ? record.case : null;
  await session.run(sql`
    insert into refusals (office, "case", account, person, refused, wanted, at)
    values (${record.office}, ${caseId}::uuid, ${record.account}, ${record.person}, ${record.refused}, ${record.wanted}, ${instantParam(record.at)})`);
}
