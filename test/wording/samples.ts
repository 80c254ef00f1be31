// One of everything that can be said, with invented people.

import type { WordingContext } from '../../bots/wording/context.ts';
import type { CardView, DraftView, StepView } from '../../src/case/card-view.ts';
import type { Decision } from '../../src/case/case.ts';
import type { Refusal } from '../../src/case/command.ts';
import type { Named, Notice, Question } from '../../src/case/outgoing.ts';

export const CASE = '7b1f6a3e-0000-4000-8000-000000000042';
/** Jumat, 20 November 2026, 14.05 WIB */
export const NOW = Date.parse('2026-11-20T14:05:00+07:00');
export const MONDAY_CLOSING = Date.parse('2026-11-23T16:00:00+07:00');
export const TODAY_CLOSING = Date.parse('2026-11-20T16:00:00+07:00');
const HOUR = 3_600_000;

export const context: WordingContext = {
  now: NOW,
  button: (action, index, caseId, item) => ({ tap: `${action}/${caseId}/${index.step}/${index.round}/${index.revision}/${item ?? '-'}` }),
  names: {
    person: (id) => ({ budi: 'Budi Santoso', kartika: 'Kartika' })[id] ?? id,
    role: (id) => ({ ketua_ppid_pembantu: 'Ketua PPID Pembantu', tim_pelaksana: 'Tim Pelaksana' })[id] ?? id,
  },
};

export const named: Named = {
  case: CASE,
  number: '0042/REG-KONTEN/DISDAGPERIN/XI/2026',
  title: 'Pasar Murah Jekan Raya',
  timezone: 'Asia/Jakarta',
};
export const draftNamed: Named = { ...named, number: null };
export const index = { step: 2, round: 1, revision: 1 };

const bound = { case: CASE, step: 'periksa', round: 1, revision: 1 };
export const questions: Record<Question['ask'], Notice & { notice: 'question' }> = {
  title: {
    notice: 'question',
    question: { ask: 'title', case: CASE },
    named: { ...draftNamed, title: null },
    missing: { part: 'title' },
    index,
  },
  date: { notice: 'question', question: { ask: 'date', case: CASE }, named: draftNamed, missing: { part: 'date' }, index },
  media: {
    notice: 'question',
    question: { ask: 'media', case: CASE },
    named: draftNamed,
    missing: { part: 'media', have: 2, min: 4, pending: 1 },
    index,
  },
  caption: {
    notice: 'question',
    question: { ask: 'caption', case: CASE },
    named: draftNamed,
    missing: { part: 'caption', max: 200 },
    index,
  },
  narrative: { notice: 'question', question: { ask: 'narrative', case: CASE }, named: draftNamed, missing: { part: 'narrative' }, index },
  reason: {
    notice: 'question',
    question: { ask: 'reason', ...bound },
    named,
    index,
    suggestions: ['Foto kurang jelas', 'Nama atau jabatan keliru', 'Ejaan atau tata bahasa', 'Tolak'],
  },
  response: { notice: 'question', question: { ask: 'response', ...bound }, named, index },
  link: { notice: 'question', question: { ask: 'link', ...bound, step: 'unggah', channel: 'media_sosial' }, named, index },
  'what-is-it': {
    notice: 'question',
    question: { ask: 'what-is-it', case: CASE, text: 'Bupati membuka pasar murah.', source: '12' },
    named: draftNamed,
    index,
  },
};

export const decision: Decision = {
  step: 'periksa',
  round: 1,
  revision: 1,
  hash: 'ab',
  role: 'ketua_ppid_pembantu',
  person: 'kartika',
  onBehalfOf: null,
  verdict: 'accept',
  note: '',
  at: NOW - 2 * HOUR,
};

export const refusals: Record<Refusal['refused'], Refusal> = {
  stranger: { refused: 'stranger' },
  'not-your-role': { refused: 'not-your-role', needed: 'ketua_ppid_pembantu', yours: ['tim_pelaksana'] },
  'own-case': { refused: 'own-case' },
  'not-the-maker': { refused: 'not-the-maker' },
  'already-decided': { refused: 'already-decided', decision },
  outdated: { refused: 'outdated', now: 'returned' },
  'not-now': { refused: 'not-now', status: 'running' },
  incomplete: {
    refused: 'incomplete',
    missing: [
      { part: 'title' },
      { part: 'date' },
      { part: 'media', have: 3, min: 4, pending: 0 },
      { part: 'caption', max: 200 },
      { part: 'narrative' },
    ],
  },
  'title-length': { refused: 'title-length', length: 160, max: 150 },
  'date-unclear': { refused: 'date-unclear' },
  'date-future': { refused: 'date-future', eventDate: '2027-11-20', maxDays: 30 },
  'caption-length': { refused: 'caption-length', length: 201, max: 200 },
  'caption-empty': { refused: 'caption-empty' },
  'narrative-empty': { refused: 'narrative-empty' },
  'narrative-is-caption': { refused: 'narrative-is-caption' },
  'narrative-length': { refused: 'narrative-length', length: 20_050, max: 20_000 },
  'reason-length': { refused: 'reason-length', length: 4, min: 10, max: 500 },
  'response-length': { refused: 'response-length', length: 510, max: 500 },
  'link-unclear': { refused: 'link-unclear' },
  'media-kind': { refused: 'media-kind', kind: 'audio', allowed: ['photo', 'video', 'document'] },
  'media-many': { refused: 'media-many', max: 30 },
  'unknown-button': { refused: 'unknown-button' },
  'unknown-code': { refused: 'unknown-code' },
  'nothing-open': { refused: 'nothing-open' },
};

const ladder: Notice & { notice: 'ladder' } = {
  notice: 'ladder',
  named,
  rung: 'remind',
  step: 'Memeriksa konten',
  role: 'Ketua PPID Pembantu',
  holders: ['Kartika'],
  dueAt: TODAY_CLOSING,
  now: NOW,
  lateMs: 0,
  leftMs: TODAY_CLOSING - NOW,
  to: 'holder',
  lateHandIn: false,
};
export const ladders = {
  remind: ladder,
  overdue: { ...ladder, rung: 'overdue', dueAt: NOW, leftMs: 0 },
  escalated: { ...ladder, rung: 'escalate-2', dueAt: NOW - 20 * HOUR, lateMs: 4 * HOUR, leftMs: 0, to: 'supervisor', lateHandIn: true },
} satisfies Record<string, Notice>;

const role = 'Ketua PPID Pembantu';
const reason = 'Nama Kepala Dinas keliru; foto ke-3 buram.';
export const notices: Record<Notice['notice'], Notice> = {
  question: questions.reason,
  receipt: {
    notice: 'receipt',
    named,
    revision: 1,
    at: NOW,
    next: { label: 'Tim Pertimbangan Pelayanan Informasi', dueAt: MONDAY_CLOSING },
    late: { eventDate: '2026-11-18' },
  },
  returned: { notice: 'returned', named, role, person: 'Kartika', reason, dueAt: MONDAY_CLOSING, focused: false, index },
  ready: { notice: 'ready', named: draftNamed },
  'due-moved': { notice: 'due-moved', named, dueAt: MONDAY_CLOSING },
  'response-noted': { notice: 'response-noted', named, accept: 'TERIMA' },
  'tap-taken': { notice: 'tap-taken', what: 'handed-in' },
  'sent-back': { notice: 'sent-back', named, role, person: 'Kartika', reason },
  passed: {
    notice: 'passed',
    named,
    role,
    person: 'Kartika',
    verdict: 'accept',
    note: 'Sesuai, tanpa catatan',
    next: 'Atasan PPID Pembantu',
  },
  closed: {
    notice: 'closed',
    named,
    publications: [
      { channel: 'media_sosial', link: 'https://contoh.go.id/p/1' },
      { channel: 'papan_pengumuman', link: null },
    ],
    at: NOW,
    late: false,
  },
  withdrawn: { notice: 'withdrawn', named, person: 'Sari Dewi' },
  ladder,
  'no-holder': { notice: 'no-holder', named, step: 'periksa', role: 'ketua_ppid_pembantu' },
  unreachable: { notice: 'unreachable', person: 'Kartika', why: 'blocked', named },
  'media-fault': {
    notice: 'media-fault',
    named: draftNamed,
    why: { fault: 'too-big', bytes: 36_909_875, max: 20 * 1024 * 1024 },
    name: 'pasar.mp4',
  },
  'media-doubled': { notice: 'media-doubled', named: draftNamed },
  'media-late': { notice: 'media-late', named },
  'edit-ignored': { notice: 'edit-ignored', named },
  refusal: { notice: 'refusal', refusal: refusals['already-decided'], named },
  welcome: { notice: 'welcome', office: 'Dinas Perdagangan (contoh)', name: 'Sari Dewi', roles: ['Tim Pelaksana'] },
  enrolled: { notice: 'enrolled', office: 'Dinas Perdagangan (contoh)', name: 'Sari Dewi', roles: ['Tim Pelaksana'] },
  help: { notice: 'help', roles: ['Tim Pelaksana'], maker: true, decider: true, publisher: true },
  stranger: { notice: 'stranger' },
  unsupported: { notice: 'unsupported', name: 'sticker' },
  'not-understood': { notice: 'not-understood' },
  cancelled: { notice: 'cancelled', named: draftNamed },
  'draft-open': { notice: 'draft-open', named: draftNamed },
  'set-aside': { notice: 'set-aside', named },
  queue: {
    notice: 'queue',
    items: [
      { named, step: 'Memeriksa konten', dueAt: TODAY_CLOSING, late: false },
      { named: { ...named, number: '0043/REG', title: 'Sidak Pangan' }, step: 'Memeriksa konten', dueAt: NOW - HOUR, late: true },
    ],
  },
  status: {
    notice: 'status',
    items: [
      { named, status: 'running', step: 'Memeriksa konten', holders: ['Kartika'], dueAt: MONDAY_CLOSING, late: false },
      {
        named: { ...named, number: '0040/REG', title: 'Sidak Pangan' },
        status: 'published',
        step: null,
        holders: [],
        dueAt: null,
        late: false,
      },
    ],
  },
  'status-one': {
    notice: 'status-one',
    named,
    status: 'running',
    lines: [
      { at: NOW - 3 * HOUR, what: 'handed-in', who: 'Sari Dewi', note: null },
      { at: NOW - HOUR, what: 'receive', who: 'Budi Santoso', note: 'Sesuai, tanpa catatan' },
    ],
    dueAt: MONDAY_CLOSING,
    holders: ['Kartika'],
  },
  register: {
    notice: 'register',
    rows: [
      { named, status: 'running', at: NOW },
      { named: { ...named, number: '0041/REG', title: 'Sidak Pangan' }, status: 'published', at: NOW - 30 * HOUR },
    ],
    month: '2026-11',
  },
  'choose-sop': {
    notice: 'choose-sop',
    named: draftNamed,
    sops: [
      { id: 'a', title: 'Alur Upload Konten Media Sosial' },
      { id: 'b', title: 'Terima' },
    ],
  },
  'choose-media': {
    notice: 'choose-media',
    named: draftNamed,
    media: [
      { index: 0, kind: 'photo', name: null },
      { index: 3, kind: 'video', name: 'pasar.mp4' },
    ],
    round: 1,
  },
  trouble: { notice: 'trouble', code: 'T-1f9c' },
  operator: { notice: 'operator', what: 'Antrean pengiriman tertahan', detail: 'telegram: 429, dicoba lagi dalam 30 detik' },
};

export const draftView: DraftView = {
  view: 'draft',
  named: draftNamed,
  index,
  sopTitle: 'Alur Upload Konten Media Sosial',
  revision: 0,
  eventDate: '2026-11-20',
  dueAt: Date.parse('2026-11-20T23:59:59+07:00'),
  late: false,
  media: { photos: 2, videos: 1, documents: 0, have: 3, pending: 1, min: 4 },
  caption: { text: 'Pasar murah hadir di Jekan Raya. #PasarMurah', length: 44, max: 200 },
  captionMax: 200,
  narrative: null,
  narrativeNeeded: true,
  missing: [{ part: 'media', have: 3, min: 4, pending: 0 }, { part: 'narrative' }],
  returned: null,
  ended: 'open',
  buttons: [{ action: 'editTitle' }, { action: 'editDate' }, { action: 'editCaption' }, { action: 'editMedia' }, { action: 'cancel' }],
};

export const stepView: StepView = {
  view: 'step',
  kind: 'decide',
  named,
  index,
  sopTitle: 'Alur Upload Konten Media Sosial',
  position: { step: 3, of: 5 },
  roleLabel: 'Ketua PPID Pembantu',
  activity: 'Memeriksa dokumentasi dan konten berita',
  maker: 'Sari Dewi',
  eventDate: '2026-11-19',
  handedInAt: NOW - 3 * HOUR,
  handedInLate: true,
  counts: { photos: 5, videos: 1, documents: 0 },
  revision: 2,
  changed: ['caption', 'media'],
  caption: { text: 'Pasar murah hadir di Jekan Raya. #PasarMurah', length: 44, max: 200 },
  narrative: 'Palangka Raya – Dinas menggelar pasar murah.\nWarga datang sejak pagi.',
  earlier: [
    {
      role: 'Tim Pertimbangan Pelayanan Informasi',
      person: 'Budi Santoso',
      onBehalfOf: null,
      verdict: 'receive',
      note: 'Sesuai, tanpa catatan',
      at: NOW - HOUR,
    },
  ],
  response: 'Sudah baik, lanjutkan.',
  dueAt: MONDAY_CLOSING,
  late: false,
  labels: { accept: 'TERIMA', reject: 'TOLAK' },
  channels: [],
  outcome: { is: 'open' },
  buttons: [{ action: 'accept' }, { action: 'reject' }, { action: 'respond' }],
};

const by = {
  role: 'Tim Pertimbangan Pelayanan Informasi',
  person: 'Budi Santoso',
  onBehalfOf: null,
  note: 'Sesuai, tanpa catatan',
  at: NOW,
};
export const cards = {
  empty: {
    ...draftView,
    named: { ...draftNamed, title: null },
    eventDate: null,
    dueAt: null,
    media: { photos: 0, videos: 0, documents: 0, have: 0, pending: 0, min: 4 },
    caption: null,
    missing: [
      { part: 'title' },
      { part: 'date' },
      { part: 'media', have: 0, min: 4, pending: 0 },
      { part: 'caption' },
      { part: 'narrative' },
    ],
    buttons: [],
  },
  draft: draftView,
  complete: {
    ...draftView,
    media: { photos: 3, videos: 1, documents: 0, have: 4, pending: 0, min: 4 },
    narrative: { text: 'Dinas menggelar pasar murah.', words: 120 },
    missing: [],
    buttons: [...draftView.buttons.slice(0, 2), { action: 'handIn' }, ...draftView.buttons.slice(2)],
  },
  returned: {
    ...draftView,
    named,
    revision: 2,
    late: true,
    dueAt: NOW - HOUR,
    returned: { role, person: 'Kartika', reason },
  },
  handedIn: { ...draftView, named, ended: 'handed-in' },
  cancelled: { ...draftView, ended: 'withdrawn' },
  decide: stepView,
  receive: {
    ...stepView,
    kind: 'receive',
    revision: 1,
    earlier: [],
    response: null,
    buttons: [{ action: 'receive' }, { action: 'respond' }],
  },
  publish: {
    ...stepView,
    kind: 'publish',
    response: null,
    roleLabel: 'Admin Medsos',
    late: true,
    dueAt: NOW - HOUR,
    channels: [
      { channel: 'website', link: 'https://contoh.go.id/1', done: true },
      { channel: 'media_sosial', link: null, done: false },
    ],
    buttons: [{ action: 'published' }, { action: 'waive', item: 1 }],
  },
  received: { ...stepView, kind: 'receive', outcome: { is: 'decided', by: { ...by, verdict: 'receive' } } },
  accepted: { ...stepView, outcome: { is: 'decided', by: { ...by, verdict: 'accept' } } },
  rejected: { ...stepView, outcome: { is: 'decided', by: { ...by, verdict: 'reject', note: reason, onBehalfOf: 'Kartika' } } },
  published: {
    ...stepView,
    kind: 'publish',
    channels: [{ channel: 'website', link: 'https://contoh.go.id/1', done: true }],
    outcome: { is: 'published', person: 'Maya', at: NOW },
  },
  overtaken: { ...stepView, outcome: { is: 'overtaken', why: 'returned' } },
} satisfies Record<string, CardView>;
