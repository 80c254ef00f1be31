// Looking into what a network handed us without trusting its shape: each guard answers with the value or with nothing.

export type Shape = { readonly [key: string]: unknown };

export function shapeOf(value: unknown): Shape | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Shape) : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** Telegram's ids have at most 52 significant bits, so a number is exact; kept as text everywhere behind this folder. */
export function idOf(value: unknown): string | null {
  const id = numberOf(value);
  return id === null || id === 0 ? null : String(id);
}
