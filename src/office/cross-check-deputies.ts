// What an office file says of deputies, held against its people: who is unknown, who stands in for himself, what nobody could tell apart.
import { didYouMean, type Finding } from '../sop/fault.ts';
import { collides } from './deputies.ts';
import type { Deputy } from './office.ts';

interface Item {
  index: number;
  raw: Record<string, unknown>;
}

function textOf(raw: unknown): string | null {
  return typeof raw === 'string' ? raw : null;
}

function textsOf(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((one) => typeof one === 'string') : [];
}

/** As far as it can be read: what is missing is told of by the shape. */
function deputyOf({ raw }: Item, people: Map<string, string[]>): Deputy | null {
  const [by, from, principal] = [textOf(raw['by']), textOf(raw['from']), textOf(raw['for'])];
  if (by === null || from === null) return null;
  const roles = textsOf(raw['roles']);
  const all = roles.length > 0 || principal === null ? roles : (people.get(principal) ?? []);
  return { kind: raw['kind'] === 'plt' ? 'plt' : 'plh', by, for: principal, roles: all, from, to: textOf(raw['to']) };
}

export function deputyFindings(deputies: Item[], people: Item[]): Finding[] {
  const known = new Map(people.flatMap(({ raw }) => (typeof raw['id'] === 'string' ? [[raw['id'], textsOf(raw['roles'])] as const] : [])));
  const read = deputies.map((item) => ({ item, deputy: deputyOf(item, known) }));
  return read.flatMap(({ item, deputy }) => {
    const at = (key: string, message: string): Finding => ({ path: ['deputies', item.index, key], message });
    const alone = [...personFindings(item, [...known.keys()], at), ...roleFindings(item, known, at)];
    if (deputy === null) return alone;
    if (deputy.to !== null && deputy.from > deputy.to)
      alone.push(at('to', `berakhir (${deputy.to}) sebelum mulai (${deputy.from}); tukar keduanya.`));
    const other = read.find((one) => one.item.index < item.index && one.deputy !== null && collides(one.deputy, deputy));
    if (other === undefined) return alone;
    const message = `bertumpang tindih dengan wakil ke-${other.item.index + 1} untuk peran yang sama; pisahkan tanggal atau perannya.`;
    return [...alone, at('from', message)];
  });
}

function personFindings({ raw }: Item, ids: string[], at: (key: string, message: string) => Finding): Finding[] {
  const unknown = ['by', 'for'].flatMap((key) => {
    const id = textOf(raw[key]);
    return id === null || ids.includes(id)
      ? []
      : [at(key, `"${id}" tidak ada di people; tambahkan orangnya atau perbaiki id-nya.${didYouMean(id, ids)}`)];
  });
  const self = textOf(raw['by']) !== null && raw['by'] === raw['for'];
  return self ? [...unknown, at('by', 'tidak dapat mewakili dirinya sendiri; tunjuk orang lain.')] : unknown;
}

function roleFindings({ index, raw }: Item, people: Map<string, string[]>, at: (key: string, message: string) => Finding): Finding[] {
  const principal = textOf(raw['for']);
  const roles = textsOf(raw['roles']);
  if (principal === null) {
    if (raw['kind'] === 'plh') return [at('kind', 'plh memerlukan for, yaitu pejabat yang diwakili; untuk jabatan kosong tulis plt.')];
    return raw['roles'] ? [] : [at('kind', 'tanpa for, roles wajib diisi; sebut peran yang dijalankan.')];
  }
  const held = people.get(principal);
  if (held === undefined) return [];
  if (held.length === 0) return [at('for', `"${principal}" tidak memegang peran apa pun; tidak ada yang dapat diwakili.`)];
  return roles.flatMap((role, i): Finding[] =>
    held.includes(role)
      ? []
      : [
          {
            path: ['deputies', index, 'roles', i],
            message: `peran "${role}" tidak dipegang ${principal}; pilih dari ${held.join(', ')}.${didYouMean(role, held)}`,
          },
        ],
  );
}
