// Puts words and lines on pages: breaks lines and pages, replaces what the typeface lacks, and tags everything for screen readers (PDF/A-2b).
// All line breaking is done here, so that no text, however long, leaves its column or loses a line at the end of a page.
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { printable, UNPRINTABLE } from '../src/text/printable.ts';

const packages = createRequire(import.meta.url);

/** By their paths, never under names of their own: pdfkit would read a named typeface that is its default as well anew each time. */
const FACES = {
  plain: packages.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: packages.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
  mono: packages.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
};
export type Face = keyof typeof FACES;

export interface Style {
  face: Face;
  /** Points. */
  size: number;
  align?: 'left' | 'center';
  color?: string;
}

/** Line height in parts of the size. */
const LEADING = 1.3;
export const MARGIN = 50;
/** Room of the foot, within the lower margin. */
const FOOT = 22;

type Element = ReturnType<PDFKit.PDFDocument['struct']>;
const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** What fontkit knows of a typeface; pdfkit keeps it to itself and its types do not name it. */
interface Drawn {
  _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

export class Pen {
  readonly doc: PDFKit.PDFDocument;
  y: number;
  /** Something was replaced by the empty box. */
  replaced = false;
  readonly #root: Element;
  readonly #has: Record<Face, Map<number, boolean>> = { plain: new Map(), bold: new Map(), mono: new Map() };
  readonly #chunks: Buffer[] = [];
  readonly #done: Promise<void>;

  constructor(options: { title: string; at: Date; orientation: 'portrait' | 'landscape'; compress: boolean }) {
    const { title, at, orientation, compress } = options;
    this.doc = new PDFDocument({
      size: 'A4',
      layout: orientation,
      // Nothing breaks pages but `room`.
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
      bufferPages: true,
      compress,
      pdfVersion: '1.7',
      subset: 'PDF/A-2b',
      tagged: true,
      lang: 'id',
      displayTitle: true,
      info: { Title: title, Creator: 'Alur', Producer: 'Alur', CreationDate: at },
      font: FACES.plain,
    });
    this.#root = this.doc.struct('Document');
    this.doc.addStructure(this.#root);
    this.doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#done = new Promise((resolve, reject) => {
      this.doc.on('end', resolve);
      this.doc.on('error', reject);
    });
    this.y = MARGIN;
  }

  get width(): number {
    return this.doc.page.width - 2 * MARGIN;
  }

  get bottom(): number {
    return this.doc.page.height - MARGIN - FOOT;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = MARGIN;
  }

  /** What comes next is `height` high: on a new page when it does not fit here. Higher than a page is nobody's to ask for. */
  room(height: number): void {
    if (this.y + height > this.bottom && this.y > MARGIN) this.newPage();
  }

  element(type: string, parent: Element = this.#root, options: { alt?: string } = {}): Element {
    const made = this.doc.struct(type, options);
    parent.add(made);
    return made;
  }

  /** Whatever `draw` draws belongs to the element. */
  mark(element: Element, type: string, draw: () => void): void {
    element.add(this.doc.markStructureContent(type));
    draw();
    this.doc.endMarkedContent();
  }

  /** Rules, frames and page numbers say nothing to a screen reader. */
  ornament(draw: () => void, pagination = false): void {
    this.doc.markContent('Artifact', { type: pagination ? 'Pagination' : 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  /** The text as this typeface can draw it; the typeface is in use. */
  #printable(text: string, face: Face): string {
    const known = this.#has[face];
    return printable(text, (point) => {
      const has = known.get(point) ?? (this.doc as unknown as Drawn)._font.font.hasGlyphForCodePoint(point);
      known.set(point, has);
      return has;
    });
  }

  /** The text in lines that are no wider than `width`; an empty text is no line. */
  lines(text: string, style: Style, width: number): string[] {
    this.#use(style);
    const clean = this.#printable(text, style.face);
    if (clean.includes(UNPRINTABLE)) this.replaced = true;
    return clean === '' ? [] : clean.split('\n').flatMap((line) => this.#broken(line.trimEnd(), width));
  }

  #use({ face, size, color = '#000000' }: Style): void {
    this.doc.font(FACES[face]).fontSize(size).fillColor(color);
  }

  /** Widths of words are added up: shaping a whole line anew for each of its words takes seconds for a long text. */
  #broken(line: string, width: number): string[] {
    const made: string[] = [];
    const blank = this.doc.widthOfString(' ');
    let current = '';
    let used = 0;
    for (const word of line.split(' ')) {
      const wide = this.doc.widthOfString(word);
      if (current !== '' && used + blank + wide <= width) {
        current += ` ${word}`;
        used += blank + wide;
        continue;
      }
      if (current !== '') made.push(current);
      const pieces = wide <= width ? [word] : this.#cut(word, width);
      current = pieces.pop() ?? '';
      used = this.doc.widthOfString(current);
      made.push(...pieces);
    }
    return [...made, current];
  }

  /** A word that is wider than its column: a link, a hash. */
  #cut(word: string, width: number): string[] {
    const pieces: string[] = [];
    let piece = '';
    let used = 0;
    for (const { segment } of graphemes.segment(word)) {
      const wide = this.doc.widthOfString(segment);
      if (piece !== '' && used + wide > width) {
        pieces.push(piece);
        piece = '';
        used = 0;
      }
      piece += segment;
      used += wide;
    }
    return [...pieces, piece];
  }

  static height(style: Style, lines = 1): number {
    return lines * style.size * LEADING;
  }

  /** Lines at a place, one below the other, within an element; not to be called for more than fits on the page. */
  put(lines: readonly string[], style: Style, at: { x: number; y: number; width: number }): void {
    this.#use(style);
    lines.forEach((line, i) => {
      const x = style.align === 'center' ? at.x + (at.width - this.doc.widthOfString(line)) / 2 : at.x;
      if (line !== '') this.doc.text(line, x, at.y + Pen.height(style, i), { lineBreak: false });
    });
  }

  /** Lines from here on, over as many pages as they need. `beside` is drawn along each part. */
  flow(element: Element, type: string, lines: readonly string[], style: Style, options: FlowOptions = {}): void {
    const { indent = 0, beside } = options;
    let rest = lines;
    while (rest.length > 0) {
      this.room(Pen.height(style));
      const count = Math.max(1, Math.floor((this.bottom - this.y) / Pen.height(style)));
      const part = rest.slice(0, count);
      const top = this.y;
      this.mark(element, type, () => this.put(part, style, { x: MARGIN + indent, y: top, width: this.width - indent }));
      this.y += Pen.height(style, part.length);
      if (beside) this.ornament(() => beside(top, this.y));
      rest = rest.slice(count);
    }
  }

  /** `foot` is called once for each page, when all of them are there. */
  async end(foot: (page: number, of: number) => void): Promise<Buffer> {
    const { count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(page);
      foot(page + 1, count);
    }
    this.doc.end();
    await this.#done;
    return Buffer.concat(this.#chunks);
  }
}

interface FlowOptions {
  indent?: number;
  beside?(top: number, bottom: number): void;
}
