// The database refuses by itself what the rules would never do, whoever asks.
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type PgStore } from '../../db/store.ts';
import { caseId, finish, handIn, NOW, office, openDraft, otherOffice, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

let database: FreshDatabase;
let store: PgStore;
/** As the application. */
let app: postgres.Sql;
/** As the owner, a superuser. */
let owner: postgres.Sql;
const other = otherOffice();

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(1) });
  app = postgres(database.url, { max: 1, onnotice: () => {}, connection: { role: 'alur_app', application_name: 'alur' } });
  owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await store.applyOffice(office, [sop], NOW);
  await store.applyOffice({ ...other, people: [...other.people, { id: 'wati', name: 'Wati', roles: ['tim_pelaksana'] }] }, [sop], NOW);
  await finish(store, 1);
  await handIn(store, 2);
  await handIn(store, 3, other);
  await finish(store, 4, other);
  await store.transaction(async (tx) => {
    for (const of of [office, other]) {
      await tx.send(of.id, [{ out: 'say', to: { person: 'nobody' }, notice: { notice: 'not-understood' } }], NOW);
      await tx.setOfficeTimer(of.id, 'daily', NOW);
      const chat = { id: caseId(of === office ? 901 : 902), at: NOW };
      await tx.setDeputy(of.id, {
        kind: 'plh',
        by: 'maya',
        for: 'kartika',
        roles: ['ketua_ppid_pembantu'],
        from: '2026-11-23',
        to: null,
        chat,
      });
      await tx.opened(of.id, { case: caseId(of === office ? 2 : 3), step: 'terima-berkas', round: 1 }, 'budi', NOW);
      await tx.refuse({ office: of.id, case: null, account: '1', person: null, refused: 'stranger', wanted: 'tap', at: NOW });
    }
    await tx.refuse({ office: null, case: null, account: '1', person: null, refused: 'stranger', wanted: 'tap', at: NOW });
  });
  const sample = { code: 'AAAA2222', office: office.id, person: 'andi', expires_at: new Date(NOW + 1e9) };
  await owner`insert into invitations ${owner(sample)}`;
});
afterAll(async () => {
  await store.close();
  await app.end();
  await owner.end();
  await database.close();
});

/** Runs it as the application within an office (`null`: none), and takes it back. */
async function trial<T>(as: string | null, work: (sql: postgres.TransactionSql) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const undo = new Error('undo');
  await app
    .begin(async (sql) => {
      if (as !== null) await sql`select set_config('alur.office', ${as}, true)`;
      result = { value: await work(sql) };
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  if (!result) throw new Error('no result');
  return result.value;
}

describe('the application', () => {
  test('runs as a role that is neither owner nor superuser and cannot step around row-level security', async () => {
    const [me] = await app`
      select current_user as name, rolsuper as super, rolbypassrls as bypass, rolcanlogin as login,
        exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) as owns
      from pg_roles r where rolname = current_user`;
    expect(me).toEqual({ name: 'alur_app', super: false, bypass: false, login: false, owns: false });
    const [lookup] =
      await app`select rolsuper as super, rolbypassrls as bypass, rolcanlogin as login from pg_roles where rolname = 'alur_lookup'`;
    expect(lookup).toEqual({ super: false, bypass: false, login: false });
  });
});

describe('between offices', () => {
  const tables = [
    'bindings',
    'case_views',
    'cases',
    'chain_heads',
    'decisions',
    'deputies',
    'events',
    'invitations',
    'media',
    'office_sops',
  ];
  const more = [
    'office_timers',
    'offices',
    'people',
    'publications',
    'refusals',
    'register_counters',
    'revisions',
    'timers',
    'unreachable_told',
  ];

  test('every table that names an office is held by forced row-level security, and the list above is all of them', async () => {
    const found = await owner<{ name: string; forced: boolean }[]>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'office'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname`;
    expect(found.map((table) => table.name)).toEqual([...tables, ...more]);
    expect(found.filter((table) => !table.forced)).toEqual([]);
  });

  test.each([...tables, ...more])(
    '%s: nothing of another office is seen, changed, deleted or written; without an office nothing at all',
    async (table) => {
      const t = owner(table);
      const [there] = await owner<{ mine: number; foreign: number }[]>`
      select count(*) filter (where office = ${office.id})::int as mine, count(*) filter (where office = ${other.id})::int as foreign from ${t}`;
      // A table without rows would prove nothing.
      expect(there?.mine).toBeGreaterThan(0);

      const seen = (as: string | null) => trial(as, (sql) => sql<{ office: string }[]>`select office from ${sql(table)}`);
      expect(new Set((await seen(office.id)).map((row) => row.office))).toEqual(new Set([office.id]));
      expect(await seen(null)).toEqual([]);
      expect(await seen('')).toEqual([]);

      const may = async (right: string) =>
        (await owner<{ yes: boolean }[]>`select has_table_privilege('alur_app', ${table}, ${right}) as yes`)[0]?.yes;
      if (await may('update')) {
        const moved = trial(office.id, (sql) => sql`update ${sql(table)} set office = ${other.id} where office = ${office.id}`);
        await expect(moved).rejects.toMatchObject({ code: '42501' });
        expect((await trial(office.id, (sql) => sql`update ${sql(table)} set office = ${other.id} where office = ${other.id}`)).count).toBe(
          0,
        );
        expect((await trial(null, (sql) => sql`update ${sql(table)} set office = office`)).count).toBe(0);
      }
      if (await may('delete')) {
        expect((await trial(office.id, (sql) => sql`delete from ${sql(table)} where office = ${other.id}`)).count).toBe(0);
        expect((await trial(null, (sql) => sql`delete from ${sql(table)}`)).count).toBe(0);
      }
      // A copy of a foreign row under the foreign name is refused by the policy before any key is looked at.
      const [row] = await owner<Record<string, unknown>[]>`select * from ${t} where office = ${office.id} limit 1`;
      const copy = { ...row, office: other.id };
      const written = trial(
        office.id,
        (sql) => sql`insert into ${sql(table)} select * from jsonb_populate_record(null::${sql(table)}, ${sql.json(copy as never)})`,
      );
      await expect(written).rejects.toMatchObject({ code: '42501' });
    },
  );
});

describe('what happened', () => {
  test.each(['events', 'decisions', 'revisions', 'publications'])(
    '%s: the application may not change it, and nobody can by accident',
    async (table) => {
      for (const right of ['update', 'delete', 'truncate']) {
        const [may] = await owner<{ yes: boolean }[]>`select has_table_privilege('alur_app', ${table}, ${right}) as yes`;
        expect(may?.yes).toBe(false);
      }
      await expect(trial(office.id, (sql) => sql`update ${sql(table)} set at = now()`)).rejects.toMatchObject({ code: '42501' });
      await expect(trial(office.id, (sql) => sql`delete from ${sql(table)}`)).rejects.toMatchObject({ code: '42501' });
      await expect(owner`update ${owner(table)} set at = now()`).rejects.toThrow('is never changed: UPDATE refused');
      await expect(owner`delete from ${owner(table)}`).rejects.toThrow('is never changed: DELETE refused');
      await expect(owner`truncate ${owner(table)} cascade`).rejects.toThrow('is never changed: TRUNCATE refused');
    },
  );
});

test('a deputy that was set stays as it was; only its end is added, once', async () => {
  const end = (sql: postgres.TransactionSql) => sql`update deputies set ended_at = now(), ended_by = 'kartika'`;
  expect((await trial(office.id, end)).count).toBe(1);
  const again = trial(office.id, async (sql) => {
    await end(sql);
    await end(sql);
  });
  await expect(again).rejects.toThrow('deputies is never changed: UPDATE refused');
  await expect(trial(office.id, (sql) => sql`update deputies set roles = '{admin_medsos}'`)).rejects.toMatchObject({ code: '42501' });
  await expect(owner`update deputies set roles = '{admin_medsos}'`).rejects.toThrow('is never changed: UPDATE refused');
  await expect(owner`delete from deputies`).rejects.toThrow('is never changed: DELETE refused');
  await expect(owner`truncate deputies`).rejects.toThrow('is never changed: TRUNCATE refused');
});

describe('a case', () => {
  const decision = (person: string, more: object = {}) => ({
    office: office.id,
    case: caseId(2),
    step: 'terima-berkas',
    round: 1,
    revision: 1,
    hash: 'h',
    role: 'tim_pertimbangan',
    person,
    verdict: 'accept',
    note: 'Sesuai',
    at: new Date(NOW),
    sole: false,
    ...more,
  });
  let revision = 0;
  beforeAll(async () => {
    const [row] = await owner<{ revision: number }[]>`select revision from revisions where "case" = ${caseId(2)}`;
    revision = row?.revision ?? -1;
  });
  const twice = (one: object, two: object) =>
    trial(office.id, async (sql) => {
      await sql`insert into decisions ${sql({ ...one, revision })}`;
      await sql`insert into decisions ${sql({ ...two, revision })}`;
    });

  test('is not decided twice in one round by one holder', async () => {
    await expect(twice(decision('budi'), decision('budi', { verdict: 'reject' }))).rejects.toMatchObject({
      code: '23505',
      constraint_name: expect.stringContaining('pk'),
    });
    await twice(decision('budi'), decision('kartika'));
  });

  test('is not decided by two where one is enough, and not rejected twice', async () => {
    await expect(twice(decision('budi', { sole: true }), decision('kartika', { sole: true }))).rejects.toMatchObject({
      constraint_name: 'decisions_one_for_any',
    });
    const reject = { verdict: 'reject' };
    await expect(twice(decision('budi', reject), decision('kartika', reject))).rejects.toMatchObject({
      constraint_name: 'decisions_one_rejection',
    });
  });

  test('the store says itself which decisions stand alone', async () => {
    const rows = await owner<
      { step: string; sole: boolean }[]
    >`select step, sole from decisions where "case" = ${caseId(1)} order by at, step`;
    expect(rows.map((row) => row.sole)).toEqual([true, true, true]);
  });

  test('a chat holds one draft', async () => {
    const home = { channel: 'telegram', id: 'one-draft' } as const;
    await openDraft(store, 20, home);
    await expect(openDraft(store, 21, home)).rejects.toMatchObject({ constraint_name: 'cases_one_draft_per_chat' });
  });

  test('is not published without a publication', async () => {
    const published = app.begin(async (sql) => {
      await sql`select set_config('alur.office', ${office.id}, true)`;
      await sql`update cases set status = 'published', step = null, round = null where id = ${caseId(2)}`;
    });
    await expect(published).rejects.toMatchObject({ code: '23514', constraint_name: 'cases_published_with_publication' });
  });

  test.each([
    ['an unknown status', `status = 'done'`, 'cases_status'],
    ['a draft with a number', `status = 'draft'`, 'cases_number_of_status'],
    ['a running case without a step', `step = null`, 'cases_at_step'],
    [
      'a running case without a number',
      `number = null, number_year = null, number_serial = null, handed_in_at = null`,
      'cases_number_of_status',
    ],
    ['half a number', `number_serial = null`, 'cases_number_whole'],
    ['a number without a hand-in', `handed_in_at = null`, 'cases_number_from_hand_in'],
  ])('is never %s', async (_, change, constraint) => {
    const wrong = trial(office.id, (sql) => sql.unsafe(`update cases set ${change} where id = '${caseId(2)}'`));
    await expect(wrong).rejects.toMatchObject({ constraint_name: constraint });
  });

  test('a register number is given once in an office', async () => {
    const [taken] = await owner<
      { number: string; number_serial: number }[]
    >`select number, number_serial from cases where id = ${caseId(1)}`;
    const again = (change: object) => trial(office.id, (sql) => sql`update cases set ${sql(change)} where id = ${caseId(2)}`);
    await expect(again({ number_serial: taken?.number_serial })).rejects.toMatchObject({ constraint_name: 'cases_serial_once' });
    await expect(again({ number: taken?.number })).rejects.toMatchObject({ constraint_name: 'cases_number_once' });
  });

  test('a rejection without a reason is none', async () => {
    const silent = trial(
      office.id,
      (sql) => sql`insert into decisions ${sql({ ...decision('budi', { verdict: 'reject', note: '' }), revision })}`,
    );
    await expect(silent).rejects.toMatchObject({ constraint_name: 'decisions_rejection_with_reason' });
  });

  test('rows of one office never hang on a case of another', async () => {
    const timer = { office: office.id, case: caseId(3), step: 's', round: 1, rung: 'overdue', at: new Date(NOW), due: new Date(NOW) };
    await expect(trial(office.id, (sql) => sql`insert into timers ${sql(timer)}`)).rejects.toMatchObject({ code: '23503' });
  });
});
