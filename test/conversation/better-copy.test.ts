// The app may send one photo twice, the better copy second: in the draft it stays one photo.
import { expect, test } from 'vitest';
import { KARTIKA_WA, officeOn, SARI_WA, WhatsAppPhones } from '../support/whatsapp-phones.ts';

const office = () => officeOn({ sari: SARI_WA, kartika: KARTIKA_WA });
const NARRATIVE = 'Dinas mengadakan pasar murah di halaman kantor untuk menjaga harga bahan pokok.';

test('the better copy takes the place of its twin, in its album, and is the one that is kept', async () => {
  const phones = new WhatsAppPhones(office());
  const first = await phones.sendsPhoto(SARI_WA, 'kecil', { album: 'ALBUM', caption: 'Pasar murah' });
  await phones.sendsPhoto(SARI_WA, 'lain', { album: 'ALBUM' });
  const said = phones.seen(SARI_WA).length;
  const better = await phones.sendsPhoto(SARI_WA, 'besar sekali', { betterThan: first });
  const { media, caption } = phones.case.content;
  expect(media.map(({ file, album, state }) => [file.uniqueId, album, state])).toEqual([
    [expect.not.stringMatching(first), 'ALBUM', 'kept'],
    [better, 'ALBUM', 'kept'],
  ]);
  expect(caption?.text).toBe('Pasar murah');
  expect(phones.cases).toHaveLength(1);
  expect(phones.seen(SARI_WA)).toHaveLength(said);
});

test('a photo outside an album is replaced without one', async () => {
  const phones = new WhatsAppPhones(office());
  const first = await phones.sendsPhoto(SARI_WA, 'kecil');
  await phones.sendsPhoto(SARI_WA, 'besar', { betterThan: first });
  expect(phones.case.content.media).toMatchObject([{ file: { uniqueId: expect.not.stringMatching(first) } }]);
  expect(phones.case.content.media[0]?.album).toBeUndefined();
});

test('a better copy without a twin begins nothing', async () => {
  const phones = new WhatsAppPhones(office());
  await phones.sendsPhoto(SARI_WA, 'besar', { betterThan: 'P77' });
  expect(phones.cases).toEqual([]);
});

test('a better copy that comes after the hand-in changes nothing and opens no other draft', async () => {
  const phones = new WhatsAppPhones(office());
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd'])
    ids.push(await phones.sendsPhoto(SARI_WA, name, { album: 'ALBUM', ...(name === 'a' ? { caption: 'Pasar murah' } : {}) }));
  await phones.says(SARI_WA, 'Pasar murah Langkai');
  await phones.says(SARI_WA, '1');
  await phones.says(SARI_WA, NARRATIVE);
  await phones.says(SARI_WA, 'serahkan');
  expect(phones.case.state.status).toBe('running');
  const before = phones.case;
  await phones.sendsPhoto(SARI_WA, 'besar', { betterThan: ids[0] ?? '' });
  expect(phones.cases).toHaveLength(1);
  expect(phones.case.content.media).toEqual(before.content.media);
});

test('nobody replaces what somebody else has sent', async () => {
  const phones = new WhatsAppPhones(office());
  const first = await phones.sendsPhoto(SARI_WA, 'kecil');
  const { media } = phones.case.content;
  await phones.sendsPhoto(KARTIKA_WA, 'palsu', { betterThan: first });
  expect(phones.case.content.media).toEqual(media);
});
