// Whatever people write stays words wherever it is written down: in both chats, the table, the register, the terminal, JSON, the page, the log.
import { expect, test } from 'vitest';
import { firstSpoiled, hostileWord } from '../support/hostile-words.ts';

const SEED = 20_261_121;

test('20,000 captions and names become no entity, markup, formula, path, tag, line or invisible sign', () => {
  expect(firstSpoiled(SEED, 0, 20_000, 'one in turn')).toBeNull();
});

test('the same seed and number make the same word', () => {
  for (let at = 0; at < 500; at += 1) expect(hostileWord(SEED, at)).toBe(hostileWord(SEED, at));
});
