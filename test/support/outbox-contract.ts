// What every store promises of what goes out; a part of the store's contract.
import { describe, expect, test } from 'vitest';
import { cardKeyText, type Outgoing } from '../../src/case/outgoing.ts';
import type { Chat } from '../../src/office/office.ts';
import { caseId, chatOf, handIn, NOW, office, openDraft } from './case-world.ts';
import type { ContractStore } from './store-contract.ts';

const MINUTE = 60_000;

export function outboxContract(made: () => ContractStore): void {
  describe('the outbox', () => {
    const say = (chat: Chat, what: string): Outgoing => ({ out: 'say', to: { chat }, notice: { notice: 'unsupported', name: what } });
    const send = (outgoing: Outgoing[], at = NOW) => made().store.transaction((tx) => tx.send(office.id, outgoing, at));
    const nameOf = (out: Outgoing | undefined) => (out?.out === 'say' && out.notice.notice === 'unsupported' ? out.notice.name : out?.out);

    test('serves a chat in order, and its head blocks what is behind it', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o1' };
      await send([say(chat, 'one'), say(chat, 'two')]);
      const first = await made().store.leaseDelivery(chat, NOW, MINUTE);
      expect(nameOf(first?.out)).toBe('one');
      expect(first).toMatchObject({ chat, office: office.id, attempts: 1, createdAt: NOW });
      expect(await made().store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
      if (!first) return;
      await made().store.settleDelivery(first, { ended: 'later', afterMs: 5_000, why: '429' }, NOW);
      expect(await made().store.leaseDelivery(chat, NOW + 4_999, MINUTE)).toBeNull();
      const again = await made().store.leaseDelivery(chat, NOW + 5_000, MINUTE);
      expect(again).toMatchObject({ id: first.id, attempts: 2 });
      if (again) await made().store.settleDelivery(again, { ended: 'sent', messages: ['m1'] }, NOW);
      expect(nameOf((await made().store.leaseDelivery(chat, NOW + 5_000, MINUTE))?.out)).toBe('two');
    });

    test('a lease that ran out is given again, and its first holder settles nothing', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o2' };
      await send([say(chat, 'one')]);
      const slow = await made().store.leaseDelivery(chat, NOW, MINUTE);
      const quick = await made().store.leaseDelivery(chat, NOW + MINUTE, MINUTE);
      expect(quick?.id).toBe(slow?.id);
      if (!slow || !quick) throw new Error('not leased');
      await made().store.settleDelivery(slow, { ended: 'refused', why: 'too late' }, NOW + MINUTE);
      await made().store.settleDelivery(quick, { ended: 'later', afterMs: 0, why: 'still mine' }, NOW + MINUTE);
      expect(await made().store.leaseDelivery(chat, NOW + 3 * MINUTE, MINUTE)).toMatchObject({ id: slow.id, attempts: 3 });
    });

    test('a lease or a pause that began well in the future was given by a clock that has been set back, and counts no longer', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o-ahead' };
      const day = 24 * 60 * MINUTE;
      await send([say(chat, 'one')]);
      const ahead = await made().store.leaseDelivery(chat, NOW + day, MINUTE);
      // The clocks of two machines may differ by a little.
      expect(await made().store.leaseDelivery(chat, NOW + day - MINUTE / 2, MINUTE)).toBeNull();
      expect((await made().store.backlog(NOW, 1_000)).chats).toContain('telegram:o-ahead');
      const now = await made().store.leaseDelivery(chat, NOW, MINUTE);
      expect(now).toMatchObject({ id: ahead?.id, attempts: 2 });
      if (!ahead || !now) throw new Error('not leased');
      await made().store.settleDelivery(ahead, { ended: 'refused', why: 'too late' }, NOW);
      expect(await made().store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
      await made().store.settleDelivery(now, { ended: 'later', afterMs: 10 * MINUTE, why: '429' }, NOW + day);
      expect(await made().store.leaseDelivery(chat, NOW + day + MINUTE, MINUTE)).toBeNull();
      const again = await made().store.leaseDelivery(chat, NOW, MINUTE);
      expect(again).toMatchObject({ id: now.id, attempts: 3 });
      // What it is leased by now counts as ever.
      expect(await made().store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
    });

    test('a chat whose head waits is not in the backlog, whatever stands behind it; one in which a tap is answered is', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o-behind' };
      const behind = async (now: number) => (await made().store.backlog(now, 1_000)).chats.includes('telegram:o-behind');
      await send([say(chat, 'one'), say(chat, 'two')]);
      const first = await made().store.leaseDelivery(chat, NOW, MINUTE);
      expect(await behind(NOW)).toBe(false);
      if (!first) throw new Error('not leased');
      await made().store.settleDelivery(first, { ended: 'later', afterMs: MINUTE, why: '429' }, NOW);
      expect(await behind(NOW)).toBe(false);
      expect(await behind(NOW + MINUTE)).toBe(true);
      await send([{ out: 'answer', tap: 't2', chat, account: 'bot', notice: null, alert: false }]);
      expect(await behind(NOW)).toBe(true);
      expect((await made().store.leaseDelivery(chat, NOW, MINUTE))?.out).toMatchObject({ out: 'answer', tap: 't2' });
      expect(await behind(NOW)).toBe(false);
    });

    test('a lease is extended by its holder, by nobody after him, and not after it was settled', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o2b' };
      const { store } = made();
      await send([say(chat, 'one')]);
      const first = await store.leaseDelivery(chat, NOW, MINUTE);
      if (!first) throw new Error('not leased');
      await store.extendLease(first, NOW + MINUTE / 2, MINUTE);
      expect(await store.leaseDelivery(chat, NOW + MINUTE, MINUTE)).toBeNull();
      expect(await store.leaseDelivery(chat, NOW + 1.5 * MINUTE, MINUTE)).toMatchObject({ id: first.id, attempts: 2 });
      await store.extendLease(first, NOW + 2 * MINUTE, MINUTE);
      const third = await store.leaseDelivery(chat, NOW + 2.5 * MINUTE, MINUTE);
      expect(third).toMatchObject({ id: first.id, attempts: 3 });
      if (!third) throw new Error('not leased');
      await store.settleDelivery(third, { ended: 'later', afterMs: 0, why: '429' }, NOW + 3 * MINUTE);
      await store.extendLease(third, NOW + 3 * MINUTE, MINUTE);
      const fourth = await store.leaseDelivery(chat, NOW + 3 * MINUTE, MINUTE);
      expect(fourth).toMatchObject({ id: first.id, attempts: 4 });
      if (fourth) await store.settleDelivery(fourth, { ended: 'sent', messages: ['m1'] }, NOW + 3 * MINUTE);
      if (fourth) await store.extendLease(fourth, NOW + 3 * MINUTE, MINUTE);
      expect(await store.leaseDelivery(chat, NOW + 9 * MINUTE, MINUTE)).toBeNull();
    });

    test('answers to taps wait for nothing', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o3' };
      await send([say(chat, 'one')]);
      await made().store.leaseDelivery(chat, NOW, MINUTE);
      await send([{ out: 'answer', tap: 't1', chat, account: 'bot', notice: null, alert: false }]);
      expect((await made().store.leaseDelivery(chat, NOW, MINUTE))?.out).toMatchObject({ out: 'answer', tap: 't1' });
    });

    test('waiting updates of one card collapse; one that is being delivered does not count', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o4' };
      const key = { card: 'draft', case: caseId(40), round: 1 } as const;
      const show: Outgoing = { out: 'show', to: { chat }, key };
      await send([show, show]);
      await send([show]);
      const leased = await made().store.leaseDelivery(chat, NOW, MINUTE);
      if (!leased) throw new Error('not leased');
      await send([show]);
      await send([{ out: 'refresh', key }]);
      await made().store.settleDelivery(leased, { ended: 'sent', messages: ['m40'], cardHash: 'h1' }, NOW);
      expect(await made().store.standingCard(chat, cardKeyText(key))).toEqual({ message: 'm40', hash: 'h1' });
      const second = await made().store.leaseDelivery(chat, NOW, MINUTE);
      if (!second) throw new Error('the update after the lease is lost');
      await made().store.settleDelivery(second, { ended: 'sent', messages: ['m40'], cardHash: 'h2' }, NOW);
      expect(await made().store.standingCard(chat, cardKeyText(key))).toEqual({ message: 'm40', hash: 'h2' });
      expect(await made().store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
    });

    test('a refresh reaches every chat where the card stands, and no other', async () => {
      const key = { card: 'step', case: caseId(41), step: 'periksa', round: 1 } as const;
      const chats: Chat[] = ['o5', 'o6'].map((id) => ({ channel: 'telegram', id }));
      for (const chat of chats) {
        await send([{ out: 'show', to: { chat }, key }]);
        const leased = await made().store.leaseDelivery(chat, NOW, MINUTE);
        if (leased) await made().store.settleDelivery(leased, { ended: 'sent', messages: [`m-${chat.id}`], cardHash: 'h' }, NOW);
      }
      await send([{ out: 'refresh', key }]);
      for (const chat of chats) expect((await made().store.leaseDelivery(chat, NOW, MINUTE))?.out).toMatchObject({ out: 'show', key });
      expect(await made().store.leaseDelivery({ channel: 'telegram', id: 'o7' }, NOW, MINUTE)).toBeNull();
    });

    test('an album is remembered for the card that replies to it', async () => {
      const chat: Chat = { channel: 'telegram', id: 'o8' };
      const key = { card: 'step', case: caseId(42), step: 'periksa', round: 1 } as const;
      await send([{ out: 'album', to: { chat }, key, case: caseId(42), media: ['m'] }]);
      const leased = await made().store.leaseDelivery(chat, NOW, MINUTE);
      expect(await made().store.albumMessage(chat, cardKeyText(key))).toBeNull();
      if (leased) await made().store.settleDelivery(leased, { ended: 'sent', messages: ['a1', 'a2'] }, NOW);
      expect(await made().store.albumMessage(chat, cardKeyText(key))).toBe('a1');
    });

    test('people are reached in the chat that they used last; whoever cannot be reached is told of to the supervisors once per case', async () => {
      const c = await openDraft(made().store, 43);
      const other: Chat = { channel: 'telegram', id: 'other-chat-of-maya' };
      await made().store.transaction((tx) => tx.touch('telegram', '1005', other, NOW));
      const toMaya: Outgoing = { out: 'show', to: { person: 'maya' }, key: { card: 'draft', case: c.id, round: 1 } };
      await send([toMaya]);
      const leased = await made().store.leaseDelivery(other, NOW, MINUTE);
      expect(leased?.out).toEqual(toMaya);
      if (leased) await made().store.settleDelivery(leased, { ended: 'unreachable', why: 'blocked' }, NOW);
      await send([toMaya, toMaya]);
      const boss = chatOf('rahmat');
      const told = await made().store.leaseDelivery(boss, NOW, MINUTE);
      expect(told?.out).toMatchObject({ out: 'say', notice: { notice: 'unreachable', person: 'Maya' } });
      if (told) await made().store.settleDelivery(told, { ended: 'sent', messages: ['u1'] }, NOW);
      expect(await made().store.leaseDelivery(boss, NOW, MINUTE)).toBeNull();
      await made().store.transaction((tx) => tx.reachable(other, true, NOW));
      await send([toMaya]);
      expect((await made().store.leaseDelivery(other, NOW, MINUTE))?.out).toEqual(toMaya);
    });

    test('a chat in which a card has arrived after all can be written to again', async () => {
      const c = await handIn(made().store, 174);
      const late: Chat = { channel: 'telegram', id: 'late-chat-of-maya' };
      await made().store.transaction((tx) => tx.touch('telegram', '1005', late, NOW));
      await made().store.transaction((tx) => tx.reachable(late, false, NOW));
      const key = { card: 'step', case: c.id, step: 'terima-berkas', round: 1 } as const;
      const settleNext = async (message: string) => {
        const leased = await made().store.leaseDelivery(late, NOW, MINUTE);
        if (leased) await made().store.settleDelivery(leased, { ended: 'sent', messages: [message], cardHash: message }, NOW);
        return leased?.out;
      };
      await send([{ out: 'show', to: { chat: late }, key }]);
      await settleNext('b1');
      const toMaya: Outgoing = { out: 'show', to: { person: 'maya' }, key };
      await send([toMaya]);
      expect(await settleNext('b2')).toEqual(toMaya);
    });

    test('what the platform refuses for good is told of to the supervisors, and the chat goes on', async () => {
      const c = await openDraft(made().store, 44);
      const maya = chatOf('maya');
      await made().store.transaction((tx) => tx.touch('telegram', '1005', maya, NOW));
      const toMaya: Outgoing = { out: 'show', to: { person: 'maya' }, key: { card: 'draft', case: c.id, round: 1 } };
      await send([toMaya, say(maya, 'next')]);
      const leased = await made().store.leaseDelivery(maya, NOW, MINUTE);
      if (leased) await made().store.settleDelivery(leased, { ended: 'refused', why: '400' }, NOW);
      expect(nameOf((await made().store.leaseDelivery(maya, NOW, MINUTE))?.out)).toBe('next');
      const told = await made().store.leaseDelivery(chatOf('rahmat'), NOW, MINUTE);
      expect(told?.out).toMatchObject({
        out: 'say',
        notice: { notice: 'unreachable', person: 'Maya', why: 'failed', named: { case: c.id } },
      });
      if (told) await made().store.settleDelivery(told, { ended: 'sent', messages: ['u2'] }, NOW);
    });

    test('a group that moved is served under its new id, with all that waited', async () => {
      const from: Chat = { channel: 'telegram', id: 'g-old' };
      const to: Chat = { channel: 'telegram', id: 'g-new' };
      await send([say(from, 'one'), say(from, 'two')]);
      const leased = await made().store.leaseDelivery(from, NOW, MINUTE);
      if (leased) await made().store.settleDelivery(leased, { ended: 'moved', to: to.id }, NOW);
      expect(nameOf((await made().store.leaseDelivery(to, NOW, MINUTE))?.out)).toBe('one');
      expect(await made().store.leaseDelivery(from, NOW, MINUTE)).toBeNull();
    });
  });
}
