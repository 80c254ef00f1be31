// What the parts of an office file say of each other: doubled people and accounts, supervisors, seasons, holidays, SOPs.
// Works on the raw tree, so that these faults appear together with those of the shape.
import { didYouMean, type Finding, type Path } from '../sop/fault.ts';
import { isMapping } from '../sop/shape.ts';
import { deputyFindings } from './cross-check-deputies.ts';
import { isSopFile, unknownSop } from './office-shape.ts';

interface Item {
  index: number;
  raw: Record<string, unknown>;
}

function items(raw: unknown): Item[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((item: unknown, index) => (isMapping(item) ? [{ index, raw: item }] : []));
}

/** An id may be written as a number or as text; both mean the same account. */
function word(raw: unknown): string | null {
  return typeof raw === 'string' || typeof raw === 'number' ? String(raw).replace(/[\s-]/g, '') : null;
}

export function crossCheckOffice(tree: unknown, known: { sopIds: string[] }): Finding[] {
  if (!isMapping(tree)) return [];
  const people = items(tree['people']);
  const office = isMapping(tree['office']) ? tree['office'] : {};
  const doubled = (key: string, what: string) =>
    doubles(people, key, ['people'], (first) => `${what} ini sudah dipakai orang ke-${first + 1}; pakai yang lain.`);
  return [
    ...doubled('id', 'id'),
    ...doubled('telegram', 'akun Telegram'),
    ...doubled('whatsapp', 'nomor WhatsApp'),
    ...doubles(
      items(office['holidays']),
      'date',
      ['office', 'holidays'],
      (first) => `tanggal ini sudah ada di butir ke-${first + 1}; hapus salah satu.`,
    ),
    ...seasonFindings(items(office['seasons'])),
    ...supervisorFindings(tree['supervisors'], people),
    ...groupFindings(items(tree['groups'])),
    ...deputyFindings(items(tree['deputies']), people),
    ...sopFindings(tree['sops'], known.sopIds),
    ...('ladder' in tree && 'ladder' in office
      ? [{ path: ['ladder'], message: 'ladder sudah ditulis di dalam office; hapus salah satu.' }]
      : []),
  ];
}

function doubles(list: Item[], key: string, path: Path, message: (first: number) => string): Finding[] {
  const seen = new Map<string, number>();
  return list.flatMap(({ index, raw }) => {
    const value = word(raw[key]);
    if (value === null) return [];
    const first = seen.get(value);
    if (first === undefined) {
      seen.set(value, index);
      return [];
    }
    return [{ path: [...path, index, key], message: message(first) }];
  });
}

function seasonFindings(seasons: Item[]): Finding[] {
  const spans = seasons.flatMap(({ index, raw: { from, to } }) =>
    typeof from === 'string' && typeof to === 'string' ? [{ index, from, to }] : [],
  );
  return spans.flatMap(({ index, from, to }): Finding[] => {
    if (from > to)
      return [{ path: ['office', 'seasons', index, 'to'], message: `musim berakhir (${to}) sebelum mulai (${from}); tukar keduanya.` }];
    const other = spans.find((earlier) => earlier.index < index && earlier.from <= to && from <= earlier.to);
    if (other === undefined) return [];
    const message = `bertumpang tindih dengan musim ke-${other.index + 1} (${other.from} sampai ${other.to}); pisahkan tanggalnya.`;
    return [{ path: ['office', 'seasons', index, 'from'], message }];
  });
}

function supervisorFindings(supervisors: unknown, people: Item[]): Finding[] {
  const ids = people.flatMap(({ raw }) => (typeof raw['id'] === 'string' ? [raw['id']] : []));
  const unknown = (name: unknown, path: (string | number)[]): Finding[] => {
    if (typeof name !== 'string' || ids.includes(name)) return [];
    return [{ path, message: `atasan "${name}" tidak ada di people; tambahkan orangnya atau perbaiki id-nya.${didYouMean(name, ids)}` }];
  };
  if (!Array.isArray(supervisors)) return [];
  return supervisors.flatMap((level: unknown, i) =>
    Array.isArray(level) ? level.flatMap((name: unknown, j) => unknown(name, ['supervisors', i, j])) : unknown(level, ['supervisors', i]),
  );
}

function groupFindings(groups: Item[]): Finding[] {
  const seen = new Set<string>();
  return groups.flatMap(({ index, raw }) => {
    const key = JSON.stringify([raw['role'], word(raw['telegram']), word(raw['whatsapp'])]);
    if (seen.has(key)) return [{ path: ['groups', index], message: 'grup ini sudah ditulis untuk peran yang sama; hapus salah satu.' }];
    seen.add(key);
    return [];
  });
}

function sopFindings(sops: unknown, known: string[]): Finding[] {
  if (!Array.isArray(sops)) return [];
  return sops.flatMap((entry: unknown, i) =>
    typeof entry !== 'string' || isSopFile(entry) || known.includes(entry)
      ? []
      : [{ path: ['sops', i], message: unknownSop(entry, known) }],
  );
}
