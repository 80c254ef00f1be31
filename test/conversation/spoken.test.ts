// Answers in words: what is exact decides, what only sounds like it is asked about, all else is ordinary text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, isDeciding, type Offer, optionHash, plainLabel } from '../../src/conversation/offer.ts';
import type { Action } from '../../src/conversation/reference.ts';
import { numberNamed, type Read, readSpoken, type Spoken } from '../../src/conversation/spoken.ts';

const choices = (...made: [Action, string][]): Choice[] =>
  made.map(([action, label], at) => ({ n: at + 1, label, action, data: `${action}-${at + 1}` }));

const DECIDE = choices(['accept', '✅ TERIMA'], ['reject', '❌ TOLAK'], ['respond', '📝 TANGGAPAN']);
const offer = (serial: number | null, more: Partial<Offer> = {}): Offer => ({
  message: `card-${serial}`,
  poll: null,
  key: `step/${serial}/periksa/1`,
  named: {
    case: `case-${serial}`,
    number: serial === null ? null : `${String(serial).padStart(4, '0')}/REG-KONTEN/XI/2026`,
    title: `Kegiatan ${serial}`,
    timezone: 'Asia/Jakarta',
  },
  serial,
  numbered: true,
  standing: true,
  choices: DECIDE,
  ...more,
});
const receive = (serial: number): Offer => offer(serial, { choices: choices(['receive', '✅ DITERIMA'], ['respond', '📝 TANGGAPAN']) });
const draft = offer(null, { choices: choices(['handIn', '📤 SERAHKAN'], ['editCaption', '✏️ Ubah caption'], ['cancel', '✖️ Batal']) });
const dateQuestion = offer(null, { message: 'q', key: null, choices: choices(['today', '🗓️ Hari ini'], ['yesterday', 'Kemarin']) });
const reasons = offer(12, {
  message: 'q',
  key: null,
  choices: choices(['reason', 'Foto kurang jelas'], ['reason', 'Nama atau jabatan keliru']),
});

const said = (text: string, more: Partial<Spoken> = {}): Spoken => ({ text, replyTo: null, group: false, asked: false, ...more });
/** In short: `accept-1 of 12`, `reject-2 of 12: alasan`, `? 12 15`, `no 12`, `-`. */
function short(read: Read): string {
  if (read.read === 'choice') return `${read.choice.data} of ${read.offer.serial}${read.text === null ? '' : `: ${read.text}`}`;
  if (read.read === 'unclear') return `? ${read.offers.map(({ serial }) => serial).join(' ')}`;
  if (read.read === 'gone') return 'gone';
  return read.read === 'no-card' ? `no ${read.number}` : '-';
}
const read = (spoken: Spoken, ...offers: Offer[]) => short(readSpoken(spoken, offers));

describe('a word with the register number', () => {
  test.each([
    ['TERIMA 12', 'accept-1 of 12'],
    ['terima 0012', 'accept-1 of 12'],
    ['/terima 12', 'accept-1 of 12'],
    ['/setujui 12', 'accept-1 of 12'],
    ['Terima no. 12.', 'accept-1 of 12'],
    ['*TERIMA* #12', 'accept-1 of 12'],
    ['✅ TERIMA 12', 'accept-1 of 12'],
    ['terima 0012/reg-konten/xi/2026', 'accept-1 of 12'],
    ['TOLAK 12 foto ketiga buram', 'reject-2 of 12: foto ketiga buram'],
    ['/tolak 12: foto ketiga buram', 'reject-2 of 12: foto ketiga buram'],
    ['TOLAK 12', 'reject-2 of 12'],
    ['TANGGAPAN 15 Sesuai, lanjutkan.', 'respond-3 of 15: Sesuai, lanjutkan.'],
    ['TERIMA 12 tapi ganti foto ketiga', '? 12'],
    ['TERIMA 12?', '? 12'],
    ['TERIMA 99', 'no 99'],
    ['TOLAK 99 foto ketiga buram', 'no 99'],
    ['TERIMA 99 foto sudah masuk', '? 12 15'],
    ['SERAHKAN 12', 'no 12'],
  ])('%s', (text, expected) => expect(read(said(text), offer(12), offer(15))).toBe(expected));

  test('takes the link along where one is asked for', () => {
    const publish = offer(12, { choices: choices(['published', '📢 SUDAH TAYANG']) });
    expect(read(said('SUDAH TAYANG 12 https://contoh.go.id/p/1'), publish)).toBe('published-1 of 12: https://contoh.go.id/p/1');
    expect(read(said('sudah tayang https://contoh.go.id/p/1', { replyTo: 'card-12' }), publish)).toBe(
      'published-1 of 12: https://contoh.go.id/p/1',
    );
  });
  test('means the newest card of that case; an old one still says why it no longer counts', () => {
    const [newer, old] = [offer(12, { message: 'new' }), offer(12, { message: 'old', standing: false })];
    expect(readSpoken(said('TERIMA 12'), [newer, old])).toMatchObject({ read: 'choice', offer: { message: 'new' } });
    expect(readSpoken(said('TERIMA 12'), [old])).toMatchObject({ read: 'choice', offer: { message: 'old' } });
  });
  test('is asked about when two offices have that number', () => {
    const other = offer(12, { named: { ...offer(12).named, case: 'another' } });
    expect(read(said('TERIMA 12'), offer(12), other)).toBe('? 12 12');
  });
  test('is the answer to an open question when there is no such card', () => {
    expect(read(said('Tolak 5 pungutan liar di pasar', { asked: true }), offer(12))).toBe('-');
    expect(read(said('Tolak 12 pungutan liar di pasar', { asked: true }), offer(12))).toBe('reject-2 of 12: pungutan liar di pasar');
  });
  test('counts in a group too, where nothing else does', () => {
    expect(read(said('TERIMA 12', { group: true }), offer(12))).toBe('accept-1 of 12');
    for (const text of ['TERIMA', '1', 'acc']) expect(read(said(text, { group: true }), offer(12))).toBe('-');
  });
  test("an SOP's own words count, and the plain ones beside them", () => {
    const own = offer(12, { choices: choices(['accept', '✅ YA'], ['reject', '❌ TIDAK']) });
    for (const text of ['YA 12', 'ya', 'TERIMA 12', 'Terima']) expect(read(said(text), own)).toBe('accept-1 of 12');
    expect(read(said('tidak 12 foto buram semua'), own)).toBe('reject-2 of 12: foto buram semua');
  });
});

describe('a reply to a card', () => {
  const reply = (text: string, more: Partial<Spoken> = {}) => said(text, { replyTo: 'card-12', ...more });
  test.each([
    ['TERIMA', 'accept-1 of 12'],
    ['terima.', 'accept-1 of 12'],
    ['1', 'accept-1 of 12'],
    ['2)', 'reject-2 of 12'],
    ['TERIMA 12', 'accept-1 of 12'],
    ['tolak', 'reject-2 of 12'],
    ['TOLAK foto ketiga buram', 'reject-2 of 12: foto ketiga buram'],
    ['TOLAK 3 foto buram', 'reject-2 of 12: 3 foto buram'],
    ['TOLAK 12 foto buram', 'reject-2 of 12: foto buram'],
    ['TOLAK 15 foto buram', '? 12 15'],
    ['TERIMA 15', '? 12 15'],
    ['TOLAK 77', '? 12'],
    ['Terima kasih', '? 12'],
    ['TERIMA, tapi ganti foto', '? 12'],
    ['setujui', '? 12'],
    ['9', '? 12'],
    ['acc', '? 12'],
    ['mohon foto ditambah', '? 12'],
  ])('%s', (text, expected) => expect(read(reply(text), offer(15), offer(12))).toBe(expected));

  test('to its poll is a reply to the card', () => {
    expect(read(said('TERIMA', { replyTo: 'poll' }), offer(15), offer(12, { poll: 'poll' }))).toBe('accept-1 of 12');
  });
  test('that is not standing any more still finds what was shown', () => {
    expect(read(reply('TERIMA'), offer(12, { standing: false }))).toBe('accept-1 of 12');
    expect(read(reply('acc'), offer(12, { standing: false }))).toBe('-');
  });
  test('while a question is open, any other text answers the question', () => {
    expect(read(reply('foto ketiga buram', { asked: true }), offer(12))).toBe('-');
  });
  test('to a card without numbers: a number is none of its choices', () => {
    expect(read(reply('1'), offer(12, { numbered: false }))).toBe('? 12');
  });
  test('to a draft card: other words are ordinary text', () => {
    expect(read(said('semua foto sudah masuk', { replyTo: draft.message }), draft)).toBe('-');
    expect(read(said('serahkan', { replyTo: draft.message }), draft)).toBe('handIn-1 of null');
  });
  test('to something else leaves open which card is meant', () => {
    expect(read(said('TERIMA', { replyTo: 'album' }), offer(12))).toBe('? 12');
    expect(read(said('TERIMA', { replyTo: 'question', asked: true }), offer(12))).toBe('-');
    expect(read(said('TERIMA', { replyTo: 'album' }), draft)).toBe('gone');
    expect(read(said('TERIMA 12', { replyTo: 'album' }), offer(12))).toBe('accept-1 of 12');
  });
});

describe('a bare word or number', () => {
  test('means the only card that waits', () => {
    expect(read(said('TERIMA'), offer(12))).toBe('accept-1 of 12');
    expect(read(said('2'), offer(12))).toBe('reject-2 of 12');
    expect(read(said('DITERIMA'), receive(12), draft)).toBe('receive-1 of 12');
    expect(read(said('sudah  tayang'), offer(12, { choices: choices(['published', '📢 SUDAH TAYANG']) }))).toBe('published-1 of 12');
  });
  test('is asked about when several cases wait', () => {
    expect(read(said('TERIMA'), offer(15), offer(12))).toBe('? 15 12');
    expect(read(said('1'), offer(15), offer(12))).toBe('? 15 12');
    expect(read(said('1'), offer(15), offer(15))).toBe('accept-1 of 15');
  });
  test('a number answers the question just asked, whatever cards stand beside it', () => {
    expect(read(said('1', { asked: true }), dateQuestion, offer(12), offer(15))).toBe('today-1 of null');
    expect(read(said('2'), reasons, offer(12), offer(15))).toBe('reason-2 of 12');
    expect(read(said('nama atau jabatan keliru', { asked: true }), reasons, offer(12))).toBe('reason-2 of 12');
  });
  test('a number that the newest message does not have is ordinary text, as is one while another question is open', () => {
    expect(read(said('7'), dateQuestion, offer(12))).toBe('-');
    expect(read(said('1'))).toBe('-');
    expect(read(said('1', { asked: true }), offer(12))).toBe('-');
    expect(read(said('1'), offer(12, { numbered: false }))).toBe('-');
  });
  test('an old card is not meant', () => {
    expect(read(said('TERIMA'), offer(12, { standing: false }))).toBe('-');
    expect(read(said('1'), offer(12, { standing: false }))).toBe('-');
  });
  test('a word with more behind it, but without a number, is asked about', () => {
    expect(read(said('TOLAK foto ketiga buram'), offer(12))).toBe('? 12');
    expect(read(said('TOLAK foto ketiga buram', { asked: true }), offer(12))).toBe('-');
    expect(read(said('terima?'), offer(12))).toBe('? 12');
  });
});

describe('a vague word', () => {
  const vague = [
    'acc',
    'ACC ya',
    'setuju',
    'ok',
    'oke, lanjut',
    'ok tapi ganti foto',
    'siap pak',
    'lanjut',
    '👍',
    '👍🏽',
    'sip',
    'setujui',
    'ya',
  ];
  test.each(vague)('%s is never a decision, and is asked about', (text) => {
    expect(read(said(text), offer(12))).toBe('? 12');
    expect(read(said(text), offer(15), offer(12))).toBe('? 15 12');
  });
  test('is ordinary text where nothing is to be decided, or where it answers a question', () => {
    expect(read(said('oke'))).toBe('-');
    expect(read(said('oke'), draft)).toBe('-');
    expect(read(said('oke', { asked: true }), offer(12))).toBe('-');
  });
  test('is not looked for in a long text, in thanks, or within a word', () => {
    expect(read(said(`ok ${'panjang '.repeat(30)}`), offer(12))).toBe('-');
    expect(read(said('Terima kasih banyak'), offer(12))).toBe('-');
    expect(read(said('Okupansi hotel naik'), offer(12))).toBe('-');
    expect(read(said('Foto kegiatan menyusul'), offer(12))).toBe('-');
  });
  test('at most five cards are named', () => {
    expect(read(said('acc'), ...[1, 2, 3, 4, 5, 6].map((n) => offer(n)))).toBe('? 1 2 3 4 5');
  });
});

test('nothing is read into an empty or an endless text', () => {
  expect(read(said(' *_ '), offer(12))).toBe('-');
  expect(read(said(`TOLAK 12 ${'a'.repeat(2000)}`), offer(12))).toBe('-');
});

test('a label is typed without its icon, and a poll names it by the hash of that', () => {
  expect(plainLabel('📢 SUDAH  TAYANG')).toBe('SUDAH TAYANG');
  expect(optionHash('✅ TERIMA')).toBe(optionHash('TERIMA'));
  expect(optionHash('TERIMA')).toMatch(/^[0-9a-f]{64}$/);
  expect(isDeciding(offer(12))).toBe(true);
  expect(isDeciding(draft)).toBe(false);
});

test('an exact answer to a message that offers nothing any more is told so; whatever else answers it is ordinary text', () => {
  const toOld = (text: string, more: Partial<Spoken> = {}) => read(said(text, { replyTo: 'long-gone', ...more }), draft);
  expect(['1', '2.', 'TERIMA', '✅ Diterima', 'sudah tayang'].map((text) => toOld(text))).toEqual(Array(5).fill('gone'));
  expect(['12 orang hadir', 'terima kasih', 'narasi baru', ''].map((text) => toOld(text))).toEqual(Array(4).fill('-'));
  // An open question takes the number, and in a group it may be anybody's message.
  expect([toOld('1', { asked: true }), toOld('1', { group: true })]).toEqual(['-', '-']);
});

test('the number that a text may name is looked for', () => {
  expect(numberNamed('TERIMA 12')).toBe('12');
  expect(numberNamed('sudah tayang no 0012')).toBe('0012');
  expect(numberNamed('TOLAK 0012/REG/XI: buram')).toBe('0012/REG/XI');
  expect(numberNamed('12')).toBeNull();
  expect(numberNamed('kegiatan berjalan lancar')).toBeNull();
});

// The grammar once more, written as plainly as it can be: only texts of these forms may decide.
const DECIDES = /^[^\p{L}\p{N}?]*(?:TERIMA|TOLAK|DITERIMA|SETUJUI|1|2)(?![\p{L}\p{N}])/iu;
const word = fc.constantFrom(
  ...['terima', 'TERIMA', 'tolak', 'Tolak', 'diterima', 'setujui', 'setuju', 'acc', 'ok', 'oke', 'tapi', 'kasih', '12', '15', '0012', '99'],
  ...['1', '2', '3', 'no.', '#', '?', '.', ',', 'foto', 'buram', 'ketiga', '👍', '✅', '*', '/', '-', ':', 'ya', 'tidak', 'lanjut', ' '],
);
const anyText = fc.oneof(
  fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  fc.array(word, { maxLength: 6 }).map((words) => words.join('')),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
);
const anySpoken = fc.record({
  text: anyText,
  replyTo: fc.constantFrom(null, 'card-12', 'card-15', 'elsewhere'),
  group: fc.boolean(),
  asked: fc.boolean(),
});

test('whatever is written, nothing but the grammar decides', () => {
  const offers = [offer(15), offer(12), receive(7), draft];
  fc.assert(
    fc.property(anySpoken, (spoken) => {
      const found = readSpoken(spoken, offers);
      if (found.read !== 'choice') return;
      const { choice, offer: of, text } = found;
      // It came from one of the cards, with exactly its reference.
      expect(of.choices).toContain(choice);
      if (!['accept', 'reject', 'receive'].includes(choice.action)) return;
      expect(spoken.text.replace(/[*_~`]/g, '')).toMatch(DECIDES);
      // An acceptance takes no words along; and which card is meant is said by the reply, or by the number.
      if (choice.action !== 'reject') expect(text).toBeNull();
      const named = new RegExp(`(?<!\\d)0{0,2}${of.serial}(?!\\d)`).test(spoken.text);
      expect(spoken.replyTo === of.message || named || choice.action === 'receive').toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test('however the words are cased or decorated, they mean the same', () => {
  const before = fc.constantFrom('', '*', '_', ' ', '✅ ', '/', '. ');
  const behind = fc.constantFrom('', '*', '_', ' ', '.', '!');
  fc.assert(
    fc.property(fc.boolean(), before, behind, (upper, front, back) => {
      const text = `${front}${upper ? 'TERIMA 12' : 'terima 12'}${back}`;
      expect(read(said(text), offer(15), offer(12))).toBe('accept-1 of 12');
    }),
  );
});
