// What every store promises of choices in words and of accounts with two names; a part of the store's contract.
import { describe, expect, test } from 'vitest';
import type { Offer } from '../../src/conversation/offer.ts';
import type { Chat } from '../../src/office/office.ts';
import { NOW, office } from './case-world.ts';
import type { ContractStore } from './store-contract.ts';

const DAY = 86_400_000;
const chatOf = (id: string): Chat => ({ channel: 'whatsapp', id });
const offer = (message: string, serial: number, more: Partial<Offer> = {}): Offer => ({
  message,
  poll: null,
  key: `step/${serial}/periksa/1`,
  named: { case: `case-${serial}`, number: `0${serial}/Reg/XI`, title: 'Pasar Murah', timezone: 'Asia/Jakarta' },
  serial,
  numbered: true,
  standing: true,
  choices: [{ n: 1, label: '✅ TERIMA', action: 'accept', data: `1.ac.${serial}` }],
  ...more,
});

export function offersContract(made: () => ContractStore): void {
  const none = { message: null, number: null };
  const keep = (chat: Chat, ...offers: Offer[]) =>
    offers.reduce((before, one) => before.then(() => made().store.keepOffer(chat, one)), Promise.resolve());
  const offers = (chat: Chat, filter = none) => made().store.transaction((tx) => tx.offers(chat, filter));
  const names = async (chat: Chat, filter: Partial<typeof none> | { message?: string; number?: string } = {}) =>
    (await offers(chat, { ...none, ...filter } as typeof none)).map(({ message, standing }) => (standing ? message : `(${message})`));

  describe('choices', () => {
    test('come back as they were kept, newest first, in their own chat only', async () => {
      const chat = chatOf('c1');
      await keep(chat, offer('m1', 11, { poll: 'p1' }), offer('m2', 12));
      expect(await offers(chat)).toEqual([offer('m2', 12), offer('m1', 11, { poll: 'p1' })]);
      expect(await offers(chatOf('c2'))).toEqual([]);
    });

    test("a card's new message ends its old one, and one without choices ends it altogether; a reply and a number still find it", async () => {
      const chat = chatOf('c3');
      await keep(chat, offer('m1', 11, { poll: 'p1' }), offer('other', 12), offer('m2', 11));
      expect(await names(chat)).toEqual(['m2', 'other']);
      await keep(chat, offer('m2', 11, { choices: [] }));
      expect(await names(chat)).toEqual(['other']);
      expect(await names(chat, { message: 'm1' })).toEqual(['other', '(m1)']);
      expect(await names(chat, { message: 'p1' })).toEqual(['other', '(m1)']);
      expect(await names(chat, { number: '0011' })).toEqual(['(m2)', 'other', '(m1)']);
      expect(await names(chat, { number: '011/REG/xi' })).toEqual(['(m2)', 'other', '(m1)']);
      expect(await names(chat, { number: '99' })).toEqual(['other']);
    });

    test('a message that is changed in place keeps its place and its poll', async () => {
      const chat = chatOf('c4');
      const changed = [{ n: 1, label: '📢 SUDAH TAYANG', action: 'published' as const, data: '1.pb' }];
      await keep(chat, offer('m1', 11, { poll: 'p1' }), offer('m2', 12), offer('m1', 11, { choices: changed }));
      expect(await offers(chat)).toEqual([offer('m2', 12), offer('m1', 11, { poll: 'p1', choices: changed })]);
    });

    test('a question ends the question before, and no card', async () => {
      const chat = chatOf('c5');
      await keep(chat, offer('card', 11), offer('q1', 11, { key: null }), offer('q2', 12, { key: null }));
      expect(await names(chat)).toEqual(['q2', 'card']);
      await keep(chat, offer('q3', 12, { key: null, choices: [] }));
      expect(await names(chat)).toEqual(['card']);
    });

    test("a vote counts only when it is the account's newest", async () => {
      const chat = chatOf('c6');
      await keep(chat, offer('m1', 11, { poll: 'p1' }));
      const vote = (poll: string, account: string, at: number) => made().store.transaction((tx) => tx.newestVote(chat, poll, account, at));
      expect(await vote('p1', '+62811', NOW)).toBe(true);
      expect(await vote('p1', '+62811', NOW)).toBe(false);
      expect(await vote('p1', '+62811', NOW - 1)).toBe(false);
      expect(await vote('p1', '+62812', NOW - 1)).toBe(true);
      expect(await vote('p1', '+62811', NOW + 1)).toBe(true);
      expect(await vote('p2', '+62811', NOW)).toBe(false);
    });

    test('move with their group', async () => {
      await keep(chatOf('old@g.us'), offer('m1', 11));
      await made().store.transaction((tx) => tx.moveChat(chatOf('old@g.us'), chatOf('new@g.us')));
      expect(await names(chatOf('new@g.us'))).toEqual(['m1']);
      expect(await names(chatOf('old@g.us'))).toEqual([]);
    });
  });

  describe('an account with two names', () => {
    const identify = (account: string, alias: string | null) =>
      made().store.transaction((tx) => tx.identify('whatsapp', account, alias, NOW));

    test('is kept under one, by whichever it writes', async () => {
      expect(await identify('7@lid', null)).toBe('7@lid');
      expect(await identify('+6281207', '7@lid')).toBe('+6281207');
      expect(await identify('7@lid', null)).toBe('+6281207');
      expect(await identify('+6281207', null)).toBe('+6281207');
      // A number that was given up: the hidden id is the same person with another number now.
      expect(await identify('+6281208', '7@lid')).toBe('+6281208');
      expect(await identify('7@lid', null)).toBe('+6281208');
    });

    test('who was bound by the hidden one before the number was known, is bound by his number from then on', async () => {
      const code = await made().invite(office.id, 'andi');
      const members = (account: string) => made().store.transaction((tx) => tx.memberships('whatsapp', account));
      await made().store.transaction((tx) => tx.redeem(code, 'whatsapp', '9@lid', chatOf('9@lid'), NOW));
      expect(await members('9@lid')).toHaveLength(1);
      await identify('+6281209', '9@lid');
      expect(await members('9@lid')).toEqual([]);
      expect((await members('+6281209')).map(({ person }) => person.id)).toEqual(['andi']);
    });
  });

  test('a stranger is told so once a day', async () => {
    const tell = (account: string, at: number) => made().store.transaction((tx) => tx.tellStranger('whatsapp', account, at));
    expect(await tell('+6666', NOW)).toBe(true);
    expect(await tell('+6666', NOW + DAY - 1)).toBe(false);
    expect(await tell('+6667', NOW)).toBe(true);
    expect(await tell('+6666', NOW + DAY)).toBe(true);
    expect(await tell('+6666', NOW + DAY + 1)).toBe(false);
  });
}
