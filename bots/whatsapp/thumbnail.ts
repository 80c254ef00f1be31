// The small picture that stands in a chat until the file itself is loaded. Made here: no other program is asked to look into people's files.
import sharp from 'sharp';

export interface Thumbnail {
  /** JPEG, base64. */
  jpeg: string;
  /** Pixels of the picture itself, as it is shown; `null` when nobody has looked. */
  size: { width: number; height: number } | null;
}

const EDGE = 100;
const QUALITY = 50;
/** More than any camera takes; a picture that unfolds to more is no picture to be looked into. */
const PIXELS_MAX = 200_000_000;

/** A larger file is sent as a document: it would be looked into whole, in memory. */
const BYTES_MAX = 50 * 1024 * 1024;

/** `null` when it cannot be read as a picture, or not at all. */
export async function thumbnailOf(stream: NodeJS.ReadableStream): Promise<Thumbnail | null> {
  try {
    const picture = sharp(await bytesOf(stream), { limitInputPixels: PIXELS_MAX, failOn: 'error' });
    const small = picture.clone().rotate().resize(EDGE, EDGE, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: QUALITY });
    const [jpeg, { width, height, orientation }] = await Promise.all([small.toBuffer(), picture.metadata()]);
    // From 5 on the camera lay on its side.
    const size = (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
    return { jpeg: jpeg.toString('base64'), size };
  } catch {
    return null;
  }
}

async function bytesOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    pieces.push(Buffer.from(piece));
    bytes += piece.length;
    if (bytes > BYTES_MAX) throw new Error('too large to be looked into');
  }
  return Buffer.concat(pieces);
}

const PLAY = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="56"><rect width="100" height="56" fill="#3a3f44"/><path d="M42 16v24l20-12z" fill="#fff"/></svg>`;
let video: Promise<string> | null = null;

/** The same for every video: to look into one would take another program. */
export async function videoThumbnail(): Promise<Thumbnail> {
  video ??= sharp(Buffer.from(PLAY))
    .jpeg({ quality: QUALITY })
    .toBuffer()
    .then((jpeg) => jpeg.toString('base64'));
  return { jpeg: await video, size: null };
}
