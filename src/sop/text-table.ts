// Sets rows of text as a table with lines around the cells, for a terminal of fixed width.

const segmenter = new Intl.Segmenter('id', { granularity: 'grapheme' });

function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Lines of at most `width` characters, broken between words; a longer word is cut. Control characters become spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const word of text.split(/[\s\p{Cc}\p{Cf}]+/u)) {
    let rest = graphemes(word);
    if (line.length > 0 && line.length + 1 + rest.length <= width) {
      line.push(' ', ...rest);
      continue;
    }
    if (line.length > 0) lines.push(line.join(''));
    while (rest.length > width) {
      // Labels such as Website/Medsos break after their slash.
      const slash = rest.lastIndexOf('/', width - 1);
      const cut = slash > 0 ? slash + 1 : width;
      lines.push(rest.slice(0, cut).join(''));
      rest = rest.slice(cut);
    }
    line = rest;
  }
  return [...lines, line.join('')];
}

export interface TableColumn {
  title: string;
  width: number;
}

/** A title above neighbouring columns, the first of which is `from`. */
export interface TableGroup {
  title: string;
  from: number;
  columns: number;
}

/** Each cell is a list of paragraphs. */
export function textTable(columns: TableColumn[], rows: string[][][], group?: TableGroup): string {
  const rule = `+${columns.map(({ width }) => '-'.repeat(width + 2)).join('+')}+`;
  const head = columns.map(({ title }) => [title]);
  return [
    ...(group ? groupLines(columns, group, rule) : [rule]),
    ...[head, ...rows].flatMap((row) => [...rowLines(columns, row), rule]),
  ].join('\n');
}

function groupLines(columns: TableColumn[], { title, from, columns: count }: TableGroup, rule: string): string[] {
  const inner = (part: TableColumn[]) => part.reduce((sum, { width }) => sum + width + 3, -3);
  const parts = [columns.slice(0, from), columns.slice(from, from + count), columns.slice(from + count)].filter(({ length }) => length > 0);
  const line = parts.map((part, i) => (i === 1 ? title : '').padEnd(inner(part))).join(' | ');
  const top = parts.map((part) => '-'.repeat(inner(part) + 2)).join('+');
  return [`+${top}+`, `| ${line} |`, rule];
}

function rowLines(columns: TableColumn[], row: string[][]): string[] {
  const cells = columns.map(({ width }, i) => (row[i] ?? []).flatMap((paragraph) => wrap(paragraph, width)));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) => {
    const parts = columns.map(({ width }, x) => {
      const line = cells[x]?.[y] ?? '';
      return line + ' '.repeat(width - graphemes(line).length);
    });
    return `| ${parts.join(' | ')} |`;
  });
}
