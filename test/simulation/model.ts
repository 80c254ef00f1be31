// The SOP of five steps once more, as small as it can be written: what is refused, and where the case stands afterwards.

export const STEPS = ['serahkan', 'terima-berkas', 'periksa', 'putuskan', 'unggah'] as const;
export const PARTS = ['title', 'date', 'caption', 'narrative'] as const;
/** Who holds which step; Sari makes the case and would be a receiver as well. */
export const HOLDERS = [['sari', 'andi'], ['sari', 'budi', 'citra'], ['kartika'], ['rahmat'], ['maya']];
const FILES_MIN = 4;

export type Want =
  | { do: 'fill'; part: (typeof PARTS)[number]; by: string }
  | { do: 'photo' | 'drop'; n: number; by: string }
  | { do: 'hand-in'; round: number; by: string }
  | { do: 'withdraw'; by: string }
  | { do: 'judge'; verdict: 'receive' | 'accept' | 'reject'; step: number; round: number; revision: number; short: boolean; by: string }
  | { do: 'publish'; round: number; revision: number; by: string };

/** `at`: index of the step; 5 published, -1 withdrawn. */
export interface Model {
  at: number;
  rounds: number[];
  revisions: number;
  parts: string[];
  files: number[];
  decided: string[];
}

export const BEGUN: Model = { at: 0, rounds: [1, 0, 0, 0, 0], revisions: 0, parts: [], files: [], decided: [] };

const enter = (m: Model, at: number): Model => ({ ...m, at, rounds: m.rounds.map((round, i) => (i === at ? round + 1 : round)) });

function judged(m: Model, want: Want & { do: 'judge' }): Model | string {
  const { step, round, by, verdict } = want;
  if (!HOLDERS[step]?.includes(by)) return 'not-your-role';
  if (by === 'sari') return 'own-case';
  const here = m.at === step && m.rounds[step] === round;
  if (!here && m.decided.includes(`${step}/${round}`)) return 'already-decided';
  if (!here || want.revision !== m.revisions || (verdict === 'receive') !== (step === 1)) return 'outdated';
  if (verdict === 'reject' && want.short) return 'reason-length';
  return enter({ ...m, decided: [...m.decided, `${step}/${round}`] }, verdict === 'reject' ? 0 : step + 1);
}

function handedIn(m: Model, round: number): Model | string {
  if (m.at >= 0 && m.at < 5 && m.rounds[m.at] !== round) return 'outdated';
  if (m.at !== 0) return 'not-now';
  if (m.parts.length < PARTS.length || m.files.length < FILES_MIN) return 'incomplete';
  return enter({ ...m, revisions: m.revisions + 1 }, 1);
}

/** The case afterwards, or the name of the refusal. */
export function expected(m: Model, want: Want): Model | string {
  if (want.do === 'judge') return judged(m, want);
  if (want.do === 'publish') {
    if (m.at !== 4) return 'outdated';
    if (!HOLDERS[4]?.includes(want.by)) return 'not-your-role';
    return m.rounds[4] !== want.round || m.revisions !== want.revision ? 'outdated' : { ...m, at: 5 };
  }
  if (want.by !== 'sari') return 'not-the-maker';
  if (want.do === 'hand-in') return handedIn(m, want.round);
  if (want.do === 'withdraw') return m.at === -1 ? m : m.at === 0 && m.rounds[0] === 1 ? { ...m, at: -1 } : 'not-now';
  if (want.do === 'photo' && m.files.includes(want.n)) return m;
  if (m.at !== 0) return 'not-now';
  if (want.do === 'fill') return m.parts.includes(want.part) ? m : { ...m, parts: [...m.parts, want.part] };
  return { ...m, files: want.do === 'photo' ? [...m.files, want.n] : m.files.filter((n) => n !== want.n) };
}

/** What would bring the case on. */
export function next(m: Model): Want {
  const [at, revision] = [m.at, m.revisions];
  const round = m.rounds[at] ?? 1;
  const part = PARTS.find((one) => !m.parts.includes(one));
  if (part !== undefined) return { do: 'fill', part, by: 'sari' };
  if (m.files.length < FILES_MIN) return { do: 'photo', n: [0, 1, 2, 3].find((n) => !m.files.includes(n)) ?? 0, by: 'sari' };
  if (at <= 0) return { do: 'hand-in', round, by: 'sari' };
  const by = HOLDERS[at]?.at(-1) ?? 'maya';
  if (at >= 4) return { do: 'publish', round, revision, by };
  return { do: 'judge', verdict: at === 1 ? 'receive' : 'accept', step: at, round, revision, short: false, by };
}
