// The day's end of the history reaches the supervisors' phones, where nobody who tampers with the database can mend it.
import { expect, test } from 'vitest';
import { armChainHead } from '../../bots/chain-head.ts';
import { Phones, RAHMAT, SARI } from '../support/phones.ts';
import { sampleOffice } from '../support/sample-office.ts';

const OFFICE = sampleOffice({ quiet: null });
const at = (local: string) => Date.parse(`${local}+07:00`);
const heads = (phones: Phones) =>
  phones.chat(RAHMAT).flatMap(({ text }) => /Jejak audit hari ini, (\S+), [^:]*: (\d+):([0-9a-f]{16})\n/.exec(text)?.slice(1, 3) ?? []);

test('at each closing of a working day, and only when something has happened since', async () => {
  const phones = new Phones(OFFICE);
  await armChainHead(phones.store, OFFICE, phones.now);
  await phones.text(SARI, '/kirim');
  await phones.advance(at('2026-11-20T16:29:59'));
  expect(heads(phones)).toEqual([]);
  await phones.advance(at('2026-11-20T16:30:00'));
  expect(heads(phones)).toEqual(['20-11-2026', '1']);
  await phones.advance(at('2026-11-24T15:59:59'));
  expect(heads(phones)).toHaveLength(2);
  await phones.text(SARI, 'Pasar murah');
  await phones.advance(at('2026-11-24T16:00:00'));
  expect(heads(phones)).toEqual(['20-11-2026', '1', '24-11-2026', '2']);
  await phones.advance(at('2026-11-25T17:00:00'));
  expect(heads(phones)).toHaveLength(4);
});

test('armed again it is not rung earlier or twice', async () => {
  const phones = new Phones(OFFICE);
  for (let i = 0; i < 3; i += 1) await armChainHead(phones.store, OFFICE, phones.now);
  await phones.text(SARI, '/kirim');
  await phones.advance(at('2026-11-20T18:00:00'));
  await armChainHead(phones.store, OFFICE, phones.now);
  await phones.advance(at('2026-11-20T23:00:00'));
  expect(heads(phones)).toEqual(['20-11-2026', '1']);
});
