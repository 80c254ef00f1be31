// What people read after an outage and day after day: over the whole corridor, with the office's own clock.
import { describe, expect, test } from 'vitest';
import { ANDI, BUDI, CITRA, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const SECOND = 1000;

async function twoWaiting(): Promise<Phones> {
  const phones = new Phones();
  await phones.handIn(SARI, 'satu');
  await phones.handIn(ANDI, 'dua');
  return phones;
}

async function outageUntil(phones: Phones, local: string): Promise<void> {
  phones.now = at(local);
  await phones.settle();
}

describe('after an outage', () => {
  test('everybody gets one message of all that he would have been told, ten seconds later', async () => {
    const phones = await twoWaiting();
    const before = [BUDI, CITRA, RAHMAT].map((user) => phones.chat(user).length);
    await outageUntil(phones, '2026-11-24T10:30:00');
    expect([BUDI, CITRA, RAHMAT].map((user) => phones.chat(user).length)).toEqual(before);
    await phones.advance(phones.now + 20 * SECOND);
    expect([BUDI, CITRA, RAHMAT].map((user) => phones.chat(user).length)).toEqual(before.map((n) => n + 1));
    expect(phones.last(RAHMAT)).toMatch(/2 konten perlu perhatian[\s\S]*0001[\s\S]*Budi Santoso[\s\S]*terlambat 3 jam[\s\S]*0002/);
    await phones.advance(at('2026-11-24T11:29:00'));
    expect([BUDI, CITRA, RAHMAT].map((user) => phones.chat(user).length)).toEqual(before.map((n) => n + 1));
  });

  test('what was decided within those seconds is not called late', async () => {
    const phones = await twoWaiting();
    await outageUntil(phones, '2026-11-24T10:30:00');
    await phones.must(BUDI, 'DITERIMA');
    await phones.advance(phones.now + 20 * SECOND);
    expect(phones.said(RAHMAT, /perlu perhatian/)).toBeUndefined();
    expect(phones.last(RAHMAT)).toMatch(/Eskalasi ke-1.*0001/);
  });

  test('an outage that ends at night is told of at the next opening, in one message', async () => {
    const phones = await twoWaiting();
    const before = phones.chat(RAHMAT).length;
    await outageUntil(phones, '2026-11-23T23:00:00');
    await phones.advance(at('2026-11-24T07:29:59'));
    expect(phones.chat(RAHMAT)).toHaveLength(before);
    await phones.advance(at('2026-11-24T07:31:00'));
    expect(phones.chat(RAHMAT)).toHaveLength(before + 1);
    expect(phones.last(RAHMAT)).toMatch(/2 konten perlu perhatian/);
  });

  test('an alarm that nobody can ring holds the digest up for two minutes, not for ever', async () => {
    const phones = await twoWaiting();
    const stuck = [...phones.store.tables.timers.values()].find(({ rung }) => rung === 'overdue');
    phones.now = at('2026-11-24T10:30:00');
    const all = (await phones.available()).length;
    expect(all).toBeGreaterThan(4);
    // Its case is held by somebody else, so to say: only this one is never rung.
    const wake = phones.wake.bind(phones);
    phones.wake = async (timer) => (timer === stuck?.id ? true : wake(timer));
    const ringAll = async () => {
      for (const timer of (await phones.store.backlog(phones.now, 100)).timers) await phones.wake(timer);
    };
    for (let i = 0; i < 24; i += 1) {
      await ringAll();
      phones.now += 5 * SECOND;
    }
    expect([...phones.store.tables.outbox.values()].filter(({ out }) => out.out === 'say' && out.notice.notice === 'digest')).toEqual([]);
    phones.now += 10 * SECOND;
    await ringAll();
    expect([...phones.store.tables.outbox.values()].some(({ out }) => out.out === 'say' && out.notice.notice === 'digest')).toBe(true);
  });

  test('two that ring at the same moment tell it once', async () => {
    const phones = await twoWaiting();
    await outageUntil(phones, '2026-11-24T10:30:00');
    phones.now += 10 * SECOND;
    await Promise.all([phones.wake('catch-up@disdagperin-contoh'), phones.wake('catch-up@disdagperin-contoh')]);
    await phones.settle();
    expect(phones.chat(RAHMAT).filter(({ text }) => /perlu perhatian/.test(text))).toHaveLength(1);
  });
});

describe('day after day', () => {
  const rekap = (phones: Phones, user: string) => phones.chat(user).filter(({ text }) => text.includes('Rekap')).length;

  test('what has climbed its ladder is named every working morning until it is decided', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.advance(at('2026-11-24T23:00:00'));
    expect(rekap(phones, RAHMAT)).toBe(0);
    await phones.advance(at('2026-11-25T07:45:00'));
    expect([BUDI, CITRA, RAHMAT, SARI].map((user) => rekap(phones, user))).toEqual([1, 1, 1, 0]);
    expect(phones.last(RAHMAT)).toMatch(/Rekap Rabu, 25 November 2026: 1 konten masih melewati tenggat/);
    // Thursday, Friday, and then Monday.
    await phones.advance(at('2026-11-30T08:00:00'));
    expect(rekap(phones, RAHMAT)).toBe(4);
    await phones.must(BUDI, 'DITERIMA');
    // The next step was late from its first moment: its own ladder has been climbed by the evening, and it has another holder.
    await phones.advance(at('2026-12-01T08:00:00'));
    expect(rekap(phones, BUDI)).toBe(4);
    expect(phones.last(RAHMAT)).toMatch(/Rekap[\s\S]*Kartika/);
  });

  test('an office that wants none gets none', async () => {
    const office = sampleOffice();
    const phones = new Phones({ ...office, ladder: { ...office.ladder, daily: false } });
    await phones.handIn();
    await phones.advance(at('2026-12-04T08:00:00'));
    expect(rekap(phones, RAHMAT)).toBe(0);
  });
});
