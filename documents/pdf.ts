// Sets a paper on A4 pages as a tagged PDF/A-2b with its typefaces inside. The same paper gives the same bytes.
import type { Block, Field, Paper, Picture, SignatureBlock } from './paper.ts';
import { MARGIN, Pen, type Style } from './pen.ts';
import { qrRows } from './qr.ts';
import { drawTable } from './table.ts';

const BODY: Style = { face: 'plain', size: 9.5 };
const LABEL: Style = { face: 'plain', size: 9.5, color: '#333333' };
const SMALL: Style = { face: 'plain', size: 7.5, color: '#333333' };
const MONO: Style = { face: 'mono', size: 7 };
const HEADING: Style = { face: 'bold', size: 10.5 };
const TITLE: Style = { face: 'bold', size: 13, align: 'center' };
const SUBTITLE: Style = { face: 'plain', size: 9.5, align: 'center' };
const NOTICE: Style = { face: 'bold', size: 11, align: 'center' };
const OFFICE: Style = { face: 'bold', size: 14, align: 'center' };
const GAP = 6;
const LABEL_WIDTH = 120;
const THUMB = { width: 84, height: 63 };
const QR_SIZE = 88;
/** Room for a signature by hand. */
const SIGN_ROOM = 48;
const PLACES_A_ROW = 2;

/** `compress: false` leaves the pages readable, for looking at what is in them. */
export async function paperPdf(paper: Paper, options: { compress: boolean } = { compress: true }): Promise<Buffer> {
  const pen = new Pen({ ...paper, ...options });
  for (const block of paper.blocks) draw(pen, block);
  if (pen.replaced) text(pen, paper.unprintable, SMALL);
  return pen.end((page, of) => foot(pen, paper, page, of));
}

function letterhead(pen: Pen, { name, below, heading }: Block & { block: 'letterhead' }): void {
  text(pen, name, OFFICE);
  for (const line of below) text(pen, line, SUBTITLE);
  pen.y += 4;
  const y = pen.y;
  pen.ornament(() => {
    const right = MARGIN + pen.width;
    pen.doc.strokeColor('#000000').lineWidth(2).moveTo(MARGIN, y).lineTo(right, y).stroke();
    pen.doc
      .lineWidth(0.6)
      .moveTo(MARGIN, y + 3)
      .lineTo(right, y + 3)
      .stroke();
  });
  pen.y += 16;
  const [title = '', ...subtitles] = heading;
  text(pen, title, TITLE, 'H1');
  for (const line of subtitles) text(pen, line, SUBTITLE);
  pen.y += GAP;
}

function text(pen: Pen, words: string, style: Style, type = 'P'): void {
  pen.flow(pen.element(type), type, pen.lines(words, style, pen.width), style);
}

function draw(pen: Pen, block: Block): void {
  switch (block.block) {
    case 'letterhead':
      return letterhead(pen, block);
    case 'heading':
      return heading(pen, block.text);
    case 'text':
      text(pen, block.text, block.small ? SMALL : BODY);
      pen.y += GAP / 2;
      return;
    case 'quote':
      return quote(pen, block.text);
    case 'fields':
      for (const field of block.fields) drawField(pen, field, MARGIN);
      return;
    case 'notice':
      return notice(pen, block.text);
    case 'table':
      drawTable(pen, block);
      pen.y += GAP;
      return;
    case 'pictures':
      for (const picture of block.pictures) drawPicture(pen, picture);
      return;
    case 'signatures':
      return signatures(pen, block.places);
    case 'seal':
      return seal(pen, block);
    case 'new-page':
      return pen.newPage();
  }
}

function heading(pen: Pen, words: string): void {
  pen.y += GAP;
  // A heading is never the last line of a page; a row of pictures follows on the same one.
  pen.room(Pen.height(HEADING) + THUMB.height + GAP);
  text(pen, words, HEADING, 'H2');
  pen.y += 2;
}

function quote(pen: Pen, words: string): void {
  const indent = 10;
  const beside = (top: number, bottom: number) => {
    pen.doc
      .strokeColor('#aaaaaa')
      .lineWidth(1.5)
      .moveTo(MARGIN + 3, top)
      .lineTo(MARGIN + 3, bottom)
      .stroke();
  };
  pen.flow(pen.element('P'), 'P', pen.lines(words, BODY, pen.width - indent), BODY, { indent, beside });
  pen.y += GAP / 2;
}

/** Within what is left of the page's width; a long value goes on below, and on the next page. */
function drawField(pen: Pen, { label, value, mono }: Field, x: number, labelWidth = LABEL_WIDTH): void {
  const style = mono ? MONO : BODY;
  const left = x + labelWidth + 8;
  const lines = pen.lines(value, style, MARGIN + pen.width - left);
  const labels = pen.lines(label, LABEL, labelWidth);
  pen.room(Pen.height(BODY, Math.min(3, Math.max(labels.length, lines.length))));
  const element = pen.element('P');
  const top = pen.y;
  pen.mark(element, 'P', () => {
    pen.put(labels, LABEL, { x, y: top, width: labelWidth });
    pen.put([':'], LABEL, { x: x + labelWidth, y: top, width: 8 });
  });
  pen.flow(element, 'P', lines, style, { indent: left - MARGIN });
  pen.y = pen.y >= top ? Math.max(pen.y, top + Pen.height(BODY, labels.length)) : pen.y;
  pen.y += 1.5;
}

function notice(pen: Pen, words: string): void {
  const lines = pen.lines(words, NOTICE, pen.width - 16);
  const height = Pen.height(NOTICE, lines.length) + 10;
  pen.room(height + GAP);
  const top = pen.y;
  pen.ornament(() => {
    pen.doc.strokeColor('#000000').lineWidth(1.2).rect(MARGIN, top, pen.width, height).stroke();
  });
  pen.mark(pen.element('P'), 'P', () => pen.put(lines, NOTICE, { x: MARGIN + 8, y: top + 5, width: pen.width - 16 }));
  pen.y = top + height + GAP;
}

function drawPicture(pen: Pen, { jpeg, alt, lines, small }: Picture): void {
  const left = MARGIN + THUMB.width + 10;
  const width = MARGIN + pen.width - left;
  const said = lines.flatMap((line) => pen.lines(line, BODY, width));
  const fine = pen.lines(small, MONO, width);
  const height = Math.max(THUMB.height, Pen.height(BODY, said.length) + Pen.height(MONO, fine.length)) + GAP;
  pen.room(height);
  const top = pen.y;
  if (jpeg) {
    pen.mark(pen.element('Figure', undefined, { alt }), 'Figure', () => {
      pen.doc.image(jpeg, MARGIN, top, { fit: [THUMB.width, THUMB.height], align: 'center', valign: 'center' });
    });
  } else {
    const words = pen.lines(alt, { ...SMALL, align: 'center' }, THUMB.width - 8);
    const middle = top + (THUMB.height - Pen.height(SMALL, words.length)) / 2;
    pen.mark(pen.element('P'), 'P', () => {
      pen.put(words, { ...SMALL, align: 'center' }, { x: MARGIN + 4, y: middle, width: THUMB.width - 8 });
    });
  }
  pen.ornament(() => pen.doc.strokeColor('#888888').lineWidth(0.5).rect(MARGIN, top, THUMB.width, THUMB.height).stroke());
  pen.mark(pen.element('P'), 'P', () => {
    pen.put(said, BODY, { x: left, y: top, width });
    pen.put(fine, MONO, { x: left, y: top + Pen.height(BODY, said.length) + 2, width });
  });
  pen.y = top + height;
}

function signatures(pen: Pen, places: readonly SignatureBlock[]): void {
  const gap = 20;
  const width = (pen.width - gap) / PLACES_A_ROW;
  // Who signs alone signs at the right, as on a letter; the last of several in the middle.
  const lone = places.length === 1 ? width + gap : (pen.width - width) / 2;
  for (let i = 0; i < places.length; i += PLACES_A_ROW) {
    const row = places.slice(i, i + PLACES_A_ROW).map(({ above, name, below }) => ({
      above: above.flatMap((line) => pen.lines(line, SUBTITLE, width)),
      name: name === null ? ['.'.repeat(44)] : pen.lines(name, { ...HEADING, size: 9.5 }, width),
      below: below.flatMap((line) => pen.lines(line, { ...SMALL, align: 'center' }, width)),
    }));
    const aboves = Math.max(...row.map(({ above }) => above.length));
    const height = Math.max(
      ...row.map(({ name, below }) => Pen.height(BODY, aboves + name.length) + SIGN_ROOM + Pen.height(SMALL, below.length)),
    );
    pen.room(height + GAP);
    const top = pen.y;
    row.forEach(({ above, name, below }, column) => {
      const at = { x: MARGIN + (row.length === 1 ? lone : column * (width + gap)), width };
      const named = top + Pen.height(BODY, aboves) + SIGN_ROOM;
      pen.mark(pen.element('P'), 'P', () => {
        pen.put(above, SUBTITLE, { ...at, y: top });
        pen.put(name, { face: 'bold', size: 9.5, align: 'center' }, { ...at, y: named });
        pen.put(below, { ...SMALL, align: 'center' }, { ...at, y: named + Pen.height(BODY, name.length) });
      });
    });
    pen.y = top + height + 2 * GAP;
  }
}

function seal(pen: Pen, { code, alt, fields }: Block & { block: 'seal' }): void {
  const rows = qrRows(code);
  const square = QR_SIZE / rows.length;
  pen.room(QR_SIZE + GAP);
  const top = pen.y;
  pen.mark(pen.element('Figure', undefined, { alt }), 'Figure', () => {
    rows.forEach((row, i) => {
      row.forEach((dark, j) => {
        if (dark) pen.doc.rect(MARGIN + j * square, top + i * square, square, square);
      });
    });
    pen.doc.fill('#000000');
  });
  for (const field of fields) drawField(pen, field, MARGIN + QR_SIZE + 14, 110);
  pen.y = Math.max(pen.y, top + QR_SIZE) + GAP;
}

function foot(pen: Pen, paper: Paper, page: number, of: number): void {
  const y = pen.doc.page.height - MARGIN - 4;
  const right = paper.page(page, of);
  const width = pen.width - 90;
  const [left = ''] = pen.lines(paper.foot, SMALL, width);
  pen.ornament(() => {
    pen.doc
      .strokeColor('#888888')
      .lineWidth(0.5)
      .moveTo(MARGIN, y - 4)
      .lineTo(MARGIN + pen.width, y - 4)
      .stroke();
    pen.put([left], SMALL, { x: MARGIN, y, width });
    const x = MARGIN + pen.width - pen.doc.widthOfString(right);
    pen.put([right], SMALL, { x, y, width: 90 });
  }, true);
}
