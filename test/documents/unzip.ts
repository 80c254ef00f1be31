// The files in a ZIP archive, by its central directory.
import { inflateRawSync } from 'node:zlib';

export function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [number, number, number];
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(start, start + size);
    files.set(name, (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8'));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

export interface ReadCell {
  /** `s`: a text. Left out: a number or a date. */
  type: string | undefined;
  style: string | undefined;
  /** Texts are read from where the workbook keeps them. */
  value: string;
  formula: boolean;
}

/** The cells of one sheet of a workbook by their places ("A1"). */
export function cellsOf(files: Map<string, string>, sheet: number): Map<string, ReadCell> {
  const texts = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<t[^>]*>([\s\S]*?)<\/t>/g)].map((match) =>
    (match[1] ?? '').replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity),
  );
  const xml = files.get(`xl/worksheets/sheet${sheet}.xml`) ?? '';
  return new Map(
    [...xml.matchAll(/<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)].map((match): [string, ReadCell] => {
      const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(match[1] ?? '')?.[1];
      const raw = /<v>([\s\S]*?)<\/v>/.exec(match[2] ?? '')?.[1] ?? '';
      const type = attribute('t');
      const value = type === 's' ? (texts[Number(raw)] ?? '') : raw;
      return [attribute('r') ?? '', { type, style: attribute('s'), value, formula: (match[2] ?? '').includes('<f') }];
    }),
  );
}
