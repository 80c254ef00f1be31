// What goes out under the platform's pace: a pause never costs what was waited for, and nothing is said twice because of it.
import { afterEach, expect, test, vi } from 'vitest';
import type { Going, Sent } from '../../bots/channel.ts';
import { BUDI, KARTIKA, Phones, SARI } from '../support/phones.ts';

const STRANGER = '4242';
const PAUSE: Sent = { sent: 'later', afterMs: 1_000, why: 'pace' };

afterEach(() => {
  vi.useRealTimers();
});

test.for([
  ['hangs', () => new Promise<Sent>(() => undefined)],
  ['fails', () => Promise.reject(new Error('socket hang up'))],
] as const)('a card that is shown anew stands once, also when taking the buttons of the old one %s', async ([, edit]) => {
  const phones = new Phones();
  await phones.handIn(SARI);
  await phones.must(BUDI, 'DITERIMA');
  await phones.must(KARTIKA, 'TOLAK');
  await phones.text(KARTIKA, 'Foto ketiga buram, mohon diganti.');
  const before = phones.chat(SARI).length;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  phones.platform.edit = edit;
  const passing = async (work: Promise<unknown>): Promise<void> => {
    await vi.advanceTimersByTimeAsync(60_000);
    await work;
  };
  await passing(phones.must(SARI, 'Perbaiki sekarang'));
  for (let i = 0; i < 3; i += 1) await passing(phones.advance(phones.now + 60_000));
  const cards = phones.chat(SARI).slice(before);
  expect(cards.filter(({ buttons }) => buttons.flat().some(({ label }) => label.includes('SERAHKAN')))).toHaveLength(1);
});

test('a card that is shown anew waits for its pace without touching the one that stands', async () => {
  const phones = new Phones();
  await phones.handIn(SARI);
  await phones.must(BUDI, 'DITERIMA');
  await phones.must(KARTIKA, 'TOLAK');
  await phones.text(KARTIKA, 'Foto ketiga buram, mohon diganti.');
  const calls: string[] = [];
  let paused = true;
  phones.platform.faults = {
    before: (call) => {
      calls.push(call);
      return paused && call === 'say' ? PAUSE : null;
    },
  };
  await phones.must(SARI, 'Perbaiki sekarang');
  for (let i = 0; i < 5; i += 1) await phones.advance(phones.now + 1_500);
  expect(calls.filter((call) => call === 'edit')).toEqual([]);
  expect(calls.filter((call) => call === 'say').length).toBeGreaterThanOrEqual(5);
  paused = false;
  await phones.advance(phones.now + 1_500);
  // The new card stands, and only it can be pressed.
  expect(phones.labels(SARI).filter((label) => label === 'SERAHKAN')).toHaveLength(1);
});

test('a long narrative goes out piece by piece, each once, whatever pauses lie between', async () => {
  const phones = new Phones();
  await phones.fill(SARI);
  await phones.must(SARI, 'Ubah narasi');
  const narrative = `Awal ${'kalimat panjang tentang kegiatan dinas. '.repeat(300)}akhir.`;
  await phones.text(SARI, narrative);
  let says = 0;
  phones.platform.faults = {
    before: (call) => {
      if (call === 'say') says += 1;
      return call === 'say' && says % 2 === 0 ? PAUSE : null;
    },
  };
  await phones.must(SARI, 'SERAHKAN');
  for (let i = 0; i < 40; i += 1) await phones.advance(phones.now + 1_500);
  const pieces = phones.chat(BUDI).filter(({ text, buttons }) => buttons.length === 0 && text.includes('kalimat panjang'));
  expect(pieces.length).toBeGreaterThanOrEqual(4);
  expect(pieces.map(({ text }) => text).join('')).toBe(narrative);
});

test('what a stranger is told takes its turn among the strangers, and nothing else does', async () => {
  const phones = new Phones();
  const held = new Map<string, Set<Going>>();
  phones.platform.faults = {
    waitMs: ({ id }, what) => {
      held.set(id, (held.get(id) ?? new Set()).add(what));
      return 0;
    },
  };
  await phones.text(STRANGER, 'Selamat pagi');
  await phones.text(STRANGER, '/start kode-yang-tidak-ada');
  await phones.text(SARI, 'Selamat pagi');
  await phones.handIn(SARI);
  expect(phones.chat(STRANGER)).toHaveLength(2);
  expect([...(held.get(STRANGER) ?? [])]).toEqual(['message to a stranger']);
  expect([...(held.get(SARI) ?? [])].toSorted()).toEqual(['change', 'message']);
});
