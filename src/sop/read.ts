// Reads an SOP file: the SOP, or every fault in it at once, each with its line.
import { buildSop } from './build.ts';
import { crossCheck } from './cross-check.ts';
import type { Fault } from './fault.ts';
import { findingsOf } from './shape.ts';
import type { Sop } from './sop.ts';
import { sopShape } from './sop-shape.ts';
import { inOrder, placed, readYaml } from './yaml-document.ts';

export type SopReading = { ok: true; sop: Sop } | { ok: false; faults: Fault[] };

export function readSop(text: string): SopReading {
  const { tree, faults, broken, locate } = readYaml(text);
  if (broken) return { ok: false, faults: inOrder(faults) };
  const shape = sopShape.safeParse(tree);
  const findings = [...(shape.success ? [] : findingsOf(shape.error)), ...crossCheck(tree)];
  if (shape.success && findings.length === 0 && faults.length === 0) return { ok: true, sop: buildSop(shape.data) };
  return { ok: false, faults: inOrder([...faults, ...placed(findings, locate)]) };
}
