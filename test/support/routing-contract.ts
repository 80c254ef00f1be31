// What every store promises of people on two channels; a part of the store's contract.
import { describe, expect, test } from 'vitest';
import type { Outgoing } from '../../src/case/outgoing.ts';
import type { Chat } from '../../src/office/office.ts';
import { NOW, sop } from './case-world.ts';
import type { ContractStore } from './store-contract.ts';
import { both, DEWI, DEWI_ON_TELEGRAM, HADI, WATI } from './two-channels.ts';

const MINUTE = 60_000;

export function routingContract(made: () => ContractStore): void {
  describe('a person on two channels', () => {
    const say = (name: string, person = 'dewi'): Outgoing => ({ out: 'say', to: { person }, notice: { notice: 'unsupported', name } });
    const send = (...out: Outgoing[]) => made().store.transaction((tx) => tx.send(both.id, out, NOW));
    const touch = (chat: typeof DEWI_ON_TELEGRAM | typeof DEWI | typeof HADI, at: number) =>
      made().store.transaction((tx) => tx.touch(chat.channel, chat.id, chat, at));
    type Ended = Parameters<ContractStore['store']['settleDelivery']>[1];
    /** What waits in the chat, ended like this, one after the other. */
    async function take(
      chat: typeof DEWI_ON_TELEGRAM | typeof DEWI | typeof HADI | typeof WATI,
      ended: Ended,
      now = NOW,
    ): Promise<string[]> {
      const taken: string[] = [];
      for (;;) {
        const delivery = await made().store.leaseDelivery(chat, now, MINUTE);
        if (!delivery) return taken;
        const { out } = delivery;
        const notice = out.out === 'say' ? out.notice : null;
        taken.push(
          notice?.notice === 'unsupported' ? notice.name : notice?.notice === 'unreachable' ? `told of ${notice.instead}` : out.out,
        );
        await made().store.settleDelivery(delivery, ended, now);
      }
    }
    const sent: Ended = { ended: 'sent', messages: ['m'] };

    test('is reached on the one he used last, not on both', async () => {
      await made().applyOffice(both, [sop]);
      await send(say('first'));
      expect(await take(DEWI_ON_TELEGRAM, sent)).toEqual(['first']);
      await touch(DEWI, NOW + 1);
      await send(say('second'));
      expect(await take(DEWI_ON_TELEGRAM, sent)).toEqual([]);
      expect(await take(DEWI, sent)).toEqual(['second']);
      await touch(DEWI_ON_TELEGRAM, NOW + 2);
      await send(say('third'));
      expect(await take(DEWI, sent)).toEqual([]);
      expect(await take(DEWI_ON_TELEGRAM, sent)).toEqual(['third']);
    });

    test('who cannot be reached there hears everything on the other, in order; his supervisor is told once', async () => {
      await touch(DEWI, NOW + 10);
      await send(say('one'), say('two'));
      expect(await take(DEWI, { ended: 'unreachable', why: '463' })).toEqual(['one', 'two']);
      expect(await take(DEWI_ON_TELEGRAM, sent)).toEqual(['one', 'two']);
      expect(await take(WATI, sent)).toEqual(['told of telegram']);
      // It stays so until he writes there again.
      await send(say('three'));
      expect(await take(DEWI_ON_TELEGRAM, sent)).toEqual(['three']);
      await touch(DEWI, NOW + 20);
      await send(say('four'));
      expect(await take(DEWI, sent)).toEqual(['four']);
    });

    test('who cannot be reached on either is told of as unreachable', async () => {
      await touch(DEWI, NOW + 30);
      await send(say('five'));
      expect(await take(DEWI, { ended: 'unreachable', why: '463' })).toEqual(['five']);
      expect(await take(DEWI_ON_TELEGRAM, { ended: 'unreachable', why: 'blocked' })).toEqual(['five']);
      expect(await take(WATI, sent)).toEqual(['told of undefined']);
      await touch(DEWI_ON_TELEGRAM, NOW + 40);
      await touch(DEWI, NOW + 41);
    });

    test('when a whole channel is away, whoever has another hears there, and whoever has none waits; nobody is marked', async () => {
      await touch(HADI, NOW + 50);
      await send(say('six'), say('seven', 'hadi'));
      const away: Ended = { ended: 'unreachable', why: 'unpaired', whole: true };
      expect(await take(DEWI, away)).toEqual(['six']);
      expect(await take(DEWI_ON_TELEGRAM, sent)).toEqual(['six']);
      expect(await take(HADI, away)).toEqual(['seven']);
      expect(await take(HADI, sent, NOW + 29_999)).toEqual([]);
      expect(await take(HADI, sent, NOW + 30_000)).toEqual(['seven']);
      await send(say('eight'));
      expect(await take(DEWI, sent)).toEqual(['eight']);
    });

    test('who has written privately is known from then on, by any of his offices', async () => {
      const has = (account: string, ...offices: string[]) => made().store.transaction((tx) => tx.hasWritten('whatsapp', account, offices));
      await made().applyOffice(
        { ...both, id: 'sudah-menulis', people: both.people.map((one) => ({ ...one, whatsapp: `+62899${one.id}` })) },
        [sop],
      );
      expect(await has('+62899wati', 'sudah-menulis')).toBe(false);
      const chat: Chat = { channel: 'whatsapp', id: '+62899wati' };
      const writes = () => made().store.transaction((tx) => tx.touch('whatsapp', chat.id, chat, NOW));
      expect([await writes(), await writes()]).toEqual([true, false]);
      await made().store.transaction((tx) => tx.reachable(chat, false, NOW));
      expect([await writes(), await writes()]).toEqual([true, false]);
      expect(await made().store.transaction((tx) => tx.touch('whatsapp', '+62899nobody', chat, NOW))).toBe(false);
      expect(await has('+62899wati', both.id, 'sudah-menulis')).toBe(true);
      expect([await has('+62899wati', both.id), await has('+62899dewi', 'sudah-menulis')]).toEqual([false, false]);
    });

    test('who has not written on WhatsApp yet is never written to there', async () => {
      const fresh = {
        ...both,
        id: 'belum-menulis',
        people: both.people.map((person) => ({ ...person, telegram: `8${person.telegram ?? '1'}` })),
      };
      await made().applyOffice(fresh, [sop]);
      await made().store.transaction((tx) => tx.send(fresh.id, [say('cold', 'hadi')], NOW));
      expect(await made().store.leaseDelivery({ channel: 'whatsapp', id: '' }, NOW, MINUTE)).toBeNull();
      expect(await made().store.leaseDelivery({ channel: 'telegram', id: '81' }, NOW, MINUTE)).not.toBeNull();
    });

    test.each([
      ['whose number is known alone', 'unwritten', { whatsapp: '+6281200009202' }],
      ['of whom no account is known', 'unbound', {}],
    ] as const)('who has never written is told of to his supervisor: one %s', async (_, why, account) => {
      const id = `belum-${why}`;
      const [wati, hadi] = [
        { id: 'wati', name: 'Wati', roles: [], telegram: `92${why.length}` },
        { id: 'hadi', name: 'Hadi' },
      ];
      const people = [wati, { ...hadi, roles: ['tim_pertimbangan'], ...account }];
      await made().applyOffice({ ...both, id, people }, [sop]);
      await made().store.transaction((tx) => tx.send(id, [say('cold', 'hadi')], NOW));
      const told = await made().store.leaseDelivery({ channel: 'telegram', id: wati.telegram }, NOW, MINUTE);
      expect(told?.out).toMatchObject({ notice: { notice: 'unreachable', person: 'Hadi', why } });
    });
  });
}
