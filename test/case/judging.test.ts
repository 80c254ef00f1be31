import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/case/command.ts';
import { mayAct } from '../../src/case/decide-judge.ts';
import { holdersOf } from '../../src/office/deputies.ts';
import type { Person } from '../../src/office/office.ts';
import { isSupervisor, personOf } from '../../src/office/office.ts';
import {
  accept,
  caseOf,
  factsAt,
  given,
  HOUR,
  handIn,
  history,
  REASON,
  receive,
  reject,
  SENT_BACK,
  seen,
  TO_CHECKER,
  TO_END,
  TO_HEAD,
  TO_PUBLISHER,
  TO_RECEIVER,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const atReceiver = history(TO_RECEIVER);
const atChecker = history(TO_CHECKER);
const LATER = FRIDAY_9 + HOUR;
const DEFAULT = 'Sesuai, tanpa catatan';

/** The office with more people. */
function withPeople(...people: Person[]) {
  const office = sampleOffice();
  return { ...office, people: [...office.people, ...people] };
}
const person = (id: string, ...roles: string[]): Person => ({ id, name: id, roles });

describe('receiving', () => {
  test('one tap is complete, with the written response that stands in the SOP', () => {
    const c = given(...atReceiver)
      .when(receive())
      .gives(
        { type: 'decided', by: 'budi', verdict: 'receive', step: 'terima-berkas', round: 1, revision: 1, note: DEFAULT, onBehalfOf: null },
        { type: 'entered', step: 'periksa', status: 'running' },
      );
    expect(c.decisions[0]).toMatchObject({ person: 'budi', hash: c.revisions[0]?.hash, role: 'tim_pertimbangan', at: LATER });
  });
});

describe('accepting', () => {
  test('goes to the next step, and to the publisher as approved', () => {
    given(...atChecker)
      .when(accept())
      .gives({ type: 'decided', verdict: 'accept', note: DEFAULT }, { type: 'entered', step: 'putuskan', status: 'running' });
    given(...history(TO_HEAD))
      .when(accept('putuskan'))
      .gives('decided', { type: 'entered', step: 'unggah', status: 'approved' });
  });

  test('a note that comes with the tap is kept, and has at most 500 characters', () => {
    const noted = (note: string): Command => ({ type: 'accept', seen: seen('periksa'), note, by: 'kartika' });
    given(...atChecker)
      .when(noted('Baik'))
      .gives({ type: 'decided', note: 'Baik' }, 'entered');
    given(...atChecker)
      .when(noted('a'.repeat(500)))
      .gives('decided', 'entered');
    given(...atChecker)
      .when(noted('a'.repeat(501)))
      .refuses({ refused: 'response-length', length: 501, max: 500 });
  });
});

describe('a response of one’s own', () => {
  const respond = (text: string, by = 'budi'): Command => ({ type: 'respond', seen: seen('terima-berkas'), text, by });
  test('is written down and goes with the tap of its writer', () => {
    const written = history([...TO_RECEIVER, respond(' Lengkap\u202E. ')]);
    expect(written.at(-1)).toMatchObject({ type: 'responded', by: 'budi', text: 'Lengkap.' });
    given(...written)
      .when(receive())
      .gives({ type: 'decided', note: 'Lengkap.' }, 'entered');
    given(...written)
      .when(receive(1, 'citra'))
      .gives({ type: 'decided', note: DEFAULT }, 'entered');
  });
  test('written again takes the place of the first, not of a colleague’s', () => {
    const c = caseOf(history([...TO_RECEIVER, respond('Satu'), respond('Dua', 'citra'), respond('Tiga')]));
    expect(c.responses.map(({ person: who, text }) => [who, text])).toEqual([
      ['citra', 'Dua'],
      ['budi', 'Tiga'],
    ]);
  });
  test('does not outlive its step', () => {
    expect(caseOf(history([...TO_RECEIVER, respond('Satu', 'citra'), receive()])).responses).toEqual([]);
  });
  test('has 1 to 500 characters', () => {
    given(...atReceiver)
      .when(respond('\u200B'))
      .refuses({ refused: 'response-length', length: 0, max: 500 });
    given(...atReceiver)
      .when(respond('a'.repeat(500)))
      .gives('responded');
    given(...atReceiver)
      .when(respond('a'.repeat(501)))
      .refuses({ refused: 'response-length', length: 501 });
  });
  test('is taken only from whoever may decide', () => {
    given(...atReceiver)
      .when(respond('Baik', 'sari'))
      .refuses({ refused: 'not-your-role' });
    given(...atChecker)
      .when(respond('Baik'))
      .refuses({ refused: 'already-decided' });
  });
});

describe('rejecting', () => {
  test('goes back to the maker with the draft open again and everything in it', () => {
    const c = given(...atChecker)
      .when(reject())
      .gives(
        { type: 'decided', verdict: 'reject', note: REASON },
        {
          type: 'returned',
          step: 'serahkan',
          round: 2,
          role: 'tim_pelaksana',
          from: { role: 'ketua_ppid_pembantu', step: 'periksa' },
          reason: REASON,
        },
      );
    expect(c.state).toMatchObject({ status: 'returned', by: { person: 'kartika' }, reason: REASON });
    expect(c.content).toEqual(caseOf(atChecker).content);
  });

  test('gives the time that the SOP gives from the day it came back', () => {
    given(...atChecker)
      .when(reject(), factsAt(Date.parse('2026-11-24T10:00:00+07:00')))
      .gives('decided', { type: 'returned', dueAt: Date.parse('2026-11-24T23:59:59+07:00') });
  });

  test('is nothing without a reason of 10 to 500 characters', () => {
    given(...atChecker)
      .when(reject('periksa', 1, 'Buram'))
      .refuses({ refused: 'reason-length', length: 5, min: 10, max: 500 });
    given(...atChecker)
      .when(reject('periksa', 1, ' 123456789\u200B '))
      .refuses({ refused: 'reason-length', length: 9 });
    given(...atChecker)
      .when(reject('periksa', 1, '1234567890'))
      .gives('decided', 'returned');
    given(...atChecker)
      .when(reject('periksa', 1, 'a'.repeat(500)))
      .gives('decided', 'returned');
    given(...atChecker)
      .when(reject('periksa', 1, 'a'.repeat(501)))
      .refuses({ refused: 'reason-length', length: 501 });
  });

  test('may go back to an earlier decider instead of the maker', () => {
    const sop = withStep('putuskan', { rejectTo: 'periksa' });
    const facts = factsAt(LATER, { sop });
    const back = { person: 'rahmat', role: 'atasan_ppid_pembantu', step: 'putuskan', reason: REASON };
    const c = given(...history(TO_HEAD))
      .when(reject('putuskan'), facts)
      .gives('decided', { type: 'entered', step: 'periksa', round: 2, status: 'running', back });
    expect(c.state).toMatchObject({ status: 'running', back });
    const again = history([...TO_HEAD, reject('putuskan')], { ...facts, now: FRIDAY_9 });
    given(...again)
      .when(accept('periksa', 2, 'kartika', 1), facts)
      .gives('decided', { type: 'entered', step: 'putuskan', round: 2 });
    given(...again)
      .when(accept('periksa', 1, 'kartika', 1), facts)
      .refuses({ refused: 'already-decided' });
  });

  test('the way begins anew: every step decides on the next revision in a new round', () => {
    const again = history([...SENT_BACK, handIn(2), receive(2), accept('periksa', 2), accept('putuskan', 1, 'rahmat', 2)]);
    const c = caseOf(again);
    expect(c.rounds).toEqual({ serahkan: 2, 'terima-berkas': 2, periksa: 2, putuskan: 1, unggah: 1 });
    expect(c.decisions.map(({ step, round, revision }) => `${step} ${round} ${revision}`)).toEqual([
      'terima-berkas 1 1',
      'periksa 1 1',
      'terima-berkas 2 2',
      'periksa 2 2',
      'putuskan 1 2',
    ]);
  });
});

describe('who may not', () => {
  test('whoever does not hold the role', () => {
    given(...atReceiver)
      .when(receive(1, 'kartika'))
      .refuses({ refused: 'not-your-role', needed: 'tim_pertimbangan', yours: ['ketua_ppid_pembantu'] });
    given(...atChecker)
      .when(reject('periksa', 1, REASON, 'budi'))
      .refuses({ refused: 'not-your-role' });
  });

  test('whoever was taken out of the office since', () => {
    const office = sampleOffice();
    const without = { ...office, people: office.people.filter(({ id }) => id !== 'budi') };
    given(...atReceiver)
      .when(receive(), factsAt(LATER, { office: without }))
      .refuses({ refused: 'not-your-role', yours: [] });
  });

  test('whoever made it, though he holds the role', () => {
    const office = sampleOffice();
    const both = {
      ...office,
      people: office.people.map((one) => (one.id === 'sari' ? { ...one, roles: [...one.roles, 'tim_pertimbangan'] } : one)),
    };
    given(...atReceiver)
      .when(receive(1, 'sari'), factsAt(LATER, { office: both }))
      .refuses({ refused: 'own-case' });
  });

  test('whoever handed in a revision, though another opened the draft', () => {
    const c = caseOf(atReceiver);
    const [revision] = c.revisions;
    const by = revision ? [{ ...revision, by: 'budi' }] : [];
    expect(mayAct({ ...c, revisions: by }, seen('terima-berkas'), 'budi', factsAt())).toEqual({ refused: 'own-case' });
  });
});

describe('taps that come too late', () => {
  test('a second tap, or a colleague’s, hears who decided', () => {
    const decision = { person: 'budi', verdict: 'receive' };
    given(...atChecker)
      .when(receive())
      .refuses({ refused: 'already-decided', decision } as never);
    given(...atChecker)
      .when(receive(1, 'citra'))
      .refuses({ refused: 'already-decided', decision } as never);
  });
  test('on the card of an earlier round', () => {
    const again = history([...SENT_BACK, handIn(2)]);
    given(...again)
      .when(receive(1))
      .refuses({ refused: 'already-decided' });
    given(...again)
      .when({ type: 'receive', seen: seen('terima-berkas', 2, 1), note: null, by: 'budi' })
      .refuses({ refused: 'outdated', now: 'running' });
    given(...history([...SENT_BACK, handIn(2), receive(2)]))
      .when(accept('periksa', 1))
      .refuses({ refused: 'already-decided' });
    given(...history([...SENT_BACK, handIn(2), receive(2)]))
      .when(accept('periksa', 2, 'kartika', 1))
      .refuses({ refused: 'outdated' });
  });
  test('on a step that the case has not reached or has left for good', () => {
    given(...atReceiver)
      .when(accept('putuskan'))
      .refuses({ refused: 'outdated', now: 'running' });
    given(...history(TO_END))
      .when(accept('putuskan'))
      .refuses({ refused: 'already-decided' });
    given(...history(SENT_BACK))
      .when(accept('putuskan'))
      .refuses({ refused: 'outdated', now: 'returned' });
  });
  test('with a word that does not fit the step', () => {
    given(...atReceiver)
      .when(accept('terima-berkas', 1, 'budi'))
      .refuses({ refused: 'outdated', now: 'running' });
    given(...atReceiver)
      .when(reject('terima-berkas', 1, REASON, 'budi'))
      .refuses({ refused: 'outdated' });
    given(...atChecker)
      .when({ type: 'receive', seen: seen('periksa'), note: null, by: 'kartika' })
      .refuses({ refused: 'outdated' });
    given(...history(TO_PUBLISHER))
      .when(accept('unggah', 1, 'maya'))
      .refuses({ refused: 'outdated', now: 'approved' });
  });
});

describe('when several must agree', () => {
  const office = withPeople(person('dewi', 'ketua_ppid_pembantu'), person('eko', 'ketua_ppid_pembantu'));
  const of = (needs: 'all' | 'any' | { count: number }) => factsAt(LATER, { office, sop: withStep('periksa', { needs }) });
  const by = (who: string) => accept('periksa', 1, who);

  test('all: the last one moves the case on', () => {
    const facts = of('all');
    given(...atChecker)
      .when(by('dewi'), facts)
      .gives('decided');
    const two = history([by('dewi'), by('eko')], facts, atChecker);
    given(...two)
      .when(by('dewi'), facts)
      .refuses({ refused: 'already-decided', decision: { person: 'dewi' } } as never);
    given(...two)
      .when(by('kartika'), facts)
      .gives('decided', { type: 'entered', step: 'putuskan' });
  });

  test('a count: so many move it on, and never more than there are', () => {
    const facts = of({ count: 2 });
    given(...history([by('dewi')], facts, atChecker))
      .when(by('kartika'), facts)
      .gives('decided', 'entered');
    given(...atChecker)
      .when(by('kartika'), of({ count: 2 }))
      .gives('decided');
    given(...history([by('dewi'), by('eko')], of({ count: 9 }), atChecker))
      .when(by('kartika'), of({ count: 9 }))
      .gives('decided', 'entered');
  });

  test('any: the first one does', () => {
    given(...atChecker)
      .when(by('eko'), of('any'))
      .gives('decided', 'entered');
  });

  test('one rejection is enough, whatever others said', () => {
    const facts = of('all');
    const one = history([by('dewi')], facts, atChecker);
    given(...one)
      .when(reject('periksa', 1, REASON, 'eko'), facts)
      .gives('decided', 'returned');
  });

  test('makers among the holders are not waited for', () => {
    const makerToo = {
      ...office,
      people: office.people.map((one) => (one.id === 'sari' ? { ...one, roles: [...one.roles, 'ketua_ppid_pembantu'] } : one)),
    };
    const facts = { ...of('all'), office: makerToo };
    given(...history([by('dewi'), by('eko')], facts, atChecker))
      .when(by('kartika'), facts)
      .gives('decided', 'entered');
  });
});

describe('an office', () => {
  test('knows its people, who holds a role, and who is told when a step is late', () => {
    const office = sampleOffice();
    expect(holdersOf(office, 'tim_pertimbangan', FRIDAY_9).map(({ id }) => id)).toEqual(['budi', 'citra']);
    expect(holdersOf(office, 'nobody', FRIDAY_9)).toEqual([]);
    expect(personOf(office, 'maya')?.name).toBe('Maya');
    expect(personOf(office, 'nobody')).toBeUndefined();
    expect(isSupervisor(office, 'rahmat')).toBe(true);
    expect(isSupervisor(office, 'sari')).toBe(false);
  });
});
