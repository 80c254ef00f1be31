// What no platform ever sends: it ends no process, takes no time, and nothing that is no tap or word of a known person moves a case.
import { expect, test } from 'vitest';
import { arrivalOf } from '../../bots/telegram/arrival.ts';
import { translate } from '../../bots/telegram/translate.ts';
import { canonical } from '../../src/audit/chain.ts';
import { fuzz, mutatedUpdate, ownMs } from '../support/fuzz-updates.ts';
import { KARTIKA, Phones } from '../support/phones.ts';
import { seeded } from '../support/seeded.ts';

const SEED = 20_261_121;
const KINDS = ['text', 'media', 'edited', 'unsupported', 'nothing'];

test('200,000 mutated updates of both channels are all heard as something sound, no thousand of them in a second of work', () => {
  const { kinds, slowestMs, bad } = fuzz(SEED, 0, 200_000, ownMs);
  expect(bad).toBeNull();
  expect(slowestMs).toBeLessThan(1_000);
  const special = ['telegram no update', 'telegram tap', 'telegram blocked', 'telegram moved', 'whatsapp vote', 'whatsapp reaction'];
  expect(Object.keys(kinds)).toEqual(
    expect.arrayContaining([...special, ...KINDS.flatMap((kind) => [`telegram ${kind}`, `whatsapp ${kind}`])]),
  );
});

test('the same seed and number make the same update', () => {
  for (let at = 0; at < 200; at += 1) expect(mutatedUpdate(SEED, at)).toEqual(mutatedUpdate(SEED, at));
});

/** Kartika's true tap on TERIMA, with one thing that makes it hers or a tap changed. */
function spoiled(data: string, message: string, at: number): object {
  const chance = seeded(SEED + at);
  const letter = chance.below(data.length);
  const person = { id: Number(KARTIKA), is_bot: false, first_name: 'Kartika' };
  const chat = { id: Number(KARTIKA), type: 'private' };
  const tap = { id: `q${at}`, from: person, data, chat_instance: '1', message: { message_id: Number(message), date: 1, chat } };
  const other = String.fromCharCode(data.charCodeAt(letter) === 65 ? 66 : 65);
  return chance.pick<() => object>([
    () => ({ ...tap, data: data.slice(0, letter) + other + data.slice(letter + 1) }),
    () => ({ ...tap, data: data.slice(0, letter) }),
    () => ({ ...tap, data: chance.pick<unknown>([null, 7, [data], { data }, `${data} `, data.toUpperCase()]) }),
    () => ({ ...tap, from: { ...person, id: chance.pick<unknown>([1001, 1002, 999_999, 0, -1003, null, '1003x', [1003], 1003.5]) } }),
    () => ({ ...tap, from: { ...person, is_bot: true } }),
    () => ({ ...tap, from: chance.pick<unknown>([null, 1003, 'kartika', []]) }),
    () => ({
      ...tap,
      message: { ...tap.message, chat: { id: chance.pick([1001, 1002, -1_002_000_000_001, 1_003_000]), type: 'private' } },
    }),
    () => ({ ...tap, id: chance.pick<unknown>([null, 7, {}, []]) }),
  ])();
}

test('no spoiled tap and no nonsense moves a case, and the true tap still does', async () => {
  const phones = new Phones();
  await phones.toChecker();
  const card = phones.platform.button(KARTIKA, 'TERIMA');
  if (!card) throw new Error('no card');
  const before = canonical(phones.cases);
  for (let at = 0; at < 250; at += 1) {
    await phones.update({ callback_query: spoiled(card.data, card.message, at) });
    await phones.settle();
  }
  expect(canonical(phones.cases)).toBe(before);
  let nonsense = 0;
  for (let at = 0; nonsense < 250; at += 1) {
    const { channel, body } = mutatedUpdate(SEED, at);
    const arrival = channel === 'telegram' ? arrivalOf(body, phones.platform.account) : null;
    if (!arrival) continue;
    const heard = translate(arrival.body, { account: arrival.account, username: null }, 1);
    // What a known person may have meant is no nonsense.
    if (heard.from?.id === '1001' && heard.what.kind !== 'tap' && heard.what.kind !== 'nothing') continue;
    nonsense += 1;
    await phones.store.receive([{ ...arrival, externalId: `n${at}` }], phones.now);
    await phones.settle();
  }
  expect(canonical(phones.cases)).toBe(before);
  await phones.must(KARTIKA, 'TERIMA');
  expect(canonical(phones.cases)).not.toBe(before);
});
