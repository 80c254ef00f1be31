// How a fault names its place and guesses what was meant.
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest, pathText } from '../../src/sop/fault.ts';

describe('A fault', () => {
  it('writes a path as people do', () => {
    expect(pathText(['steps', 2, 'due', 'days'])).toBe('steps[2].due.days');
    expect(pathText([])).toBe('');
  });

  it('guesses the nearest word, also across swapped letters and capitals', () => {
    const known = ['prepare', 'receive', 'decide', 'publish'];
    expect(nearest('decied', known)).toBe('decide');
    expect(nearest('PUBLISH', known)).toBe('publish');
    expect(nearest('recieve', known)).toBe('receive');
    expect(nearest('xyz', known)).toBeNull();
    expect(nearest('cart', ['card', 'care', 'cart'])).toBe('cart');
    expect(nearest('ab', ['ba', 'cd'])).toBe('ba');
  });

  it('guesses nothing when more than a third of the word is wrong', () => {
    expect(nearest('abcdef', ['abcdxy'])).toBe('abcdxy');
    expect(nearest('abcdef', ['abcxyz'])).toBeNull();
  });

  it('takes the first of two words that are equally near', () => {
    expect(nearest('cas', ['car', 'cat'])).toBe('car');
  });

  it('lists what is known when nothing is near, and is silent when nothing is known', () => {
    expect(didYouMean('xyz', ['any', 'all'])).toBe(' Yang dikenal: any, all.');
    expect(didYouMean('al', ['any', 'all'])).toBe(' Mungkin maksud Anda "all"?');
    expect(didYouMean('x', [])).toBe('');
  });
});
