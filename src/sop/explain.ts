// Prints an SOP as the table that an official would recognise: its head, then one row for each step.
import { dueWords } from './due-words.ts';
import { replacedBy } from './replaced-law.ts';
import type { AssignStep, DecideStep, PrepareStep, PublishStep, Requirements, Sop, Step } from './sop.ts';
import { type TableColumn, textTable, wrap } from './text-table.ts';

const WIDTH = 140;
const LABEL = 22;

const OUTPUT_WORDS: Record<string, string> = {
  register: 'Register dokumentasi dan konten',
  'written-response': 'Tanggapan tertulis',
};

const MEDIA_WORDS = { photo: 'foto', video: 'video', document: 'dokumen', audio: 'audio' };

const CHANNEL_WORDS: Record<string, string> = {
  papan_pengumuman: 'papan pengumuman',
  website: 'website',
  media_sosial: 'media sosial',
  portal_satu_data: 'Portal Satu Data',
  aplikasi: 'aplikasi',
  media_massa: 'media massa',
  media_online: 'media online',
};

export function explainSop(sop: Sop): string {
  return [...head(sop), '', stepsTable(sop), ''].join('\n');
}

function head(sop: Sop): string[] {
  const lines = wrap(sop.title.toUpperCase(), WIDTH);
  const field = (label: string, value: string | undefined) => {
    const [first = '', ...more] = wrap(value ?? '-', WIDTH - LABEL - 2);
    lines.push(`${label.padEnd(LABEL)}: ${first}`, ...more.map((line) => ' '.repeat(LABEL + 2) + line));
  };
  const section = (label: string, items: string[]) => {
    if (items.length === 0) return field(label, undefined);
    lines.push(`${label.padEnd(LABEL)}:`);
    for (const [i, item] of items.entries()) {
      const [first = '', ...more] = wrap(item, WIDTH - 6);
      lines.push(`  ${String(i + 1).padStart(2)}. ${first}`, ...more.map((line) => ' '.repeat(6) + line));
    }
  };
  field('Instansi', sop.agency);
  field('ID', sop.id);
  field('Nomor SOP', sop.number);
  field('Tanggal pembuatan', sop.dates.made);
  field('Tanggal revisi', sop.dates.revised);
  field('Tanggal efektif', sop.dates.effective);
  field('Disahkan oleh', sop.enactedBy);
  field('Versi', sop.version);
  section('Dasar hukum', sop.legalBasis.map(lawWords));
  section('Kualifikasi pelaksana', sop.qualifications);
  section('Peralatan', sop.equipment);
  section('Keterkaitan', sop.related);
  section('Peringatan', sop.warnings);
  section('Pencatatan', sop.recording);
  return lines;
}

function lawWords(law: string): string {
  const by = replacedBy(law);
  return by === null ? law : `${law} (telah diganti dengan ${by})`;
}

// The words of the government's own form above the three columns that it asks for in every SOP.
const MUTU_BAKU = { title: 'MUTU BAKU', from: 3, columns: 3 };

const COLUMNS: TableColumn[] = [
  { title: 'NO', width: 2 },
  { title: 'URAIAN PROSEDUR', width: 43 },
  { title: 'PELAKSANA', width: 19 },
  { title: 'KELENGKAPAN', width: 21 },
  { title: 'WAKTU', width: 17 },
  { title: 'OUTPUT', width: 19 },
];

// The same 140 characters with a column more, for the SOPs that have remarks.
const COLUMNS_WITH_REMARKS: TableColumn[] = [
  { title: 'NO', width: 2 },
  { title: 'URAIAN PROSEDUR', width: 31 },
  { title: 'PELAKSANA', width: 14 },
  { title: 'KELENGKAPAN', width: 18 },
  { title: 'WAKTU', width: 15 },
  { title: 'OUTPUT', width: 16 },
  { title: 'KETERANGAN', width: 22 },
];

function stepsTable(sop: Sop): string {
  const withRemarks = sop.steps.some(({ remarks }) => remarks !== undefined);
  const rows = sop.steps.map((step, i) => {
    const cells = [
      [String(i + 1)],
      [step.activity, ...wayWords(step, sop)],
      [sop.roles[step.role] ?? step.role],
      step.needsText ?? requirementWords(step),
      timeWords(step),
      step.outputText ? [step.outputText] : step.output.map((word) => OUTPUT_WORDS[word] ?? word),
    ];
    return withRemarks ? [...cells, step.remarks ?? []] : cells;
  });
  return textTable(withRemarks ? COLUMNS_WITH_REMARKS : COLUMNS, rows, MUTU_BAKU);
}

/** The words of the SOP's own table, then the deadline that is kept. */
function timeWords(step: Step): string[] {
  const kept = dueWords(step.due);
  return step.timeText === undefined || step.timeText === kept ? [kept] : [step.timeText, `(${kept})`];
}

function requirementWords(step: Step): string[] {
  return step.kind === 'prepare' ? requiresWords(step.requires) : [];
}

function requiresWords({ media, narrative, caption }: Requirements): string[] {
  return [
    ...(media ? [`Dokumentasi minimal ${media.min} (${media.kinds.map((kind) => MEDIA_WORDS[kind]).join(', ')})`] : []),
    ...(narrative ? ['Narasi'] : []),
    ...(caption ? [`Caption maksimal ${caption.max} karakter`] : []),
  ];
}

/** What the lines of the flow chart say, and what is kept beside the table's own words. */
function wayWords(step: Step, sop: Sop): string[] {
  switch (step.kind) {
    case 'prepare':
      return prepareWords(step);
    case 'assign':
      return assignWords(step, sop);
    case 'decide':
      return decideWords(step, sop);
    case 'publish':
      return publishWords(step);
    default:
      return [];
  }
}

function prepareWords({ requires }: PrepareStep): string[] {
  const asked = [
    ...(requires.informationClass
      ? [`klasifikasi (${requires.informationClass.map((one) => one.replaceAll('_', ' ')).join(' atau ')})`]
      : []),
    ...(requires.publicInformation ? ['nomor DIP dan SK penetapannya'] : []),
    ...(requires.source ? ['sumber bahan'] : []),
  ];
  return [...(asked.length > 0 ? [`Ditanyakan: ${asked.join(', ')}.`] : []), ...declaredWords(requires.checklist)];
}

function assignWords(step: AssignStep, sop: Sop): string[] {
  const target = sop.steps.findIndex(({ id }) => id === step.assignTo);
  return [
    ...(target < 0 ? [] : [`Pelaksana langkah ${target + 1} ditunjuk di sini.`]),
    ...(step.disposition ? ['Ditanyakan: disposisi.'] : []),
  ];
}

function declaredWords(checklist: string[] | undefined): string[] {
  return checklist === undefined ? [] : [`Dinyatakan: ${checklist.join('; ')}.`];
}

function publishWords(step: PublishStep): string[] {
  const names = step.channels.map((channel) => CHANNEL_WORDS[channel] ?? channel.replaceAll('_', ' '));
  const anyOne = step.channelsNeeded === 'any' && names.length > 1;
  const { accessibility } = step;
  return [
    `Kanal: ${names.join(', ')}${anyOne ? ' (paling sedikit satu)' : ''}`,
    ...(accessibility ? [`Bentuk aksesibel: paling sedikit ${accessibility.min} dari ${accessibility.forms.join(', ')}.`] : []),
  ];
}

function decideWords(step: DecideStep, sop: Sop): string[] {
  const back = sop.steps.findIndex(({ id }) => id === step.rejectTo);
  const deciders =
    step.needs === 'any'
      ? []
      : [step.needs === 'all' ? 'Diputus oleh semua pemegang peran' : `Diputus oleh ${step.needs.count} pemegang peran`];
  return [
    `${step.labels.accept}: lanjut${step.acceptedAs === undefined ? '' : `, konten ${step.acceptedAs}`}. ${step.labels.reject}: kembali ke langkah ${back + 1}.`,
    ...deciders,
    ...declaredWords(step.checklist),
    ...(step.mayCorrect ? ['Caption dan narasi dapat diperbaiki di langkah ini sebelum diputus.'] : []),
    ...(step.mayRepair ? ['Bila dikembalikan ke sini: diperbaiki dan diteruskan, atau dikembalikan lagi.'] : []),
  ];
}
