// Whose card is waiting, and how far it has come with each of them: "not seen" and "as if not seen" do not look the same.
import { describe, expect, test } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import { seenLines, waitingCard } from '../../src/case/seen.ts';
import type { Seen } from '../../src/case/viewing.ts';
import {
  accept,
  CASE,
  caseOf,
  DRAFTING,
  factsAt,
  history,
  SENT_BACK,
  TO_CHECKER,
  TO_END,
  TO_PUBLISHER,
  TO_RECEIVER,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const nothing: Omit<Seen, 'person'> = { reach: 'yes', sentAt: null, deliveredAt: null, openedAt: null };
const place = { case: CASE, step: 'terima-berkas', round: 1 };

describe('the card that a case waits for', () => {
  test('is that of its step, with everybody whose turn it is', () => {
    expect(waitingCard(caseOf(history(TO_RECEIVER)), factsAt())).toEqual({ place, people: ['budi', 'citra'] });
    expect(waitingCard(caseOf(history(TO_PUBLISHER)), factsAt())).toEqual({
      place: { case: CASE, step: 'unggah', round: 1 },
      people: ['maya'],
    });
  });

  test('is none for a draft, for one that came back, nor after the end', () => {
    for (const commands of [DRAFTING, SENT_BACK, TO_END]) expect(waitingCard(caseOf(history(commands)), factsAt())).toBeNull();
  });
});

describe('with each of its holders it', () => {
  const c = caseOf(history(TO_RECEIVER));
  const line = (more: Partial<Seen>) => seenLines(c, place, [{ person: 'budi', ...nothing, ...more }], factsAt())[0];

  test('waits to be sent, or cannot be', () => {
    expect(line({})).toEqual({ person: 'Budi Santoso', is: 'waiting', at: null, kind: 'receive' });
    expect(line({ reach: 'unbound' })).toMatchObject({ is: 'unbound', at: null });
    expect(line({ reach: 'blocked' })).toMatchObject({ is: 'blocked', at: null });
  });

  test('is sent, delivered, opened: the furthest that is known, also of somebody who has no chat of his own', () => {
    expect(line({ sentAt: 1 })).toMatchObject({ is: 'sent', at: 1 });
    expect(line({ sentAt: 1, deliveredAt: 2 })).toMatchObject({ is: 'delivered', at: 2 });
    expect(line({ sentAt: 1, deliveredAt: 2, openedAt: 3 })).toMatchObject({ is: 'opened', at: 3 });
    expect(line({ reach: 'unbound', openedAt: 3 })).toMatchObject({ is: 'opened', at: 3 });
  });

  test('is decided by him, where several must decide', () => {
    const sop = withStep('periksa', { needs: 'all' });
    const people = sampleOffice().people.map((person) => (person.id === 'citra' ? { ...person, roles: ['ketua_ppid_pembantu'] } : person));
    const facts = factsAt(FRIDAY_9, { sop, office: sampleOffice({ people }) });
    const one = caseOf(history([...TO_CHECKER, accept('periksa')], facts));
    const card = waitingCard(one, facts);
    expect(card?.people).toEqual(['kartika', 'citra']);
    if (!card) return;
    const seen = card.people.map((person) => ({ person, ...nothing, sentAt: 1 }));
    const lines = (c: Case) => seenLines(c, card.place, seen, facts).map(({ person, is }) => [person, is]);
    expect(lines(one)).toEqual([
      ['Kartika', 'decided'],
      ['Citra', 'sent'],
    ]);
    const byDeputy = one.decisions.map((decision) => ({ ...decision, person: 'andi', onBehalfOf: 'citra' }));
    expect(lines({ ...one, decisions: byDeputy })).toEqual([
      ['Kartika', 'sent'],
      ['Citra', 'decided'],
    ]);
  });
});
