// Which types of content an office takes, and as what.
import { expect, test } from 'vitest';
import { kindOfMime } from '../../queues/file-kind.ts';

test('a type that is taken has its kind, any other has none', () => {
  expect(kindOfMime('image/heic')).toEqual({ mime: 'image/heic', kind: 'photo' });
  expect(kindOfMime('video/quicktime')).toEqual({ mime: 'video/quicktime', kind: 'video' });
  for (const mime of ['image/svg+xml', 'image/gif', 'text/html', 'application/zip', 'constructor', '__proto__', '', null]) {
    expect(kindOfMime(mime), String(mime)).toBeNull();
  }
});
