// What every store promises of who has seen a card; a part of the store's contract.
import { describe, expect, test } from 'vitest';
import type { Outgoing } from '../../src/case/outgoing.ts';
import type { Chat } from '../../src/office/office.ts';
import { chatOf, handIn, NOW, office, sop } from './case-world.ts';
import type { ContractStore } from './store-contract.ts';

const MINUTE = 60_000;

export function seenContract(made: () => ContractStore): void {
  describe('who has seen a card', () => {
    const show = (c: { id: string }, to: 'budi' | Chat, step = 'terima-berkas'): Outgoing => ({
      out: 'show',
      to: typeof to === 'string' ? { person: to } : { chat: to },
      key: { card: 'step', case: c.id, step, round: 1 },
    });
    const deliver = async (chat: Chat, message: string, at: number) => {
      for (;;) {
        const leased = await made().store.leaseDelivery(chat, at, MINUTE);
        if (!leased) return;
        await made().store.settleDelivery(leased, { ended: 'sent', messages: [message], cardHash: 'h' }, at);
      }
    };
    const of = (id: string, people = ['budi', 'kartika', 'nobody']) =>
      made().store.seen(office.id, { case: id, step: 'terima-berkas', round: 1 }, people);
    const nothing = { sentAt: null, deliveredAt: null, openedAt: null };

    test('is known from the moment that it stands in his own chat, and an update changes nothing of that', async () => {
      const c = await handIn(made().store, 170);
      expect(await of(c.id)).toEqual([
        { person: 'budi', reach: 'yes', ...nothing },
        { person: 'kartika', reach: 'yes', ...nothing },
        { person: 'nobody', reach: 'unbound', ...nothing },
      ]);
      const group: Chat = { channel: 'telegram', id: '-70' };
      await made().store.transaction((tx) => tx.send(office.id, [show(c, 'budi'), show(c, group)], NOW));
      await deliver(chatOf('budi'), 'v70', NOW + 1);
      await deliver(group, 'v70g', NOW + 1);
      await made().store.transaction((tx) => tx.send(office.id, [show(c, 'budi')], NOW));
      await deliver(chatOf('budi'), 'v70', NOW + 2);
      expect(await of(c.id, ['kartika', 'budi'])).toEqual([
        { person: 'kartika', reach: 'yes', ...nothing },
        { person: 'budi', reach: 'yes', ...nothing, sentAt: NOW + 1 },
      ]);
      expect(await made().store.transaction((tx) => tx.seen(office.id, { case: c.id, step: 'terima-berkas', round: 2 }, ['budi']))).toEqual(
        [{ person: 'budi', reach: 'yes', ...nothing }],
      );
      expect(await of(c.id, [])).toEqual([]);
    });

    test('is known of whom it was for, also when he was taken out of the office while it was on its way', async () => {
      const c = await handIn(made().store, 173);
      const tamu = { id: 'tamu', name: 'Tamu', roles: ['tim_pertimbangan'], telegram: '1073' };
      await made().applyOffice({ ...office, people: [...office.people, tamu] }, [sop]);
      const to = { out: 'show', to: { person: 'tamu' }, key: { card: 'step', case: c.id, step: 'terima-berkas', round: 1 } } as const;
      await made().store.transaction((tx) => tx.send(office.id, [to], NOW));
      const leased = await made().store.leaseDelivery({ channel: 'telegram', id: '1073' }, NOW, MINUTE);
      await made().applyOffice(office, [sop]);
      if (leased) await made().store.settleDelivery(leased, { ended: 'sent', messages: ['v73'], cardHash: 'h' }, NOW + 1);
      expect(await of(c.id, ['tamu'])).toEqual([{ person: 'tamu', reach: 'unbound', ...nothing, sentAt: NOW + 1 }]);
    });

    test('is told by the platform for the message that it is, in that chat, once', async () => {
      const c = await handIn(made().store, 171);
      await made().store.transaction((tx) => tx.send(office.id, [show(c, 'budi')], NOW));
      await deliver(chatOf('budi'), 'v71', NOW);
      await made().store.delivered(chatOf('kartika'), ['v71'], NOW + 1);
      await made().store.delivered(chatOf('budi'), ['v70', 'other'], NOW + 1);
      expect(await of(c.id, ['budi'])).toMatchObject([{ deliveredAt: null }]);
      await made().store.delivered(chatOf('budi'), ['other', 'v71'], NOW + 2);
      await made().store.delivered(chatOf('budi'), ['v71'], NOW + 3);
      expect(await of(c.id, ['budi'])).toMatchObject([{ sentAt: NOW, deliveredAt: NOW + 2, openedAt: null }]);
    });

    test('is certain once he has touched it, the first time, also where it was never sent to him', async () => {
      const c = await handIn(made().store, 172);
      const place = { case: c.id, step: 'terima-berkas', round: 1 };
      const open = (at: number) => made().store.transaction((tx) => tx.opened(office.id, place, 'kartika', at));
      await open(NOW + 5);
      await open(NOW + 6);
      expect(await of(c.id, ['kartika'])).toEqual([{ person: 'kartika', reach: 'yes', ...nothing, openedAt: NOW + 5 }]);
      await made().store.transaction((tx) => tx.reachable(chatOf('kartika'), false, NOW));
      expect(await of(c.id, ['kartika'])).toMatchObject([{ reach: 'blocked' }]);
      await made().store.transaction((tx) => tx.reachable(chatOf('kartika'), true, NOW));
    });
  });
}
