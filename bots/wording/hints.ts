// Hints on language, on the maker's card: what might be written better, and how. They hold nothing back.
import type { Hint } from '../../src/text/hints.ts';
import { type Line, line, quoted } from './text.ts';

const HINTS_SHOWN = 5;
const FOUND_MAX_UNITS = 60;

function hintLine(hint: Hint): Line {
  switch (hint.hint) {
    case 'word':
      return line('• ', quoted(hint.found, FOUND_MAX_UNITS), ' → ', quoted(hint.better, FOUND_MAX_UNITS));
    case 'twice':
      return line('• Kata ganda: ', quoted(hint.found, FOUND_MAX_UNITS));
    case 'long':
      return line(`• Kalimat ${hint.words} kata, diawali `, quoted(hint.begins, FOUND_MAX_UNITS), ': pecah agar mudah dipahami');
    case 'short-form':
      return line('• Singkatan ', quoted(hint.found, FOUND_MAX_UNITS), ': tulis kepanjangannya satu kali');
  }
}

export function hintLines(hints: readonly Hint[]): Line[] {
  if (hints.length === 0) return [];
  const more = hints.length - HINTS_SHOWN;
  return [
    line('✏️ Saran bahasa (tidak menghalangi penyerahan):'),
    ...hints.slice(0, HINTS_SHOWN).map(hintLine),
    ...(more > 0 ? [line(`• dan ${more} saran lain`)] : []),
  ];
}
