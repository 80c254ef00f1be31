// What every store promises of deputies set in a chat; a part of the store's contract.
import { describe, expect, test } from 'vitest';
import { cardKeyText } from '../../src/case/outgoing.ts';
import type { Deputy } from '../../src/office/office.ts';
import type { ChatDeputy } from '../../src/ports/store.ts';
import { caseId, chatOf, handIn, NOW, office, sop } from './case-world.ts';
import type { ContractStore } from './store-contract.ts';

const MINUTE = 60_000;

export function deputiesContract(made: () => ContractStore): void {
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
    const standing = () => made().store.transaction(async (tx) => (await tx.office(office.id))?.deputies);

    test('is part of the office until it is ended, and outlives a new file; the same again changes nothing', async () => {
      await made().store.transaction((tx) => tx.setDeputy(office.id, of(80)));
      await made().store.transaction((tx) => tx.setDeputy(office.id, of(81, { by: 'budi', from: '2026-12-01', to: null })));
      await made().store.transaction((tx) => tx.setDeputy(office.id, of(80, { by: 'sari' })));
      const both = [of(80), of(81, { by: 'budi', from: '2026-12-01', to: null })];
      expect(await standing()).toEqual(both);
      const { from, to } = of(80);
      const filed: Deputy = { kind: 'plt', by: 'andi', for: null, roles: ['admin_medsos'], from, to };
      await made().applyOffice({ ...office, deputies: [filed] }, [sop]);
      expect(await standing()).toEqual([filed, ...both]);
      await made().store.transaction((tx) => tx.endDeputy(office.id, caseId(80), 'kartika', NOW));
      await made().store.transaction((tx) => tx.endDeputy(office.id, caseId(80), 'kartika', NOW));
      await made().store.transaction((tx) => tx.setDeputy(office.id, of(80)));
      await made().store.transaction((tx) => tx.endDeputy(office.id, 'no uuid', 'kartika', NOW));
      expect(await standing()).toEqual([filed, both[1]]);
      await made().applyOffice(office, [sop]);
      await made().store.transaction((tx) => tx.endDeputy(office.id, caseId(81), 'system', NOW));
      expect(await standing()).toBeUndefined();
    });

    test('is not set when its transaction fails', async () => {
      const failed = made().store.transaction(async (tx) => {
        await tx.setDeputy(office.id, of(82));
        expect((await tx.office(office.id))?.deputies).toHaveLength(1);
        throw new Error('after the setting');
      });
      await expect(failed).rejects.toThrow('after the setting');
      expect(await standing()).toBeUndefined();
    });

    test('ends when one of the two is gone from the file', async () => {
      await made().store.transaction((tx) => tx.setDeputy(office.id, of(83)));
      await made().applyOffice({ ...office, people: office.people.filter(({ id }) => id !== 'maya') }, [sop]);
      await made().applyOffice(office, [sop]);
      expect(await standing()).toBeUndefined();
    });

    test('gets the cards of what waits: those who do not have them are told apart', async () => {
      const c = await handIn(made().store, 84);
      const waiting = (...roles: string[]) => made().store.transaction((tx) => tx.waitingFor(office.id, roles));
      const mine = { case: c.id, step: 'terima-berkas', round: 1, role: 'tim_pertimbangan' };
      expect(await waiting('tim_pertimbangan')).toContainEqual(mine);
      expect(await waiting('admin_medsos')).not.toContainEqual(mine);
      expect(await waiting()).toEqual([]);
      const key = { card: 'step', case: c.id, step: 'terima-berkas', round: 1 } as const;
      const without = () => made().store.transaction((tx) => tx.withoutCard(office.id, cardKeyText(key), ['budi', 'maya', 'nobody']));
      expect((await without()).sort()).toEqual(['budi', 'maya']);
      await made().store.transaction((tx) => tx.send(office.id, [{ out: 'show', to: { person: 'budi' }, key }], NOW));
      expect(await without()).toEqual(['maya']);
      const text = cardKeyText(key);
      const cardsIn = (of: string) => made().store.transaction((tx) => tx.cardsIn(chatOf(of), ['step/other', text]));
      expect([await cardsIn('budi'), await cardsIn('maya')]).toEqual([[text], []]);
      const leased = await made().store.leaseDelivery(chatOf('budi'), NOW, MINUTE);
      if (leased) await made().store.settleDelivery(leased, { ended: 'sent', messages: ['d84'], cardHash: 'h' }, NOW);
      expect(await without()).toEqual(['maya']);
      expect([await cardsIn('budi'), await cardsIn('maya')]).toEqual([[text], []]);
    });
  });
}
