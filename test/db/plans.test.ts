// Every statement is prepared, so a plan is kept and serves offices of all sizes, whichever of them was served when it was made.
import { PgDialect } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { waitingChats } from '../../db/backlog.ts';
import { lastDead, listDead } from '../../db/inbox.ts';
import type { Run } from '../../db/line.ts';
import { openStore } from '../../db/store.ts';
import { handIn, NOW, office, otherOffice, sop } from '../support/case-world.ts';
import { freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const MANY = 20_000;

test('a case of a large office is found by its key, also by a plan that was made while a small office was served', async () => {
  const database = await freshDatabase();
  const store = await openStore({ url: database.url, chance: seeded(1) });
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  const app = postgres(database.url, { max: 1, onnotice: () => {}, connection: { role: 'alur_app' } });
  try {
    const small = otherOffice();
    await store.applyOffice(office, [sop], NOW);
    await store.applyOffice(small, [sop], NOW);
    const { id } = await handIn(store, 1);
    await owner`
      insert into cases (id, office, sop, sop_version, maker, status, step, round, due_at, number, number_year, number_serial, title, event_date,
        home_channel, home_chat, opened_at, handed_in_at, body, generation)
      select gen_random_uuid(), office, sop, sop_version, maker, status, step, round, due_at, number || '-' || n, number_year, number_serial + n, title, event_date,
        home_channel, home_chat, opened_at, handed_in_at, body, generation
      from cases, generate_series(1, ${MANY}::int) as n where id = ${id}::uuid`;
    await owner`analyze cases`;

    await app`set plan_cache_mode = force_generic_plan`;
    await app`select set_config('alur.office', ${small.id}, false)`;
    await app.unsafe('prepare by_id (uuid) as select body from cases where id = $1 for update');
    const plan = async (of: string): Promise<string> => {
      await app`select set_config('alur.office', ${of}, false)`;
      const rows = await app.unsafe<{ 'QUERY PLAN': string }[]>(`explain execute by_id ('${id}')`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    expect(await plan(small.id)).toContain('cases_pkey');
    expect(await plan(office.id)).toContain('cases_pkey');
  } finally {
    await Promise.all([app.end(), owner.end(), store.close()]);
    await database.close();
  }
});

test('chats that wait are found by their index, however much was sent before', async () => {
  const database = await freshDatabase();
  const app = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    await app`
      insert into outbox (channel, chat, kind, body, created_at, ended_at, ending)
      select 'telegram', (n % 500)::text, 'say', '{}', now(), case when n % 200 > 0 then now() end, case when n % 200 > 0 then 'sent' end
      from generate_series(1, ${MANY}::int) as n`;
    await app`analyze outbox`;
    const { sql: text, params } = new PgDialect().sqlToQuery(waitingChats(NOW, 500, ['telegram', 'whatsapp']));
    const rows = await app.unsafe<{ 'QUERY PLAN': string }[]>(`explain ${text}`, params as string[]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('outbox_waiting');
    expect(plan).not.toContain('Seq Scan on outbox');
  } finally {
    await app.end();
    await database.close();
  }
});

test('what was set aside is found by its index, however much was heard before', async () => {
  const database = await freshDatabase();
  const app = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    await app`
      insert into inbox (channel, account, external_id, lane, tap, body, received_at, ended_at, ending)
      select 'telegram', 'bot', n::text, 'lane', false, '{}', now(), now(), case when n % 5000 = 0 then 'dead' else 'done' end
      from generate_series(1, ${MANY}::int) as n`;
    await app`analyze inbox`;
    const plans: string[] = [];
    const explained: Run = async (query) => {
      const { sql: text, params } = new PgDialect().sqlToQuery(query);
      const rows = await app.unsafe<{ 'QUERY PLAN': string }[]>(`explain ${text}`, params as string[]);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return [];
    };
    await lastDead(explained);
    await listDead(explained);
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).toContain('inbox_dead');
      expect(plan).not.toContain('Seq Scan on inbox');
    }
  } finally {
    await app.end();
    await database.close();
  }
});
