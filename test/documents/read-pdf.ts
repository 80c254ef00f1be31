// Reads back what stands on the pages of an uncompressed PDF as pdfkit writes it: letters by the typeface's own table, in the order they were drawn.

export interface Page {
  /** One for each piece of text that was drawn, with the place of its beginning in points from the lower left. */
  pieces: { text: string; x: number; y: number }[];
}

/** Objects by number; streams are kept as latin1 text. */
function objectsOf(pdf: Buffer): Map<string, string> {
  const text = pdf.toString('latin1');
  return new Map([...text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const refOf = (dictionary: string, key: string): string => new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1] ?? '';
const hexText = (hex: string): string => (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');

/** Glyph number to letters. */
function lettersOf(cmap: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const range of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    const first = Number.parseInt(range[1] ?? '', 16);
    [...(range[2] ?? '').matchAll(/<([0-9a-f ]*)>/gi)].forEach((match, i) => {
      letters.set(first + i, hexText((match[1] ?? '').replaceAll(' ', '')));
    });
  }
  return letters;
}

export function readPdf(pdf: Buffer): Page[] {
  const objects = objectsOf(pdf);
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body));
  return pages.map((page) => {
    const resources = objects.get(refOf(page, 'Resources')) ?? page;
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((match): [string, Map<number, string>] => {
        const font = objects.get(match[2] ?? '') ?? '';
        return [match[1] ?? '', lettersOf(objects.get(refOf(font, 'ToUnicode')) ?? '')];
      }),
    );
    return { pieces: piecesOf(objects.get(refOf(page, 'Contents')) ?? '', fonts) };
  });
}

function piecesOf(content: string, fonts: Map<string, Map<number, string>>): Page['pieces'] {
  return [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map((match) => {
    const drawn = match[1] ?? '';
    const letters = fonts.get(/\/(F\d+) [\d.]+ Tf/.exec(drawn)?.[1] ?? '');
    const place = /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm/.exec(drawn);
    const glyphs = [...drawn.matchAll(/<([0-9a-f]+)>/g)].flatMap((one) => (one[1] ?? '').match(/.{4}/g) ?? []);
    const text = glyphs.map((glyph) => letters?.get(Number.parseInt(glyph, 16)) ?? '\ufffd').join('');
    return { text, x: Number(place?.[1]), y: Number(place?.[2]) };
  });
}

/** The text of a page or of all of them, a blank between the pieces. */
export function textOf(pages: readonly Page[]): string {
  return pages.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join(' ');
}
