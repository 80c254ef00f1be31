// The list of contents at the end of a zip, which every office document is: whether it is there, and how much it says the whole unfolds to.
// Nothing is unfolded. Source: APPNOTE.TXT 6.3.10, 4.3.12 and 4.3.16.
import { open } from 'node:fs/promises';

/** No report, slide show or table of an office comes near; what says more is made to fill somebody's disk. */
export const UNFOLDED_MAX_BYTES = 1024 * 1024 * 1024;
/** A list this long names more parts than any document has. */
const LIST_MAX_BYTES = 4 * 1024 * 1024;
const END_BYTES = 22;
const COMMENT_MAX_BYTES = 65_535;
const ENTRY_BYTES = 46;
const END_SIGN = 0x06054b50;
const ENTRY_SIGN = 0x02014b50;

/** Rejects only when the file cannot be read. */
export async function zipIsSound(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, END_BYTES + COMMENT_MAX_BYTES));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = endOf(tail);
    if (end === null || end.bytes > LIST_MAX_BYTES || end.from + end.bytes > size) return false;
    const list = Buffer.alloc(end.bytes);
    await file.read(list, 0, list.length, end.from);
    const unfolded = unfoldedBytes(list);
    return unfolded !== null && unfolded <= UNFOLDED_MAX_BYTES;
  } finally {
    await file.close();
  }
}

function endOf(tail: Buffer): { bytes: number; from: number } | null {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END_SIGN) return { bytes: tail.readUInt32LE(at + 12), from: tail.readUInt32LE(at + 16) };
  }
  return null;
}

/** `null` when the list is none. */
function unfoldedBytes(list: Buffer): number | null {
  let sum = 0;
  let at = 0;
  while (at < list.length) {
    if (at + ENTRY_BYTES > list.length || list.readUInt32LE(at) !== ENTRY_SIGN) return null;
    sum += list.readUInt32LE(at + 24);
    at += ENTRY_BYTES + list.readUInt16LE(at + 28) + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
  }
  return at === list.length && at > 0 ? sum : null;
}
