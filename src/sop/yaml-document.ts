// Reads YAML 1.2 (core schema only) into plain values and remembers where each of them stands in the text.
import { type Document, type ErrorCode, isMap, isNode, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { type Fault, type Finding, type Path, pathText } from './fault.ts';

export type Locate = (path: Path) => { line: number; column: number };

export interface YamlDocument {
  tree: unknown;
  /** Faults of the writing itself; the tree cannot be relied on when `broken`. */
  faults: Fault[];
  broken: boolean;
  locate: Locate;
}

// An SOP or an office is a few kilobytes: what is larger is not one, and would only cost time.
const MAX_CHARACTERS = 1_000_000;
// Aliases multiply: a few nested ones can grow a small file into gigabytes.
const MAX_ALIASES = 100;
const CORE_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

const WORDS: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'kunci ini ditulis dua kali; hapus salah satu.',
  TAB_AS_INDENT: 'jangan memakai tab untuk menjorokkan baris; pakai spasi.',
  BAD_INDENT: 'jorokan baris tidak sejajar atau kurung belum ditutup; sejajarkan dengan baris sekelompoknya.',
  MISSING_CHAR: 'ada tanda yang kurang (kutip, kurung, koma, atau titik dua); lengkapi.',
  MULTIPLE_DOCS: 'berkas hanya boleh berisi satu dokumen; hapus garis "---" dan isi sesudahnya.',
  BLOCK_AS_IMPLICIT_KEY: 'titik dua di tengah teks; apit teks itu dengan tanda kutip.',
  MULTILINE_IMPLICIT_KEY: 'kunci harus ditulis dalam satu baris, diikuti titik dua.',
  UNEXPECTED_TOKEN: 'ada tanda yang tidak pada tempatnya; apit teks dengan tanda kutip.',
  BAD_SCALAR_START: 'teks tidak boleh diawali tanda itu; apit dengan tanda kutip.',
};

export function readYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  if (text.length > MAX_CHARACTERS) {
    const message = `berkas terlalu besar (${text.length} karakter); paling banyak ${MAX_CHARACTERS}.`;
    return { tree: null, faults: [{ line: 1, column: 1, path: '', message }], broken: true, locate: () => ({ line: 1, column: 1 }) };
  }
  const doc = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults: Fault[] = doc.errors.map((error) => ({
    ...place(error.pos[0]),
    path: '',
    message: WORDS[error.code] ?? `penulisan YAML keliru (${error.code}); periksa tanda baca dan jorokan baris ini.`,
  }));
  faults.push(...tagFaults(doc, place));
  let broken = doc.errors.some((error) => error.code !== 'DUPLICATE_KEY');
  let tree: unknown = null;
  try {
    tree = doc.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    // The library throws for an alias without its anchor and for aliases that multiply.
    const message = 'alias (*nama) tidak dapat dipakai: jangkarnya (&nama) tidak ada atau terlalu banyak; tulis nilainya langsung.';
    faults.push({ line: 1, column: 1, path: '', message });
    broken = true;
  }
  return { tree, faults, broken, locate: (path) => place(offsetOf(doc, path)) };
}

function tagFaults(doc: Document.Parsed, place: (offset: number) => { line: number; column: number }): Fault[] {
  const faults: Fault[] = [];
  visit(doc, {
    Node: (_key, node) => {
      const { tag } = node;
      if (tag === undefined || CORE_TAG.test(tag)) return;
      const message = `tag "${tag}" tidak dipakai di sini; hapus tag itu.`;
      faults.push({ ...place(Number(node.range?.[0])), path: '', message });
    },
  });
  return faults;
}

/** Where the key (or list item) at `path` begins; for what is missing, the nearest thing around it. */
function offsetOf(doc: Document.Parsed, path: Path): number {
  let node: unknown = doc.contents;
  let offset = startOf(node, 0);
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isNode(key) && String(key) === String(part));
      if (pair === undefined) return offset;
      offset = startOf(pair.key, offset);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (node === undefined) return offset;
      offset = startOf(node, offset);
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) && node.range ? node.range[0] : otherwise;
}

/** Puts each finding on its line, in the order of the text. */
export function placed(findings: Finding[], locate: Locate): Fault[] {
  return findings.map(({ path, message }) => ({ ...locate(path), path: pathText(path), message }));
}

export function inOrder(faults: Fault[]): Fault[] {
  return faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
