// What libsignal prints never reaches an output; what anybody else prints does.
import { createRequire } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';

const loud = vi.spyOn(console, 'info').mockImplementation(() => undefined);
afterEach(() => loud.mockClear());

test('libsignal closing a session prints nothing, and others print as before', async () => {
  const { droppedPrintings } = await import('../../bots/whatsapp/quiet-libsignal.ts');
  const require = createRequire(import.meta.url);
  const record = require('libsignal/src/session_record.js') as {
    new (): { closeSession(session: object): void };
    createEntry(): { indexInfo: { closed: number }; currentRatchet: object };
  };
  const entry = record.createEntry();
  entry.indexInfo = { closed: -1 };
  entry.currentRatchet = { ephemeralKeyPair: { privKey: Buffer.from('sangat rahasia') } };
  const before = droppedPrintings();
  new record().closeSession(entry);
  expect(droppedPrintings()).toBe(before + 1);
  expect(loud).not.toHaveBeenCalled();
  console.info('catatan biasa');
  expect(loud).toHaveBeenCalledWith('catatan biasa');
});
