// What the events of a case leave behind beside it: revisions, decisions, publications, files, and where texts and albums came from.
import { sql } from 'drizzle-orm';
import { type Case, type CaseEvent, messagesOf, type Text } from '../src/case/case.ts';
import type { Chat } from '../src/office/office.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { Run } from './line.ts';
import type { Session } from './session.ts';
import { instantParam, json } from './values.ts';

type Of<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>;

/** Starts the statements, after the case's own row; they travel together. */
export function derivedRows(session: Session, c: Case, events: CaseEvent[], sop: Sop | null): Promise<unknown>[] {
  const { run } = session;
  const chat = session.chat ?? c.home;
  return events.flatMap((event) => {
    switch (event.type) {
      case 'handed-in':
      case 'repaired':
        return [revisionRow(run, c, event)];
      case 'decided':
        return [decisionRow(run, c, event, isSole(sop, event.step))];
      case 'announced':
        return [publicationRow(run, c, event)];
      case 'media-added':
        return mediaRows(run, c, chat, event);
      case 'media-kept':
        return [
          run(
            sql`update media set state = 'kept', kind = ${event.kind}, sha256 = ${event.sha256}, bytes = ${event.bytes}::bigint, mime = ${event.mime} where id = ${event.media}`,
          ),
        ];
      case 'media-doubled':
        return [mediaEnds(run, event.media, 'doubled')];
      case 'media-refused':
        return [mediaEnds(run, event.media, 'refused')];
      case 'media-dropped':
        return [mediaEnds(run, event.media, 'dropped')];
      case 'captioned':
        return sourceRows(run, c, chat, event.caption);
      case 'narrated':
        return sourceRows(run, c, chat, event.narrative);
      default:
        return [];
    }
  });
}

/** One holder decides for all. */
function isSole(sop: Sop | null, stepId: string): boolean {
  const step = sop?.steps.find((one) => one.id === stepId);
  return step?.kind === 'receive' || (step?.kind === 'decide' && step.needs === 'any');
}

function revisionRow(run: Run, c: Case, { revision }: Of<'handed-in' | 'repaired'>): Promise<unknown> {
  return run(sql`
    insert into revisions (office, "case", revision, hash, by, at, body)
    values (${c.office}, ${c.id}::uuid, ${revision.revision}::int, ${revision.hash}, ${revision.by}, ${instantParam(revision.at)}, ${json(revision)})`);
}

function decisionRow(run: Run, c: Case, d: Of<'decided'>, sole: boolean): Promise<unknown> {
  return run(sql`
    insert into decisions (office, "case", step, round, revision, hash, role, person, on_behalf_of, verdict, note, at, sole)
    values (${c.office}, ${c.id}::uuid, ${d.step}, ${d.round}::int, ${d.revision}::int, ${d.hash}, ${d.role}, ${d.by}, ${d.onBehalfOf}, ${d.verdict}, ${d.note},
      ${instantParam(d.at)}, ${sole})`);
}

function publicationRow(run: Run, c: Case, { step, publication: p, by, at }: Of<'announced'>): Promise<unknown> {
  return run(sql`
    insert into publications (office, "case", step, channel, link, proof_sha256, proof_bytes, waived, person, at)
    values (${c.office}, ${c.id}::uuid, ${step}, ${p.channel}, ${p.link}, ${p.proof?.sha256 ?? null}, ${p.proof?.bytes ?? null}::bigint, ${p.waived ?? null}, ${by}, ${instantParam(at)})`);
}

function mediaRows(run: Run, c: Case, chat: Chat, { media: m }: Of<'media-added'>): Promise<unknown>[] {
  const kept = m.state === 'kept' ? m : null;
  const row = run(sql`
    insert into media (id, office, "case", kind, state, sha256, bytes, mime, file, name, at)
    values (${m.id}, ${c.office}, ${c.id}::uuid, ${m.kind}, ${m.state}, ${kept?.sha256 ?? null}, ${kept?.bytes ?? null}::bigint, ${kept?.mime ?? null},
      ${json(m.file)}, ${m.name ?? null}, ${instantParam(m.at)})`);
  if (m.album === undefined) return [row];
  return [
    row,
    run(sql`
      insert into albums (channel, chat, album, "case") values (${chat.channel}, ${chat.id}, ${m.album}, ${c.id}::uuid)
      on conflict (channel, chat, album) do nothing`),
  ];
}

function mediaEnds(run: Run, id: string, state: 'doubled' | 'refused' | 'dropped'): Promise<unknown> {
  return run(sql`update media set state = ${state} where id = ${id}`);
}

function sourceRows(run: Run, c: Case, chat: Chat, text: Text): Promise<unknown>[] {
  return messagesOf(text).map((message) =>
    run(sql`
      insert into text_sources (channel, chat, message, "case") values (${chat.channel}, ${chat.id}, ${message}, ${c.id}::uuid)
      on conflict (channel, chat, message) do update set "case" = excluded."case"`),
  );
}
