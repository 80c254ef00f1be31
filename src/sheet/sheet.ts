// What the approval sheet (lembar persetujuan) of a case says, without words and layout. A function of the case's state and history alone,
// so that the same state gives the same sheet.
import { z } from 'zod';
import type { ChainedEntry } from '../audit/chain.ts';
import { type Case, DETAIL_PARTS, type DetailPart, type Publication, type Revision, revisionOf, type State } from '../case/case.ts';
import { standingOn } from '../case/standing.ts';
import type { Office } from '../office/office.ts';
import type { AccessibleForm, MediaKind, PublishStep, Sop, Step } from '../sop/sop.ts';
import { lengthOf, wordsOf } from '../text/count.ts';
import type { Instant, LocalDate } from '../time.ts';
import { type Act, actsOf, pendingOf, roleLabel, type Scheduling } from './acts.ts';
import { nameOf, type Signatory, signatory } from './signatory.ts';

export interface SheetFile {
  kind: MediaKind;
  /** The sender's own name of it. */
  name: string | null;
  bytes: number;
  sha256: string;
  mime: string;
}

/** A place for a signature by hand. `null`: nobody has decided there yet; `holder` is who alone holds the role. `word`: `null` for a task. */
export interface SignaturePlace {
  role: string;
  signed: { who: Signatory; at: Instant; word: string | null } | null;
  holder: Signatory | null;
}

export interface SheetPublication {
  channel: string;
  link: string | null;
  proof: string | null;
  /** Why the channel was left out. */
  waived: string | null;
  who: Signatory;
  at: Instant;
}

export interface Sheet {
  office: { id: string; name: string; timezone: string };
  number: string;
  sop: { title: string; agency: string; number: string | null; version: string };
  status: State['status'];
  /** Published or withdrawn: nothing is waited for any more. */
  ended: boolean;
  title: string;
  eventDate: LocalDate;
  /** Who handed in first, and when: what the register goes by. */
  submitter: Signatory;
  submittedAt: Instant;
  handedInLate: boolean;
  revision: number;
  hash: string;
  /** `max` as the SOP says, in characters as a reader counts them. */
  caption: { text: string; length: number; max: number | null } | null;
  narrative: { text: string; words: number } | null;
  details: { part: DetailPart; text: string }[];
  files: SheetFile[];
  acts: Act[];
  /** Steps that nobody has done yet. */
  pending: { id: string; kind: Step['kind']; role: string; activity: string }[];
  schedule: Instant | null;
  publications: SheetPublication[];
  /** Channels of the SOP of which nothing was told yet. */
  openChannels: string[];
  forms: { form: AccessibleForm; text: string | null; sha256: string | null; who: Signatory; at: Instant }[];
  declarations: { who: Signatory; at: Instant; sentences: string[] }[];
  signatures: SignaturePlace[];
  copies: NonNullable<Sop['copies']>;
  /** The case's last entry in the office's chain, and how many entries it has there. */
  trail: { entries: number; seq: number; hash: string; at: Instant };
}

const Acted = z.object({ capacity: z.enum(['plt', 'plh']).optional(), onBehalfOf: z.string().nullish() });

/** `null` before the first hand-in: there is nothing to approve yet. `entries`: the case's whole history, in order. */
export function sheetOf(c: Case, sop: Sop, office: Office, entries: readonly ChainedEntry[]): Sheet | null {
  const revision = revisionOf(c);
  const [first] = c.revisions;
  const last = entries.at(-1);
  if (!revision || !first || !c.number || !last) return null;
  const acts = actsOf(c, sop, office, schedulingOf(entries));
  return {
    office: { id: office.id, name: office.name, timezone: office.timezone },
    number: c.number.text,
    sop: { title: sop.title, agency: sop.agency, number: sop.number ?? null, version: c.sop.version },
    status: c.state.status,
    ended: !('step' in c.state),
    submitter: signatory(office, first.by, null, first),
    submittedAt: first.at,
    handedInLate: c.handedInLate,
    ...contentOf(revision, sop, office),
    acts,
    pending: pendingOf(c, sop).map(({ id, kind, role, activity }) => ({ id, kind, role: roleLabel(sop, role), activity })),
    schedule: c.schedule ?? null,
    publications: c.publications.map((one) => publication(one, sop, office)),
    openChannels: openChannels(c, sop),
    forms: (c.forms ?? []).map(({ form, text, file, person, at }) => ({
      form,
      text,
      sha256: file?.sha256 ?? null,
      who: signatory(office, person, null),
      at,
    })),
    declarations: declarationsOf(c, revision, sop, office),
    signatures: placesOf(c, sop, office, acts),
    copies: sop.copies ?? [],
    trail: { entries: entries.length, seq: last.seq, hash: last.hash, at: last.at },
  };
}

function schedulingOf(entries: readonly ChainedEntry[]): Scheduling | null {
  const entry = entries.findLast(({ type }) => type === 'scheduled');
  if (!entry) return null;
  const { capacity, onBehalfOf } = Acted.parse(entry.body);
  return {
    by: entry.by,
    at: entry.at,
    ...(capacity === undefined ? {} : { capacity }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
}

function contentOf(
  { revision, hash, title, eventDate, caption, narrative, details, media }: Revision,
  sop: Sop,
  office: Office,
): Pick<Sheet, 'revision' | 'hash' | 'title' | 'eventDate' | 'caption' | 'narrative' | 'details' | 'files'> {
  const asked = sop.steps.flatMap((step) => (step.kind === 'prepare' && step.requires.caption ? [step.requires.caption.max] : []));
  return {
    revision,
    hash,
    title,
    eventDate,
    caption: caption === null ? null : { text: caption, length: lengthOf(caption), max: asked.at(-1) ?? null },
    narrative: narrative === null ? null : { text: narrative, words: wordsOf(narrative) },
    details: DETAIL_PARTS.flatMap((part) => {
      const text = details?.[part];
      return text === undefined ? [] : [{ part, text: part === 'assignee' ? nameOf(office, text) : text }];
    }),
    files: media.map(({ kind, name, bytes, sha256, mime }) => ({ kind, name: name ?? null, bytes, sha256, mime })),
  };
}

function publishing(sop: Sop): PublishStep | undefined {
  return sop.steps.find((step) => step.kind === 'publish');
}

function publication(one: Publication, sop: Sop, office: Office): SheetPublication {
  const { channel, link, proof, waived, person, at } = one;
  const step = publishing(sop);
  const who = signatory(office, person, step === undefined ? null : roleLabel(sop, step.role), one);
  return { channel, link, proof: proof?.sha256 ?? null, waived: waived ?? null, who, at };
}

/** Of an SOP that is content with one channel, none is open once it has ended. */
function openChannels(c: Case, sop: Sop): string[] {
  const told = new Set(c.publications.map(({ channel }) => channel));
  return 'step' in c.state ? (publishing(sop)?.channels ?? []).filter((channel) => !told.has(channel)) : [];
}

function declarationsOf(c: Case, revision: Revision, sop: Sop, office: Office): Sheet['declarations'] {
  const made = revision.declared
    ? [{ who: signatory(office, revision.by, null, revision), at: revision.at, sentences: revision.declared }]
    : [];
  const decided = standingOn(c, revision.revision).flatMap((decision) => {
    const { declared, person, role, at, capacity, onBehalfOf } = decision;
    if (declared === undefined) return [];
    const acting = capacity === undefined ? { onBehalfOf } : { capacity, onBehalfOf };
    return [{ who: signatory(office, person, roleLabel(sop, role), acting), at, sentences: declared }];
  });
  return [...made, ...decided];
}

/** One place for everybody who agreed at a step the last time it was reached, and one for each step that still has to. */
function placesOf(c: Case, sop: Sop, office: Office, acts: Act[]): SignaturePlace[] {
  const pending = new Set(pendingOf(c, sop).map(({ id }) => id));
  return sop.steps.flatMap((step): SignaturePlace[] => {
    if (step.kind !== 'receive' && step.kind !== 'decide' && step.kind !== 'assign') return [];
    const role = roleLabel(sop, step.role);
    const given = step.kind === 'assign' ? assigned(acts) : agreed(acts, step.id, c.rounds[step.id]);
    const signed = given.map(({ who, at, word }) => ({ role, signed: { who, at, word }, holder: null }));
    if (!pending.has(step.id)) return signed;
    // Where several must decide, some may have done so already.
    return 'step' in c.state && c.state.step === step.id ? [...signed, blank(office, step, role)] : [blank(office, step, role)];
  });
}

/** Who gave the task the last time. */
function assigned(acts: Act[]): { who: Signatory; at: Instant; word: null }[] {
  return acts.flatMap(({ act, who, at }) => (act === 'assigned' ? [{ who, at, word: null }] : [])).slice(-1);
}

function agreed(acts: Act[], step: string, round: number | undefined): (Act & { act: 'decided' })[] {
  return acts.flatMap((act) =>
    act.act === 'decided' && act.step === step && act.round === round && act.verdict !== 'reject' ? [act] : [],
  );
}

function blank(office: Office, step: Step, role: string): SignaturePlace {
  const holders = office.people.filter(({ roles }) => roles.includes(step.role));
  const [only] = holders;
  return { role, signed: null, holder: only && holders.length === 1 ? signatory(office, only.id, role) : null };
}
