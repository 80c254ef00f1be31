// Offices with people and cases to measure on: made by the real rules, saved by the real store, so that every tap finds what it would find.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PgStore } from '../db/store.ts';
import type { Case, CaseEvent } from '../src/case/case.ts';
import type { Command } from '../src/case/command.ts';
import { timersOf, turn } from '../src/case/turn.ts';
import { type Action, encodeReference } from '../src/conversation/reference.ts';
import type { Chat, Office, Person } from '../src/office/office.ts';
import { readOffice } from '../src/office/read.ts';
import { readSop } from '../src/sop/read.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { Instant } from '../src/time.ts';

const SOP_TEXT = readFileSync(new URL('../sops/kalteng-disdagperin-upload-medsos.yaml', import.meta.url), 'utf8');
const BATCH = 25;

/** The whole way of media; with `elapsed`, the first decision runs by the wall clock for so long, such as `4h`. */
export function benchSop(elapsed?: string): Sop {
  const id = 'uji-kecepatan';
  const clock = elapsed === undefined ? '{ days: 1, from: handover }' : `{ elapsed: ${elapsed}, from: step }`;
  const text = SOP_TEXT.replace(/^id: .*$/m, `id: ${id}`).replace('{ days: 1, from: handover }', clock);
  const reading = readSop(text);
  if (!reading.ok) throw new Error(`the benchmark's SOP: ${JSON.stringify(reading.faults)}`);
  return reading.sop;
}

const account = (office: number, person: number): number => 20_000_000 + office * 10_000 + person;

/** One office of several: its makers `pembuat-…`, and one holder for each other role. Every account is invented. */
export function benchOffice(index: number, makers: number, sop: Sop): Office {
  const others = ['tim_pertimbangan', 'ketua_ppid_pembantu', 'atasan_ppid_pembantu', 'admin_medsos'];
  const person = (id: string, role: string, n: number) =>
    `  - { id: ${id}, name: Orang ${id}, roles: [${role}], telegram: ${account(index, n)} }`;
  const people = [
    ...others.map((role, n) => person(role.replaceAll('_', '-'), role, n)),
    ...Array.from({ length: makers }, (_, n) => person(`pembuat-${n}`, 'tim_pelaksana', 100 + n)),
  ];
  const text = [
    'office:',
    `  id: kantor-${index}`,
    `  name: Kantor uji ${index}`,
    '  timezone: Asia/Jakarta',
    '  hours: always',
    `  register: "{number:4}/UJI-${index}/{roman_month}/{year}"`,
    `sops: [${sop.id}]`,
    'supervisors: [atasan-ppid-pembantu]',
    'people:',
    ...people,
  ].join('\n');
  const reading = readOffice(text, { sopIds: [sop.id] });
  if (!reading.ok) throw new Error(`the benchmark's office: ${JSON.stringify(reading.faults)}`);
  return { ...reading.office, quiet: null };
}

export function holder(office: Office, role: string): Person & { telegram: string } {
  const found = office.people.find(({ roles }) => roles.includes(role));
  return bound(found);
}

export function makersOf(office: Office): (Person & { telegram: string })[] {
  return office.people.filter(({ roles }) => roles.includes('tim_pelaksana')).map(bound);
}

function bound(person: Person | undefined): Person & { telegram: string } {
  if (person?.telegram === undefined) throw new Error('nobody with an account');
  return { ...person, telegram: person.telegram };
}

export const chatOf = (person: { telegram: string }): Chat => ({ channel: 'telegram', id: person.telegram });

/** What is prepared: a case that waits for its first receiver, or a draft that only lacks SERAHKAN. */
export interface Wanted {
  office: Office;
  maker: Person & { telegram: string };
  /** When everything in it happened. */
  at: Instant;
  handedIn: boolean;
}

export interface MediaSource {
  account: string;
  /** Files that the platform knows. */
  fileIds: string[];
}

function commandsFor({ maker, at, handedIn }: Wanted, id: string, sop: Sop, media: MediaSource): Command[] {
  const by = maker.id;
  const files = [0, 1, 2, 3].flatMap((n): Command[] => {
    const file = {
      channel: 'telegram' as const,
      account: media.account,
      fileId: media.fileIds[n] ?? `berkas-${n}`,
      uniqueId: `${id}-${n}`,
    };
    const one = `${id}-${n}`;
    return [
      { type: 'add-media', by, media: { id: one, kind: 'photo', file, sentBy: by, at, state: 'pending' } },
      {
        type: 'keep-media',
        media: one,
        sha256: id.replaceAll('-', '').padEnd(63, '0') + n,
        bytes: 100_000 + n,
        mime: 'image/jpeg',
        kind: 'photo',
      },
    ];
  });
  // The office's own day, seven hours ahead of UTC.
  const eventDate = new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);
  return [
    { type: 'open', id, sop, home: chatOf(maker), by },
    { type: 'title', title: 'Pasar murah di halaman kantor', by },
    { type: 'date', eventDate, by },
    { type: 'caption', caption: { text: 'Pasar murah hari ini, beras dan minyak goreng', source: id }, by },
    {
      type: 'narrate',
      narrative: { text: 'Dinas menggelar pasar murah; 200 warga membeli beras dan minyak goreng. '.repeat(5), source: `${id}n` },
      by,
    },
    ...files,
    ...(handedIn ? [{ type: 'hand-in', seen: { round: 1 }, by } as const] : []),
  ];
}

/** Saved in batches, with nothing sent: what would have been said is long said. */
export async function prepare(store: PgStore, sop: Sop, wanted: Wanted[], media: MediaSource): Promise<Case[]> {
  const made: Case[] = [];
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    made.push(
      ...(await store.transaction(async (tx) => {
        const cases: Case[] = [];
        for (const want of batch) {
          const serial = want.handedIn ? await tx.takeSerial(want.office.id, new Date(want.at).getUTCFullYear()) : 0;
          const facts = { now: want.at, office: want.office, sop, serial };
          const events: CaseEvent[] = [];
          let current: Case | null = null;
          for (const command of commandsFor(want, randomUUID(), sop, media)) {
            const turned = turn(current, command, facts);
            if (!turned.ok || !turned.after) throw new Error(`${command.type}: ${JSON.stringify(turned)}`);
            current = turned.after;
            events.push(...turned.events);
          }
          if (!current) throw new Error('no case');
          await tx.saveCase(null, current, events, timersOf(current, facts));
          cases.push(current);
        }
        return cases;
      })),
    );
  }
  return made;
}

/** The data of a button of the case as it is now, in this chat. */
export function buttonOf(c: Case, action: Action, sop: Sop, chat: Chat, key: Uint8Array): string {
  if (!('step' in c.state)) throw new Error('the case has ended');
  const { step, round } = c.state;
  const at = sop.steps.findIndex(({ id }) => id === step);
  return encodeReference({ action, case: c.id, step: at, round, revision: c.revisions.length, item: 0 }, chat, key);
}
