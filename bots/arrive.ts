// A file has reached the vault, or never will: its case learns of it, and its maker is asked for what is missing now.

import type { Case, Media, MediaFault, MediaId } from '../src/case/case.ts';
import type { Command } from '../src/case/command.ts';
import { isOpen } from '../src/case/decide-collect.ts';
import { type Facts, indexOf, named } from '../src/case/facts.ts';
import type { Outgoing } from '../src/case/outgoing.ts';
import { timersOf, turn } from '../src/case/turn.ts';
import { askedAgain } from '../src/conversation/asked-again.ts';
import { isReady, missingIn } from '../src/conversation/asking.ts';
import { nextToAsk } from '../src/draft/missing.ts';
import type { Office } from '../src/office/office.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Store, Tx } from '../src/ports/store.ts';
import type { MediaKind, Sop } from '../src/sop/sop.ts';

export type Arrived = { came: 'kept'; sha256: string; bytes: number; mime: string; kind: MediaKind } | { came: 'fault'; why: MediaFault };

export interface ArriveDeps {
  store: Store;
  clock: Clock;
}

/** What the maker hears when the last file on its way has come: all is there, or how many more are needed. */
async function askOn(tx: Tx, before: Case, after: Case, sop: Sop, office: Office): Promise<Outgoing[]> {
  if (!isOpen(after)) return [];
  const to = { chat: after.home };
  const name = named(after, office);
  if (isReady(after, sop)) return isReady(before, sop) ? [] : [{ out: 'say', to, notice: { notice: 'ready', named: name } }];
  const next = nextToAsk(missingIn(after, sop));
  const conversation = await tx.conversation(after.home, after.home.id);
  if (next?.part !== 'media' || next.pending > 0 || conversation.asking) return [];
  const question = { ask: 'media', case: after.id } as const;
  await tx.saveConversation(after.home, after.home.id, { focus: after.id, asking: question });
  const index = { step: indexOf(sop, after.state.step), round: after.state.round, revision: after.revisions.length };
  return [{ out: 'say', to, notice: { notice: 'question', question, named: name, missing: next, index } }];
}

/** Whoever sent a proof or a form that cannot be used is asked for it again, unless he is being asked for something else. */
async function askAgain(tx: Tx, media: Media, after: Case, facts: Facts): Promise<Outgoing[]> {
  const { askedIn } = media;
  const question = askedAgain(after, media, facts);
  if (!askedIn || !question) return [];
  const { chat, account } = askedIn;
  const conversation = await tx.conversation(chat, account);
  if (conversation.asking) return [];
  await tx.saveConversation(chat, account, { ...conversation, asking: question });
  const { step, round, revision } = question;
  const index = { step: indexOf(facts.sop, step), round, revision };
  return [{ out: 'say', to: { chat }, notice: { notice: 'question', question, named: named(after, facts.office), index } }];
}

export async function arrive({ store, clock }: ArriveDeps, media: MediaId, arrived: Arrived): Promise<void> {
  await store.transaction(async (tx) => {
    const id = await tx.caseOfMedia(media);
    if (id === null) return;
    // The conversation is locked before the case, as hearing does it: the two would wait for each other otherwise.
    const before = (await store.readCase(id))?.case;
    const proof = before?.proofs.find((one) => one.id === media);
    const asking = proof ? proof.askedIn : before && { chat: before.home, account: before.home.id };
    if (asking) await tx.conversation(asking.chat, asking.account);
    const c = await tx.lockCase(id);
    const office = c && (await tx.office(c.office));
    const sop = c && (await tx.sop(c.sop.id, c.sop.version));
    if (!c || !office || !sop) return;
    const now = clock.now();
    const facts = { now, office, sop, serial: 0 };
    const command: Command =
      arrived.came === 'kept' ? { type: 'keep-media', media, ...withoutCame(arrived) } : { type: 'refuse-media', media, why: arrived.why };
    const turned = turn(c, command, facts);
    if (!turned.ok || !turned.after || turned.events.length === 0) return;
    await tx.saveCase(c, turned.after, turned.events, timersOf(turned.after, facts));
    const refused = turned.events.some(({ type }) => type === 'media-refused');
    const asked = proof ? (refused ? await askAgain(tx, proof, turned.after, facts) : []) : await askOn(tx, c, turned.after, sop, office);
    await tx.send(office.id, [...turned.outgoing, ...asked], now);
  });
}

function withoutCame({
  sha256,
  bytes,
  mime,
  kind,
}: Extract<Arrived, { came: 'kept' }>): Pick<Command & { type: 'keep-media' }, 'sha256' | 'bytes' | 'mime' | 'kind'> {
  return { sha256, bytes, mime, kind };
}
