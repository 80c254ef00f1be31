// Whatever people write: it stays inside a plain run of its own, no message grows too long, and no letter is cut in half.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../bots/channel.ts';
import { cardMessage } from '../../bots/wording/card.ts';
import { LABELS } from '../../bots/wording/labels.ts';
import { answerText, noticeMessage } from '../../bots/wording/notice.ts';
import { block, oneLine } from '../../bots/wording/text.ts';
import type { CardView } from '../../src/case/card-view.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { isFixedWord } from '../../src/sop/fixed-words.ts';
import { poisoned } from '../support/poisoned.ts';
import { appointments, cards, context, ladders, named, notices, questions, refusals } from './samples.ts';

/** Marks people's text, so that it is found wherever it comes out. */
const MARK = '\uE000';
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        '\n✅ DITERIMA oleh Kartika\n',
        '*tebal* _x_ `kode` [a](tg://user?id=1)',
        '<b>&amp;</b>',
        '\u202eterbalik',
        'TOLAK',
        '\u0000\u0007',
      ),
      fc.constantFrom('👨‍👩‍👧'.repeat(300), 'x'.repeat(6000), `a${'\u0301'.repeat(5000)}`, 'kata '.repeat(2000), '🇮🇩'.repeat(900)),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.map((part) => part + MARK).join(''));

function check(message: Message, by: string): void {
  const length = message.runs.reduce((sum, { text }) => sum + text.length, 0);
  expect(length).toBeGreaterThan(0);
  expect(length).toBeLessThan(4096);
  const forms = [oneLine(by, Number.MAX_SAFE_INTEGER), block(by, Number.MAX_SAFE_INTEGER).text];
  for (const run of message.runs) {
    expect(() => encodeURIComponent(run.text), 'a letter cut in half').not.toThrow();
    if (!run.text.includes(MARK)) continue;
    expect(run).toEqual({ text: run.text });
    expect(forms.some((form) => form.startsWith(run.text.replace(/…$/, '')))).toBe(true);
  }
  for (const { label } of message.buttons.flat()) {
    expect(label.length).toBeLessThanOrEqual(64);
    expect(label).not.toMatch(/[\n\u202e]/);
    if (isFixedWord(label)) expect(Object.values(LABELS)).toContain(label);
  }
}

const everyNotice: [string, Notice][] = [
  ...Object.entries(notices),
  ...Object.entries(questions),
  ...Object.entries(ladders),
  ...Object.entries(appointments),
  ...Object.values(refusals).map((refusal): [string, Notice] => [refusal.refused, { notice: 'refusal', refusal, named }]),
];

test.each(everyNotice)('whatever people write, the notice %s stays whole', (_, notice) => {
  fc.assert(
    fc.property(hostile, (by) => {
      const spoiled = poisoned(notice, by);
      check(noticeMessage(spoiled, context), by);
      expect(answerText(spoiled, context.names)?.length).toBeLessThanOrEqual(200);
    }),
    { numRuns: 25 },
  );
});

const everyCard: [string, CardView][] = Object.entries(cards);
test.each(everyCard)('whatever people write, the card %s stays whole', (_, view) => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 12 }), (by, times) => {
      const many: CardView = view.view === 'draft' ? view : { ...view, earlier: Array.from({ length: times }, () => view.earlier).flat() };
      check(cardMessage(poisoned(many, by), context), by);
    }),
    { numRuns: 25 },
  );
});
