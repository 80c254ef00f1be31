// A time that was chosen for publishing: shortly before it and at it, whoever publishes is called, and nobody else.
import { describe, expect, test } from 'vitest';
import { rungsOf } from '../../src/calendar/ladder.ts';
import { isBelated } from '../../src/case/timers.ts';
import type { OtherPhones } from '../support/other-phones.ts';
import { AGUS, BAMBANG, SOFIA, toScheduler } from '../support/other-walks.ts';
import { sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const MINUTE = 60_000;

async function scheduledFor(words: string, anyway = false): Promise<OtherPhones> {
  const p = await toScheduler();
  await p.must(BAMBANG, 'ATUR JADWAL');
  await p.text(BAMBANG, words);
  if (anyway) await p.must(BAMBANG, 'Ya, tetap jadwalkan');
  return p;
}

const called = (p: OtherPhones, user: string = AGUS) => p.chat(user).filter(({ text }) => /Sebentar lagi tayang|Saatnya tayang/.test(text));
const told = (p: OtherPhones) => p.case.told.map(({ rung }) => rung);

describe('a time that was chosen', () => {
  test('is called out a quarter of an hour before it and at it, to whoever publishes', async () => {
    const p = await scheduledFor('24-11-2026 10.00');
    await p.advance(at('2026-11-24T09:44:59'));
    expect(called(p)).toEqual([]);
    await p.advance(at('2026-11-24T09:45:00'));
    expect(p.last(AGUS)).toMatch(/Sebentar lagi tayang: .*Ramp check/);
    expect(p.last(AGUS)).toMatch(/pukul 10\.00/);
    await p.advance(at('2026-11-24T10:00:00'));
    expect(p.last(AGUS)).toMatch(/Saatnya tayang: .*\n.*pukul 10\.00.*\nTayangkan, lalu tekan SUDAH TAYANG paling lambat .*pukul 10\.15/);
    for (const other of [BAMBANG, SOFIA]) expect(called(p, other)).toEqual([]);
    expect(told(p)).toEqual(['soon', 'start']);
  });

  test('has SUDAH TAYANG on the call itself, and the files once more', async () => {
    const p = await scheduledFor('24-11-2026 10.00');
    await p.advance(at('2026-11-24T10:00:00'));
    const call = called(p).at(-1);
    expect(call?.buttons.flat().map(({ label }) => label.replace(/[^\p{L} ]/gu, '').trim())).toEqual(['SUDAH TAYANG', 'Lihat berkas']);
    await p.must(AGUS, 'SUDAH TAYANG');
    await p.text(AGUS, 'https://dishub.example.org/1');
    await p.text(AGUS, 'https://www.instagram.com/p/abc1');
    expect(p.case.state.status).toBe('published');
    await p.advance(at('2026-11-25T10:00:00'));
    expect(told(p)).toEqual(['soon', 'start']);
  });

  test('is not called out once it stands there before its time', async () => {
    const p = await scheduledFor('24-11-2026 10.00');
    await p.must(AGUS, 'SUDAH TAYANG');
    await p.text(AGUS, 'https://dishub.example.org/1');
    await p.text(AGUS, 'https://www.instagram.com/p/abc1');
    await p.advance(at('2026-11-25T10:00:00'));
    expect(called(p)).toEqual([]);
  });

  test('that is now is no appointment: the task is there already', async () => {
    const p = await scheduledFor('sekarang');
    await p.advance(p.now + 5 * MINUTE);
    expect(called(p)).toEqual([]);
  });

  test('in ten minutes is called out at its time alone', async () => {
    const p = await scheduledFor('hari ini 09.10');
    await p.advance(at('2026-11-20T09:10:00'));
    expect(told(p)).toEqual(['start']);
  });

  test('in the night is kept to the minute, and announced by nothing that would wake anybody before', async () => {
    const p = await scheduledFor('24-11-2026 21.00', true);
    await p.advance(at('2026-11-24T21:00:00'));
    expect(told(p)).toEqual(['start']);
    expect(p.last(AGUS)).toMatch(/Saatnya tayang/);
  });

  test('after an outage is said by itself, unless the reminder of the deadline has said more', async () => {
    const p = await scheduledFor('24-11-2026 10.00');
    p.now = at('2026-11-24T10:12:00');
    await p.settle();
    expect(called(p)).toHaveLength(0);
    expect(told(p)).toEqual(['soon', 'start', 'remind']);
    const late = await scheduledFor('24-11-2026 10.00');
    const timer = { step: 'unggah', round: 1, rung: 'start', due: at('2026-11-24T10:00:00'), at: at('2026-11-24T10:00:00') };
    expect(isBelated(late.case, timer, timer.at + 11 * MINUTE)).toBe(false);
    expect(isBelated(late.case, { ...timer, rung: 'remind' }, timer.at + 11 * MINUTE)).toBe(true);
  });
});

describe('the rungs', () => {
  const office = sampleOffice();
  const due = { kind: 'within', amount: 15, unit: 'm', from: 'schedule' } as const;
  const rungs = (schedule: string, more: object = {}) => {
    const startsAt = at(schedule);
    return rungsOf({ due, enteredAt: at('2026-11-20T09:00:00'), dueAt: startsAt + 15 * MINUTE, office, startsAt, ...more }).map(
      ({ rung }) => rung,
    );
  };

  test('stand before the reminder, each at a time of its own', () => {
    expect(rungs('2026-11-24T10:00:00').slice(0, 4)).toEqual(['soon', 'start', 'remind', 'overdue']);
  });

  test('are there at night too for what is urgent', () => {
    const urgent = { office: { ...office, hours: 'always' }, urgent: true };
    expect(rungs('2026-11-24T21:00:00', urgent).slice(0, 3)).toEqual(['soon', 'start', 'remind']);
  });

  test('are none where the deadline comes first', () => {
    expect(rungs('2026-11-24T10:00:00', { dueAt: at('2026-11-24T09:00:00') })[0]).toBe('remind');
  });
});
