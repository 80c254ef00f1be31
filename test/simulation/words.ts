// What the people of a run press and write: the buttons that an SOP's cards carry, and an answer to each question, good or bad.

import { channelName, className, formName } from '../../bots/wording/terms.ts';
import { isOffline } from '../../src/case/decide-announce.ts';
import type { Question } from '../../src/case/outgoing.ts';
import type { Sop, Step } from '../../src/sop/sop.ts';
import type { Seeded } from '../support/seeded.ts';

type Kind = Step['kind'];
type StepOf<K extends Kind> = Extract<Step, { kind: K }>;

export function stepsOf<K extends Kind>(sop: Sop, kind: K): StepOf<K>[] {
  return sop.steps.filter((step): step is StepOf<K> => step.kind === kind);
}

const unique = (words: string[]): string[] => [...new Set(words)];

/** Of those who take, receive, decide or schedule: in strict runs as much is turned down as is accepted, twice over. */
export function turnWords(sop: Sop, strict: boolean): string[] {
  const [decide] = stepsOf(sop, 'decide');
  const { accept, reject } = decide?.labels ?? { accept: '', reject: '' };
  return [
    ...(stepsOf(sop, 'prepare').length + stepsOf(sop, 'assign').length > 1 ? ['KERJAKAN'] : []),
    ...(stepsOf(sop, 'receive').length > 0 ? ['DITERIMA'] : []),
    ...(decide ? [accept, strict ? reject : accept, reject] : []),
    ...(stepsOf(sop, 'decide').some(({ mayRepair, mayCorrect }) => mayRepair || mayCorrect) ? ['PERBAIKI'] : []),
    ...(stepsOf(sop, 'schedule').length > 0 ? ['ATUR JADWAL', 'Ya, tetap jadwalkan'] : []),
  ];
}

/** Of those who publish: mostly what is published, now and then a channel left out, a form, another channel, or enough. */
export function publishWords(sop: Sop): string[] {
  return stepsOf(sop, 'publish').flatMap(({ channels, channelsNeeded, accessibility }) => {
    const names = channels.map(channelName);
    const any = channelsNeeded === 'any';
    const forms = (accessibility?.forms ?? []).map((form) => `Serahkan ${formName(form)}`);
    const waived = channels.length > 1 && !any ? names.map((name) => `Lewati ${name}`) : [];
    return ['SUDAH TAYANG', ...(waived.length > 0 ? ['SUDAH TAYANG'] : []), ...forms, ...waived, ...(any ? ['SELESAI', ...names] : [])];
  });
}

/** Anything that stands on a button. */
export function allWords(sop: Sop): string[] {
  const drafts = stepsOf(sop, 'assign').length > 0 ? ['SERAHKAN', 'TUGASKAN'] : ['SERAHKAN'];
  const turns = unique(turnWords(sop, true));
  return unique([...drafts, ...turns, 'TANGGAPAN', ...publishWords(sop), 'Hari ini', 'Perbaiki sekarang', 'Pakai alasan ini']);
}

export type Answer = { text: string } | { press: string } | { photo: string };

const DETAILS = {
  dip: { good: '12/DIP/2026', bad: '1' },
  sk: { good: '188/45/2026, 5 Januari 2026', bad: '2' },
  source: { good: 'Liputan sendiri', bad: 'x' },
  disposition: { good: '045/2026: siapkan pengumuman', bad: '3' },
} as const;

/** What must be announced at once comes as often as all the rest. */
const CLASSES = ['berkala', 'serta_merta', 'serta_merta', 'setiap_saat'] as const;
const TIMES = [
  'sekarang',
  'besok 09.00',
  'lusa 10.30',
  'besok 21.00',
  'hari ini 15.30',
  '2026-11-22 10.00',
  '2026-11-19 09.00',
  'nanti saja',
];
const NEXT = 'Naskah yang diperbaiki, nomor';

/** `classes` and `assignees`: those that may be chosen. */
export function answerTo(question: Question, chance: Seeded, { classes, assignees }: { classes: string[]; assignees: string[] }): Answer {
  switch (question.ask) {
    case 'reason':
      return { text: chance.chance(0.2) ? 'pendek' : 'Foto ketiga buram, mohon diganti.' };
    case 'waive':
      return { text: chance.chance(0.2) ? 'pendek' : 'Laman sedang diperbaiki' };
    case 'response':
      return { text: 'Sesuai, mohon segera ditayangkan.' };
    case 'link':
      if (isOffline(question.channel) ? chance.chance(0.8) : chance.chance(0.1)) return { photo: `bukti ${chance.below(20)}` };
      return { text: chance.chance(0.1) ? 'sudah ya' : `https://contoh.go.id/p/${chance.below(1000)}` };
    case 'form':
      return chance.chance(0.3) ? { photo: `bentuk ${chance.below(20)}` } : { text: `Naskah suara ${chance.below(100)}` };
    case 'repair':
      return { text: `${NEXT} ${chance.below(100)}.` };
    case 'schedule':
      return question.proposed !== null && chance.chance(0.5) ? { press: 'Ya, tetap jadwalkan' } : { text: chance.pick(TIMES) };
    case 'class': {
      const one = chance.pick(CLASSES.filter((each) => classes.includes(each)));
      if (chance.chance(0.1)) return { press: 'Dikecualikan' };
      return chance.chance(0.2) ? { text: chance.chance(0.5) ? 'apa saja' : one.replace('_', ' ') } : { press: className(one) };
    }
    case 'assignee':
      return chance.chance(0.2) ? { text: chance.chance(0.5) ? 'siapa saja' : chance.pick(assignees) } : { press: chance.pick(assignees) };
    case 'dip':
    case 'sk':
    case 'source':
    case 'disposition':
      return { text: chance.chance(0.1) ? DETAILS[question.ask].bad : DETAILS[question.ask].good };
    case 'date':
      return chance.chance(0.2) ? { text: 'entah kapan' } : { press: 'Hari ini' };
    case 'title':
      return { text: chance.chance(0.1) ? 'x'.repeat(151) : `Kegiatan ${chance.below(100)}` };
    case 'caption':
      return { text: `Caption ${chance.below(100)}` };
    case 'narrative':
      return { text: `Narasi berita tentang kegiatan nomor ${chance.below(100)}.` };
    case 'media':
    case 'what-is-it':
      return { photo: `tambahan ${chance.below(20)}` };
  }
}

/** An answer that is taken. `atOnce`: what must be announced at once. */
export function goodAnswer(question: Question, { assignee, atOnce }: { assignee: string; atOnce: boolean }): string {
  switch (question.ask) {
    case 'date':
      return 'hari ini';
    case 'class':
      return atOnce ? 'serta merta' : 'berkala';
    case 'dip':
    case 'sk':
    case 'source':
    case 'disposition':
      return DETAILS[question.ask].good;
    case 'assignee':
      return assignee;
    case 'link':
      return 'https://contoh.go.id/p/1';
    case 'schedule':
      return 'sekarang';
    case 'narrative':
      return 'Narasi yang lengkap tentang kegiatan ini.';
    default:
      return 'Kegiatan lengkap';
  }
}
