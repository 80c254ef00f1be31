// The register as an office prints and files it: one line for each piece of content, totals, and a place for the head's signature.
import { channelName, countsText, statusName } from '../../bots/wording/terms.ts';
import { moment, monthName, shortDate, shortMoment } from '../../bots/wording/time.ts';
import type { Block, Paper, SignatureBlock } from '../../documents/paper.ts';
import { type Case, statusOf } from '../../src/case/case.ts';
import { standsFrom } from '../../src/case/standing.ts';
import { CAPACITY_TITLE } from '../../src/office/deputies.ts';
import { type Office, personOf } from '../../src/office/office.ts';
import { REGISTER_COLUMNS, registerRow } from '../../src/register/row.ts';
import { actsOf } from '../../src/sheet/acts.ts';
import { UNPRINTABLE } from '../../src/text/printable.ts';
import type { Instant } from '../../src/time.ts';
import type { CaseFacts } from '../case-json.ts';

export interface Register {
  office: Office;
  cases: readonly CaseFacts[];
}

const NONE = '–';

/** `month`: `YYYY-MM`, `null` for all of it. `now`: the moment that the paper says it was made at. */
export function registerPaper(registers: readonly Register[], month: string | null, now: Instant): Paper {
  const span = month === null ? 'seluruhnya' : monthName(month);
  return {
    orientation: 'landscape',
    title: `Register Dokumentasi dan Konten, ${span}`,
    at: new Date(now),
    blocks: registers.flatMap((register, i) => [
      ...(i === 0 ? [] : [{ block: 'new-page' } as const]),
      ...registerBlocks(register, span, now),
    ]),
    foot: `Register Dokumentasi dan Konten · ${span}`,
    page: (page, of) => `Halaman ${page} dari ${of}`,
    unprintable: `${UNPRINTABLE} menggantikan karakter yang tidak dapat dicetak, misalnya emoji.`,
  };
}

function registerBlocks({ office, cases }: Register, span: string, now: Instant): Block[] {
  return [
    {
      block: 'letterhead',
      name: office.name.toUpperCase(),
      below: [],
      heading: ['REGISTER DOKUMENTASI DAN KONTEN', `Masa: ${span}`, `Dicetak ${moment(now, office.timezone)}`],
    },
    {
      block: 'table',
      columns: [
        { title: 'No.', width: 4 },
        { title: 'Nomor register, masuk', width: 17 },
        { title: 'Kegiatan, tanggal', width: 16 },
        { title: 'Pengirim', width: 11 },
        { title: 'Berkas', width: 8 },
        { title: 'Caption', width: 17 },
        { title: 'Tanggapan dan keputusan', width: 29 },
        { title: 'Kanal, tautan, tayang', width: 19 },
        { title: 'Ketepatan', width: 9 },
        { title: 'Status', width: 10 },
      ],
      rows: cases.map((facts, i) => [String(i + 1), ...cells(facts)]),
      empty: NONE,
    },
    { block: 'text', small: true, text: `${REGISTER_COLUMNS.length} kolom selengkapnya ada pada register bentuk XLSX dan CSV.` },
    { block: 'heading', text: 'Rekapitulasi' },
    { block: 'fields', fields: totals(cases) },
    { block: 'signatures', places: [headPlace(office)] },
  ];
}

function cells({ case: c, sop, office, now }: CaseFacts): string[] {
  const row = registerRow(c, sop, office, now);
  const first = c.revisions[0];
  const { timezone } = office;
  return [
    below(row.number, first ? shortMoment(first.at, timezone) : null),
    below(row.title, row.event_date ? shortDate(row.event_date) : null),
    below(row.submitter, row.position),
    below(countsText(row), row.audio > 0 ? `${row.audio} audio` : null),
    row.caption ?? NONE,
    below(...decisions({ case: c, sop, office })),
    below(...publications(c), row.published_at === null ? null : `tayang ${lastShown(c, timezone)}`),
    row.late ? below('terlambat', row.late_steps) : 'tepat waktu',
    below(statusName(row.status), row.hardcopy === null ? null : `${row.hardcopy} hardcopy`),
  ];
}

function below(...parts: (string | null)[]): string {
  const said = parts.filter((part) => part !== null && part !== '');
  return said.length === 0 ? NONE : said.join('\n');
}

/** What was said to the newest revision. */
function decisions({ case: c, sop, office }: Pick<CaseFacts, 'case' | 'sop' | 'office'>): string[] {
  const from = standsFrom(c, c.revisions.length);
  return actsOf(c, sop, office, null).flatMap((act) => {
    if (act.act !== 'decided' || act.revision < from) return [];
    const { who, word, note, at } = act;
    const title = `${who.capacity === null ? '' : `${CAPACITY_TITLE[who.capacity]} `}${who.role ?? ''}`;
    const name = who.onBehalfOf === null ? who.name : `${who.name} a.n. ${who.onBehalfOf}`;
    return [`${word} – ${name}, ${title}, ${shortMoment(at, office.timezone)}: ${note}`];
  });
}

function publications(c: Case): string[] {
  return c.publications.map(({ channel, link, waived, proof }) => {
    const what = waived === undefined ? (link ?? (proof === null ? NONE : 'bukti berkas')) : `dilewati: ${waived}`;
    return `${channelName(channel)}: ${what}`;
  });
}

function lastShown(c: Case, timezone: string): string {
  const last = c.publications.filter(({ waived }) => waived === undefined).at(-1);
  return last ? shortMoment(last.at, timezone) : NONE;
}

function totals(cases: readonly CaseFacts[]): { label: string; value: string }[] {
  const rows = cases.map(({ case: c, sop, office, now }) => registerRow(c, sop, office, now));
  const sum = (key: 'photos' | 'videos' | 'documents' | 'audio') => rows.reduce((so, row) => so + row[key], 0);
  const statuses = [...new Set(cases.map(({ case: c }) => statusOf(c)))];
  const files = [countsText({ photos: sum('photos'), videos: sum('videos'), documents: sum('documents') })];
  if (sum('audio') > 0) files.push(`${sum('audio')} audio`);
  return [
    { label: 'Jumlah konten', value: String(rows.length) },
    { label: 'Jumlah berkas', value: files.join(', ') },
    ...statuses.map((status) => ({
      label: statusName(status).replace(/^./, (letter) => letter.toUpperCase()),
      value: String(rows.filter((row) => row.status === status).length),
    })),
    { label: 'Terlambat', value: String(rows.filter(({ late }) => late).length) },
  ];
}

/** The highest of those who watch over the office; an empty line where it is not one person. */
function headPlace(office: Office): SignatureBlock {
  const level = office.supervisors.at(-1) ?? [];
  const [only] = level;
  const head = only !== undefined && level.length === 1 ? personOf(office, only) : undefined;
  return {
    above: ['Mengetahui,', head?.position ?? ''],
    name: head?.name ?? null,
    below: [head?.nip === undefined ? 'NIP' : `NIP ${head.nip}`],
  };
}
