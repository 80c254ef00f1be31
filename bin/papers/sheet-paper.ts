// The words of the approval sheet (Lembar Persetujuan Konten): formal Indonesian, as an office files it.
import { channelName, className, detailName, formName, kindName, statusName } from '../../bots/wording/terms.ts';
import { longDate, moment, shortMoment } from '../../bots/wording/time.ts';
import type { Block, Field, Paper, Picture, SignatureBlock } from '../../documents/paper.ts';
import { CAPACITY_TITLE } from '../../src/office/deputies.ts';
import type { Act } from '../../src/sheet/acts.ts';
import type { Sheet, SheetFile, SheetPublication, SignaturePlace } from '../../src/sheet/sheet.ts';
import type { Signatory } from '../../src/sheet/signatory.ts';
import { UNPRINTABLE } from '../../src/text/printable.ts';
import { bytesText } from './bytes-text.ts';

const NONE = '–';
const HASH_SHORT = 12;

/** `pictures`: thumbnails of the photos as JPEG, by their SHA-256. The same sheet and pictures make the same paper. */
export function sheetPaper(sheet: Sheet, pictures: ReadonlyMap<string, Buffer>): Paper {
  const { number, office, sop } = sheet;
  return {
    orientation: 'portrait',
    title: `Lembar Persetujuan Konten ${number}`,
    at: new Date(sheet.trail.at),
    blocks: [
      {
        block: 'letterhead',
        name: office.name.toUpperCase(),
        below: sop.agency === office.name ? [] : [sop.agency],
        heading: ['LEMBAR PERSETUJUAN KONTEN', `Nomor register: ${number}`],
      },
      ...standing(sheet),
      ...identity(sheet),
      ...content(sheet, pictures),
      ...course(sheet),
      ...showing(sheet),
      ...proof(sheet),
    ],
    foot: `Lembar Persetujuan Konten · ${number}`,
    page: (page, of) => `Halaman ${page} dari ${of}`,
    unprintable: `${UNPRINTABLE} menggantikan karakter yang tidak dapat dicetak, misalnya emoji. Teks aslinya tersimpan pada riwayat konten.`,
  };
}

function standing({ status, ended }: Sheet): Block[] {
  if (status === 'published') return [];
  return [{ block: 'notice', text: ended ? 'DITARIK: konten ini tidak ditayangkan.' : `BELUM SELESAI: ${statusName(status)}.` }];
}

function identity(sheet: Sheet): Block[] {
  const { sop, office, details } = sheet;
  const when = moment(sheet.submittedAt, office.timezone);
  const fields: Field[] = [
    { label: 'SOP', value: sop.title },
    { label: 'Nomor SOP', value: sop.number ?? NONE },
    { label: 'Versi SOP', value: sop.version.slice(0, HASH_SHORT), mono: true },
    { label: 'Kegiatan', value: sheet.title },
    { label: 'Tanggal kegiatan', value: dateText(sheet.eventDate) },
    { label: 'Diserahkan oleh', value: [sheet.submitter.name, sheet.submitter.position].filter((one) => one !== null).join(', ') },
    { label: 'Diserahkan pada', value: sheet.handedInLate ? `${when} (terlambat)` : when },
    { label: 'Revisi', value: `ke-${sheet.revision}` },
    { label: 'Status', value: statusName(sheet.status) },
    ...details.map(({ part, text }) => ({ label: capital(detailName(part)), value: part === 'class' ? className(text) : text })),
  ];
  return [{ block: 'fields', fields }];
}

/** A task that was only given out has no day yet. */
function dateText(date: string): string {
  return date === '' ? NONE : longDate(date);
}

function content({ caption, narrative, files }: Sheet, pictures: ReadonlyMap<string, Buffer>): Block[] {
  const limit = caption?.max ? `${caption.length}/${caption.max} karakter` : `${caption?.length ?? 0} karakter`;
  return [
    ...(caption ? ([{ block: 'heading', text: `Caption (${limit})` }, quoteOf(caption.text)] satisfies Block[]) : []),
    ...(narrative ? ([{ block: 'heading', text: `Narasi (${narrative.words} kata)` }, quoteOf(narrative.text)] satisfies Block[]) : []),
    { block: 'heading', text: `Berkas (${files.length})` },
    files.length === 0
      ? { block: 'text', text: 'Tanpa berkas.' }
      : { block: 'pictures', pictures: files.map((file, i) => picture(file, i, pictures.get(file.sha256) ?? null)) },
  ];
}

function quoteOf(text: string): Block {
  return { block: 'quote', text };
}

function picture({ kind, name, bytes, sha256, mime }: SheetFile, index: number, jpeg: Buffer | null): Picture {
  const what = kindName(kind);
  return {
    jpeg,
    alt: jpeg ? `Gambar kecil berkas ke-${index + 1}` : what,
    lines: [`${index + 1}. ${name ?? capital(what)}`, `${what}, ${bytesText(bytes)}, ${mime}, SHA-256 ${sha256.slice(0, HASH_SHORT)}…`],
    small: sha256,
  };
}

function course({ acts, pending, office, schedule, declarations }: Sheet): Block[] {
  const done = acts.map((act) => actRow(act, office.timezone));
  const waiting = pending.map(({ role, activity }) => ['belum', role, NONE, 'BELUM', activity]);
  return [
    { block: 'heading', text: 'Jalannya persetujuan' },
    {
      block: 'table',
      columns: [
        { title: 'Waktu', width: 15 },
        { title: 'Peran', width: 17 },
        { title: 'Nama, NIP, jabatan', width: 24 },
        { title: 'Keputusan', width: 14 },
        { title: 'Tanggapan tertulis', width: 30 },
      ],
      rows: [...done, ...waiting],
      empty: NONE,
    },
    ...(schedule === null ? [] : ([{ block: 'text', text: `Jadwal tayang: ${moment(schedule, office.timezone)}.` }] satisfies Block[])),
    ...(declarations.length === 0 ? [] : ([{ block: 'heading', text: 'Pernyataan' }] satisfies Block[])),
    ...declarations.map(({ who, at, sentences }): Block => {
      return { block: 'text', text: `${named(who)}, ${shortMoment(at, office.timezone)}, menyatakan: ${sentences.join('; ')}.` };
    }),
  ];
}

function actRow(act: Act, timezone: string): string[] {
  const { who, at, revision } = act;
  const role = who.role ?? NONE;
  const title = who.capacity === null ? role : `${CAPACITY_TITLE[who.capacity]} ${role}`;
  return [
    `${shortMoment(at, timezone)}${place(act)}`,
    title,
    personText(who),
    `${word(act)}\n(revisi ke-${revision})`,
    said(act, timezone),
  ];
}

const CHANNELS = { telegram: 'Telegram', whatsapp: 'WhatsApp' };

/** Where a decision was made, as far as it is known. */
function place(act: Act): string {
  if (act.act !== 'decided' || !act.via) return '';
  const { channel, message } = act.via;
  return `\nlewat ${CHANNELS[channel]}${message === null ? '' : `, pesan ${message}`}`;
}

function word(act: Act): string {
  switch (act.act) {
    case 'decided':
      return act.word;
    case 'scheduled':
      return 'DIJADWALKAN';
    case 'assigned':
      return 'DITUGASKAN';
    case 'repaired':
      return 'DIPERBAIKI';
    case 'handed-in':
      return 'DISERAHKAN';
  }
}

function said(act: Act, timezone: string): string {
  if (act.act === 'decided') return act.note;
  if (act.act === 'scheduled') return `Tayang ${moment(act.schedule, timezone)}`;
  return `Hash isi ${act.hash.slice(0, HASH_SHORT)}…`;
}

/** Name, in whose stead, NIP and position, one below the other. */
function personText(who: Signatory): string {
  return [named(who), nipText(who), who.position].filter((one) => one !== null).join('\n');
}

function named({ name, onBehalfOf }: Signatory): string {
  return onBehalfOf === null ? name : `${name} a.n. ${onBehalfOf}`;
}

function nipText({ nip }: Signatory): string | null {
  return nip === null ? null : `NIP ${nip}`;
}

function showing({ publications, openChannels, forms, office }: Sheet): Block[] {
  return [
    { block: 'heading', text: 'Penayangan' },
    {
      block: 'table',
      columns: [
        { title: 'Kanal', width: 18 },
        { title: 'Tautan atau bukti', width: 42 },
        { title: 'Waktu', width: 18 },
        { title: 'Petugas', width: 22 },
      ],
      rows: [
        ...publications.map((one) => shownRow(one, office.timezone)),
        ...openChannels.map((one) => [channelName(one), 'belum', NONE, NONE]),
      ],
      empty: 'Belum ada.',
    },
    ...(forms.length === 0 ? [] : ([{ block: 'heading', text: 'Bentuk aksesibel' }] satisfies Block[])),
    ...forms.map(({ form, text, sha256, who, at }): Block => {
      const what = text ?? (sha256 === null ? NONE : `berkas, SHA-256 ${sha256}`);
      return { block: 'text', text: `${capital(formName(form))} (${who.name}, ${shortMoment(at, office.timezone)}): ${what}` };
    }),
  ];
}

function shownRow({ channel, link, proof, waived, who, at }: SheetPublication, timezone: string): string[] {
  const proofs = [link, proof === null ? null : `Bukti berkas, SHA-256 ${proof}`].filter((one) => one !== null);
  const what = waived === null ? proofs.join('\n') : `Dilewati: ${waived}`;
  return [channelName(channel), what, shortMoment(at, timezone), personText(who)];
}

const LEVEL =
  'Tingkat tanda tangan: L0. Setiap keputusan di atas disetujui lewat akun terdaftar; bukan tanda tangan elektronik tersertifikasi. ' +
  'Bila instansi mensyaratkan tanda tangan basah, lembar ini dicetak lalu ditandatangani pada tempat di bawah ini.';

function proof(sheet: Sheet): Block[] {
  const { number, hash, trail, copies, office, signatures } = sheet;
  return [
    { block: 'heading', text: 'Pengesahan' },
    { block: 'text', text: LEVEL },
    { block: 'signatures', places: signatures.map((place) => signaturePlace(place, office.timezone)) },
    ...(copies.includes('hardcopy')
      ? ([{ block: 'text', text: '☐ Hardcopy disimpan di: ………………………………………  tanggal: ……………………' }] satisfies Block[])
      : []),
    { block: 'heading', text: 'Keaslian' },
    {
      block: 'seal',
      code: `${number}\nsha256:${hash}`,
      alt: 'Kode QR berisi nomor register dan hash isi',
      fields: [
        { label: 'Nomor register', value: number },
        { label: 'Hash isi (SHA-256)', value: hash, mono: true },
        { label: 'Riwayat', value: `${trail.entries} catatan; terakhir nomor ${trail.seq}, ${shortMoment(trail.at, office.timezone)}` },
        { label: 'Hash riwayat', value: trail.hash, mono: true },
      ],
    },
    {
      block: 'text',
      small: true,
      text: `Keaslian diperiksa dengan mencetak lembar ini sekali lagi ("alur case sheet"): hash isi harus sama; dan dengan "alur audit verify --office ${office.id} --head ${trail.seq}:${trail.hash.slice(0, 16)}".`,
    },
  ];
}

function signaturePlace({ role, signed, holder }: SignaturePlace, timezone: string): SignatureBlock {
  const who = signed?.who ?? holder;
  const title = signed?.who.capacity ? `${CAPACITY_TITLE[signed.who.capacity]} ${role}` : role;
  const principal = signed?.who.onBehalfOf;
  return {
    above: principal ? [`a.n. ${principal}`, title] : [title],
    name: who?.name ?? null,
    below: [
      who === null ? 'NIP' : (nipText(who) ?? 'NIP'),
      who?.position ?? '',
      signed ? `${signed.word ?? 'DITUGASKAN'} lewat akun terdaftar, ${shortMoment(signed.at, timezone)}` : 'belum diputus',
    ].filter((line) => line !== ''),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
