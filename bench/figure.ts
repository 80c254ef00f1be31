// One measured figure beside its floor, and the few numbers that are made from many measurements.

/** A figure and the least that the same machine needs for the bare thing, measured in the same run. */
export interface Figure {
  bench: string;
  name: string;
  unit: 'ms' | 's' | '/s' | 'MB';
  value: number;
  /** The floor and what it is; `null` where there is none. */
  floor: { is: string; value: number } | null;
  /** What the design promises. */
  promise?: string;
}

/** The nearest-rank percentile, `part` in (0, 1]; of nothing it is not a number. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Alur divided by the floor: for times above 1 is slower, for rates below 1 is slower. */
export function ratioOf({ value, floor }: Figure): number | null {
  return floor === null || floor.value === 0 ? null : value / floor.value;
}
