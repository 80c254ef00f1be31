// A platform that could not be heard for longer than it keeps what people send.
import { describe, expect, test } from 'vitest';
import { KEPT_MS, type Silence, WARN_MS, watchSilence } from '../../bots/silence.ts';
import type { Store } from '../../src/ports/store.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/time.ts';
import { BUDI, MAYA, Phones, RAHMAT, SARI } from '../support/phones.ts';

interface Watched {
  phones: Phones;
  logged: string[];
  /** Another process begins. */
  begin(store?: Pick<Store, 'transaction'>): Silence;
  pass(ms: number): Promise<void>;
  said(user: string, words: string): number;
}

function watched(): Watched {
  const phones = new Phones();
  const logged: string[] = [];
  const log = { error: (_: object, what: string) => void logged.push(what), warn: (_: object, what: string) => void logged.push(what) };
  return {
    phones,
    logged,
    begin: (store = phones.store) => watchSilence({ store, clock: { now: () => phones.now }, channel: 'telegram', account: '7000', log }),
    pass: (ms) => phones.advance(phones.now + ms),
    said: (user, words) => phones.chat(user).filter(({ text }) => text.includes(words)).length,
  };
}

const RESEND = 'lalu kirim ulang yang belum tercatat';
const WARNING = 'Telegram tidak terhubung';

describe('when Telegram could not be heard', () => {
  test('for longer than it keeps what people send, everybody is asked once to look and to send again', async () => {
    const { phones, begin, pass, said } = watched();
    const silence = begin();
    await silence.answered();
    await pass(HOUR_MS);
    await silence.answered();
    await pass(10 * MINUTE_MS);
    await silence.unanswered();
    await pass(25 * HOUR_MS);
    await silence.answered();
    await silence.answered();
    await pass(MINUTE_MS);
    for (const user of [SARI, BUDI, MAYA]) expect(said(user, RESEND)).toBe(1);
    const [told] = phones.chat(SARI).filter(({ text }) => text.includes(RESEND));
    expect(told?.text).toBe(
      [
        '⚠️ Layanan tidak terhubung dengan Telegram dari Jumat, 20 November 2026, pukul 10.00 WIB, sampai Sabtu, 21 November 2026, pukul 11.10 WIB.',
        'Yang Anda kirim lewat Telegram sebelum Jumat, 20 November 2026, pukul 11.10 WIB, selama gangguan itu, tidak sampai.',
        'Periksa dengan /status, lalu kirim ulang yang belum tercatat.',
      ].join('\n'),
    );
  });

  test('for less, nobody is told', async () => {
    const { begin, pass, said } = watched();
    const silence = begin();
    await silence.answered();
    await silence.unanswered();
    await pass(KEPT_MS - MINUTE_MS);
    await silence.answered();
    await pass(MINUTE_MS);
    expect(said(SARI, RESEND)).toBe(0);
  });

  test('a service that itself was down for longer asks as well, and its next start does not ask again', async () => {
    const { begin, pass, said } = watched();
    await begin().answered();
    await pass(30 * HOUR_MS);
    await begin().answered();
    await begin().answered();
    await pass(MINUTE_MS);
    expect(said(SARI, RESEND)).toBe(1);
  });

  test('the very first start, and a clock that is set forward while it answers, ask nobody', async () => {
    const { begin, pass, said } = watched();
    const silence = begin();
    await silence.answered();
    await pass(40 * HOUR_MS);
    await silence.answered();
    await pass(MINUTE_MS);
    expect(said(SARI, RESEND)).toBe(0);
  });

  test('what could not be written down is written down at the next answer', async () => {
    const { phones, begin, pass, said, logged } = watched();
    await begin().answered();
    await pass(30 * HOUR_MS);
    let away = true;
    const silence = begin({
      transaction: (work) => (away ? Promise.reject(new Error('the database is away')) : phones.store.transaction(work)),
    });
    await silence.answered();
    expect(logged).toHaveLength(1);
    away = false;
    await silence.answered();
    await pass(MINUTE_MS);
    expect(said(SARI, RESEND)).toBe(1);
  });

  test('before it throws anything away the supervisors hear of it, once, also when the service starts again meanwhile', async () => {
    const { begin, pass, said, logged } = watched();
    const silence = begin();
    await silence.answered();
    await pass(WARN_MS - MINUTE_MS);
    await silence.unanswered();
    expect(logged).toEqual([]);
    await pass(2 * MINUTE_MS);
    await silence.unanswered();
    await silence.unanswered();
    await begin().unanswered();
    await pass(MINUTE_MS);
    expect(said(RAHMAT, WARNING)).toBe(1);
    expect(said(SARI, WARNING)).toBe(0);
    // The next silence is told of anew.
    await silence.answered();
    await pass(WARN_MS);
    await silence.unanswered();
    await pass(MINUTE_MS);
    expect(said(RAHMAT, WARNING)).toBe(2);
  });

  test('a service that has never heard it warns nobody', async () => {
    const { begin, pass, said } = watched();
    const silence = begin();
    await silence.unanswered();
    await pass(30 * HOUR_MS);
    await begin().unanswered();
    await pass(MINUTE_MS);
    expect(said(RAHMAT, WARNING)).toBe(0);
  });
});
