// What must hold of the talk itself: every tap and every refusal is answered, nothing that was sent disappears.
import type { OutboxRow, PostRow } from '../support/memory-tables.ts';
import type { Check, Ran } from './ran.ts';

function answersTo({ corridor }: Ran): Map<string, OutboxRow[]> {
  const answers = new Map<string, OutboxRow[]>();
  for (const row of corridor.store.tables.outbox.values()) {
    if (row.cause === null) continue;
    answers.set(row.cause, [...(answers.get(row.cause) ?? []), row]);
  }
  return answers;
}

const tapsAnswered: Check = (ran) => {
  const answers = answersTo(ran);
  return [...ran.corridor.store.tables.posts.values()].flatMap(({ id, tap, ending }) => {
    const given = (answers.get(id) ?? []).filter(({ out }) => out.out === 'answer').length;
    return tap && ending === 'done' && given !== 1 ? [`I11: tap ${id} got ${given} answers`] : [];
  });
};

/** A stranger is left alone in a group; everybody else hears why not. */
const refusalsAnswered: Check = (ran) => {
  const answers = answersTo(ran);
  return ran.corridor.store.tables.refusals.flatMap(({ cause, refused, wanted }) => {
    if (refused === 'stranger') return [];
    const said = (answers.get(cause ?? '') ?? []).some(
      ({ out }) => (out.out === 'say' && out.notice.notice === 'refusal') || (out.out === 'answer' && out.notice?.notice === 'refusal'),
    );
    return said ? [] : [`I11: the refusal of '${wanted}' (${refused}) was never said`];
  });
};

/** Who answered badly is asked again: the question stands. */
const questionStands: Check = ({ corridor: { store } }) =>
  store.tables.refusals.flatMap(({ cause, refused, wanted }) => {
    if (!['reason-length', 'title-length', 'date-unclear', 'link-unclear', 'narrative-is-caption'].includes(refused)) return [];
    const post = store.tables.posts.get(cause ?? '');
    const dropped = store.tables.asked.some((one) => one.post === cause && one.conversation.asking === null);
    return dropped && post?.tap === false ? [`I11: the question for '${wanted}' was dropped with a bad answer (${refused})`] : [];
  });

function fileOf({ body }: PostRow): { file: string; album: string | null } | null {
  const { message } = body as { message?: { photo?: { file_id: string }[]; media_group_id?: string } };
  const file = message?.photo?.at(-1)?.file_id;
  return file === undefined ? null : { file, album: message?.media_group_id ?? null };
}

/** Each file is in a case, or its sender was told why not; an album stays together as long as something of it counts. */
const filesArrive: Check = (ran) => {
  const { store, cases } = ran.corridor;
  const answers = answersTo(ran);
  // One file of it has answered a question, and its sender was told that the others are not used.
  const used = new Set<string>();
  const { history, posts, refusals } = store.tables;
  const known = new Map(history.flatMap(({ event, case: id }) => (event.type === 'media-added' ? [[event.media.file.fileId, id]] : [])));
  const albums = new Map<string, string>();
  return [...posts.values()].flatMap((post) => {
    const sent = fileOf(post);
    if (!sent || post.ending !== 'done') return [];
    const id = known.get(sent.file);
    const why = refusals.find(({ cause }) => cause === post.id)?.refused;
    const place = `${post.lane} ${sent.album}`;
    if ((answers.get(post.id) ?? []).some(({ out }) => out.out === 'say' && out.notice.notice === 'album-rest')) used.add(place);
    if (id === undefined && why === undefined && sent.album !== null && used.has(place)) return [];
    if (id === undefined && why === undefined) return [`I9: file ${sent.file} is nowhere`];
    const first = sent.album === null ? undefined : albums.get(place);
    if (sent.album !== null && id !== undefined && first === undefined) albums.set(place, id);
    if (first === undefined || id === first || why === 'media-many') return [];
    // Who has left the office meanwhile is heard no more.
    if (why === 'stranger') return [];
    // What comes after its draft was dropped belongs to the next one.
    const counts = cases.some(
      (c) => c.id === first && c.state.status !== 'withdrawn' && c.content.media.some(({ album }) => album === sent.album),
    );
    if (!counts) return [];
    return [`I9: file ${sent.file} came later than its album and is not with it (${why ?? 'another case'})`];
  });
};

export const CONVERSATION_CHECKS: Check[] = [tapsAnswered, refusalsAnswered, questionStands, filesArrive];
