// What somebody whose turn it is wants of a case next, whatever its SOP: commands that the rules take, chosen by chance where there is a choice.
import type { Case } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { formsWanted, isOffline, openChannels } from '../../src/case/decide-announce.ts';
import { isOpen } from '../../src/case/decide-collect.ts';
import { mayFinish, mayWaive } from '../../src/case/decide-publish.ts';
import { candidatesOf, draftStep, type Facts, stepAt } from '../../src/case/facts.ts';
import { classesAllowed, missingOf } from '../../src/draft/missing.ts';
import type { PersonId } from '../../src/office/office.ts';
import type { AssignStep, PrepareStep, PublishStep } from '../../src/sop/sop.ts';
import type { Seeded } from '../support/seeded.ts';

const HOUR = 3_600_000;
const REASON = 'Foto ketiga buram, mohon diganti.';

type Draft = Parameters<typeof candidatesOf>[0];

/** Files that nobody else sent, each with its bytes in the vault. */
function files(c: Case, step: PrepareStep | AssignStep, by: PersonId, { now: at }: Facts): Command[] {
  const min = step.kind === 'prepare' ? (step.requires.media?.min ?? 0) : 0;
  return Array.from({ length: Math.max(0, min - c.content.media.length) }, (_, i): Command[] => {
    const id = `${c.id}-${step.id}-${i}`;
    const file = { channel: 'telegram', account: 'bot', fileId: id, uniqueId: id } as const;
    const sha256 = Buffer.from(id).toString('hex').padStart(64, 'a').slice(-64);
    return [
      { type: 'add-media', media: { id, kind: 'photo', file, sentBy: by, at, state: 'pending' }, by },
      { type: 'keep-media', media: id, sha256, bytes: 1000 + i, mime: 'image/jpeg', kind: 'photo' },
    ];
  }).flat();
}

function detail(step: Draft, part: string, by: PersonId, chance: Seeded, facts: Facts): string {
  if (part === 'class') return chance.pick(classesAllowed(step));
  return part === 'assignee' ? chance.pick(candidatesOf(step, by, facts)).id : `keterangan ${part}`;
}

/** All that the draft lacks. */
export function filling(c: Case, eventDate: string, chance: Seeded, facts: Facts): Command[] {
  if (!isOpen(c)) return [];
  const by = c.maker;
  const step = draftStep(facts.sop, c.state.step);
  const commands = missingOf(c.content, step).map(({ part }): Command | null => {
    switch (part) {
      case 'title':
        return { type: 'title', title: 'Pasar murah', by };
      case 'date':
        return { type: 'date', eventDate, by };
      case 'caption':
        return { type: 'caption', caption: { text: 'Pasar murah hari ini' }, by };
      case 'narrative':
        return { type: 'narrate', narrative: { text: 'Dinas mengadakan pasar murah di halaman kantor.' }, by };
      case 'media':
        return null;
      default:
        return { type: 'detail', part, text: detail(step, part, by, chance, facts), by };
    }
  });
  return [...commands.filter((one) => one !== null), ...files(c, step, by, facts)];
}

/** Whoever holds the role and neither made it nor has decided. */
function actor(c: Case, role: string, chance: Seeded, { office }: Facts): PersonId {
  const { state } = c;
  const here = 'step' in state ? state : null;
  const made = [c.maker, ...c.revisions.map(({ by }) => by)];
  const voted = c.decisions.filter(({ step, round }) => step === here?.step && round === here?.round).map(({ person }) => person);
  const holders = office.people.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
  return chance.pick(here?.status === 'running' ? holders.filter((id) => !made.includes(id) && !voted.includes(id)) : holders);
}

function publishing(
  c: Case,
  step: PublishStep,
  chance: Seeded,
  facts: Facts,
  seen: { step: string; round: number; revision: number },
): Command {
  const by = actor(c, step.role, chance, facts);
  if (formsWanted(c, facts)) return { type: 'provide-form', seen, form: 'audio', text: 'Naskah suara', by };
  if (mayFinish(c, facts)) return { type: 'finish', seen, by };
  const channel = chance.pick(openChannels(c, facts));
  if (step.channelsNeeded !== 'any' && mayWaive(c, channel, facts) && chance.chance(0.2))
    return { type: 'waive', seen, channel, reason: REASON, by };
  const proof = isOffline(channel) ? { sha256: '0'.repeat(64), bytes: 1 } : null;
  return { type: 'announce', seen, channel, link: proof ? null : 'https://contoh.go.id/1', proof, by };
}

/** `null`: it has come to its end. The command that moves it on; a draft is to be filled before. */
export function onward(c: Case, chance: Seeded, facts: Facts): Command | null {
  const { state } = c;
  if (!('step' in state)) return null;
  const step = stepAt(facts.sop, state.step);
  const seen = { step: state.step, round: state.round, revision: c.revisions.length };
  if (isOpen(c)) return { type: step.kind === 'assign' ? 'assign' : 'hand-in', seen: { round: state.round }, by: c.maker };
  switch (step.kind) {
    case 'prepare':
    case 'assign': {
      const assigned = state.status === 'making' ? state.assigned : null;
      const by = assigned ?? actor(c, step.role, chance, facts);
      return { type: 'take', seen, home: { channel: 'telegram', id: `home-${c.id}-${by}` }, by };
    }
    case 'receive':
      return { type: 'receive', seen, note: null, by: actor(c, step.role, chance, facts) };
    case 'decide': {
      const by = actor(c, step.role, chance, facts);
      return chance.chance(0.15) && state.round < 3
        ? { type: 'reject', seen, reason: REASON, by }
        : { type: 'accept', seen, note: null, by };
    }
    case 'schedule': {
      const by = actor(c, step.role, chance, facts);
      return { type: 'schedule', seen, schedule: facts.now + chance.below(72) * HOUR, by };
    }
    case 'publish':
      return publishing(c, step, chance, facts, seen);
  }
}
