// The names that people know: of channels, files, states and what happened, and of ids nobody gave a name.
import type { CaseEvent, DetailPart, State, Verdict } from '../../src/case/case.ts';
import type { AccessibleForm, MediaKind } from '../../src/sop/sop.ts';

const CHANNELS: Record<string, string> = {
  media_sosial: 'Media sosial',
  website: 'Website',
  papan_pengumuman: 'Papan pengumuman',
  portal_satu_data: 'Portal Satu Data',
  aplikasi: 'Aplikasi',
  media_massa: 'Media massa',
  media_online: 'Media online',
  instagram: 'Instagram',
  facebook: 'Facebook',
  youtube: 'YouTube',
  tiktok: 'TikTok',
  x: 'X',
};

const KINDS: Record<MediaKind, string> = { photo: 'foto', video: 'video', document: 'dokumen', audio: 'audio' };

const STATUSES: Record<State['status'] | 'none', string> = {
  none: 'belum dimulai',
  draft: 'draf, belum diserahkan',
  returned: 'dikembalikan untuk diperbaiki',
  running: 'dalam pemeriksaan',
  making: 'sedang disusun',
  approved: 'disetujui, menunggu tayang',
  published: 'sudah tayang',
  withdrawn: 'ditarik',
};

const HAPPENINGS: Record<CaseEvent['type'] | Verdict | 'handed-in-again' | 'published' | 'waived', string> = {
  opened: 'Draf dibuka',
  'sop-chosen': 'SOP dipilih',
  titled: 'Nama kegiatan ditulis',
  dated: 'Tanggal ditulis',
  captioned: 'Caption ditulis',
  narrated: 'Narasi ditulis',
  'media-added': 'Berkas dikirim',
  'media-kept': 'Berkas disimpan',
  'media-doubled': 'Berkas kembar dilewati',
  'media-refused': 'Berkas tidak dapat dipakai',
  'media-dropped': 'Berkas dihapus',
  'handed-in': 'Diserahkan',
  'handed-in-again': 'Diserahkan ulang',
  detailed: 'Keterangan ditulis',
  'handed-on': 'Diteruskan',
  taken: 'Mulai dikerjakan',
  nudged: 'Diingatkan atasan',
  reassigned: 'Dialihkan atasan',
  repaired: 'Diperbaiki pemutus',
  scheduled: 'Dijadwalkan',
  'form-provided': 'Bentuk aksesibel diserahkan',
  waived: 'Kanal dilewati',
  entered: 'Masuk langkah',
  responded: 'Tanggapan ditulis',
  decided: 'Diputus',
  returned: 'Dikembalikan',
  announced: 'Tayang',
  published: 'Tayang',
  closed: 'Selesai',
  withdrawn: 'Ditarik',
  told: 'Pengingat dikirim',
  'due-moved': 'Tenggat dihitung ulang',
  receive: 'Diterima',
  accept: 'Disetujui',
  reject: 'Ditolak',
};

const DETAILS: Record<DetailPart, string> = {
  class: 'klasifikasi',
  dip: 'nomor DIP',
  sk: 'SK penetapan',
  source: 'sumber',
  disposition: 'disposisi',
  assignee: 'pelaksana',
};

const CLASSES: Record<string, string> = {
  berkala: 'Berkala',
  serta_merta: 'Serta merta',
  setiap_saat: 'Setiap saat',
  dikecualikan: 'Dikecualikan',
};

const FORMS: Record<AccessibleForm, string> = { audio: 'audio', visual: 'visual', braille: 'Braille' };

const ABBREVIATIONS = new Set(['ppid', 'sop', 'opd', 'plt', 'plh', 'dip', 'tte', 'rri', 'tv']);

/** An id in readable words ("ketua_ppid_pembantu": "Ketua PPID Pembantu", "terima-berkas": "Terima Berkas"); anything else as it is. */
export function readable(text: string): string {
  if (!/^[a-z0-9]+(?:[_-][a-z0-9]+)*$/.test(text)) return text;
  return text
    .split(/[_-]/)
    .map((word) => (ABBREVIATIONS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}

function known(table: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function detailName(part: DetailPart): string {
  return DETAILS[part];
}

export function className(word: string): string {
  return known(CLASSES, word) ?? readable(word);
}

export function formName(form: AccessibleForm): string {
  return FORMS[form];
}

export function channelName(channel: string): string {
  return known(CHANNELS, channel) ?? readable(channel);
}

export function kindName(kind: string): string {
  return known(KINDS, kind) ?? 'berkas';
}

export function statusName(status: string): string {
  return known(STATUSES, status) ?? readable(status);
}

export function happening(what: string): string {
  return known(HAPPENINGS, what) ?? readable(what);
}

/** What a decision is called where the SOP's own label is not at hand. */
export function verdictName(verdict: Verdict): string {
  return { receive: 'DITERIMA', accept: 'TERIMA', reject: 'TOLAK' }[verdict];
}

/** "5 foto, 1 video, 1 dokumen"; what is not there is not named. */
export function countsText(counts: { photos: number; videos: number; documents: number }): string {
  const parts = [
    counts.photos > 0 ? `${counts.photos} foto` : '',
    counts.videos > 0 ? `${counts.videos} video` : '',
    counts.documents > 0 ? `${counts.documents} dokumen` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'tanpa berkas' : parts.join(', ');
}
