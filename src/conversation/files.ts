// A photo, a video, a document: into the open draft (one is opened when there is none), or a proof of publishing.
import type { Media } from '../case/case.ts';
import { isOpen } from '../case/decide-collect.ts';
import { tidy, tidyLine } from '../text/tidy.ts';
import { askNext, isReady } from './asking.ts';
import type { What } from './heard.ts';
import type { Talk } from './talk.ts';
import { askNextChannel } from './texts.ts';

/** UTF-16 units; half a character at the cut is tidied away, for the database takes no half ones. */
const NAME_MAX = 120;

type Sent = What & { kind: 'media' };

function mediaOf(talk: Talk, what: Sent, by: string, proof: Pick<Media, 'proofOf' | 'formOf' | 'askedIn'> = {}): Media {
  const { media, album } = what;
  const name = media.name === undefined ? '' : tidyLine(tidyLine(media.name).slice(0, NAME_MAX));
  return {
    id: talk.situation.fresh.media,
    kind: media.kind,
    file: media.file,
    ...(name === '' ? {} : { name }),
    ...(album === undefined ? {} : { album }),
    ...proof,
    sentBy: by,
    at: talk.situation.now,
    state: 'pending',
  };
}

/** Opens a draft of the first SOP that the person may begin; a file never begins a task. */
export function openDraft(talk: Talk, byFile = false): boolean {
  const { startable, fresh, heard } = talk.situation;
  const first = startable.find(({ sop }) => !byFile || sop.steps[0]?.kind !== 'assign');
  if (!first) {
    const yours = talk.situation.memberships.flatMap(({ person }) => person.roles);
    talk.sayRefusal(talk.refused({ refused: 'not-your-role', needed: '', yours }, 'open'));
    return false;
  }
  talk.begin(first);
  const refusal = talk.act({ type: 'open', id: fresh.case, sop: first.sop, home: heard.chat, by: first.person.id });
  if (refusal) talk.sayRefusal(refusal);
  return refusal === null;
}

function proof(talk: Talk, what: Sent): boolean {
  const { asking } = talk.conversation;
  const { person } = talk;
  const wanted = asking?.ask === 'link' || asking?.ask === 'form' ? asking : null;
  const { chat, from } = talk.situation.heard;
  if (!wanted || !person || !from || talk.case?.id !== wanted.case) return false;
  const of = wanted.ask === 'link' ? { proofOf: wanted.channel } : { formOf: wanted.form };
  const media = mediaOf(talk, what, person.id, { ...of, askedIn: { chat, account: from.id } });
  const refusal = talk.act({ type: 'add-media', media, by: person.id });
  if (!refusal && what.album !== undefined) talk.sayOf((named) => ({ notice: 'album-rest', named }));
  // The question stands: something else may be the proof.
  if (refusal?.refused === 'proof-kind') talk.sayRefusal(refusal);
  else if (refusal) {
    talk.conversation = { ...talk.conversation, asking: null };
    talk.sayRefusal(refusal);
  } else if (wanted.ask === 'link') askNextChannel(talk, wanted);
  else talk.conversation = { ...talk.conversation, asking: null };
  return true;
}

/** One file of this album has answered what was asked, and its sender knows that the others are not used. */
function hasAnswered({ case: c }: Talk, { album }: Sent): boolean {
  return album !== undefined && (c?.proofs ?? []).some((one) => one.album === album);
}

/** The same file as its sender sent it before, less well, in the draft that is still open. */
function twinOf({ case: c, by, situation }: Talk, uniqueId: string): Media | undefined {
  if (!c || !isOpen(c)) return undefined;
  const { channel } = situation.heard.chat;
  const isTwin = ({ file, sentBy }: Media): boolean => file.channel === channel && file.uniqueId === uniqueId && sentBy === by;
  return c.content.media.find(isTwin);
}

/** A better copy takes its twin's place, in its album. Where the twin is not in a draft any more, it has done its service and nothing is to be changed. */
function takePlace(talk: Talk, what: Sent, uniqueId: string): void {
  const twin = twinOf(talk, uniqueId);
  if (!twin) return;
  const { album, sentBy: by } = twin;
  talk.act({ type: 'drop-media', media: twin.id, by });
  talk.act({ type: 'add-media', media: { ...mediaOf(talk, what, by), ...(album === undefined ? {} : { album }) }, by });
}

export function hearMedia(talk: Talk, what: Sent): void {
  if (what.betterThan !== undefined) return takePlace(talk, what, what.betterThan);
  if (hasAnswered(talk, what) || proof(talk, what)) return;
  // Drafts are made in private: in a group only a proof that was asked for is taken.
  if (talk.situation.heard.chatKind === 'group') return;
  const late = talk.case !== null && !isOpen(talk.case);
  if (talk.case === null && !openDraft(talk, true)) return;
  const { case: c, sop, person } = talk;
  if (!c || !sop || !person) return;
  const wasReady = isReady(c, sop);
  const refusal = talk.act({ type: 'add-media', media: mediaOf(talk, what, person.id), by: person.id });
  if (refusal) return talk.sayRefusal(refusal);
  if (late) return;
  if (what.caption !== undefined && tidy(what.caption) !== '') {
    const wrong = talk.act({ type: 'caption', caption: { text: what.caption, source: what.message }, by: person.id });
    // Its length is all that can be wrong with a caption where the file itself was welcome.
    if (wrong?.refused === 'caption-length') talk.sayRefusal({ ...wrong, later: true });
  }
  askNext(talk, wasReady);
}
