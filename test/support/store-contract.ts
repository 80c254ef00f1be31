// What every store promises, whatever it is made of: one suite for PostgreSQL and for the store in memory.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../src/case/case.ts';
import { evolve } from '../../src/case/evolve.ts';
import { cardKeyText, type Outgoing } from '../../src/case/outgoing.ts';
import { officeTimerId } from '../../src/office/clock.ts';
import type { Chat, Deputy, Office } from '../../src/office/office.ts';
import type { Arrival, ChatDeputy, Store } from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { act, caseId, chatOf, finish, handIn, NOW, office, openDraft, seenOf, sop } from './case-world.ts';
import { offersContract } from './offers-contract.ts';
import { routingContract } from './routing-contract.ts';

export interface ContractStore {
  store: Store;
  applyOffice(office: Office, sops: Sop[]): Promise<void>;
  /** An open invitation of a person who has none of his own. */
  invite(office: string, person: string): Promise<string>;
  close(): Promise<void>;
}

const MINUTE = 60_000;

function arrival(externalId: string, lane = `telegram:bot:${externalId}`, tap = false): Arrival {
  return { channel: 'telegram', account: 'bot', externalId, lane, body: { update_id: externalId }, tap };
}

export function storeContract(name: string, make: () => Promise<ContractStore>): void {
  describe(name, () => {
    let made: ContractStore;
    let store: Store;
    beforeAll(async () => {
      made = await make();
      store = made.store;
      await made.applyOffice(office, [sop]);
    });
    afterAll(() => made.close());

    offersContract(() => made);
    routingContract(() => made);

    describe('the inbox', () => {
      test('keeps what came once, also within one batch', async () => {
        expect(await store.receive([arrival('a1'), arrival('a2'), arrival('a1')], NOW)).toEqual([true, true, false]);
        expect(await store.receive([arrival('a2'), arrival('a3')], NOW)).toEqual([false, true]);
        expect(await store.receive([], NOW)).toEqual([]);
      });

      test('gives out a lane in order, the first row until it is ended, and counts each attempt', async () => {
        await store.receive([arrival('b1', 'lane-b'), arrival('b2', 'lane-b')], NOW);
        const first = await store.claimPost('lane-b', NOW);
        expect(first).toMatchObject({ externalId: 'b1', attempts: 1, receivedAt: NOW, body: { update_id: 'b1' }, tap: false, more: true });
        expect(await store.claimPost('lane-b', NOW)).toMatchObject({ externalId: 'b1', attempts: 2 });
        await store.transaction((tx) => tx.endPost(first?.id ?? '', 'done', NOW));
        expect(await store.claimPost('lane-b', NOW)).toMatchObject({ externalId: 'b2', attempts: 1, more: false });
        expect(await store.claimPost('lane of nobody', NOW)).toBeNull();
        // A failure that says nothing of the row takes its own attempt back, also when somebody else has claimed it meanwhile.
        const slow = await store.claimPost('lane-b', NOW);
        const again = await store.claimPost('lane-b', NOW);
        if (!slow || !again) throw new Error('not claimed');
        await store.forgivePost(slow);
        await store.forgivePost(again);
        expect(await store.claimPost('lane-b', NOW)).toMatchObject({ externalId: 'b2', attempts: slow.attempts });
      });

      test('gives out a row on which no work has begun, and of another only says how often it has', async () => {
        await store.receive([arrival('f1', 'lane-f')], NOW);
        expect(await store.claimFresh('lane of nobody', NOW)).toBeNull();
        const post = await store.claimFresh('lane-f', NOW);
        expect(post).toMatchObject({ externalId: 'f1', attempts: 1, receivedAt: NOW, body: { update_id: 'f1' } });
        expect(await store.claimFresh('lane-f', NOW)).toEqual({ begun: 1 });
        const again = await store.claimPost('lane-f', NOW);
        expect(await store.claimFresh('lane-f', NOW)).toEqual({ begun: 2 });
        if (!again || !post || !('id' in post)) throw new Error('not claimed');
        await store.forgivePost(again);
        await store.forgivePost({ ...again, attempts: 1 });
        expect(await store.claimFresh('lane-f', NOW)).toMatchObject({ id: post.id, attempts: 1 });
      });

      test('knows when a row was last set aside, and who is served', async () => {
        await store.receive([arrival('g1', 'lane-g'), arrival('g2', 'lane-h')], NOW);
        expect(await store.transaction((tx) => tx.lastDead())).toBeNull();
        for (const [lane, at] of [
          ['lane-g', NOW + 5],
          ['lane-h', NOW + 2],
        ] as const) {
          const post = await store.claimPost(lane, NOW);
          await store.transaction((tx) => tx.endPost(post?.id ?? '', 'dead', at));
        }
        const [last, offices] = await store.transaction(async (tx) => [await tx.lastDead(), await tx.offices()]);
        expect(last).toBe(NOW + 5);
        expect(offices.map(({ id }) => id)).toContain(office.id);
      });

      test('locks nothing that somebody else has ended', async () => {
        await store.receive([arrival('c1', 'lane-c')], NOW);
        const post = await store.claimPost('lane-c', NOW);
        await store.transaction(async (tx) => {
          expect(await tx.lockPost(post?.id ?? '')).toMatchObject({ externalId: 'c1' });
          await tx.endPost(post?.id ?? '', 'ignored', NOW);
        });
        expect(await store.transaction((tx) => tx.lockPost(post?.id ?? ''))).toBeNull();
      });

      test('forgets an ending whose transaction failed', async () => {
        await store.receive([arrival('d1', 'lane-d')], NOW);
        const post = await store.claimPost('lane-d', NOW);
        const failed = store.transaction(async (tx) => {
          await tx.endPost(post?.id ?? '', 'done', NOW);
          throw new Error('after the ending');
        });
        await expect(failed).rejects.toThrow('after the ending');
        expect(await store.claimPost('lane-d', NOW)).toMatchObject({ externalId: 'd1' });
      });

      test('takes whatever people can type', async () => {
        const nasty = { text: 'nol \0, setengah \ud800, utuh 😀, \u202e, \\u0000' };
        await store.receive([{ ...arrival('e1', 'lane-e'), body: nasty }], NOW);
        const post = await store.claimPost('lane-e', NOW);
        expect(JSON.stringify(post?.body)).toContain('utuh 😀');
      });
    });

    describe('people', () => {
      test('are known by their account, and strangers are not', async () => {
        const [known, stranger] = await store.transaction(async (tx) => [
          await tx.memberships('telegram', '1001'),
          await tx.memberships('telegram', '666'),
        ]);
        expect(known).toHaveLength(1);
        expect(known?.[0]).toMatchObject({ office: { id: office.id }, person: { id: 'sari', roles: ['tim_pelaksana'] } });
        expect(stranger).toEqual([]);
      });

      test('the office and its SOPs come back as they were applied', async () => {
        await store.transaction(async (tx) => {
          expect(await tx.office(office.id)).toEqual(office);
          expect(await tx.office('nobody')).toBeNull();
          expect(await tx.sopsOf(office.id)).toEqual([sop]);
          expect(await tx.sop(sop.id, sop.version)).toEqual(sop);
          expect(await tx.sop(sop.id, 'other')).toBeNull();
        });
      });

      test('an invitation binds one account, once', async () => {
        const code = await made.invite(office.id, 'andi');
        const chat: Chat = { channel: 'telegram', id: '7001' };
        const redeem = (account: string) => store.transaction((tx) => tx.redeem(code, 'telegram', account, chat, NOW));
        expect(await redeem('7001')).toEqual({ redeemed: 'yes', office: office.id, person: 'andi' });
        expect(await redeem('7002')).toMatchObject({ redeemed: 'no' });
        const [bound] = await store.transaction((tx) => tx.memberships('telegram', '7001'));
        expect(bound?.person.id).toBe('andi');
      });
    });

    test('a conversation is remembered per chat and person', async () => {
      const chat: Chat = { channel: 'telegram', id: 'group-1' };
      await store.transaction(async (tx) => {
        expect(await tx.conversation(chat, '1001')).toEqual({ focus: null, asking: null });
        await tx.saveConversation(chat, '1001', { focus: caseId(1), asking: { ask: 'title', case: caseId(1) } });
        const deputy = { id: caseId(2), office: office.id, roles: ['admin_medsos'], ask: 'from', by: 'budi' } as const;
        await tx.saveConversation(chat, '1003', { focus: null, asking: null, deputy: { ...deputy, roles: [...deputy.roles] } });
      });
      const { deputy } = await store.transaction((tx) => tx.conversation(chat, '1003'));
      expect(deputy).toEqual({ id: caseId(2), office: office.id, roles: ['admin_medsos'], ask: 'from', by: 'budi' });
      await store.transaction(async (tx) => {
        expect(await tx.conversation(chat, '1001')).toEqual({ focus: caseId(1), asking: { ask: 'title', case: caseId(1) } });
        expect(await tx.conversation(chat, '1002')).toEqual({ focus: null, asking: null });
      });
    });

    describe('a case', () => {
      test('comes back as it was saved', async () => {
        const saved = await handIn(store, 10);
        expect(await store.transaction((tx) => tx.lockCase(caseId(10)))).toEqual(saved);
        expect(await store.readCase(caseId(10))).toEqual({ case: saved, sop, office });
        expect(await store.readCase(caseId(999))).toBeNull();
        expect(await store.transaction((tx) => tx.lockCase('no uuid'))).toBeNull();
      });

      test('is found by its number, its serial, its album, its message and its files', async () => {
        const c = await handIn(store, 11);
        await store.transaction(async (tx) => {
          expect(await tx.caseOfNumber(office.id, c.number?.text ?? '')).toBe(c.id);
          expect(await tx.caseOfNumber(office.id, String(c.number?.serial))).toBe(c.id);
          expect(await tx.caseOfNumber(office.id, '0')).toBeNull();
          expect(await tx.caseOfAlbum(c.home, 'album-11')).toBe(c.id);
          expect(await tx.caseOfMessage(c.home, 'caption-11')).toBe(c.id);
          expect(await tx.caseOfMedia('media-11-0')).toBe(c.id);
          expect(await tx.caseOfAlbum({ channel: 'telegram', id: 'elsewhere' }, 'album-11')).toBeNull();
        });
      });

      test('goes its whole way, and is no longer among the open ones', async () => {
        const c = await finish(store, 12);
        expect(c.state.status).toBe('published');
        const open = await store.transaction((tx) => tx.cases({ office: office.id, open: true }));
        expect(open.map((one) => one.id)).not.toContain(c.id);
        const mine = await store.transaction((tx) => tx.cases({ office: office.id, maker: 'sari' }));
        expect(mine.map((one) => one.id)).toContain(c.id);
      });

      test('is not saved when its transaction fails', async () => {
        const failed = store.transaction(async (tx) => {
          await act(tx, null, { type: 'open', id: caseId(13), sop, home: { channel: 'telegram', id: 'home-13' }, by: 'sari' });
          throw new Error('after the save');
        });
        await expect(failed).rejects.toThrow('after the save');
        expect(await store.readCase(caseId(13))).toBeNull();
      });

      test('two at once at one case: both happen, one after the other', async () => {
        await openDraft(store, 14);
        const title = (text: string) => store.transaction((tx) => act(tx, caseId(14), { type: 'title', title: text, by: 'sari' }));
        const date = store.transaction((tx) => act(tx, caseId(14), { type: 'date', eventDate: '2026-11-20', by: 'sari' }));
        await Promise.all([title('Satu dari dua'), date]);
        expect((await store.readCase(caseId(14)))?.case.content).toMatchObject({ title: 'Satu dari dua', eventDate: '2026-11-20' });
      });
    });

    test('serials have no gaps, whatever fails in between', async () => {
      const taken: number[] = [];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          store
            .transaction(async (tx) => {
              const serial = await tx.takeSerial(office.id, 2031);
              if (i % 3 === 0) throw new Error('rolled back');
              return serial;
            })
            .then((serial) => taken.push(serial))
            .catch(() => {}),
        ),
      );
      expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    });

    describe('timers', () => {
      test('are wanted by the case as it is, due in time, and gone once told', async () => {
        const c = await handIn(store, 20);
        const due = 'dueAt' in c.state ? (c.state.dueAt ?? 0) : 0;
        const mine = async (at: number) => {
          const found = [];
          for (const id of await store.dueTimers(at, 1000)) {
            const timer = await store.transaction((tx) => tx.lockTimer(id));
            if (timer?.case === c.id) found.push(timer);
          }
          return found;
        };
        expect(await mine(NOW)).toEqual([]);
        const overdue = await mine(due + MINUTE);
        expect(overdue.map((timer) => timer.rung)).toEqual(['remind', 'overdue']);
        const [, ring] = overdue;
        if (!ring) throw new Error('no timer');
        const { step, round, rung } = ring;
        await store.transaction((tx) => act(tx, c.id, { type: 'time-passed', step, round, rung, due: ring.due }, due + MINUTE));
        expect(await store.transaction((tx) => tx.lockTimer(ring.id))).toBeNull();
        expect((await mine(due + MINUTE)).map((timer) => timer.rung)).not.toContain('overdue');
        await store.transaction((tx) => act(tx, c.id, { type: 'receive', seen: seenOf(c), note: null, by: 'budi' }, due + MINUTE));
        expect((await mine(due + MINUTE)).filter((timer) => timer.step === step)).toEqual([]);
      });
    });

    test('a timer that was told is armed again when its deadline moves later, and not when it moves back', async () => {
      const draft = await openDraft(store, 21);
      const dated = (eventDate: string, at: number) =>
        store.transaction((tx) => act(tx, draft.id, { type: 'date', eventDate, by: 'sari' }, at));
      const mine = async (at: number) => {
        const ids = await store.dueTimers(at, 1000);
        const timers = await Promise.all(ids.map((id) => store.transaction((tx) => tx.lockTimer(id))));
        return timers.flatMap((timer) => (timer?.case === draft.id ? [timer] : []));
      };
      const { timers } = await dated('2026-11-20', NOW);
      const [reminder] = timers;
      if (!reminder) throw new Error('no reminder');
      const { step, round, rung, due } = reminder;
      await store.transaction((tx) => act(tx, draft.id, { type: 'time-passed', step, round, rung, due }, reminder.at));
      expect(await mine(reminder.at)).toEqual([]);
      const later = (await dated('2026-11-23', reminder.at)).timers[0];
      if (!later) throw new Error('no later reminder');
      expect(await mine(later.at)).toMatchObject([{ rung: 'remind', due: later.due }]);
      await dated('2026-11-20', reminder.at + MINUTE);
      expect((await mine(later.at)).map((timer) => timer.rung)).not.toContain('remind');
    });

    describe('rungs that wait for a digest', () => {
      const ring = (c: { id: string }, rung: string, at: number) =>
        store.transaction((tx) => act(tx, c.id, { type: 'time-passed', step: 'terima-berkas', round: 1, rung, due: 0 }, at));
      const waiting = () => store.transaction((tx) => tx.undigested(office.id));

      test('are those that were told long after their moment, until they stand in one', async () => {
        const [one, other] = [await handIn(store, 471), await handIn(store, 472)];
        const timers = async (of: string) => (await waiting()).filter((timer) => timer.case === of);
        const dueAt = 'dueAt' in one.state ? (one.state.dueAt ?? 0) : 0;
        await ring(other, 'overdue', dueAt);
        expect(await timers(other.id)).toEqual([]);
        const late = dueAt + 60 * MINUTE;
        expect(await store.transaction((tx) => tx.isBehind(office.id, late))).toBe(true);
        await ring(one, 'overdue', late);
        const [kept] = await timers(one.id);
        expect(kept).toEqual({ id: kept?.id, case: one.id, step: 'terima-berkas', round: 1, rung: 'overdue', toldAt: late });
        await store.transaction((tx) => tx.endDigest('dinas-lain', [kept?.id ?? '']));
        expect(await timers(one.id)).toHaveLength(1);
        await store.transaction((tx) => tx.endDigest(office.id, [kept?.id ?? '']));
        expect(await timers(one.id)).toEqual([]);
      });

      test('are behind only when their time has passed and nobody has told them', async () => {
        expect(await store.transaction((tx) => tx.isBehind('nobody', NOW + 1e12))).toBe(false);
        expect(await store.transaction((tx) => tx.isBehind(office.id, 0))).toBe(false);
      });

      test('come with their cases as they stand', async () => {
        const c = await handIn(store, 473);
        expect(await store.transaction((tx) => tx.casesById(office.id, [c.id, caseId(999)]))).toEqual([c]);
        expect(await store.transaction((tx) => tx.casesById('nobody', [c.id]))).toEqual([]);
        expect(await store.transaction((tx) => tx.casesById(office.id, []))).toEqual([]);
      });
    });

    describe("an office's own timers", () => {
      const [early, late] = [NOW + MINUTE, NOW + 2 * MINUTE];
      const { id } = office;
      const locked = () => store.transaction((tx) => tx.lockOfficeTimer(id, 'daily'));

      test('stay where they are earlier, unless they are to be replaced, and are gone once cleared', async () => {
        expect(await locked()).toBeNull();
        await store.transaction((tx) => tx.setOfficeTimer(id, 'daily', late, { since: NOW }));
        await store.transaction((tx) => tx.setOfficeTimer(id, 'daily', early, { since: early }));
        expect(await locked()).toEqual({ office: id, what: 'daily', at: early, since: NOW });
        await store.transaction((tx) => tx.setOfficeTimer(id, 'daily', late));
        expect(await locked()).toEqual({ office: id, what: 'daily', at: early, since: null });
        await store.transaction((tx) => tx.setOfficeTimer(id, 'daily', late, { since: early, replace: true }));
        expect(await locked()).toEqual({ office: id, what: 'daily', at: late, since: early });
        expect(await store.transaction((tx) => tx.lockOfficeTimer(id, 'calendar'))).toBeNull();
        await store.transaction((tx) => tx.clearOfficeTimer(id, 'daily'));
        expect(await locked()).toBeNull();
      });

      test('are due in time, and soon before it', async () => {
        await store.transaction((tx) => tx.setOfficeTimer(id, 'daily', early));
        const name = officeTimerId(id, 'daily');
        expect(await store.dueTimers(early - 1, 1000)).not.toContain(name);
        expect((await store.backlog(early - 1, 1000)).soon).toContainEqual({ id: name, at: early });
        expect(await store.dueTimers(early, 1000)).toContain(name);
        const backlog = await store.backlog(early, 1000);
        expect(backlog.timers).toContain(name);
        expect(backlog.soon.map((timer) => timer.id)).not.toContain(name);
        await store.transaction((tx) => tx.clearOfficeTimer(id, 'daily'));
        expect(await store.dueTimers(early, 1000)).not.toContain(name);
      });
    });

    describe('a deputy set in a chat', () => {
      const of = (n: number, more: Partial<ChatDeputy> = {}): ChatDeputy => ({
        kind: 'plh',
        by: 'maya',
        for: 'kartika',
        roles: ['ketua_ppid_pembantu'],
        from: '2026-11-23',
        to: '2026-11-27',
        chat: { id: caseId(n), at: NOW },
        ...more,
      });
      const standing = () => store.transaction(async (tx) => (await tx.office(office.id))?.deputies);

      test('is part of the office until it is ended, and outlives a new file; the same again changes nothing', async () => {
        await store.transaction((tx) => tx.setDeputy(office.id, of(80)));
        await store.transaction((tx) => tx.setDeputy(office.id, of(81, { by: 'budi', from: '2026-12-01', to: null })));
        await store.transaction((tx) => tx.setDeputy(office.id, of(80, { by: 'sari' })));
        const both = [of(80), of(81, { by: 'budi', from: '2026-12-01', to: null })];
        expect(await standing()).toEqual(both);
        const { from, to } = of(80);
        const filed: Deputy = { kind: 'plt', by: 'andi', for: null, roles: ['admin_medsos'], from, to };
        await made.applyOffice({ ...office, deputies: [filed] }, [sop]);
        expect(await standing()).toEqual([filed, ...both]);
        await store.transaction((tx) => tx.endDeputy(office.id, caseId(80), 'kartika', NOW));
        await store.transaction((tx) => tx.endDeputy(office.id, caseId(80), 'kartika', NOW));
        await store.transaction((tx) => tx.setDeputy(office.id, of(80)));
        await store.transaction((tx) => tx.endDeputy(office.id, 'no uuid', 'kartika', NOW));
        expect(await standing()).toEqual([filed, both[1]]);
        await made.applyOffice(office, [sop]);
        await store.transaction((tx) => tx.endDeputy(office.id, caseId(81), 'system', NOW));
        expect(await standing()).toBeUndefined();
      });

      test('is not set when its transaction fails', async () => {
        const failed = store.transaction(async (tx) => {
          await tx.setDeputy(office.id, of(82));
          expect((await tx.office(office.id))?.deputies).toHaveLength(1);
          throw new Error('after the setting');
        });
        await expect(failed).rejects.toThrow('after the setting');
        expect(await standing()).toBeUndefined();
      });

      test('ends when one of the two is gone from the file', async () => {
        await store.transaction((tx) => tx.setDeputy(office.id, of(83)));
        await made.applyOffice({ ...office, people: office.people.filter(({ id }) => id !== 'maya') }, [sop]);
        await made.applyOffice(office, [sop]);
        expect(await standing()).toBeUndefined();
      });

      test('gets the cards of what waits: those who do not have them are told apart', async () => {
        const c = await handIn(store, 84);
        const waiting = (...roles: string[]) => store.transaction((tx) => tx.waitingFor(office.id, roles));
        const mine = { case: c.id, step: 'terima-berkas', round: 1, role: 'tim_pertimbangan' };
        expect(await waiting('tim_pertimbangan')).toContainEqual(mine);
        expect(await waiting('admin_medsos')).not.toContainEqual(mine);
        expect(await waiting()).toEqual([]);
        const key = { card: 'step', case: c.id, step: 'terima-berkas', round: 1 } as const;
        const without = () => store.transaction((tx) => tx.withoutCard(office.id, cardKeyText(key), ['budi', 'maya', 'nobody']));
        expect((await without()).sort()).toEqual(['budi', 'maya']);
        await store.transaction((tx) => tx.send(office.id, [{ out: 'show', to: { person: 'budi' }, key }], NOW));
        expect(await without()).toEqual(['maya']);
        const leased = await store.leaseDelivery(chatOf('budi'), NOW, MINUTE);
        if (leased) await store.settleDelivery(leased, { ended: 'sent', messages: ['d84'], cardHash: 'h' }, NOW);
        expect(await without()).toEqual(['maya']);
      });
    });

    describe('the outbox', () => {
      const say = (chat: Chat, what: string): Outgoing => ({ out: 'say', to: { chat }, notice: { notice: 'unsupported', name: what } });
      const send = (outgoing: Outgoing[], at = NOW) => store.transaction((tx) => tx.send(office.id, outgoing, at));
      const nameOf = (out: Outgoing | undefined) =>
        out?.out === 'say' && out.notice.notice === 'unsupported' ? out.notice.name : out?.out;

      test('serves a chat in order, and its head blocks what is behind it', async () => {
        const chat: Chat = { channel: 'telegram', id: 'o1' };
        await send([say(chat, 'one'), say(chat, 'two')]);
        const first = await store.leaseDelivery(chat, NOW, MINUTE);
        expect(nameOf(first?.out)).toBe('one');
        expect(first).toMatchObject({ chat, office: office.id, attempts: 1, createdAt: NOW });
        expect(await store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
        if (!first) return;
        await store.settleDelivery(first, { ended: 'later', afterMs: 5_000, why: '429' }, NOW);
        expect(await store.leaseDelivery(chat, NOW + 4_999, MINUTE)).toBeNull();
        const again = await store.leaseDelivery(chat, NOW + 5_000, MINUTE);
        expect(again).toMatchObject({ id: first.id, attempts: 2 });
        if (again) await store.settleDelivery(again, { ended: 'sent', messages: ['m1'] }, NOW);
        expect(nameOf((await store.leaseDelivery(chat, NOW + 5_000, MINUTE))?.out)).toBe('two');
      });

      test('a lease that ran out is given again, and its first holder settles nothing', async () => {
        const chat: Chat = { channel: 'telegram', id: 'o2' };
        await send([say(chat, 'one')]);
        const slow = await store.leaseDelivery(chat, NOW, MINUTE);
        const quick = await store.leaseDelivery(chat, NOW + MINUTE, MINUTE);
        expect(quick?.id).toBe(slow?.id);
        if (!slow || !quick) throw new Error('not leased');
        await store.settleDelivery(slow, { ended: 'refused', why: 'too late' }, NOW + MINUTE);
        await store.settleDelivery(quick, { ended: 'later', afterMs: 0, why: 'still mine' }, NOW + MINUTE);
        expect(await store.leaseDelivery(chat, NOW + 3 * MINUTE, MINUTE)).toMatchObject({ id: slow.id, attempts: 3 });
      });

      test('a lease or a pause that began well in the future was given by a clock that has been set back, and counts no longer', async () => {
        const chat: Chat = { channel: 'telegram', id: 'o-ahead' };
        const day = 24 * 60 * MINUTE;
        await send([say(chat, 'one')]);
        const ahead = await store.leaseDelivery(chat, NOW + day, MINUTE);
        // The clocks of two machines may differ by a little.
        expect(await store.leaseDelivery(chat, NOW + day - MINUTE / 2, MINUTE)).toBeNull();
        expect((await store.backlog(NOW, 1_000)).chats).toContain('telegram:o-ahead');
        const now = await store.leaseDelivery(chat, NOW, MINUTE);
        expect(now).toMatchObject({ id: ahead?.id, attempts: 2 });
        if (!ahead || !now) throw new Error('not leased');
        await store.settleDelivery(ahead, { ended: 'refused', why: 'too late' }, NOW);
        expect(await store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
        await store.settleDelivery(now, { ended: 'later', afterMs: 10 * MINUTE, why: '429' }, NOW + day);
        expect(await store.leaseDelivery(chat, NOW + day + MINUTE, MINUTE)).toBeNull();
        const again = await store.leaseDelivery(chat, NOW, MINUTE);
        expect(again).toMatchObject({ id: now.id, attempts: 3 });
        // What it is leased by now counts as ever.
        expect(await store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
      });

      test('an album, whose files may take long to send, is leased for twice the time', async () => {
        const chat: Chat = { channel: 'telegram', id: 'o2b' };
        const key = { card: 'step', case: caseId(43), step: 'periksa', round: 1 } as const;
        await send([{ out: 'album', to: { chat }, key, case: caseId(43), media: ['m'] }]);
        const first = await store.leaseDelivery(chat, NOW, MINUTE);
        expect(await store.leaseDelivery(chat, NOW + 2 * MINUTE - 1, MINUTE)).toBeNull();
        expect(await store.leaseDelivery(chat, NOW + 2 * MINUTE, MINUTE)).toMatchObject({ id: first?.id, attempts: 2 });
      });

      test('answers to taps wait for nothing', async () => {
        const chat: Chat = { channel: 'telegram', id: 'o3' };
        await send([say(chat, 'one')]);
        await store.leaseDelivery(chat, NOW, MINUTE);
        await send([{ out: 'answer', tap: 't1', chat, account: 'bot', notice: null, alert: false }]);
        expect((await store.leaseDelivery(chat, NOW, MINUTE))?.out).toMatchObject({ out: 'answer', tap: 't1' });
      });

      test('waiting updates of one card collapse; one that is being delivered does not count', async () => {
        const chat: Chat = { channel: 'telegram', id: 'o4' };
        const key = { card: 'draft', case: caseId(40), round: 1 } as const;
        const show: Outgoing = { out: 'show', to: { chat }, key };
        await send([show, show]);
        await send([show]);
        const leased = await store.leaseDelivery(chat, NOW, MINUTE);
        if (!leased) throw new Error('not leased');
        await send([show]);
        await send([{ out: 'refresh', key }]);
        await store.settleDelivery(leased, { ended: 'sent', messages: ['m40'], cardHash: 'h1' }, NOW);
        expect(await store.standingCard(chat, cardKeyText(key))).toEqual({ message: 'm40', hash: 'h1' });
        const second = await store.leaseDelivery(chat, NOW, MINUTE);
        if (!second) throw new Error('the update after the lease is lost');
        await store.settleDelivery(second, { ended: 'sent', messages: ['m40'], cardHash: 'h2' }, NOW);
        expect(await store.standingCard(chat, cardKeyText(key))).toEqual({ message: 'm40', hash: 'h2' });
        expect(await store.leaseDelivery(chat, NOW, MINUTE)).toBeNull();
      });

      test('a refresh reaches every chat where the card stands, and no other', async () => {
        const key = { card: 'step', case: caseId(41), step: 'periksa', round: 1 } as const;
        const chats: Chat[] = ['o5', 'o6'].map((id) => ({ channel: 'telegram', id }));
        for (const chat of chats) {
          await send([{ out: 'show', to: { chat }, key }]);
          const leased = await store.leaseDelivery(chat, NOW, MINUTE);
          if (leased) await store.settleDelivery(leased, { ended: 'sent', messages: [`m-${chat.id}`], cardHash: 'h' }, NOW);
        }
        await send([{ out: 'refresh', key }]);
        for (const chat of chats) expect((await store.leaseDelivery(chat, NOW, MINUTE))?.out).toMatchObject({ out: 'show', key });
        expect(await store.leaseDelivery({ channel: 'telegram', id: 'o7' }, NOW, MINUTE)).toBeNull();
      });

      test('an album is remembered for the card that replies to it', async () => {
        const chat: Chat = { channel: 'telegram', id: 'o8' };
        const key = { card: 'step', case: caseId(42), step: 'periksa', round: 1 } as const;
        await send([{ out: 'album', to: { chat }, key, case: caseId(42), media: ['m'] }]);
        const leased = await store.leaseDelivery(chat, NOW, MINUTE);
        expect(await store.albumMessage(chat, cardKeyText(key))).toBeNull();
        if (leased) await store.settleDelivery(leased, { ended: 'sent', messages: ['a1', 'a2'] }, NOW);
        expect(await store.albumMessage(chat, cardKeyText(key))).toBe('a1');
      });

      test('people are reached in the chat that they used last; whoever cannot be reached is told of to the supervisors once per case', async () => {
        const c = await openDraft(store, 43);
        const other: Chat = { channel: 'telegram', id: 'other-chat-of-maya' };
        await store.transaction((tx) => tx.touch('telegram', '1005', other, NOW));
        const toMaya: Outgoing = { out: 'show', to: { person: 'maya' }, key: { card: 'draft', case: c.id, round: 1 } };
        await send([toMaya]);
        const leased = await store.leaseDelivery(other, NOW, MINUTE);
        expect(leased?.out).toEqual(toMaya);
        if (leased) await store.settleDelivery(leased, { ended: 'unreachable', why: 'blocked' }, NOW);
        await send([toMaya, toMaya]);
        const boss = chatOf('rahmat');
        const told = await store.leaseDelivery(boss, NOW, MINUTE);
        expect(told?.out).toMatchObject({ out: 'say', notice: { notice: 'unreachable', person: 'Maya' } });
        if (told) await store.settleDelivery(told, { ended: 'sent', messages: ['u1'] }, NOW);
        expect(await store.leaseDelivery(boss, NOW, MINUTE)).toBeNull();
        await store.transaction((tx) => tx.reachable(other, true, NOW));
        await send([toMaya]);
        expect((await store.leaseDelivery(other, NOW, MINUTE))?.out).toEqual(toMaya);
      });

      test('a chat in which a card has arrived after all can be written to again', async () => {
        const c = await handIn(store, 174);
        const late: Chat = { channel: 'telegram', id: 'late-chat-of-maya' };
        await store.transaction((tx) => tx.touch('telegram', '1005', late, NOW));
        await store.transaction((tx) => tx.reachable(late, false, NOW));
        const key = { card: 'step', case: c.id, step: 'terima-berkas', round: 1 } as const;
        const settleNext = async (message: string) => {
          const leased = await store.leaseDelivery(late, NOW, MINUTE);
          if (leased) await store.settleDelivery(leased, { ended: 'sent', messages: [message], cardHash: message }, NOW);
          return leased?.out;
        };
        await send([{ out: 'show', to: { chat: late }, key }]);
        await settleNext('b1');
        const toMaya: Outgoing = { out: 'show', to: { person: 'maya' }, key };
        await send([toMaya]);
        expect(await settleNext('b2')).toEqual(toMaya);
      });

      test('what the platform refuses for good is told of to the supervisors, and the chat goes on', async () => {
        const c = await openDraft(store, 44);
        const maya = chatOf('maya');
        await store.transaction((tx) => tx.touch('telegram', '1005', maya, NOW));
        const toMaya: Outgoing = { out: 'show', to: { person: 'maya' }, key: { card: 'draft', case: c.id, round: 1 } };
        await send([toMaya, say(maya, 'next')]);
        const leased = await store.leaseDelivery(maya, NOW, MINUTE);
        if (leased) await store.settleDelivery(leased, { ended: 'refused', why: '400' }, NOW);
        expect(nameOf((await store.leaseDelivery(maya, NOW, MINUTE))?.out)).toBe('next');
        const told = await store.leaseDelivery(chatOf('rahmat'), NOW, MINUTE);
        expect(told?.out).toMatchObject({
          out: 'say',
          notice: { notice: 'unreachable', person: 'Maya', why: 'failed', named: { case: c.id } },
        });
        if (told) await store.settleDelivery(told, { ended: 'sent', messages: ['u2'] }, NOW);
      });

      test('a group that moved is served under its new id, with all that waited', async () => {
        const from: Chat = { channel: 'telegram', id: 'g-old' };
        const to: Chat = { channel: 'telegram', id: 'g-new' };
        await send([say(from, 'one'), say(from, 'two')]);
        const leased = await store.leaseDelivery(from, NOW, MINUTE);
        if (leased) await store.settleDelivery(leased, { ended: 'moved', to: to.id }, NOW);
        expect(nameOf((await store.leaseDelivery(to, NOW, MINUTE))?.out)).toBe('one');
        expect(await store.leaseDelivery(from, NOW, MINUTE)).toBeNull();
      });
    });

    test('the end of the history is taken once, and again when it has grown', async () => {
      await openDraft(store, 180);
      const take = () => store.transaction((tx) => tx.takeChainHead(office.id));
      const first = await take();
      expect(first).toEqual({ seq: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(await take()).toBeNull();
      const failed = store.transaction(async (tx) => {
        await act(tx, caseId(180), { type: 'title', title: 'Pasar murah', by: 'sari' });
        throw new Error('nothing of it');
      });
      await expect(failed).rejects.toThrow('nothing of it');
      expect(await take()).toBeNull();
      await store.transaction((tx) => act(tx, caseId(180), { type: 'title', title: 'Pasar murah', by: 'sari' }));
      expect((await take())?.seq).toBe((first?.seq ?? 0) + 1);
    });

    test('what was handed in within a time comes newest first, with how much there is of it', async () => {
      const [first, second, third] = [NOW + 1e9, NOW + 2e9, NOW + 3e9];
      for (const [n, at] of [first, second, third].entries()) await handIn(store, 190 + n, office, at);
      const within = (from: number, to: number, limit = 9) => store.transaction((tx) => tx.handedIn(office.id, { from, to }, limit));
      const { cases, total } = await within(first, third, 1);
      expect([cases.map(({ id }) => id), total]).toEqual([[caseId(191)], 2]);
      expect((await within(first, third + 1)).cases.map(({ id }) => id)).toEqual([caseId(192), caseId(191), caseId(190)]);
      expect(await within(third + 1, third + 2)).toEqual({ cases: [], total: 0 });
    });

    test('cases to which something happened within a time are found whenever they were handed in', async () => {
      const [early, late] = [NOW + 21e9, NOW + 24e9];
      await handIn(store, 195, office, early);
      await handIn(store, 196, office, late);
      const within = async (from: number, to: number, limit = 9) => {
        const { cases, total } = await store.transaction((tx) => tx.active(office.id, { from, to }, limit));
        return [cases.map(({ id }) => id), total];
      };
      expect(await within(early, late + 1)).toEqual([[caseId(196), caseId(195)], 2]);
      expect(await within(early, late + 1, 1)).toEqual([[caseId(196)], 2]);
      expect(await within(early, late)).toEqual([[caseId(195)], 1]);
      const between = early + 1e9;
      const nudged: CaseEvent = { type: 'nudged', step: 'terima-berkas', round: 1, at: between + 5, by: 'rahmat' };
      await store.transaction(async (tx) => {
        const c = await tx.lockCase(caseId(195));
        if (c) await tx.saveCase(c, evolve(c, nudged), [nudged], []);
      });
      expect(await within(between, between + 10)).toEqual([[caseId(195)], 1]);
      expect(await within(between, between + 5)).toEqual([[], 0]);
    });

    describe('who has seen a card', () => {
      const show = (c: { id: string }, to: 'budi' | Chat, step = 'terima-berkas'): Outgoing => ({
        out: 'show',
        to: typeof to === 'string' ? { person: to } : { chat: to },
        key: { card: 'step', case: c.id, step, round: 1 },
      });
      const deliver = async (chat: Chat, message: string, at: number) => {
        for (;;) {
          const leased = await store.leaseDelivery(chat, at, MINUTE);
          if (!leased) return;
          await store.settleDelivery(leased, { ended: 'sent', messages: [message], cardHash: 'h' }, at);
        }
      };
      const of = (id: string, people = ['budi', 'kartika', 'nobody']) =>
        store.seen(office.id, { case: id, step: 'terima-berkas', round: 1 }, people);
      const nothing = { sentAt: null, deliveredAt: null, openedAt: null };

      test('is known from the moment that it stands in his own chat, and an update changes nothing of that', async () => {
        const c = await handIn(store, 170);
        expect(await of(c.id)).toEqual([
          { person: 'budi', reach: 'yes', ...nothing },
          { person: 'kartika', reach: 'yes', ...nothing },
          { person: 'nobody', reach: 'unbound', ...nothing },
        ]);
        const group: Chat = { channel: 'telegram', id: '-70' };
        await store.transaction((tx) => tx.send(office.id, [show(c, 'budi'), show(c, group)], NOW));
        await deliver(chatOf('budi'), 'v70', NOW + 1);
        await deliver(group, 'v70g', NOW + 1);
        await store.transaction((tx) => tx.send(office.id, [show(c, 'budi')], NOW));
        await deliver(chatOf('budi'), 'v70', NOW + 2);
        expect(await of(c.id, ['kartika', 'budi'])).toEqual([
          { person: 'kartika', reach: 'yes', ...nothing },
          { person: 'budi', reach: 'yes', ...nothing, sentAt: NOW + 1 },
        ]);
        expect(await store.transaction((tx) => tx.seen(office.id, { case: c.id, step: 'terima-berkas', round: 2 }, ['budi']))).toEqual([
          { person: 'budi', reach: 'yes', ...nothing },
        ]);
        expect(await of(c.id, [])).toEqual([]);
      });

      test('is known of whom it was for, also when he was taken out of the office while it was on its way', async () => {
        const c = await handIn(store, 173);
        const tamu = { id: 'tamu', name: 'Tamu', roles: ['tim_pertimbangan'], telegram: '1073' };
        await made.applyOffice({ ...office, people: [...office.people, tamu] }, [sop]);
        const to = { out: 'show', to: { person: 'tamu' }, key: { card: 'step', case: c.id, step: 'terima-berkas', round: 1 } } as const;
        await store.transaction((tx) => tx.send(office.id, [to], NOW));
        const leased = await store.leaseDelivery({ channel: 'telegram', id: '1073' }, NOW, MINUTE);
        await made.applyOffice(office, [sop]);
        if (leased) await store.settleDelivery(leased, { ended: 'sent', messages: ['v73'], cardHash: 'h' }, NOW + 1);
        expect(await of(c.id, ['tamu'])).toEqual([{ person: 'tamu', reach: 'unbound', ...nothing, sentAt: NOW + 1 }]);
      });

      test('is told by the platform for the message that it is, in that chat, once', async () => {
        const c = await handIn(store, 171);
        await store.transaction((tx) => tx.send(office.id, [show(c, 'budi')], NOW));
        await deliver(chatOf('budi'), 'v71', NOW);
        await store.delivered(chatOf('kartika'), ['v71'], NOW + 1);
        await store.delivered(chatOf('budi'), ['v70', 'other'], NOW + 1);
        expect(await of(c.id, ['budi'])).toMatchObject([{ deliveredAt: null }]);
        await store.delivered(chatOf('budi'), ['other', 'v71'], NOW + 2);
        await store.delivered(chatOf('budi'), ['v71'], NOW + 3);
        expect(await of(c.id, ['budi'])).toMatchObject([{ sentAt: NOW, deliveredAt: NOW + 2, openedAt: null }]);
      });

      test('is certain once he has touched it, the first time, also where it was never sent to him', async () => {
        const c = await handIn(store, 172);
        const place = { case: c.id, step: 'terima-berkas', round: 1 };
        const open = (at: number) => store.transaction((tx) => tx.opened(office.id, place, 'kartika', at));
        await open(NOW + 5);
        await open(NOW + 6);
        expect(await of(c.id, ['kartika'])).toEqual([{ person: 'kartika', reach: 'yes', ...nothing, openedAt: NOW + 5 }]);
        await store.transaction((tx) => tx.reachable(chatOf('kartika'), false, NOW));
        expect(await of(c.id, ['kartika'])).toMatchObject([{ reach: 'blocked' }]);
        await store.transaction((tx) => tx.reachable(chatOf('kartika'), true, NOW));
      });
    });

    test('files on their way are claimed until they have come, and each attempt counts', async () => {
      const c = await openDraft(store, 50);
      const file = { channel: 'telegram', account: 'bot', fileId: 'f', uniqueId: 'u' } as const;
      const media = { id: 'media-50', kind: 'photo', file, sentBy: 'sari', at: NOW, state: 'pending' } as const;
      await store.transaction((tx) => act(tx, c.id, { type: 'add-media', media, by: 'sari' }));
      expect(await store.claimMedia('media-50', NOW)).toEqual({ id: 'media-50', office: office.id, case: c.id, attempts: 1 });
      expect(await store.claimMedia('media-50', NOW)).toMatchObject({ attempts: 2 });
      await store.transaction((tx) =>
        act(tx, c.id, { type: 'keep-media', media: 'media-50', sha256: 'b'.repeat(64), bytes: 3, mime: 'image/png', kind: 'photo' }),
      );
      expect(await store.claimMedia('media-50', NOW)).toBeNull();
      expect(await store.claimMedia('nobody', NOW)).toBeNull();
    });

    test('the backlog names everything that waits', async () => {
      await store.receive([arrival('z1', 'lane-z', true)], NOW);
      const chat: Chat = { channel: 'telegram', id: 'z-chat' };
      await store.transaction((tx) => tx.send(null, [{ out: 'say', to: { chat }, notice: { notice: 'stranger' } }], NOW));
      const c = await handIn(store, 60);
      const file = { channel: 'telegram', account: 'bot', fileId: 'f', uniqueId: 'u' } as const;
      const draft = await openDraft(store, 61);
      const media = { id: 'media-61', kind: 'photo', file, sentBy: 'sari', at: NOW, state: 'pending' } as const;
      await store.transaction((tx) => act(tx, draft.id, { type: 'add-media', media, by: 'sari' }));
      const backlog = await store.backlog(NOW, 1000);
      expect(backlog.lanes).toContain('lane-z');
      expect(backlog.chats).toContain('telegram:z-chat');
      expect(backlog.media).toContain('media-61');
      const elsewhere = await store.backlog(NOW, 1000, ['whatsapp']);
      expect([elsewhere.chats, elsewhere.media]).toEqual([[], []]);
      expect(elsewhere.lanes).toContain('lane-z');
      const here = await store.backlog(NOW, 1000, ['telegram']);
      expect([here.chats.includes('telegram:z-chat'), here.media.includes('media-61')]).toEqual([true, true]);
      expect(backlog.soon.length).toBeGreaterThan(0);
      const due = 'dueAt' in c.state ? (c.state.dueAt ?? 0) : 0;
      expect((await store.backlog(due, 1000)).timers.length).toBeGreaterThan(0);
      const leased = await store.leaseDelivery(chat, NOW, MINUTE);
      expect((await store.backlog(NOW, 1000)).chats).not.toContain('telegram:z-chat');
      if (leased) await store.settleDelivery(leased, { ended: 'needless' }, NOW);
    });
  });
}
