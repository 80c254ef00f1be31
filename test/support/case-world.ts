// A small office with its SOP, and cases made by the real rules, for tests of what is remembered.
import { readFileSync } from 'node:fs';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import type { Outgoing } from '../../src/case/outgoing.ts';
import { timersOf, turn } from '../../src/case/turn.ts';
import type { Chat, Office } from '../../src/office/office.ts';
import { readOffice } from '../../src/office/read.ts';
import type { Store, Timer, Tx } from '../../src/ports/store.ts';
import { readSop } from '../../src/sop/read.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { Instant } from '../../src/time.ts';

function sopFile(): Sop {
  const reading = readSop(readFileSync(new URL('../../sops/kalteng-disdagperin-upload-medsos.yaml', import.meta.url), 'utf8'));
  if (!reading.ok) throw new Error(`sample SOP: ${JSON.stringify(reading.faults)}`);
  return reading.sop;
}

function officeFile(): Office {
  const text = readFileSync(new URL('../../offices/disdagperin-contoh.yaml', import.meta.url), 'utf8');
  const reading = readOffice(text, { sopIds: [sop.id] });
  if (!reading.ok) throw new Error(`sample office: ${JSON.stringify(reading.faults)}`);
  return reading.office;
}

export const sop: Sop = sopFile();
export const office: Office = officeFile();

/** Another office with the same people under other accounts. */
export function otherOffice(id = 'dinas-lain'): Office {
  return {
    ...office,
    id,
    name: 'Dinas Lain (contoh)',
    groups: [],
    people: office.people.map((person) => ({ ...person, telegram: `9${person.telegram ?? ''}` })),
  };
}

/** Friday, 20 November 2026, 09:00 in Jakarta. */
export const NOW: Instant = Date.UTC(2026, 10, 20, 2);

export function chatOf(person: string, of: Office = office): Chat {
  const account = of.people.find((one) => one.id === person)?.telegram;
  if (account === undefined) throw new Error(`${person} has no account`);
  return { channel: 'telegram', id: account };
}

/** A case that never existed before, in a chat of its own. */
export function caseId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export interface Turned {
  before: Case | null;
  after: Case;
  events: CaseEvent[];
  outgoing: Outgoing[];
  timers: Timer[];
}

export function turned(before: Case | null, command: Command, at: Instant, serial = 0, of: Office = office): Turned {
  const facts = { now: at, office: of, sop, serial };
  const result = turn(before, command, facts);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  if (!result.after) throw new Error('no case');
  return { before, after: result.after, events: result.events, outgoing: result.outgoing, timers: timersOf(result.after, facts) };
}

/** The commands that fill a draft completely; every file is in the vault. */
export function fillingOf(n: number, files = 4): Command[] {
  const by = 'sari';
  const commands: Command[] = [
    { type: 'title', title: `Pasar murah ${n}`, by },
    { type: 'date', eventDate: '2026-11-20', by },
    { type: 'caption', caption: { text: 'Pasar murah hari ini', source: `caption-${n}` }, by },
    {
      type: 'narrate',
      narrative: { text: 'Dinas mengadakan pasar murah di halaman kantor untuk menjaga harga bahan pokok.', source: `narasi-${n}` },
      by,
    },
  ];
  for (let i = 0; i < files; i += 1) {
    const id = `media-${n}-${i}`;
    const file = { channel: 'telegram', account: 'bot', fileId: `file-${id}`, uniqueId: `unique-${id}` } as const;
    commands.push(
      { type: 'add-media', media: { id, kind: 'photo', file, album: `album-${n}`, sentBy: by, at: NOW, state: 'pending' }, by },
      { type: 'keep-media', media: id, sha256: `${n}${i}`.padStart(64, 'a'), bytes: 1000 + i, mime: 'image/jpeg', kind: 'photo' },
    );
  }
  return commands;
}

/** One command's whole way through a transaction, as the bots do it. */
export async function act(tx: Tx, id: string | null, command: Command, at: Instant = NOW, of: Office = office): Promise<Turned> {
  const before = id === null ? null : await tx.lockCase(id);
  const serial = command.type === 'hand-in' && before && !before.number ? await tx.takeSerial(of.id, 2026) : 0;
  const result = turned(before, command, at, serial, of);
  await tx.saveCase(before, result.after, result.events, result.timers);
  return result;
}

export function opening(n: number, home: Chat = { channel: 'telegram', id: `home-${n}` }): Command {
  return { type: 'open', id: caseId(n), sop, home, by: 'sari' };
}

/** A draft in a chat of its own. */
export async function openDraft(store: Store, n: number, home?: Chat, of: Office = office): Promise<Case> {
  return (await store.transaction((tx) => act(tx, null, opening(n, home), NOW, of))).after;
}

export async function handIn(store: Store, n: number, of: Office = office, at: Instant = NOW): Promise<Case> {
  await openDraft(store, n, undefined, of);
  return store.transaction(async (tx) => {
    for (const command of fillingOf(n)) await act(tx, caseId(n), command, at, of);
    return (await act(tx, caseId(n), { type: 'hand-in', seen: { round: 1 }, by: 'sari' }, at, of)).after;
  });
}

/** From the hand-in to the last publication. */
export async function finish(store: Store, n: number, of: Office = office): Promise<Case> {
  const c = await handIn(store, n, of);
  return store.transaction(async (tx) => {
    const at = NOW + 60_000;
    let now = (await act(tx, c.id, { type: 'receive', seen: seenOf(c), note: null, by: 'budi' }, at, of)).after;
    now = (await act(tx, c.id, { type: 'accept', seen: seenOf(now), note: null, by: 'kartika' }, at, of)).after;
    now = (await act(tx, c.id, { type: 'accept', seen: seenOf(now), note: null, by: 'rahmat' }, at, of)).after;
    const link = 'https://example.org/konten';
    return (await act(tx, c.id, { type: 'announce', seen: seenOf(now), channel: 'media_sosial', link, proof: null, by: 'maya' }, at, of))
      .after;
  });
}

export function seenOf(c: Case): { step: string; round: number; revision: number } {
  if (!('step' in c.state)) throw new Error(`the case is ${c.state.status}`);
  return { step: c.state.step, round: c.state.round, revision: c.revisions.at(-1)?.revision ?? 0 };
}
