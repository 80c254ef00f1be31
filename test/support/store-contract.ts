// What every store promises, whatever it is made of: one suite for PostgreSQL and for the store in memory.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseEvent, Media } from '../../src/case/case.ts';
import { evolve } from '../../src/case/evolve.ts';
import type { Piece } from '../../src/conversation/piece.ts';
import { officeTimerId } from '../../src/office/clock.ts';
import type { Chat, Office } from '../../src/office/office.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { arrival } from './arrival.ts';
import { act, caseId, finish, handIn, NOW, office, openDraft, otherOffice, seenOf, sop } from './case-world.ts';
import { deputiesContract } from './deputies-contract.ts';
import { inboxContract } from './inbox-contract.ts';
import { offersContract } from './offers-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { routingContract } from './routing-contract.ts';
import { seenContract } from './seen-contract.ts';

export interface ContractStore {
  store: Store;
  applyOffice(office: Office, sops: Sop[]): Promise<void>;
  /** An open invitation of a person who has none of his own. */
  invite(office: string, person: string): Promise<string>;
  close(): Promise<void>;
}

const MINUTE = 60_000;

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
    inboxContract(() => made);
    outboxContract(() => made);
    deputiesContract(() => made);
    seenContract(() => made);

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

      test('who has no role looks after the others, acts for one of them, or is a stranger', async () => {
        const looking: Office = {
          ...otherOffice('dinas-tanpa-peran'),
          supervisors: [['siti']],
          people: [
            { id: 'siti', name: 'Siti', roles: [], telegram: '8881' },
            { id: 'tono', name: 'Tono', roles: [], telegram: '8882' },
            { id: 'budi', name: 'Budi', roles: ['tim_pertimbangan'], telegram: '8883' },
          ],
        };
        await made.applyOffice(looking, [sop]);
        const known = (account: string) => store.transaction((tx) => tx.memberships('telegram', account));
        expect((await known('8881')).map(({ person }) => person.id)).toEqual(['siti']);
        expect(await known('8882')).toEqual([]);
        expect((await known('8883')).map(({ person }) => person.id)).toEqual(['budi']);
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

    test('what is remembered of the whole service is the last that was said, of a transaction that came to its end', async () => {
      const remember = (value: string) => store.transaction((tx) => tx.remember('heard', value));
      expect(await remember('one')).toBeNull();
      expect(await remember('two')).toBe('one');
      const failed = store.transaction(async (tx) => {
        await tx.remember('heard', 'never');
        throw new Error('not this one');
      });
      await expect(failed).rejects.toThrow('not this one');
      expect(await store.transaction((tx) => tx.recall('heard'))).toBe('two');
      expect(await store.transaction((tx) => tx.recall('other'))).toBeNull();
    });

    test('who can be written to on a channel is known by the private chats there', async () => {
      const on = (channel: Chat['channel']) => store.transaction((tx) => tx.peopleOn(office.id, channel));
      const before = await on('telegram');
      expect(before).toContain('sari');
      const chat: Chat = { channel: 'telegram', id: '1001' };
      await store.transaction((tx) => tx.reachable(chat, false, NOW));
      expect((await on('telegram')).toSorted()).toEqual(before.filter((id) => id !== 'sari').toSorted());
      await store.transaction((tx) => tx.reachable(chat, true, NOW));
      expect(await on('whatsapp')).not.toContain('sari');
      expect(await store.transaction((tx) => tx.peopleOn('nobody', 'telegram'))).toEqual([]);
    });

    test('a conversation is remembered per chat and person', async () => {
      const chat: Chat = { channel: 'telegram', id: 'group-1' };
      const piece: Piece = { case: caseId(3), into: { part: 'narrative' }, messages: ['7', '8'], cut: true, at: NOW };
      await store.transaction(async (tx) => {
        expect(await tx.conversation(chat, '1001')).toEqual({ focus: null, asking: null });
        await tx.saveConversation(chat, '1001', { focus: caseId(1), asking: { ask: 'title', case: caseId(1) } });
        const deputy = { id: caseId(2), office: office.id, roles: ['admin_medsos'], ask: 'from', by: 'budi' } as const;
        await tx.saveConversation(chat, '1003', { focus: null, asking: null, deputy: { ...deputy, roles: [...deputy.roles] } });
        await tx.saveConversation(chat, '1004', { focus: null, asking: null, piece });
        await tx.saveConversation(chat, '1005', { focus: null, asking: null, piece });
        await tx.saveConversation(chat, '1005', { focus: null, asking: null });
      });
      const { deputy } = await store.transaction((tx) => tx.conversation(chat, '1003'));
      expect(deputy).toEqual({ id: caseId(2), office: office.id, roles: ['admin_medsos'], ask: 'from', by: 'budi' });
      await store.transaction(async (tx) => {
        expect(await tx.conversation(chat, '1001')).toEqual({ focus: caseId(1), asking: { ask: 'title', case: caseId(1) } });
        expect(await tx.conversation(chat, '1002')).toEqual({ focus: null, asking: null });
        expect(await tx.conversation(chat, '1004')).toEqual({ focus: null, asking: null, piece });
        expect(await tx.conversation(chat, '1005')).toEqual({ focus: null, asking: null });
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

      test('is found by each of the messages that a long text came in', async () => {
        const c = await openDraft(store, 913);
        const narrative = { text: 'Dinas mengadakan pasar murah.', source: 'akhir-13', pieces: ['awal-13', 'akhir-13'] };
        await store.transaction((tx) => act(tx, c.id, { type: 'narrate', narrative, by: 'sari' }));
        for (const message of narrative.pieces) expect(await store.transaction((tx) => tx.caseOfMessage(c.home, message))).toBe(c.id);
      });

      test('is found by an album that came from another chat than the draft’s: where the message was heard', async () => {
        const c = await handIn(store, 113);
        const elsewhere = { channel: 'telegram', id: 'chat-of-the-publisher' } as const;
        const [media] = c.content.media;
        const sent = { ...media, id: 'media-113-late', album: 'album-113-late' } as Media;
        const event: CaseEvent = { type: 'media-added', at: NOW, by: c.maker, media: sent };
        await store.transaction(async (tx) => {
          await tx.conversation(elsewhere, '113');
          await tx.lockCase(c.id);
          await tx.saveCase(c, evolve(c, event), [event], []);
        });
        await store.transaction(async (tx) => {
          expect(await tx.caseOfAlbum(elsewhere, 'album-113-late')).toBe(c.id);
          expect(await tx.caseOfAlbum(c.home, 'album-113-late')).toBeNull();
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
