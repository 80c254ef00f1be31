// Sizes of files in words.

const UNITS = ['B', 'kB', 'MB', 'GB'];

/** "812 B", "1,2 MB": powers of 1000, a comma before the tenths. */
export function bytesText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const text = unit === 0 || size >= 99.5 ? String(Math.round(size)) : size.toFixed(1).replace('.', ',');
  return `${text} ${UNITS[unit]}`;
}
