// One line of the Register Dokumentasi dan Konten, as far as the case knows it.
import { rfc3339 } from '../calendar/rfc3339.ts';
import { type Case, type Decision, revisionOf, type Status, statusOf } from '../case/case.ts';
import { standingOn } from '../case/standing.ts';
import { CAPACITY_TITLE } from '../office/deputies.ts';
import { type Office, personOf } from '../office/office.ts';
import type { MediaKind, Sop } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import type { Column } from './column.ts';

export const REGISTER_COLUMNS = [
  { key: 'number', title: 'Nomor register' },
  { key: 'submitted_at', title: 'Tgl/jam masuk' },
  { key: 'title', title: 'Nama kegiatan' },
  { key: 'event_date', title: 'Tgl kegiatan' },
  { key: 'submitter', title: 'Pengirim' },
  { key: 'position', title: 'Jabatan pengirim' },
  { key: 'photos', title: 'Foto' },
  { key: 'videos', title: 'Video' },
  { key: 'documents', title: 'Dokumen' },
  { key: 'audio', title: 'Audio' },
  { key: 'caption', title: 'Caption' },
  { key: 'narrative', title: 'Narasi' },
  { key: 'responses', title: 'Tanggapan tertulis' },
  { key: 'review', title: 'Keputusan pemeriksa' },
  { key: 'approval', title: 'Keputusan akhir' },
  { key: 'revision', title: 'Revisi ke-' },
  { key: 'publications', title: 'Kanal dan tautan' },
  { key: 'published_at', title: 'Tgl/jam tayang' },
  { key: 'publisher', title: 'Petugas unggah' },
  { key: 'proof_links', title: 'Bukti tautan' },
  { key: 'proof_files', title: 'Bukti berkas' },
  { key: 'late', title: 'Terlambat' },
  { key: 'late_steps', title: 'Langkah terlambat' },
  { key: 'status', title: 'Status' },
  { key: 'sop', title: 'SOP' },
  { key: 'sop_version', title: 'Versi SOP' },
  { key: 'information_class', title: 'Klasifikasi informasi' },
  { key: 'dip', title: 'Nomor DIP' },
  { key: 'sk', title: 'SK penetapan' },
  { key: 'scheduled_at', title: 'Jadwal tayang' },
  { key: 'waived', title: 'Kanal dilewati dan alasannya' },
  { key: 'copies', title: 'Bentuk arsip' },
  { key: 'hardcopy', title: 'Hardcopy disimpan (tempat dan tanggal)' },
] as const satisfies Column[];

/** Times are RFC 3339 with the office's offset. What has not happened is `null`. A type, not an interface, so that it is a record of cells. */
export type RegisterRow = {
  number: string | null;
  submitted_at: string | null;
  title: string | null;
  event_date: string | null;
  submitter: string;
  position: string | null;
  photos: number;
  videos: number;
  documents: number;
  audio: number;
  caption: string | null;
  narrative: string | null;
  responses: string | null;
  review: string | null;
  approval: string | null;
  revision: number | null;
  publications: string | null;
  published_at: string | null;
  publisher: string | null;
  proof_links: number;
  proof_files: number;
  late: boolean;
  late_steps: string | null;
  status: Status;
  sop: string;
  sop_version: string;
  information_class: string | null;
  dip: string | null;
  sk: string | null;
  scheduled_at: string | null;
  waived: string | null;
  copies: string | null;
  /** An empty box to be ticked on paper, where the SOP keeps one. */
  hardcopy: string | null;
};

/** The submitter is whoever handed in first: the register's number and time are his. Others may have gone on with it. `now`: a step may be late already. */
export function registerRow(c: Case, sop: Sop, office: Office, now: Instant): RegisterRow {
  const revision = revisionOf(c);
  const said = decisionWords(c, sop, office);
  const deciding = sop.steps.filter(({ kind }) => kind === 'decide').map(({ id }) => id);
  const lateSteps = lateStepsOf(c, now);
  const first = c.revisions[0];
  const submitter = first?.by ?? c.maker;
  return {
    number: c.number?.text ?? null,
    submitted_at: first ? rfc3339(first.at, office.timezone) : null,
    title: revision?.title ?? c.content.title,
    event_date: revision?.eventDate ?? c.content.eventDate,
    submitter: nameOf(office, submitter),
    position: personOf(office, submitter)?.position ?? null,
    ...counts(revision?.media ?? c.content.media),
    caption: revision ? revision.caption : (c.content.caption?.text ?? null),
    narrative: revision ? revision.narrative : (c.content.narrative?.text ?? null),
    responses: said(({ verdict }) => verdict === 'receive'),
    review: said(({ verdict, step }) => verdict !== 'receive' && step !== deciding.at(-1)),
    approval: said(({ verdict, step }) => verdict !== 'receive' && step === deciding.at(-1)),
    revision: revision?.revision ?? null,
    ...publishing(c, office),
    late: c.handedInLate || lateSteps.length > 0,
    late_steps: joined(lateSteps),
    status: statusOf(c),
    sop: c.sop.id,
    sop_version: c.sop.version,
    ...special(c, sop, office),
  };
}

/** What only some SOPs ask for. */
function special(
  c: Case,
  { copies = [] }: Sop,
  office: Office,
): Pick<RegisterRow, 'information_class' | 'dip' | 'sk' | 'scheduled_at' | 'waived' | 'copies' | 'hardcopy'> {
  const { class: informationClass, dip, sk } = revisionOf(c)?.details ?? c.content.details ?? {};
  return {
    information_class: informationClass ?? null,
    dip: dip ?? null,
    sk: sk ?? null,
    scheduled_at: c.schedule === undefined ? null : rfc3339(c.schedule, office.timezone),
    waived: joined(c.publications.flatMap(({ channel, waived }) => (waived === undefined ? [] : [`${channel}: ${waived}`]))),
    copies: joined(copies),
    hardcopy: copies.includes('hardcopy') ? '☐' : null,
  };
}

/** A person who is gone from the office file is still named by his id. */
function nameOf(office: Office, id: string): string {
  return personOf(office, id)?.name ?? id;
}

/** A deputy is named with the one in whose stead he acted. */
function both(office: Office, person: string, onBehalfOf: string | null): string {
  return onBehalfOf === null ? nameOf(office, person) : `${nameOf(office, person)} a.n. ${nameOf(office, onBehalfOf)}`;
}

function joined(parts: string[]): string | null {
  return parts.length > 0 ? parts.join('; ') : null;
}

function counts(media: { kind: MediaKind }[]): Pick<RegisterRow, 'photos' | 'videos' | 'documents' | 'audio'> {
  const count = (kind: MediaKind) => media.filter((one) => one.kind === kind).length;
  return { photos: count('photo'), videos: count('video'), documents: count('document'), audio: count('audio') };
}

/** What was said to the newest revision; what was said to earlier ones stays in the history. */
function decisionWords(c: Case, sop: Sop, office: Office) {
  const newest = standingOn(c, c.revisions.length);
  return (which: (decision: Decision) => boolean) => joined(newest.filter(which).map((decision) => decisionText(decision, sop, office)));
}

function decisionText({ step, role, person, onBehalfOf, capacity, verdict, note, at }: Decision, sop: Sop, office: Office): string {
  const found = sop.steps.find(({ id }) => id === step);
  const labels = found?.kind === 'decide' ? found.labels : { accept: 'TERIMA', reject: 'TOLAK' };
  const word = { ...labels, receive: 'DITERIMA' }[verdict];
  const label = sop.roles[role] ?? role;
  const title = capacity === undefined ? label : `${CAPACITY_TITLE[capacity]} ${label}`;
  return `${rfc3339(at, office.timezone)} ${both(office, person, onBehalfOf)} (${title}): ${word}, ${note}`;
}

function publishing(
  c: Case,
  office: Office,
): Pick<RegisterRow, 'publications' | 'published_at' | 'publisher' | 'proof_links' | 'proof_files'> {
  // A channel that was left out is no publication.
  const shown = c.publications.filter(({ waived }) => waived === undefined);
  const last = shown.at(-1);
  const publishers = new Set(shown.map(({ person, onBehalfOf }) => both(office, person, onBehalfOf ?? null)));
  return {
    publications: joined(shown.map(({ channel, link }) => (link === null ? channel : `${channel} ${link}`))),
    published_at: last && c.state.status === 'published' ? rfc3339(last.at, office.timezone) : null,
    publisher: joined([...publishers]),
    proof_links: c.publications.filter(({ link }) => link !== null).length,
    proof_files: c.publications.filter(({ proof }) => proof !== null).length,
  };
}

function lateStepsOf(c: Case, now: Instant): string[] {
  const left = c.stays.filter(({ dueAt, leftAt }) => dueAt !== null && leftAt > dueAt).map(({ step }) => step);
  const here = 'step' in c.state && c.state.dueAt !== null && now > c.state.dueAt ? [c.state.step] : [];
  return [...new Set([...left, ...here])];
}
