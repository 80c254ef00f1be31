import { expect, test } from 'vitest';
import { accountOf, groupOf, jidOf, senderOf } from '../../bots/whatsapp/identity.ts';

test('a person is called by his number, whichever of his devices wrote', () => {
  expect(accountOf('6281200000005@s.whatsapp.net')).toBe('+6281200000005');
  expect(accountOf('6281200000005:12@s.whatsapp.net')).toBe('+6281200000005');
  expect(accountOf('6281200000005@c.us')).toBe('+6281200000005');
  expect(accountOf('100000000000001:3@lid')).toBe('100000000000001@lid');
});

test('what is no person has no account', () => {
  for (const jid of [
    'status@broadcast',
    '120363000000000001@g.us',
    '120363@newsletter',
    '0@s.whatsapp.net',
    '62812@evil.example',
    '',
    null,
  ]) {
    expect(accountOf(jid)).toBeNull();
  }
});

test('the number goes before the hidden id, in whichever order they come', () => {
  const both = { id: '+6281200000005', alt: '100000000000001@lid' };
  expect(senderOf('6281200000005@s.whatsapp.net', '100000000000001@lid')).toEqual(both);
  expect(senderOf('100000000000001@lid', '6281200000005:0@s.whatsapp.net')).toEqual(both);
  expect(senderOf('100000000000001@lid', null)).toEqual({ id: '100000000000001@lid', alt: null });
  expect(senderOf('6281200000005@s.whatsapp.net', null)).toEqual({ id: '+6281200000005', alt: null });
  expect(senderOf(null, 'status@broadcast')).toBeNull();
});

test('a chat is written to where its id says, and nowhere else', () => {
  expect(jidOf({ channel: 'whatsapp', id: '+6281200000005' })).toBe('6281200000005@s.whatsapp.net');
  expect(jidOf({ channel: 'whatsapp', id: '100000000000001@lid' })).toBe('100000000000001@lid');
  expect(jidOf({ channel: 'whatsapp', id: '120363000000000001@g.us' })).toBe('120363000000000001@g.us');
  expect(jidOf({ channel: 'whatsapp', id: 'status@broadcast' })).toBeNull();
  expect(jidOf({ channel: 'telegram', id: '1001' })).toBeNull();
  expect(groupOf('120363000000000001@g.us')).toBe('120363000000000001@g.us');
  expect(groupOf('6281200000005@s.whatsapp.net')).toBeNull();
});
