// A case that was handed in by the rules and saved, for commands to find.

import type { PgStore } from '../../db/store.ts';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { timersOf, turn } from '../../src/case/turn.ts';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';

/** Hands in a case of the office's first maker at `now`; its files have invented hashes. */
export async function handIn(store: PgStore, office: Office, sop: Sop, now: number, id: string): Promise<Case> {
  const by = 'sari';
  const home = { channel: 'telegram' as const, id: '1001' };
  const hash = (n: number) => `${id.slice(-2)}${n}`.padStart(64, '0');
  const files = [1, 2, 3, 4].flatMap((n): Command[] => {
    const media = `${id.slice(0, 24)}${String(n).padStart(4, '0')}${id.slice(-8)}`;
    const file = { channel: 'telegram' as const, account: '7', fileId: `f${n}`, uniqueId: `u${n}` };
    return [
      { type: 'add-media', by, media: { id: media, kind: 'photo', file, sentBy: by, at: now, state: 'pending' } },
      { type: 'keep-media', media, sha256: hash(n), bytes: 1000 + n, mime: 'image/jpeg', kind: 'photo' },
    ];
  });
  const commands: Command[] = [
    { type: 'open', id, sop, home, by },
    { type: 'title', title: '=Pasar murah', by },
    { type: 'date', eventDate: new Date(now + 8 * 3_600_000).toISOString().slice(0, 10), by },
    { type: 'caption', caption: { text: 'Pasar murah di halaman kantor' }, by },
    { type: 'narrate', narrative: { text: 'Dinas membuka pasar murah bagi warga sekitar selama dua hari.' }, by },
    ...files,
    { type: 'hand-in', seen: { round: 1 }, by },
  ];
  return store.transaction(async (tx) => {
    const facts = { now, office, sop, serial: await tx.takeSerial(office.id, new Date(now).getUTCFullYear()) };
    const events: CaseEvent[] = [];
    let current: Case | null = null;
    for (const command of commands) {
      const turned = turn(current, command, facts);
      if (!turned.ok) throw new Error(`${command.type}: ${JSON.stringify(turned.refusal)}`);
      current = turned.after;
      events.push(...turned.events);
    }
    if (!current) throw new Error('no case');
    await tx.saveCase(null, current, events, timersOf(current, facts));
    return current;
  });
}
