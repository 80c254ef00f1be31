// Making an office what its file says: people, roles, accounts, SOPs, and one invitation for everybody who is not bound yet.
import { sql } from 'drizzle-orm';
import type { Office, Person, PersonId } from '../src/office/office.ts';
import type { Chance } from '../src/ports/ambient.ts';
import type { Sop } from '../src/sop/sop.ts';
import { HOUR_MS, type Instant } from '../src/time.ts';
import { enter, type Session, within } from './session.ts';
import { lockOffice, unsettledBy } from './unsettled.ts';
import { instantParam, json } from './values.ts';

export interface Invitation {
  person: PersonId;
  /** Several roles are separated by commas. */
  role: string;
  code: string;
}

export interface Applied {
  invitations: Invitation[];
  /** People who are no longer in the file. */
  gone: PersonId[];
}

const VALID_MS = 7 * 24 * HOUR_MS;
/** 32 letters that nobody confuses on paper. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** Any number, and the office. */
const APPLYING = 4_127_003;

export async function applyOffice(session: Session, office: Office, sops: Sop[], at: Instant): Promise<Applied> {
  // One after the other: of an office that is new there is no row yet that could be held, and its second comer would take them in another order.
  await session.run(sql`select pg_advisory_xact_lock(${APPLYING}, hashtext(${office.id}))`);
  // Whoever has written holds the row of his account when he asks for the office's.
  await within(session, office.id, sql`select from bindings where office = ${office.id} order by channel, account for no key update`);
  const before = await lockOffice(session, office.id);
  const unsettled = unsettledBy(before, randomCode(session.shared.chance));
  await enter(session, office.id);
  await session.run(sql`
    insert into offices (office, file, version, applied_at, active, unsettled)
    values (${office.id}, ${json(office)}, 1, ${instantParam(at)}, true, ${unsettled.ofNew})
    on conflict (office) do update set file = excluded.file, version = offices.version + 1, applied_at = excluded.applied_at, active = true,
      unsettled = ${unsettled.ofChanged}`);
  await session.run(sql`insert into chain_heads (office, seq, hash) values (${office.id}, 0, ${'0'.repeat(64)}) on conflict do nothing`);
  await saveSops(session, office, sops, at);
  const gone = await savePeople(session, office, at);
  await saveBindings(session, office);
  return { invitations: await invite(session, office, at), gone };
}

async function saveSops(session: Session, office: Office, sops: Sop[], at: Instant): Promise<void> {
  const used = office.sops.flatMap((id, position) =>
    sops.filter((sop) => sop.id === id).map((sop) => ({ position, id, version: sop.version, body: sop })),
  );
  const missing = office.sops.filter((id) => !used.some((one) => one.id === id));
  if (missing.length > 0) throw new Error(`office ${office.id} is applied without its SOPs ${missing.join(', ')}`);
  await session.run(sql`
    insert into sops (id, version, body, added_at)
    select distinct on (id, version) id, version, body, ${instantParam(at)} from jsonb_to_recordset(${json(used)}) as s(id text, version text, body jsonb)
    on conflict (id, version) do nothing`);
  await session.run(sql`delete from office_sops where office = ${office.id}`);
  await session.run(sql`
    insert into office_sops (office, position, sop, version)
    select ${office.id}, position, id, version from jsonb_to_recordset(${json(used)}) as s(position int, id text, version text)`);
}

/** Who is gone loses role, accounts and invitations at this moment; his name stays with what he did. */
async function savePeople(session: Session, office: Office, at: Instant): Promise<PersonId[]> {
  const listed = sql`select person, name, array(select jsonb_array_elements_text(roles)) as roles
    from jsonb_to_recordset(${json(office.people.map(({ id, name, roles }) => ({ person: id, name, roles })))}) as p(person text, name text, roles jsonb)`;
  const gone = await session.run<{ person: string }>(sql`
    update people p set roles = array[]::text[], gone_at = ${instantParam(at)}
    where p.office = ${office.id} and p.gone_at is null and not exists (select from (${listed}) l where l.person = p.person)
    returning person`);
  await session.run(sql`
    insert into people (office, person, name, roles) select ${office.id}, person, name, roles from (${listed}) l
    on conflict (office, person) do update set name = excluded.name, roles = excluded.roles, gone_at = null`);
  const isGone = sql`office = ${office.id} and person in (select g.person from people g where g.office = ${office.id} and g.gone_at is not null)`;
  await session.run(sql`delete from bindings where ${isGone}`);
  await session.run(sql`delete from invitations where used_at is null and ${isGone}`);
  const ofGone = sql`select g.person from people g where g.office = ${office.id} and g.gone_at is not null`;
  await session.run(sql`
    update deputies set ended_at = ${instantParam(at)}, ended_by = 'system'
    where office = ${office.id} and ended_at is null and (deputy in (${ofGone}) or principal in (${ofGone}))`);
  return gone.map((row) => row.person);
}

/** On Telegram a person's private chat has his account's id; on WhatsApp the chat is known once he has written. */
function fileBindings(person: Person): { channel: string; account: string; person: string; chat: string | null }[] {
  const bound = [];
  if (person.telegram !== undefined)
    bound.push({ channel: 'telegram', account: person.telegram, person: person.id, chat: person.telegram });
  if (person.whatsapp !== undefined) bound.push({ channel: 'whatsapp', account: person.whatsapp, person: person.id, chat: null });
  return bound;
}

async function saveBindings(session: Session, office: Office): Promise<void> {
  const wanted = json(office.people.flatMap(fileBindings));
  const listed = sql`jsonb_to_recordset(${wanted}) as w(channel text, account text, person text, chat text)`;
  await session.run(sql`
    delete from bindings b where b.office = ${office.id} and b.by = 'file'
    and not exists (select from ${listed} where w.channel = b.channel and w.account = b.account and w.person = b.person)`);
  // What was learned of an account stays as long as it is the same person's.
  await session.run(sql`
    insert into bindings (office, channel, account, person, chat, reachable, by)
    select ${office.id}, channel, account, person, chat, true, 'file' from ${listed}
    on conflict (office, channel, account) do update set person = excluded.person, by = 'file',
      chat = case when bindings.person = excluded.person then coalesce(bindings.chat, excluded.chat) else excluded.chat end,
      last_used = case when bindings.person = excluded.person then bindings.last_used end`);
}

/** People of the office who have no account on any channel yet. */
export async function unboundPeople(session: Session, office: string): Promise<PersonId[]> {
  await enter(session, office);
  const rows = await session.run<{ person: string }>(sql`
    select p.person from people p where p.office = ${office} and p.gone_at is null
    and not exists (select from bindings b where b.office = p.office and b.person = p.person) order by p.person`);
  return rows.map((row) => row.person);
}

async function invite(session: Session, office: Office, at: Instant): Promise<Invitation[]> {
  await session.run(sql`delete from invitations where office = ${office.id} and used_at is null and expires_at <= ${instantParam(at)}`);
  const rows = await session.run<{ person: string; code: string | null }>(sql`
    select p.person, i.code from people p left join invitations i on i.office = p.office and i.person = p.person and i.used_at is null
    where p.office = ${office.id} and p.gone_at is null
    and not exists (select from bindings b where b.office = p.office and b.person = p.person)`);
  const unbound = new Map(rows.map((row) => [row.person, row.code]));
  const invitations: Invitation[] = [];
  for (const person of office.people) {
    const open = unbound.get(person.id);
    if (open === undefined) continue;
    const code = open ?? (await newCode(session, office.id, person.id, at));
    invitations.push({ person: person.id, role: person.roles.join(','), code });
  }
  return invitations;
}

async function newCode(session: Session, office: string, person: PersonId, at: Instant): Promise<string> {
  for (;;) {
    const code = randomCode(session.shared.chance);
    const [made] = await session.run<{ code: string }>(sql`
      insert into invitations (code, office, person, expires_at) values (${code}, ${office}, ${person}, ${instantParam(at + VALID_MS)})
      on conflict (code) do nothing returning code`);
    if (made) return made.code;
  }
}

function randomCode(chance: Chance): string {
  return [...chance.bytes(CODE_LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}
