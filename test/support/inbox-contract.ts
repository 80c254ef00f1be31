// What every store promises of what was heard; a part of the store's contract.
import { describe, expect, test } from 'vitest';
import { arrival } from './arrival.ts';
import { NOW, office } from './case-world.ts';
import type { ContractStore } from './store-contract.ts';

export function inboxContract(made: () => ContractStore): void {
  describe('the inbox', () => {
    test('keeps what came once, also within one batch', async () => {
      expect(await made().store.receive([arrival('a1'), arrival('a2'), arrival('a1')], NOW)).toEqual([true, true, false]);
      expect(await made().store.receive([arrival('a2'), arrival('a3')], NOW)).toEqual([false, true]);
      expect(await made().store.receive([], NOW)).toEqual([]);
    });

    test('gives out a lane in order, the first row until it is ended, and counts each attempt', async () => {
      await made().store.receive([arrival('b1', 'lane-b'), arrival('b2', 'lane-b')], NOW);
      const first = await made().store.claimPost('lane-b', NOW);
      expect(first).toMatchObject({ externalId: 'b1', attempts: 1, receivedAt: NOW, body: { update_id: 'b1' }, tap: false, more: true });
      expect(await made().store.claimPost('lane-b', NOW)).toMatchObject({ externalId: 'b1', attempts: 2 });
      await made().store.transaction((tx) => tx.endPost(first?.id ?? '', 'done', NOW));
      expect(await made().store.claimPost('lane-b', NOW)).toMatchObject({ externalId: 'b2', attempts: 1, more: false });
      expect(await made().store.claimPost('lane of nobody', NOW)).toBeNull();
      // A failure that says nothing of the row takes its own attempt back, also when somebody else has claimed it meanwhile.
      const slow = await made().store.claimPost('lane-b', NOW);
      const again = await made().store.claimPost('lane-b', NOW);
      if (!slow || !again) throw new Error('not claimed');
      await made().store.forgivePost(slow);
      await made().store.forgivePost(again);
      expect(await made().store.claimPost('lane-b', NOW)).toMatchObject({ externalId: 'b2', attempts: slow.attempts });
    });

    test('gives out a row on which no work has begun, and of another only says how often it has', async () => {
      await made().store.receive([arrival('f1', 'lane-f')], NOW);
      expect(await made().store.claimFresh('lane of nobody', NOW)).toBeNull();
      const post = await made().store.claimFresh('lane-f', NOW);
      expect(post).toMatchObject({ externalId: 'f1', attempts: 1, receivedAt: NOW, body: { update_id: 'f1' } });
      expect(await made().store.claimFresh('lane-f', NOW)).toEqual({ begun: 1 });
      const again = await made().store.claimPost('lane-f', NOW);
      expect(await made().store.claimFresh('lane-f', NOW)).toEqual({ begun: 2 });
      if (!again || !post || !('id' in post)) throw new Error('not claimed');
      await made().store.forgivePost(again);
      await made().store.forgivePost({ ...again, attempts: 1 });
      expect(await made().store.claimFresh('lane-f', NOW)).toMatchObject({ id: post.id, attempts: 1 });
    });

    test('knows when a row was last set aside, and who is served', async () => {
      await made().store.receive([arrival('g1', 'lane-g'), arrival('g2', 'lane-h')], NOW);
      expect(await made().store.transaction((tx) => tx.lastDead())).toBeNull();
      for (const [lane, at] of [
        ['lane-g', NOW + 5],
        ['lane-h', NOW + 2],
      ] as const) {
        const post = await made().store.claimPost(lane, NOW);
        await made().store.transaction((tx) => tx.endPost(post?.id ?? '', 'dead', at));
      }
      const [last, offices] = await made().store.transaction(async (tx) => [await tx.lastDead(), await tx.offices()]);
      expect(last).toBe(NOW + 5);
      expect(offices.map(({ id }) => id)).toContain(office.id);
    });

    test('locks nothing that somebody else has ended', async () => {
      await made().store.receive([arrival('c1', 'lane-c')], NOW);
      const post = await made().store.claimPost('lane-c', NOW);
      await made().store.transaction(async (tx) => {
        expect(await tx.lockPost(post?.id ?? '')).toMatchObject({ externalId: 'c1' });
        await tx.endPost(post?.id ?? '', 'ignored', NOW);
      });
      expect(await made().store.transaction((tx) => tx.lockPost(post?.id ?? ''))).toBeNull();
    });

    test('forgets an ending whose transaction failed', async () => {
      await made().store.receive([arrival('d1', 'lane-d')], NOW);
      const post = await made().store.claimPost('lane-d', NOW);
      const failed = made().store.transaction(async (tx) => {
        await tx.endPost(post?.id ?? '', 'done', NOW);
        throw new Error('after the ending');
      });
      await expect(failed).rejects.toThrow('after the ending');
      expect(await made().store.claimPost('lane-d', NOW)).toMatchObject({ externalId: 'd1' });
    });

    test('takes whatever people can type', async () => {
      const nasty = { text: 'nol \0, setengah \ud800, utuh 😀, \u202e, \\u0000' };
      await made().store.receive([{ ...arrival('e1', 'lane-e'), body: nasty }], NOW);
      const post = await made().store.claimPost('lane-e', NOW);
      expect(JSON.stringify(post?.body)).toContain('utuh 😀');
    });
  });
}
