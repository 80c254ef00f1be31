// Names in the environment that look like a setting but are none: a slip of the pen must not pass in silence.

/** Letters that may differ before two names count as different words. */
const SLIP_MAX = 2;

/** One warning for each name, in Indonesian. */
export function similarNames(env: Readonly<Record<string, string | undefined>>, known: readonly string[]): string[] {
  const warnings: string[] = [];
  for (const name of Object.keys(env).sort()) {
    if (known.includes(name)) continue;
    const nearest = known.map((setting) => ({ setting, slips: slipsBetween(name, setting) })).sort((a, b) => a.slips - b.slips)[0];
    if (!nearest) continue;
    if (nearest.slips <= SLIP_MAX || name.startsWith('TELEGRAM_')) {
      warnings.push(`${name} tidak dikenal dan diabaikan. Mungkin maksudnya ${nearest.setting}?`);
    }
  }
  return warnings;
}

/** Levenshtein distance. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
