// The classes of public information, and how people write them.

/** In the order in which they are offered. What is `dikecualikan` is in the list so that it can be refused by its name. */
export const INFORMATION_CLASSES = ['berkala', 'serta_merta', 'setiap_saat', 'dikecualikan'] as const;

/** `null` when the text names none of them. */
export function readClass(text: string): (typeof INFORMATION_CLASSES)[number] | null {
  const letters = text
    .toLowerCase()
    .replace(/[^a-z]/gu, '')
    .replace(/^informasi/u, '');
  return INFORMATION_CLASSES.find((one) => one.replace('_', '') === letters) ?? null;
}
