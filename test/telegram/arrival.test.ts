import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalOf, isTapLane } from '../../bots/telegram/arrival.ts';

const chat = { id: -1002000000001, type: 'supergroup' };

test('messages, edits and membership of a chat wait in its one lane', () => {
  for (const kind of ['message', 'edited_message', 'my_chat_member']) {
    const update = { update_id: 7, [kind]: { chat } };
    expect(arrivalOf(update, '777')).toEqual({
      channel: 'telegram',
      account: '777',
      externalId: '7',
      lane: 'telegram:777:-1002000000001',
      body: update,
      tap: false,
    });
  }
});

test('a tap waits in a lane of its own, never behind files', () => {
  const update = { update_id: 8, callback_query: { id: 'q', from: { id: 5 }, message: { chat } } };
  expect(arrivalOf(update, '777')).toMatchObject({ lane: 'telegram:777:tap:-1002000000001', tap: true });
  expect(arrivalOf({ update_id: 9, callback_query: { id: 'q', from: { id: 5 } } }, '777')).toMatchObject({ lane: 'telegram:777:tap:5' });
});

test('a tap’s lane is known as one, and no other is', () => {
  const lanes = [{ callback_query: { from: { id: 5 } } }, { message: { chat: { id: 5 } } }, {}].map(
    (update) => arrivalOf({ update_id: 1, ...update }, '7000')?.lane ?? '',
  );
  expect(lanes.map(isTapLane)).toEqual([true, false, false]);
  expect(isTapLane('whatsapp:62811:tap:5')).toBe(false);
});

test('what cannot be used is kept all the same', () => {
  for (const more of [{}, { poll: {} }, { message: 7 }, { message: { chat: {} } }, { callback_query: {} }]) {
    expect(arrivalOf({ update_id: 9, ...more }, '777')).toMatchObject({ externalId: '9', lane: 'telegram:777:misc' });
  }
});

test('what has no update_id is no update', () => {
  for (const update of [null, undefined, 7, 'x', [], {}, { update_id: '7' }, { update_id: 1.5 }])
    expect(arrivalOf(update, '777')).toBeNull();
});

test('characters that PostgreSQL cannot keep never reach it, wherever they stand', () => {
  const text = 'a\u0000b \uD800 \uDC00 😀';
  const body = arrivalOf({ update_id: 1, message: { chat, text, list: [{ [text]: text }] } }, '777')?.body;
  expect(JSON.stringify(body)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  expect(body).toMatchObject({ message: { text: 'a\uFFFDb \uFFFD \uFFFD 😀' } });
});

test('an update of any depth can be written as JSON again', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 20_000; i += 1) deep = [deep];
  expect(() => JSON.stringify(arrivalOf({ update_id: 1, deep }, '777'))).not.toThrow();
});

test('whatever JSON comes with an update_id becomes a row with the same content', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(), (value, id) => {
      const update = { update_id: id, thing: value };
      const arrival = arrivalOf(update, '777');
      expect(arrival?.externalId).toBe(String(id));
      if (!/\\u(0000|d[89a-f])/i.test(JSON.stringify(update))) expect(arrival?.body).toEqual(update);
    }),
  );
});
