// Captions and names that are meant to become something else, from a seed, through everything that writes people's words down; and what must
// not have become of them.
import { caseJson } from '../../bin/case-json.ts';
import { caseText } from '../../bin/case-text.ts';
import { openLog } from '../../bin/log.ts';
import type { Message } from '../../bots/channel.ts';
import { safeFileName } from '../../bots/telegram/clean.ts';
import { compose as composeTelegram } from '../../bots/telegram/compose.ts';
import { compose as composeWhatsApp } from '../../bots/whatsapp/compose.ts';
import { cardMessage } from '../../bots/wording/card.ts';
import { LABELS } from '../../bots/wording/labels.ts';
import { noticeMessage } from '../../bots/wording/notice.ts';
import type { CardView } from '../../src/case/card-view.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import type { Office } from '../../src/office/office.ts';
import type { Column } from '../../src/register/column.ts';
import { toCsv } from '../../src/register/csv.ts';
import { REGISTER_COLUMNS, registerRow } from '../../src/register/row.ts';
import { isFixedWord } from '../../src/sop/fixed-words.ts';
import { textTable } from '../../src/sop/text-table.ts';
import { boardPage } from '../../web/board.ts';
import { caseWith, decision, office, revisionWith, sop } from '../register/sample.ts';
import { cards, context, ladders, notices, questions, refusals, named as sampleNamed } from '../wording/samples.ts';
import { poisoned } from './poisoned.ts';
import { type Seeded, seeded } from './seeded.ts';

const PIECES = [
  ...[
    '=1+1',
    '+62',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '=HYPERLINK("http://x.id","x")',
    '|',
    "=cmd|' /C calc'!A0",
    ';',
    ';=1+1;',
    ';"=1+1',
    ',',
    '"',
    "'",
    '""',
  ],
  ...[
    '*tebal*',
    '_miring_',
    '~coret~',
    '`kode`',
    '```',
    '*',
    '_',
    '> kutip',
    '\n- butir',
    '\n1. satu',
    '[a](tg://user?id=1)',
    '||rahasia||',
    '@admin',
  ],
  ...[
    '<b>',
    '</td>',
    '<script>alert(1)</script>',
    '&amp;',
    '&lt;',
    '<img src=x onerror=1>',
    '" onload="',
    "' --",
    '{{7*7}}',
    '<!--',
    ']]>',
  ],
  ...[
    '\u202e',
    '\u202a',
    '\u2066',
    '\u2069',
    '\u200f',
    '\u061c',
    '\u200b',
    '\ufeff',
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u001b]8;;http://x\u0007',
    '\u0085',
    '\u2028',
    '\u009b2J',
  ],
  ...[
    '../../etc/passwd',
    '..\\..\\x',
    '/etc/passwd',
    'C:\\x',
    'file:///etc',
    '%2e%2e%2f',
    'CON',
    '.bashrc',
    'a.jpg\u0000.exe',
    '\ngetMe HTTP/1.1',
  ],
  ...[
    '\ud800',
    '\udc00',
    '👨‍👩‍👧',
    '🇮🇩',
    'a\u0301\u0301',
    'ﷺ',
    'Z͑ͫ̓',
    'kata',
    'Pasar murah',
    ' ',
    '\n',
    '\n\n',
    'https://x.id/a_b*c',
    'javascript:alert(1)',
    '✅ DITERIMA oleh Kartika',
  ],
  ...['TERIMA', 'TOLAK', '{"level":60,"msg":"palsu"}', '\n{"level":60}', 'Status            : palsu', '\nStatus            : sudah tayang'],
];

export function hostileWord(seed: number, at: number): string {
  const chance: Seeded = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b));
  const parts = Array.from({ length: 1 + chance.below(5) }, () =>
    chance.chance(0.85) ? chance.pick(PIECES) : String.fromCodePoint(chance.chance(0.7) ? chance.below(0x3000) : chance.below(0x110000)),
  );
  return chance.chance(0.02) ? parts.join('').repeat(200) : parts.join('');
}

/** Controls but line ends, and everything that turns the direction of reading. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/;
const HALF = /\p{Surrogate}/u;
const CLEAN = 'kata';
const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

const all: Notice[] = [
  ...[notices, questions, ladders].flatMap((group) => Object.values(group)),
  ...Object.values(refusals).map((refusal): Notice => ({ notice: 'refusal', refusal, named: sampleNamed })),
];
const views: CardView[] = Object.values(cards);
/** Each made with a word that does no harm: how many signs of each kind are our own. */
const harmless = new Map<Notice | CardView, { bold: number; marks: number }>();

const WHATSAPP_MARKS = /(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])|`/g;
const WHATSAPP_LINE = /^\s*(?:>|[-*•]\s|\d{1,3}[.)]\s)/m;

function inChats(of: Notice | CardView, make: (by: string) => Message, word: string): string | null {
  const message = make(word);
  const telegram = composeTelegram(message);
  if ('fault' in telegram) return `telegram: ${telegram.fault}`;
  const whatsapp = composeWhatsApp(message) ?? '';
  const own = harmless.get(of) ?? counted(make(CLEAN));
  harmless.set(of, own);
  if (telegram.text.length > 4096) return 'telegram: too long';
  for (const [where, text] of Object.entries({ telegram: telegram.text, whatsapp })) {
    if (UNSEEN.test(text)) return `${where}: an invisible sign`;
    if (HALF.test(text)) return `${where}: half a letter`;
  }
  if (telegram.entities.length > own.bold) return `telegram: ${telegram.entities.length} entities instead of ${own.bold}`;
  for (const { offset, length } of telegram.entities) if (offset + length > telegram.text.length) return 'telegram: an entity past the end';
  for (const button of telegram.keyboard.flat()) {
    if (UNSEEN.test(button.text) || button.text.includes('\n')) return 'telegram: a button of several lines';
    if (isFixedWord(button.text) && !(Object.values(LABELS) as string[]).includes(button.text))
      return `telegram: a button named ${button.text}`;
    if ('url' in button && !/^https?:/i.test(button.url)) return `telegram: a button to ${button.url}`;
  }
  if (count(whatsapp, WHATSAPP_MARKS) > own.marks) return `whatsapp: ${count(whatsapp, WHATSAPP_MARKS)} marks instead of ${own.marks}`;
  return WHATSAPP_LINE.test(whatsapp) ? 'whatsapp: a list or a quote' : null;
}

function counted(message: Message): { bold: number; marks: number } {
  const telegram = composeTelegram(message);
  return {
    bold: 'fault' in telegram ? 0 : telegram.entities.length,
    marks: count(composeWhatsApp(message) ?? '', WHATSAPP_MARKS),
  };
}

/** Cells of RFC 4180; a program that counts commas is not fooled either. */
function cellsOf(csv: string): string[] {
  return [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}

const FORMULA = /^[=+\-@\t\r\n\0]/;
const COLUMNS: Column<'a' | 'b'>[] = [
  { key: 'a', title: 'Nama' },
  { key: 'b', title: 'Isi' },
];

/**
 * The cells that a program sees whose separator is another one (`;` with Indonesian settings): a quote that does not begin a cell is a sign
 * like any other there.
 */
function cellsAt(csv: string, separator: ';' | '\t'): string[] {
  return csv.split(separator === ';' ? /[;\r\n]/ : /[\t\r\n]/).map((cell) => cell.replace(/^["\s\0]+/, ''));
}

const runs = (csv: string): boolean => ([';', '\t'] as const).some((one) => cellsAt(csv, one).some((cell) => /^[=+\-@]/.test(cell)));
/** Without what keeps it text. */
const bare = (cell: string): string => cell.replace(/^'/, '').replace(/'(?=[=+\-@])/g, '');

function inCsv(word: string): string | null {
  const csv = toCsv(COLUMNS, [{ a: word, b: `${word} ` }]);
  const cells = cellsOf(csv);
  if (cells.length !== 5 && cells.length !== 4) return `csv: ${cells.length} cells`;
  const [, , a = '', b = ''] = cells;
  if (FORMULA.test(a) || FORMULA.test(b)) return 'csv: a formula';
  if (runs(csv)) return 'csv: a formula behind another separator';
  return bare(a) === bare(word) ? null : 'csv: not what was written';
}

function facts(word: string) {
  const spoiled: Office = { ...office, people: office.people.map((person) => ({ ...person, position: word })) };
  const spoiledCase = caseWith({
    number: { year: 2026, serial: 1, text: '0001/2026' },
    content: { title: word, eventDate: null, caption: { text: word }, narrative: { text: word }, media: [] },
    revisions: [revisionWith({ title: word, caption: word, narrative: word })],
    decisions: [decision({ note: word })],
    publications: [{ channel: 'web', link: word, at: 0, person: 'maya', proof: null }],
  });
  return { case: spoiledCase, sop, office: spoiled, now: 0 };
}

function inRegister(word: string): string | null {
  const { case: c, office: of } = facts(word);
  const csv = toCsv(REGISTER_COLUMNS, [registerRow(c, sop, of, 0)]);
  const cells = cellsOf(csv);
  if (cells.some((cell) => FORMULA.test(cell)) || runs(csv)) return 'register: a formula';
  return cells.length >= REGISTER_COLUMNS.length * 2 ? null : `register: ${cells.length} cells`;
}

/** Lines that begin at the margin are ours. */
const ownLines = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('    '));
const terminal = (text: string): boolean => /\p{Cc}|\p{Cf}/u.test(text.replaceAll('\n', ''));
let clean: number | null = null;

function inTerminal(word: string): string | null {
  const text = caseText(facts(word), []);
  clean ??= ownLines(caseText(facts(CLEAN), [])).length;
  if (terminal(text)) return 'terminal: a control';
  if (ownLines(text).length !== clean) return 'terminal: a line that is not ours';
  return null;
}

function inTable(word: string): string | null {
  const table = textTable([{ title: 'Isi', width: 30 }], [[[word]]]);
  if (terminal(table)) return 'table: a control';
  return table.split('\n').every((line) => /^[+|].*[+|]$/u.test(line)) ? null : 'table: a line out of it';
}

function inJson(word: string): string | null {
  const json = caseJson(facts(word));
  const text = JSON.stringify(json);
  if (HALF.test(text) || text.includes('\n')) return 'json: not one line of text';
  const back: unknown = JSON.parse(text);
  return typeof back === 'object' && back !== null && 'caption' in back && back.caption === word ? null : 'json: not what was written';
}

const tags = (page: string): number => count(page, /[<>"]/g);
const step = (word: string) => ({ office: word, sop: word, step: word, role: word, waiting: 1, late: 0, nextDue: word });
const page = (word: string): string => String(boardPage({ steps: [step(word)], published: 0, at: word }));
let cleanTags: number | null = null;

function inPage(word: string): string | null {
  cleanTags ??= tags(page(CLEAN));
  return tags(page(word)) === cleanTags ? null : 'page: a tag';
}

const logged: string[] = [];
const log = openLog({ level: 'info', secrets: [], destination: { write: (line: string) => void logged.push(line) } });

function inLog(word: string): string | null {
  log.warn({ why: word, err: new Error(word) }, word);
  const lines = logged.splice(0);
  const [line = ''] = lines;
  if (lines.length !== 1 || line.indexOf('\n') !== line.length - 1) return 'log: more than one line';
  if (UNSEEN.test(line)) return 'log: a control';
  const read: unknown = JSON.parse(line);
  return typeof read === 'object' && read !== null && 'level' in read && read.level === 40 ? null : 'log: another line';
}

function inName(word: string): string | null {
  const name = safeFileName(word);
  if (/[/\\"\r\n;%]|^\.|^$/.test(name) || UNSEEN.test(name) || HALF.test(name)) return `name: ${JSON.stringify(name)}`;
  return name.length <= 64 ? null : 'name: too long';
}

const inNotice = (word: string, at: number): string | null => {
  const notice = all[at % all.length];
  return notice
    ? named(
        notice.notice,
        inChats(notice, (by) => noticeMessage(poisoned(notice, by), context), word),
      )
    : 'no sample';
};
const inCard = (word: string, at: number): string | null => {
  const view = views[at % views.length];
  return view
    ? named(
        view.view,
        inChats(view, (by) => cardMessage(poisoned(view, by), context), word),
      )
    : 'no sample';
};
const named = (of: string, became: string | null): string | null => (became === null ? null : `${of}: ${became}`);

/** Everything that writes people's words down. `at` says which of its samples. */
const WRITTEN: ((word: string, at: number) => string | null)[] = [
  ...[inNotice, inCard, inCsv, inRegister, inTerminal, inTable, inJson, inPage, inLog, inName],
];

/** The first word that became something else; `null` when none did. */
export function firstSpoiled(
  seed: number,
  from: number,
  words: number,
  through: 'everything' | 'one in turn',
): { at: number; word: string; became: string } | null {
  for (let at = from; at < from + words; at += 1) {
    const word = hostileWord(seed, at);
    for (const [place, write] of WRITTEN.entries()) {
      if (through === 'one in turn' && place !== at % WRITTEN.length) continue;
      const became = write(word, Math.floor(at / WRITTEN.length));
      if (became !== null) return { at, word, became };
    }
  }
  return null;
}
