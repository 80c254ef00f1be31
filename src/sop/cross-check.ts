// What the parts of an SOP file say of each other: roles, ways back, the order of the steps, what the clocks count from.
// Works on the raw tree, so that these faults appear together with those of the shape.
import { didYouMean, type Finding } from './fault.ts';
import { isFixedWord, lettersOf } from './fixed-words.ts';
import { isMapping } from './shape.ts';

interface LooseStep {
  index: number;
  raw: Record<string, unknown>;
  id: string | null;
  kind: unknown;
}

/** Nobody works on the content in these: a case sent back there would only come round again unchanged. */
const NOTHING_TO_REPAIR = new Set<unknown>(['receive', 'publish']);

export function crossCheck(tree: unknown): Finding[] {
  if (!isMapping(tree) || !Array.isArray(tree['steps'])) return [];
  const steps: LooseStep[] = [];
  for (const [index, raw] of tree['steps'].entries()) {
    if (isMapping(raw)) steps.push({ index, raw, id: typeof raw['id'] === 'string' ? raw['id'] : null, kind: raw['kind'] });
  }
  return [
    ...orderFindings(steps),
    ...idFindings(steps),
    ...(isMapping(tree['roles']) ? roleFindings(steps, Object.keys(tree['roles'])) : []),
    ...steps.flatMap((step) => [
      ...rejectFindings(step, steps),
      ...assignFindings(step, steps),
      ...clockFindings(step, steps),
      ...formFindings(step),
    ]),
  ];
}

function at(step: LooseStep, ...keys: string[]): (string | number)[] {
  return ['steps', step.index, ...keys];
}

function before(step: LooseStep, steps: LooseStep[]): LooseStep[] {
  return steps.filter(({ index }) => index < step.index);
}

function orderFindings(steps: LooseStep[]): Finding[] {
  const findings: Finding[] = [];
  const first = steps[0];
  const last = steps.at(-1);
  if (first && typeof first.kind === 'string' && first.kind !== 'prepare' && first.kind !== 'assign') {
    findings.push({ path: at(first, 'kind'), message: 'langkah pertama harus prepare atau assign; susun ulang langkahnya.' });
  }
  if (last && typeof last.kind === 'string' && last.kind !== 'publish') {
    findings.push({ path: at(last, 'kind'), message: 'langkah terakhir harus publish; tambahkan langkah penayangan di akhir.' });
  }
  const kinds = new Set(steps.map(({ kind }) => kind));
  if (steps.length > 0 && !kinds.has('prepare')) {
    findings.push({ path: ['steps'], message: 'tidak ada langkah prepare; tambahkan langkah tempat konten diserahkan.' });
  }
  return findings;
}

function idFindings(steps: LooseStep[]): Finding[] {
  return steps.flatMap((step) => {
    const twin = before(step, steps).find(({ id }) => id !== null && id === step.id);
    if (twin === undefined) return [];
    return [{ path: at(step, 'id'), message: `id "${step.id}" sudah dipakai langkah ke-${twin.index + 1}; beri id lain.` }];
  });
}

function roleFindings(steps: LooseStep[], roles: string[]): Finding[] {
  return steps.flatMap((step) => {
    const role = step.raw['role'];
    if (typeof role !== 'string' || roles.includes(role)) return [];
    const message = `peran "${role}" tidak ada di roles; tambahkan di sana atau perbaiki namanya.${didYouMean(role, roles)}`;
    return [{ path: at(step, 'role'), message }];
  });
}

function rejectFindings(step: LooseStep, steps: LooseStep[]): Finding[] {
  if (step.kind !== 'decide') return [];
  const target = step.raw['reject_to'];
  const earlier = before(step, steps);
  const finding = (message: string): Finding[] => [{ path: at(step, 'reject_to'), message }];
  if (target === undefined || target === null) {
    if (earlier.some(({ kind }) => kind === 'prepare')) return [];
    return finding('tidak ada langkah prepare sebelumnya; tulis reject_to atau susun ulang langkahnya.');
  }
  if (typeof target !== 'string') return [];
  const ids = [...new Set(earlier.flatMap(({ id }) => id ?? []))];
  const found = steps.find(({ id }) => id === target);
  if (found === undefined) return finding(`langkah "${target}" tidak ada.${didYouMean(target, ids)}`);
  if (found.index >= step.index)
    return finding(`langkah "${target}" tidak mendahului langkah ini; pilih langkah sebelumnya: ${ids.join(', ')}.`);
  if (!NOTHING_TO_REPAIR.has(found.kind)) return [];
  return finding(
    `pada langkah "${target}" (${found.kind}) konten tidak dapat diperbaiki; pilih langkah prepare, decide, assign, atau schedule.`,
  );
}

function assignFindings(step: LooseStep, steps: LooseStep[]): Finding[] {
  if (step.kind !== 'assign') return [];
  const later = steps.filter(({ index, kind }) => index > step.index && kind === 'prepare');
  const target = step.raw['assign_to'];
  const path = at(step, 'assign_to');
  if (target === undefined || target === null) {
    return later.length > 0 ? [] : [{ path, message: 'tidak ada langkah prepare sesudahnya untuk ditugaskan; tambahkan langkah itu.' }];
  }
  if (typeof target !== 'string' || later.some(({ id }) => id === target)) return [];
  const ids = later.flatMap(({ id }) => id ?? []);
  return [{ path, message: `"${target}" bukan langkah prepare sesudah langkah ini.${didYouMean(target, ids)}` }];
}

/** What a clock counts from must have happened by then. */
function clockFindings(step: LooseStep, steps: LooseStep[]): Finding[] {
  const due = step.raw['due'];
  if (!isMapping(due)) return [];
  const kinds = before(step, steps).map(({ kind }) => kind);
  const path = at(step, 'due', 'from');
  if (due['from'] === 'schedule' && !kinds.includes('schedule')) {
    return [{ path, message: 'from: schedule hanya dapat dipakai sesudah langkah schedule; tambahkan langkah itu atau pakai from: step.' }];
  }
  if (due['from'] === 'handover' && !kinds.includes('prepare')) {
    return [{ path, message: 'belum ada penyerahan sebelum langkah ini; pakai from: event atau from: step.' }];
  }
  if (due['from'] === 'event' && step.kind !== 'prepare' && !kinds.includes('prepare')) {
    return [{ path, message: 'tanggal kegiatan belum diketahui sebelum langkah prepare; pakai from: step.' }];
  }
  return [];
}

function formFindings(step: LooseStep): Finding[] {
  const { accessibility, labels } = step.raw;
  if (step.kind === 'publish' && isMapping(accessibility) && Array.isArray(accessibility['forms'])) {
    const { min, forms } = accessibility;
    if (typeof min === 'number' && min > forms.length) {
      return [
        {
          path: at(step, 'accessibility', 'min'),
          message: `meminta ${min} bentuk, padahal forms hanya memuat ${forms.length}; kurangi min.`,
        },
      ];
    }
  }
  if (step.kind === 'decide' && isMapping(labels)) {
    const { accept = 'TERIMA', reject = 'TOLAK' } = labels;
    if (String(accept).toUpperCase() === String(reject).toUpperCase()) {
      return [{ path: at(step, 'labels'), message: 'accept dan reject sama; beri dua kata yang berbeda.' }];
    }
    return [
      { name: 'accept', word: String(accept), own: 'TERIMA' },
      { name: 'reject', word: String(reject), own: 'TOLAK' },
    ]
      .filter(({ word, own }) => lettersOf(word) !== own && isFixedWord(word))
      .map(({ name, word }) => ({
        path: at(step, 'labels', name),
        message: `"${word}" sudah menjadi nama tombol lain; beri kata yang berbeda.`,
      }));
  }
  return [];
}
