// A table whose rows may be longer than a page; the head stands again on each.
import type { Block } from './paper.ts';
import { MARGIN, Pen, type Style } from './pen.ts';

const HEAD: Style = { face: 'bold', size: 7.5 };
const CELL: Style = { face: 'plain', size: 7.5 };
const PAD = 3;
const RULE = '#888888';
const SHADE = '#e8e8e8';

interface Place {
  x: number;
  width: number;
}

type Element = ReturnType<Pen['element']>;

export function drawTable(pen: Pen, { columns, rows, empty }: Block & { block: 'table' }): void {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  let x = MARGIN;
  const places = columns.map(({ width }): Place => {
    const place = { x, width: (width / total) * pen.width };
    x += place.width;
    return place;
  });
  const table = pen.element('Table');
  const titles = columns.map(({ title }) => title);
  const heads = cells(pen, titles, HEAD, places);
  const headHeight = heightOf(heads, HEAD);
  let first = true;
  const drawHead = () => {
    const element = first ? pen.element('TR', table) : null;
    first = false;
    part(pen, heads, HEAD, places, { element, shaded: true });
  };
  pen.room(headHeight + 3 * Pen.height(CELL));
  drawHead();
  const said = rows.length > 0 ? rows : [[empty, ...titles.slice(1).map(() => '')]];
  for (const row of said) {
    let rest = rows.length > 0 ? cells(pen, row, CELL, places) : row.map((text) => (text === '' ? [] : [text]));
    const elements: Elements = { row: pen.element('TR', table), cells: [] };
    while (rest.some((lines) => lines.length > 0)) {
      // A row that fits on a page stays whole; a longer one goes on there.
      const whole = heightOf(rest, CELL);
      const fits = Math.floor((pen.bottom - pen.y - 2 * PAD) / Pen.height(CELL));
      if (pen.y + whole > pen.bottom && (whole < pen.bottom - MARGIN - headHeight || fits < 3)) {
        pen.newPage();
        drawHead();
        continue;
      }
      const count = Math.max(1, fits);
      part(
        pen,
        rest.map((lines) => lines.slice(0, count)),
        CELL,
        places,
        { elements },
      );
      rest = rest.map((lines) => lines.slice(count));
    }
  }
}

interface Elements {
  row: Element;
  /** Made with the first part of the row. */
  cells: Element[];
}

function cells(pen: Pen, texts: readonly string[], style: Style, places: readonly Place[]): string[][] {
  return places.map(({ width }, i) => pen.lines(texts[i] ?? '', style, width - 2 * PAD));
}

function heightOf(lines: readonly string[][], style: Style): number {
  return Pen.height(style, Math.max(1, ...lines.map(({ length }) => length))) + 2 * PAD;
}

/** `element: null`: a head that stands there again says nothing new. */
function part(
  pen: Pen,
  lines: readonly string[][],
  style: Style,
  places: readonly Place[],
  how: { element: Element | null; shaded: true } | { elements: Elements },
): void {
  const top = pen.y;
  const height = heightOf(lines, style);
  pen.ornament(() => {
    pen.doc.lineWidth(0.5).strokeColor(RULE);
    for (const { x, width } of places) {
      pen.doc.rect(x, top, width, height);
      if ('shaded' in how) pen.doc.fillAndStroke(SHADE, RULE);
      else pen.doc.stroke();
    }
  });
  places.forEach(({ x, width }, i) => {
    const put = () => pen.put(lines[i] ?? [], style, { x: x + PAD, y: top + PAD, width: width - 2 * PAD });
    if ('shaded' in how) {
      if (how.element) pen.mark(pen.element('TH', how.element), 'TH', put);
      else pen.ornament(put, true);
      return;
    }
    const { row, cells: made } = how.elements;
    const cell = made[i] ?? pen.element('TD', row);
    made[i] = cell;
    if ((lines[i] ?? []).length > 0) pen.mark(cell, 'TD', put);
  });
  pen.y = top + height;
}
