// What is said beside the content: class, DIP and SK, source, disposition, who is to make it; on cards one line each.
import { DETAIL_PARTS, type DetailPart, type Details } from '../../src/case/case.ts';
import { className, detailName } from './terms.ts';
import { type Line, line, listed, said } from './text.ts';

/** So much of each fits on a card beside the rest. UTF-16 units. */
const DETAIL_MAX_UNITS = 240;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function detailText(part: DetailPart, text: string): string {
  return part === 'class' ? className(text) : text;
}

export function detailLines(details: Details | undefined): Line[] {
  return DETAIL_PARTS.flatMap((part) => {
    const text = details?.[part];
    return text === undefined ? [] : [line(`${capital(detailName(part))}: `, said(detailText(part, text), DETAIL_MAX_UNITS))];
  });
}

/** The label of the button that changes one of them. */
export function editDetailLabel(item: number | undefined): string | null {
  const part = item === undefined ? undefined : DETAIL_PARTS[item];
  return part === undefined ? null : `✏️ Ubah ${detailName(part)}`;
}

/** A sentence as part of another: names and abbreviations keep their capitals. */
function within(sentence: string): string {
  return /^\p{Lu}\p{Ll}/u.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

/** "Dengan menekan SERAHKAN Anda menyatakan: a, b, dan c." */
export function declaring(button: string, sentences: readonly string[] | undefined): Line | null {
  if (sentences === undefined || sentences.length === 0) return null;
  const what = sentences.slice(0, 8).map((sentence) => said(within(sentence), 120));
  return line('☑️ Dengan menekan ', said(button, 48), ' Anda menyatakan: ', listed(what), '.');
}
