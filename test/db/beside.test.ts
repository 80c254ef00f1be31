// What the command line and the start need beside the port: offices applied, invitations, the register, the audit trail, settings, figures.
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type PgStore } from '../../db/store.ts';
import type { Chat, Office } from '../../src/office/office.ts';
import {
  act,
  caseId,
  fillingOf,
  finish,
  handIn,
  NOW,
  office,
  openDraft,
  opening,
  otherOffice,
  seenOf,
  sop,
} from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const DAY = 86_400_000;
let database: FreshDatabase;
let store: PgStore;
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(7), max: 8 });
});
afterEach(async () => {
  await store.close();
  for (const close of closers.splice(0)) await close();
  await database.close();
});

function owner(): postgres.Sql {
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  closers.push(() => sql.end());
  return sql;
}

function without(person: string): Office {
  return { ...office, people: office.people.filter((one) => one.id !== person), supervisors: office.supervisors };
}

/** The same people; these have no account of their own in the file. */
function unbound(...persons: string[]): Office {
  return {
    ...office,
    people: office.people.map((person) => {
      if (!persons.includes(person.id)) return person;
      const { telegram: _, ...rest } = person;
      return rest;
    }),
  };
}

const roleOf = (person: string) => office.people.find((one) => one.id === person)?.roles.join(',');
const members = (account: string) => store.transaction((tx) => tx.memberships('telegram', account));
const redeem = (code: string, account: string, at = NOW) =>
  store.transaction((tx) => tx.redeem(code, 'telegram', account, { channel: 'telegram', id: account }, at));

describe('an office is made what its file says', () => {
  test('everybody who is not bound gets one invitation, and the same again while it stands', async () => {
    const first = await store.applyOffice(unbound('sari', 'budi'), [sop], NOW);
    expect(first.gone).toEqual([]);
    expect(first.invitations.map(({ person, role }) => ({ person, role }))).toEqual([
      { person: 'sari', role: roleOf('sari') },
      { person: 'budi', role: roleOf('budi') },
    ]);
    for (const { code } of first.invitations) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect((await store.applyOffice(unbound('sari', 'budi'), [sop], NOW + DAY)).invitations).toEqual(first.invitations);
    const later = await store.applyOffice(unbound('sari', 'budi'), [sop], NOW + 8 * DAY);
    expect(later.invitations).toHaveLength(2);
    expect(later.invitations.map((one) => one.code)).not.toEqual(first.invitations.map((one) => one.code));
  });

  test('an account that was bound by invitation stays bound, and needs no other', async () => {
    const { invitations } = await store.applyOffice(unbound('sari'), [sop], NOW);
    expect(await redeem(` ${invitations[0]?.code.toLowerCase()} `, '555')).toMatchObject({ redeemed: 'yes', person: 'sari' });
    expect((await store.applyOffice(unbound('sari'), [sop], NOW + DAY)).invitations).toEqual([]);
    expect((await members('555')).map((one) => one.person.id)).toEqual(['sari']);
  });

  test('who is gone from the file loses role and accounts at that moment; what he did stays', async () => {
    await store.applyOffice(office, [sop], NOW);
    await finish(store, 1);
    expect((await store.applyOffice(without('budi'), [sop], NOW)).gone).toEqual(['budi']);
    expect(await members('1002')).toEqual([]);
    expect((await store.readCase(caseId(1)))?.case.decisions.map((one) => one.person)).toContain('budi');
    expect((await store.applyOffice(without('budi'), [sop], NOW)).gone).toEqual([]);
    await store.applyOffice(office, [sop], NOW);
    expect(await members('1002')).toHaveLength(1);
  });

  test('another process sees the new office at once', async () => {
    await store.applyOffice(office, [sop], NOW);
    const second = await openStore({ url: database.url, chance: seeded(8), max: 2 });
    closers.push(() => second.close());
    expect((await second.transaction((tx) => tx.memberships('telegram', '1002')))[0]?.person.roles).toEqual(['tim_pertimbangan']);
    await store.applyOffice(
      { ...office, people: office.people.map((one) => (one.id === 'budi' ? { ...one, roles: ['admin_medsos'] } : one)) },
      [sop],
      NOW,
    );
    expect((await second.transaction((tx) => tx.memberships('telegram', '1002')))[0]?.person.roles).toEqual(['admin_medsos']);
  });

  test('an account that the file gives to somebody else is his', async () => {
    await store.applyOffice(office, [sop], NOW);
    const people = office.people.map((one) =>
      one.id === 'andi' ? { ...one, telegram: '1002' } : one.id === 'budi' ? { ...one, telegram: '1006' } : one,
    );
    await store.applyOffice({ ...office, people }, [sop], NOW);
    expect((await members('1002')).map((one) => one.person.id)).toEqual(['andi']);
  });

  test('a person of two offices is known in both', async () => {
    const second: Office = { ...otherOffice(), people: office.people };
    await store.applyOffice(office, [sop], NOW);
    await store.applyOffice(second, [sop], NOW);
    expect((await members('1001')).map((one) => one.office.id)).toEqual([second.id, office.id].sort());
    expect((await store.offices()).map((one) => one.id)).toEqual([second.id, office.id].sort());
  });

  test('without one of its SOPs it is not applied', async () => {
    await expect(store.applyOffice(office, [], NOW)).rejects.toThrow('without its SOPs');
    expect(await store.offices()).toEqual([]);
  });
});

describe('invitations', () => {
  test('an account that guesses five times is not heard for an hour, not even with the right code', async () => {
    const { invitations } = await store.applyOffice(unbound('sari'), [sop], NOW);
    const code = invitations[0]?.code ?? '';
    for (let i = 0; i < 5; i += 1) expect(await redeem(`SALAH${i}`, '666')).toEqual({ redeemed: 'no', locked: false });
    expect(await redeem(code, '666')).toEqual({ redeemed: 'no', locked: true });
    expect(await redeem(code, '667', NOW + 1)).toMatchObject({ redeemed: 'yes' });
  });

  test('the lock opens after an hour', async () => {
    const { invitations } = await store.applyOffice(unbound('sari'), [sop], NOW);
    for (let i = 0; i < 5; i += 1) await redeem('SALAH222', '666');
    expect(await redeem(invitations[0]?.code ?? '', '666', NOW + 3_600_001)).toMatchObject({ redeemed: 'yes' });
  });

  test('a hundred wrong codes of many accounts lock everybody out', async () => {
    const { invitations } = await store.applyOffice(unbound('sari'), [sop], NOW);
    for (let i = 0; i < 100; i += 1) await redeem('SALAH222', `guesser-${i}`);
    expect(await redeem(invitations[0]?.code ?? '', '777')).toEqual({ redeemed: 'no', locked: true });
  });

  test('parallel guesses are all counted, and of many who come with one code the first is bound', async () => {
    const { invitations } = await store.applyOffice(unbound('sari'), [sop], NOW);
    const code = invitations[0]?.code ?? '';
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => redeem(code, `racer-${i}`)));
    expect(all.filter((one) => one.redeemed === 'yes')).toHaveLength(1);
    const guesses = await Promise.all(Array.from({ length: 20 }, () => redeem('SALAH222', '888')));
    expect(guesses.filter((one) => one.redeemed === 'no' && !one.locked)).toHaveLength(5);
  });

  test('are worth nothing after seven days, nor after the person is gone', async () => {
    const { invitations } = await store.applyOffice(unbound('sari', 'andi'), [sop], NOW);
    expect(await redeem(invitations.find((one) => one.person === 'sari')?.code ?? '', '1', NOW + 7 * DAY)).toMatchObject({
      redeemed: 'no',
    });
    await store.applyOffice(without('andi'), [sop], NOW);
    expect(await redeem(invitations.find((one) => one.person === 'andi')?.code ?? '', '2')).toMatchObject({ redeemed: 'no' });
  });
});

describe('the register', () => {
  test('comes in the order of its numbers, month by month in the office’s own time, without drafts', async () => {
    await store.applyOffice(office, [sop], NOW);
    // 30 November 17:30 UTC is 1 December in Jakarta.
    const december = Date.UTC(2026, 10, 30, 17, 30);
    for (const n of [3, 1, 2]) await handIn(store, n);
    await handIn(store, 4, office, december);
    await openDraft(store, 5);
    const read = async (filter?: { month?: string }) => {
      const serials = [];
      for await (const c of store.casesForExport(office.id, filter)) serials.push(c.number?.serial);
      return serials;
    };
    expect(await read()).toEqual([1, 2, 3, 4]);
    expect(await read({ month: '2026-11' })).toEqual([1, 2, 3]);
    expect(await read({ month: '2026-12' })).toEqual([4]);
    expect(await read({ month: '2027-01' })).toEqual([]);
  });

  test('a number is looked for in one office or in all', async () => {
    const second = otherOffice();
    await store.applyOffice(office, [sop], NOW);
    await store.applyOffice(second, [sop], NOW);
    const c = await handIn(store, 1);
    await handIn(store, 2, second);
    expect(await store.caseByNumber(c.number?.text ?? '', office.id)).toEqual([{ office: office.id, case: c.id }]);
    expect(await store.caseByNumber('1')).toHaveLength(2);
    expect(await store.caseByNumber('99')).toEqual([]);
  });

  test('twenty hand-ins at once, some of them failing: the numbers have no gap and no double', async () => {
    await store.applyOffice(office, [sop], NOW);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        store
          .transaction(async (tx) => {
            await act(tx, null, opening(n + 1));
            for (const one of fillingOf(n + 1)) await act(tx, caseId(n + 1), one);
            await act(tx, caseId(n + 1), { type: 'hand-in', seen: { round: 1 }, by: 'sari' });
            if (n % 4 === 0) throw new Error('crash before the commit');
          })
          .catch((error: Error) => expect(error.message).toBe('crash before the commit')),
      ),
    );
    const serials = [];
    for await (const c of store.casesForExport(office.id)) serials.push(c.number?.serial);
    expect(serials).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(await store.verifyAudit()).toMatchObject({ ok: true });
  });
});

describe('the audit trail', () => {
  const tampered = async (change: (sql: postgres.TransactionSql) => Promise<unknown>) => {
    const sql = owner();
    // As somebody with all rights would do it: the triggers aside.
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await change(tx);
    });
    return store.verifyAudit();
  };
  beforeEach(async () => {
    await store.applyOffice(office, [sop], NOW);
    await store.applyOffice(otherOffice(), [sop], NOW);
    await finish(store, 1);
    await handIn(store, 2, otherOffice());
  });

  test('holds when nobody touched it, office by office', async () => {
    const events = await store.eventsOf(caseId(1));
    const foreign = await store.eventsOf(caseId(2));
    expect(events.map((event) => event.type)).toContain('closed');
    expect(events[0]).toMatchObject({ seq: 1, type: 'opened', by: 'sari', at: NOW });
    expect(foreign[0]).toMatchObject({ seq: 1, office: 'dinas-lain' });
    expect(await store.verifyAudit()).toEqual({ ok: true, entries: events.length + foreign.length });
    expect(await store.eventsOf('nothing')).toEqual([]);
  });

  test.each<[string, (sql: postgres.TransactionSql) => Promise<unknown>, object]>([
    [
      'a changed body',
      (sql) => sql`update events set body = body || '{"title":"lain"}' where office = ${office.id} and type = 'titled'`,
      { why: 'content', seq: 2 },
    ],
    ['a changed author', (sql) => sql`update events set by = 'budi' where office = ${office.id} and seq = 3`, { why: 'content', seq: 3 }],
    [
      'a moved time',
      (sql) => sql`update events set at = at + interval '1 ms' where office = ${office.id} and seq = 4`,
      { why: 'content', seq: 4 },
    ],
    ['an entry taken out', (sql) => sql`delete from events where office = ${office.id} and seq = 5`, { why: 'gap', seq: 5 }],
    ['a tail cut off', (sql) => sql`delete from events where office = ${office.id} and seq > 10`, { why: 'tail', seq: 11 }],
  ])('shows %s', async (_, change, found) => {
    expect(await tampered(change)).toMatchObject({ ok: false, office: office.id, ...found });
  });

  test('hostile text is hashed as it is stored', async () => {
    await openDraft(store, 9);
    await store.transaction((tx) => act(tx, caseId(9), { type: 'title', title: 'Pasar \ud83d\ude00 "murah" \\u0000 \u202e', by: 'sari' }));
    expect(await store.verifyAudit()).toMatchObject({ ok: true });
  });
});

test('a case that was changed by somebody else is not saved over', async () => {
  await store.applyOffice(office, [sop], NOW);
  await openDraft(store, 1);
  const sql = owner();
  const stale = store.transaction(async (tx) => {
    const c = await tx.lockCase(caseId(1));
    if (!c) throw new Error('no case');
    await tx.saveCase(c, c, [], []);
    await tx.saveCase(c, c, [], []);
    return c;
  });
  await stale;
  const [row] = await sql<{ generation: number }[]>`select generation from cases where id = ${caseId(1)}`;
  expect(row?.generation).toBe(3);
  const unlocked = store.transaction(async (tx) => {
    const read = await store.readCase(caseId(1));
    if (read) await tx.saveCase(read.case, read.case, [], []);
  });
  await expect(unlocked).rejects.toThrow('without having been locked');
});

test('the key of the buttons is made once, whoever asks first', async () => {
  const second = await openStore({ url: database.url, chance: seeded(9), max: 2 });
  closers.push(() => second.close());
  const keys = await Promise.all([store.buttonKey(), second.buttonKey(), store.buttonKey()]);
  expect(keys[0]).toHaveLength(32);
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
});

test('the clock’s offset is remembered', async () => {
  expect(await store.clockOffset()).toBe(0);
  await store.setClockOffset(-86_400_000.4);
  expect(await store.clockOffset()).toBe(-86_400_000);
});

test('the figures say what waits and since when', async () => {
  expect(await store.stats(NOW)).toEqual({
    inbox: { waiting: 0, oldest: null },
    timers: { waiting: 0, oldest: null },
    outbox: { waiting: 0, oldest: null },
    media: { waiting: 0, oldest: null },
  });
  await store.applyOffice(office, [sop], NOW);
  const c = await handIn(store, 1);
  const chat: Chat = { channel: 'telegram', id: '5' };
  await store.receive([{ channel: 'telegram', account: 'bot', externalId: '1', lane: 'l', body: {}, tap: false }], NOW + 5);
  await store.transaction((tx) => tx.send(null, [{ out: 'say', to: { chat }, notice: { notice: 'stranger' } }], NOW + 6));
  const due = 'dueAt' in c.state ? (c.state.dueAt ?? 0) : 0;
  const stats = await store.stats(due);
  expect(stats).toMatchObject({ inbox: { waiting: 1, oldest: NOW + 5 }, outbox: { waiting: 1, oldest: NOW + 6 }, media: { waiting: 0 } });
  expect(stats.timers.waiting).toBeGreaterThan(0);
  expect(stats.timers.oldest).toBeLessThanOrEqual(due);
});

test('a group that moved is followed by its office, its cases and its conversations', async () => {
  const from: Chat = { channel: 'telegram', id: '-1' };
  const to: Chat = { channel: 'telegram', id: '-100' };
  await store.applyOffice({ ...office, groups: [{ role: 'tim_pertimbangan', chat: from }] }, [sop], NOW);
  await openDraft(store, 1, from);
  await store.transaction(async (tx) => {
    await tx.saveConversation(from, '1001', { focus: caseId(1), asking: null });
    await tx.moveChat(from, to);
  });
  await store.transaction(async (tx) => {
    expect((await tx.office(office.id))?.groups).toEqual([{ role: 'tim_pertimbangan', chat: to }]);
    expect((await tx.lockCase(caseId(1)))?.home).toEqual(to);
    expect(await tx.conversation(to, '1001')).toMatchObject({ focus: caseId(1) });
  });
});

test('thirty taps at once on one step: one decides, the others find it decided', async () => {
  await store.applyOffice(office, [sop], NOW);
  const c = await handIn(store, 1);
  const seen = seenOf(c);
  const ends = await Promise.allSettled(
    Array.from({ length: 30 }, () => store.transaction((tx) => act(tx, c.id, { type: 'receive', seen, note: null, by: 'budi' }))),
  );
  const rows = await owner()<{ n: number }[]>`select count(*)::int as n from decisions where "case" = ${c.id}`;
  expect(rows[0]?.n).toBe(1);
  expect(ends.filter((end) => end.status === 'rejected').every((end) => String(end.reason).includes('refused'))).toBe(true);
  expect(await store.verifyAudit()).toMatchObject({ ok: true });
});
