// Faults of a file, as a person reads them and as a program does.
import type { Fault } from '../src/sop/fault.ts';
import { type Context, printJson, REFUSED } from './io.ts';

type Placed = Fault & { file: string };

/** `file:line:column: path: message`, one line a fault. */
export function faultLines(faults: readonly Placed[]): string {
  return faults
    .map(({ file, line, column, path, message }) => `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}\n`)
    .join('');
}

/** The fields that a program is promised, and the file they stand in. */
export function faultJson({ file, line, column, path, message }: Placed) {
  return { line, column, path, message, file };
}

/** Prints the faults where they belong and ends refused. */
export function refuseFaults(context: Context, faults: readonly Placed[]): typeof REFUSED {
  context.err(faultLines(faults));
  if (context.json) printJson(context, { ok: false, faults: faults.map(faultJson) });
  return REFUSED;
}
