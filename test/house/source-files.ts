// The project's own files as text, for the tests that look at the house itself.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
}

/** Files and folders that are made, not written. */
const NOT_OURS = new Set(['node_modules', '.git', 'data', 'dist', 'coverage']);

/** The TypeScript files below these folders. */
export function sourceFiles(folders: string[]): SourceFile[] {
  return folders.flatMap((folder) => walk(folder)).filter((file) => file.path.endsWith('.ts'));
}

/** Every text file of the project, whatever its kind; `folder` is from the root. */
export function walk(folder = ''): SourceFile[] {
  const path = join(ROOT, folder);
  let names: string[];
  try {
    names = readdirSync(path).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    if (NOT_OURS.has(name)) return [];
    const inner = folder === '' ? name : `${folder}/${name}`;
    const stat = statSync(join(ROOT, inner));
    if (stat.isDirectory()) return walk(inner);
    const bytes = readFileSync(join(ROOT, inner));
    return bytes.includes(0) ? [] : [{ path: inner, text: bytes.toString('utf8') }];
  });
}

/** `path:line text` of every line that matches outside comments. */
export function linesMatching(files: SourceFile[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const code = line.replace(/^\s*(?:\/\/|\*|\/\*).*$/, '').replace(/\s\/\/ .*$/, '');
      return pattern.test(code) ? [`${file.path}:${index + 1} ${line.trim()}`] : [];
    }),
  );
}
