// The rules against a model of eighty lines: whatever is wanted in whatever order, both refuse the same and stand at the same place.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { decide } from '../../src/case/decide.ts';
import { evolve } from '../../src/case/evolve.ts';
import { FRIDAY_9, MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';
import { BEGUN, expected, type Model, next, PARTS, STEPS, type Want } from './model.ts';

const SEQUENCES = 20_000;
const LENGTH_MAX = 60;

const sop = sopNamed(MEDSOS);
const plain = sampleOffice();
const office = {
  ...plain,
  people: plain.people.map((person) => (person.id === 'sari' ? { ...person, roles: [...person.roles, 'tim_pertimbangan'] } : person)),
};

const by = fc.oneof(
  { weight: 3, arbitrary: fc.constant('sari') },
  { weight: 3, arbitrary: fc.constantFrom(...office.people.map(({ id }) => id), 'siapa') },
);
/** Not always what stands on the newest card. */
const behind = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -1, max: 2 }) });

/** Rounds and revisions are told as how far the sender's card is behind. */
const wanted: fc.Arbitrary<'next' | 'turn-down' | Want> = fc.oneof(
  { weight: 14, arbitrary: fc.constant('next' as const) },
  { weight: 1, arbitrary: fc.constant('turn-down' as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fill' as const), part: fc.constantFrom(...PARTS), by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('photo' as const, 'drop' as const), n: fc.nat({ max: 5 }), by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hand-in' as const), round: behind, by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('publish' as const), round: behind, revision: behind, by }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('judge' as const),
      verdict: fc.constantFrom('receive' as const, 'accept' as const, 'reject' as const, 'reject' as const),
      step: fc.integer({ min: 1, max: 3 }),
      round: behind,
      revision: behind,
      short: fc.boolean(),
      by: fc.oneof(by, fc.constantFrom('budi', 'kartika', 'rahmat')),
    }),
  },
);

const file = (n: number) => ({ channel: 'telegram', account: '7000', fileId: `f${n}`, uniqueId: `u${n}` }) as const;

function commandsOf(want: Want): Command[] {
  const { by } = want;
  switch (want.do) {
    case 'fill':
      if (want.part === 'title') return [{ type: 'title', title: 'Pasar murah', by }];
      if (want.part === 'date') return [{ type: 'date', eventDate: '2026-11-20', by }];
      if (want.part === 'caption') return [{ type: 'caption', caption: { text: 'Pasar murah hari ini' }, by }];
      return [{ type: 'narrate', narrative: { text: 'Dinas mengadakan pasar murah.' }, by }];
    case 'photo':
      return [
        {
          type: 'add-media',
          media: { id: `m${want.n}`, kind: 'photo', file: file(want.n), sentBy: by, at: FRIDAY_9, state: 'pending' },
          by,
        },
        { type: 'keep-media', media: `m${want.n}`, sha256: String(want.n).padStart(64, '0'), bytes: 9, mime: 'image/jpeg', kind: 'photo' },
      ];
    case 'drop':
      return [{ type: 'drop-media', media: `m${want.n}`, by }];
    case 'hand-in':
      return [{ type: 'hand-in', seen: { round: want.round }, by }];
    case 'withdraw':
      return [{ type: 'withdraw', by }];
    case 'publish': {
      const seen = { step: 'unggah', round: want.round, revision: want.revision };
      return [{ type: 'announce', seen, channel: 'media_sosial', link: 'https://contoh.go.id/p/1', proof: null, by }];
    }
    case 'judge': {
      const seen = { step: STEPS[want.step] ?? '', round: want.round, revision: want.revision };
      if (want.verdict === 'reject') return [{ type: 'reject', seen, reason: want.short ? 'pendek' : 'Foto ketiga buram sekali', by }];
      return [{ type: want.verdict, seen, note: null, by }];
    }
  }
}

/** From "how far behind" to what really stood on the card. */
function really(want: Want, m: Model): Want {
  if (want.do === 'hand-in') return { ...want, round: (m.rounds[Math.max(0, Math.min(m.at, 4))] ?? 1) - want.round };
  if (want.do === 'publish') return { ...want, round: (m.rounds[4] ?? 0) - want.round, revision: m.revisions - want.revision };
  if (want.do === 'judge') return { ...want, round: (m.rounds[want.step] ?? 0) - want.round, revision: m.revisions - want.revision };
  return want;
}

/** Where the case may be accepted it is rejected instead; elsewhere it goes on. */
function turnedDown(m: Model, short: boolean): Want {
  const on = next(m);
  return on.do === 'judge' && on.verdict === 'accept' ? { ...on, verdict: 'reject', short } : on;
}

function standing(c: Case): Model {
  const { status } = c.state;
  const at = status === 'published' ? 5 : status === 'withdrawn' ? -1 : STEPS.indexOf(c.state.step as (typeof STEPS)[number]);
  const { title, eventDate, caption, narrative, media } = c.content;
  const have = [title, eventDate, caption, narrative];
  return {
    at,
    rounds: STEPS.map((step) => c.rounds[step] ?? 0),
    revisions: c.revisions.length,
    parts: PARTS.filter((_, i) => have[i] !== null),
    files: media.map(({ id }) => Number(id.slice(1))),
    decided: c.decisions.map(({ step, round }) => `${STEPS.indexOf(step as (typeof STEPS)[number])}/${round}`),
  };
}

function carriedOut(c: Case, commands: Command[], now: number): Case | string {
  let after: Case | null = c;
  for (const command of commands) {
    const ruling = decide(after, command, { now, office, sop, serial: 1 });
    if (!ruling.ok) return ruling.refusal.refused;
    after = ruling.events.reduce<Case | null>(evolve, after);
  }
  if (!after) throw new Error('no case');
  return after;
}

test(`the rules and the model agree in ${SEQUENCES} sequences of commands`, () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const inOrder = (m: Model) => ({ ...m, parts: m.parts.toSorted(), files: m.files.toSorted() });
  const rare = fc.oneof(
    { weight: 60, arbitrary: wanted },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), by }) },
  );
  fc.assert(
    fc.property(fc.array(rare, { minLength: 12, maxLength: LENGTH_MAX, size: 'max' }), (wishes) => {
      const opening = { type: 'open', id: 'c', sop, home: { channel: 'telegram', id: '1001' }, by: 'sari' } as const;
      const begun = decide(null, opening, { now: FRIDAY_9, office, sop, serial: 0 });
      let c = begun.ok ? begun.events.reduce<Case | null>(evolve, null) : null;
      if (!c) throw new Error('not begun');
      let model = BEGUN;
      for (const [i, wish] of wishes.entries()) {
        const want = wish === 'next' ? next(model) : wish === 'turn-down' ? turnedDown(model, i % 3 === 0) : really(wish, model);
        const should = expected(model, want);
        const is = carriedOut(c, commandsOf(want), FRIDAY_9 + i * 60_000);
        count(typeof should === 'string' ? should : want.do);
        if (typeof should === 'string' || typeof is === 'string') {
          if (is !== should) expect({ want, is: typeof is === 'string' ? is : standing(is) }).toEqual({ want, is: should });
          continue;
        }
        model = should;
        c = is;
        const [stands, wanted] = [inOrder(standing(c)), inOrder(model)];
        // Said in full only where they differ: there are half a million of these.
        if (JSON.stringify(stands) !== JSON.stringify(wanted)) expect({ want, is: stands }).toEqual({ want, is: wanted });
      }
    }),
    { numRuns: SEQUENCES, ...(process.env['ALUR_SEED'] === undefined ? {} : { seed: Number(process.env['ALUR_SEED']) }) },
  );
  // Every kind of ending was met, and cases came through.
  const endings = ['publish', 'withdraw', 'drop', 'not-your-role', 'own-case', 'already-decided', 'outdated', 'reason-length', 'not-now'];
  for (const ending of [...endings, 'incomplete', 'not-the-maker']) expect([ending, (seen.get(ending) ?? 0) >= 20]).toEqual([ending, true]);
});
