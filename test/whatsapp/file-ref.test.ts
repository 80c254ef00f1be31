import { expect, test } from 'vitest';
import { fileIdOf, placeOf } from '../../bots/whatsapp/file-ref.ts';

const digest = Buffer.alloc(32, 7).toString('base64');
const place = {
  kind: 'image' as const,
  directPath: '/v/t62.7118-24/1?ccb=11-4',
  mediaKey: digest,
  fileSha256: digest,
  fileEncSha256: digest,
  fileLength: 300_022,
  key: { id: 'ABC', remoteJid: '6281200000005@s.whatsapp.net', participant: null },
};

test('a file reference gives back what it was made of', () => {
  const id = fileIdOf(place);
  expect(id === null ? null : placeOf(id)).toEqual(place);
});

test('a file without a path, a key or its hash is none', () => {
  for (const missing of ['directPath', 'mediaKey', 'fileSha256']) expect(fileIdOf({ ...place, [missing]: null })).toBeNull();
  expect(fileIdOf({ ...place, directPath: 'https://evil.example/x' })).toBeNull();
  expect(fileIdOf({ ...place, directPath: '//evil.example/x' })).toBeNull();
  expect(fileIdOf({ ...place, mediaKey: 'short' })).toBeNull();
});

test('whatever else is put into a reference is not read', () => {
  for (const text of ['', 'AgACAgUAAx', Buffer.from('{"kind":"image"}').toString('base64url'), Buffer.from('[1]').toString('base64url')]) {
    expect(placeOf(text)).toBeNull();
  }
});
