// Whatever is wanted, in whatever order, by whomever: the rules never fail, and what they hold true stays true.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { decide } from '../../src/case/decide.ts';
import { evolve } from '../../src/case/evolve.ts';
import { wantedTimers } from '../../src/case/timers.ts';
import { turn } from '../../src/case/turn.ts';
import { viewCard } from '../../src/case/view.ts';
import { dayAfter } from '../../src/draft/date.ts';
import {
  accept,
  add,
  CASE,
  caption,
  factsAt,
  HOME,
  handIn,
  keep,
  MINUTE,
  narrate,
  open,
  photos,
  publish,
  receive,
  reject,
  SOP,
  seen as seenAt,
  title,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const office = sampleOffice();
const more = { ...office, people: [...office.people, { id: 'eko', name: 'Eko', roles: ['ketua_ppid_pembantu', 'tim_pelaksana'] }] };
const SOPS = [
  SOP,
  withStep('periksa', { needs: 'all' }),
  withStep('putuskan', { rejectTo: 'periksa' }, withStep('unggah', { channels: ['website', 'instagram'] })),
];

const person = fc.oneof(
  { weight: 3, arbitrary: fc.constant('sari') },
  { weight: 1, arbitrary: fc.constantFrom('andi', 'budi', 'kartika', 'rahmat', 'maya', 'eko', 'nobody') },
);
const round = fc.integer({ min: 1, max: 3 });
const step = fc.constantFrom('serahkan', 'terima-berkas', 'periksa', 'putuskan', 'unggah');
const text = fc.oneof(fc.constantFrom('Pasar murah', 'Foto kurang jelas atau buram', '', 'a'.repeat(201)), fc.string({ unit: 'grapheme' }));
const number = fc.integer({ min: 1, max: 7 });
const seen = fc.record({ step, round, revision: round });

const anything: fc.Arbitrary<Command> = fc.oneof(
  text.chain((t) => person.map((by) => title(t, by))),
  fc
    .integer({ min: -90, max: 90 })
    .chain((days) => person.map((by): Command => ({ type: 'date', eventDate: dayAfter('2026-11-20', days), by }))),
  text.chain((t) => person.map((by) => caption(t, by))),
  text.chain((t) => person.map((by) => narrate(t, by))),
  fc
    .tuple(number, fc.constantFrom('photo', 'video', 'document', 'audio'), fc.boolean(), person)
    .map(([n, kind, proof, by]) => add(n, { kind, album: 'g', sentBy: by, ...(proof ? { proofOf: 'website' } : {}) } as object, by)),
  fc.tuple(number, number, fc.constantFrom(0, 1000)).map(([n, same, bytes]) => keep(n, { sha256: `${same}`.padStart(64, '0'), bytes })),
  number.map((n): Command => ({ type: 'refuse-media', media: `m${n}`, why: { fault: 'gone' } })),
  fc.tuple(number, person).map(([n, by]): Command => ({ type: 'drop-media', media: `m${n}`, by })),
  fc.tuple(round, person).map(([r, by]) => handIn(r, by)),
  person.map((by): Command => ({ type: 'withdraw', by })),
  fc
    .tuple(fc.constantFrom('receive', 'accept'), seen, person)
    .map(([type, what, by]): Command => ({ type, seen: what, note: null, by }) as Command),
  fc.tuple(seen, text, person).map(([what, reason, by]): Command => ({ type: 'reject', seen: what, reason, by })),
  fc.tuple(seen, text, person).map(([what, t, by]): Command => ({ type: 'respond', seen: what, text: t, by })),
  fc
    .tuple(seen, fc.constantFrom('website', 'instagram', 'media_sosial', 'radio'), person)
    .map(([what, channel, by]): Command => ({ type: 'announce', seen: what, channel, link: 'https://x.id/1', proof: null, by })),
  fc
    .tuple(step, round, fc.constantFrom('remind', 'overdue', 'escalate-1'))
    .map(([s, r, rung]): Command => ({ type: 'time-passed', step: s, round: r, rung, due: 0 })),
  fc.constant(open('andi')),
);
/** The straight way, so that random commands meet every state. */
const way: Command[] = [
  title(),
  { type: 'date', eventDate: '2026-11-20', by: 'sari' },
  caption(),
  narrate(),
  ...photos(1, 2, 3, 4),
  handIn(),
  receive(),
  reject(),
  handIn(2),
  receive(2),
  accept('periksa', 2),
  accept('periksa', 2, 'eko'),
  accept('putuskan', 1, 'rahmat', 2),
  ...['website', 'instagram', 'media_sosial'].map((channel): Command => ({ ...publish(channel), seen: seenAt('unggah', 1, 2) }) as Command),
];
const sequence = fc
  .array(fc.oneof({ weight: 2, arbitrary: anything.map((command) => [command]) }, { weight: 3, arbitrary: fc.constant<Command[]>([]) }), {
    minLength: way.length,
    maxLength: 60,
  })
  .map((between) => between.flatMap((some, i) => [...some, ...(way[i] ? [way[i]] : [])]));

function holds(c: Case): void {
  expect(c.revisions.map(({ revision }) => revision)).toEqual(c.revisions.map((_, i) => i + 1));
  expect(c.number === null).toBe(c.revisions.length === 0);
  const votes = c.decisions.map(({ step: at, round: r, person: by }) => `${at} ${r} ${by}`);
  expect(new Set(votes).size).toBe(votes.length);
  for (const decision of c.decisions) {
    expect(decision.person).not.toBe(c.maker);
    expect(decision.hash).toBe(c.revisions[decision.revision - 1]?.hash);
    if (decision.verdict === 'reject') expect(decision.note.length).toBeGreaterThanOrEqual(10);
  }
  const channels = c.publications.map(({ channel }) => channel);
  expect(new Set(channels).size).toBe(channels.length);
  if (c.state.status === 'published') expect(channels.length).toBeGreaterThan(0);
  const told = c.told.map(({ step: at, round: r, rung }) => `${at} ${r} ${rung}`);
  expect(new Set(told).size).toBe(told.length);
  const hashes = c.content.media.flatMap((media) => (media.state === 'kept' ? [media.sha256] : []));
  expect(new Set(hashes).size).toBe(hashes.length);
}

test('any sequence of commands ends without a fault, and every case it makes is one that may be', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(sequence, fc.constantFrom(...SOPS), fc.array(fc.nat(600), { minLength: 100, maxLength: 100 }), (commands, sop, minutes) => {
      const opened = decide(null, { type: 'open', id: CASE, sop, home: HOME, by: 'sari' }, factsAt(FRIDAY_9, { sop, office: more }));
      if (!opened.ok) throw new Error('not opened');
      const events: CaseEvent[] = [...opened.events];
      let c = events.reduce<Case | null>(evolve, null) as Case;
      let now = FRIDAY_9;
      for (const [i, command] of commands.entries()) {
        now += (minutes[i] ?? 0) * MINUTE;
        const facts = factsAt(now, { sop, office: more });
        const turned = turn(c, command, facts);
        if (!turned.ok) continue;
        const before = c;
        c = turned.after as Case;
        events.push(...turned.events);
        if (turned.events.length === 0) expect(c).toBe(before);
        // The same thing wanted again: nothing more happens, or it is refused. A response may be written again.
        const again = decide(c, command, facts);
        if (again.ok && command.type !== 'respond') expect(again.events).toEqual([]);
        reached.add(c.state.status);
        holds(c);
        wantedTimers(c, facts);
        for (const { id } of sop.steps) viewCard(c, { card: 'step', case: CASE, step: id, round: 1 }, facts, 'budi', 1);
        viewCard(c, { card: 'draft', case: CASE, round: 1 }, facts, 'sari', 1);
      }
      expect(events.reduce<Case | null>(evolve, null)).toEqual(c);
    }),
    { numRuns: 200 },
  );
  expect([...reached].sort()).toEqual(['approved', 'draft', 'published', 'returned', 'running', 'withdrawn']);
});
