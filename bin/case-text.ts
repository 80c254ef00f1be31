// A case as a person reads it in a terminal.
import { DETAIL_PARTS, type DetailPart, revisionOf } from '../src/case/case.ts';
import { CAPACITY_TITLE } from '../src/office/deputies.ts';
import { type Capacity, personOf } from '../src/office/office.ts';
import { type CaseFacts, caseJson, type eventsJson, type viewsJson } from './case-json.ts';

const STATUS: Record<string, string> = {
  draft: 'draf',
  running: 'berjalan',
  returned: 'dikembalikan',
  approved: 'disetujui, menunggu tayang',
  published: 'sudah tayang',
  withdrawn: 'ditarik',
};

const DETAILS: Record<DetailPart, string> = {
  class: 'Klasifikasi',
  dip: 'Nomor DIP',
  sk: 'SK penetapan',
  source: 'Sumber',
  disposition: 'Disposisi',
  assignee: 'Pelaksana',
};

const VERDICT: Record<string, string> = { receive: 'DITERIMA', accept: 'TERIMA', reject: 'TOLAK' };

/** People's texts are indented, so that no text can pass for a line of ours. */
function block(text: string | null): string {
  return text === null || text === ''
    ? '    –'
    : text
        .split(/\r\n|\r|\n/)
        .map((line) => `    ${printable(line)}`)
        .join('\n');
}

/** Without control characters: a caption must not steer somebody's terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}

function seenText({ sent_at, delivered_at, opened_at }: ReturnType<typeof viewsJson>[number]): string {
  const told = [
    sent_at === null ? null : `terkirim ${sent_at}`,
    delivered_at === null ? null : `sampai ${delivered_at}`,
    opened_at === null ? 'belum dibuka' : `dibuka ${opened_at}`,
  ];
  return told.filter((one) => one !== null).join(', ');
}

export function caseText(facts: CaseFacts, events: ReturnType<typeof eventsJson>, views: ReturnType<typeof viewsJson> = []): string {
  const json = caseJson(facts);
  const { office, sop, case: c } = facts;
  const name = (id: string) => personOf(office, id)?.name ?? id;
  /** A deputy is named with the one in whose stead he acted. */
  const doer = (one: { person: string; capacity?: Capacity; on_behalf_of?: string | null }) => {
    if (one.capacity === undefined) return name(one.person);
    const principal = one.on_behalf_of;
    return `${name(one.person)} (${CAPACITY_TITLE[one.capacity]}${principal ? ` a.n. ${name(principal)}` : ''})`;
  };
  const step = sop.steps.find(({ id }) => id === json.step);
  const field = (label: string, value: string | null) => `${label.padEnd(18)}: ${value === null ? '–' : printable(value)}`;
  const lines = [
    field('Nomor register', json.number),
    field('Kegiatan', json.title),
    field('Tanggal kegiatan', json.event_date),
    field('Instansi', office.name),
    field('SOP', sop.title),
    field('Status', `${STATUS[json.status] ?? json.status}${json.late ? ', terlambat' : ''}`),
    field('Langkah', step ? `${step.id} (${sop.roles[step.role] ?? step.role})` : null),
    field('Tenggat', json.due_at ?? (step?.due.kind === 'tentative' ? 'tentatif' : null)),
    field('Pengirim', name(json.submitter)),
    field('Diserahkan', json.submitted_at),
    field('Revisi', revisionOf(c) ? String(json.revision) : null),
    ...DETAIL_PARTS.flatMap((part) => {
      const text = json.details?.[part];
      return text === undefined ? [] : [field(DETAILS[part], part === 'assignee' ? name(text) : text)];
    }),
    ...(json.schedule === undefined ? [] : [field('Jadwal tayang', json.schedule)]),
    ...(json.declared === undefined ? [] : [field('Pernyataan', json.declared.join('; '))]),
    ...(json.forms ?? []).map((one) => field('Bentuk aksesibel', `${one.form} (${name(one.person)})`)),
    '',
    'Dokumentasi',
    ...json.media.map(({ kind, bytes, sha256 }) => `    ${kind.padEnd(8)} ${String(bytes).padStart(10)} bita  ${sha256}`),
    'Caption',
    block(json.caption),
    'Narasi',
    block(json.narrative),
    'Keputusan',
    ...json.decisions.map(
      (one) => `    ${one.at ?? ''}  ${one.step}  ${doer(one)}  ${VERDICT[one.verdict] ?? one.verdict}: ${printable(one.note)}`,
    ),
    'Tayang',
    ...json.publications.map(
      (one) =>
        `    ${one.at ?? ''}  ${one.channel}  ${doer(one)}  ${printable(one.waived === undefined ? (one.link ?? 'bukti berkas') : `dilewati: ${one.waived}`)}`,
    ),
    'Kartu',
    ...views.map((one) => `    ${one.step}  ${name(one.person)}  ${seenText(one)}`),
    'Riwayat',
    ...events.map((one) => `    ${String(one.seq).padStart(4)}  ${one.at}  ${one.type.padEnd(14)} ${one.hash.slice(0, 16)}`),
  ];
  return `${lines.join('\n')}\n`;
}
