// A long text in pieces that fit into a message each: nothing is left out, nothing is said twice.

/** Below every channel's limit (Telegram: 4096). UTF-16 units. */
export const PIECE_MAX = 3800;

/** Where the piece that begins at `from` ends: at a line or a word if there is one in its last part, never within a character. */
function endOf(text: string, from: number): number {
  const end = from + PIECE_MAX;
  if (end >= text.length) return text.length;
  for (const gap of ['\n', ' ']) {
    const at = text.lastIndexOf(gap, end - 1);
    if (at > from + PIECE_MAX / 2) return at + 1;
  }
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = endOf(text, from);
    pieces.push(text.slice(from, end));
    from = end;
  }
  return pieces;
}
