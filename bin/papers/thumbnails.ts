// Small pictures of a case's photos, for paper. A file that cannot be drawn (HEIC, a video, one that is not in the vault) has none.
import sharp from 'sharp';
import type { Vault } from '../../db/vault.ts';

/** Twice what is printed, in pixels. */
const WIDTH = 336;
const HEIGHT = 252;
/** A sheet of a hundred photos still has to be made. */
const PHOTOS_MAX = 60;
/** As for every picture that somebody sent: beyond it lies a bomb. */
const PIXELS_MAX = 120_000_000;

/** JPEGs by SHA-256, one photo after the other. The pictures carry nothing of the camera or the place. */
export async function thumbnails(vault: Vault, files: readonly { kind: string; sha256: string }[]): Promise<Map<string, Buffer>> {
  const made = new Map<string, Buffer>();
  for (const { kind, sha256 } of files.slice(0, PHOTOS_MAX)) {
    if (kind !== 'photo' || made.has(sha256) || !(await vault.has(sha256))) continue;
    const jpeg = await thumbnail(vault.place(sha256));
    if (jpeg) made.set(sha256, jpeg);
  }
  return made;
}

async function thumbnail(path: string): Promise<Buffer | null> {
  try {
    return await sharp(path, { limitInputPixels: PIXELS_MAX })
      .rotate()
      .resize(WIDTH, HEIGHT, { fit: 'inside' })
      .flatten({ background: '#ffffff' })
      .toColorspace('srgb')
      .jpeg({ quality: 80 })
      .toBuffer();
  } catch {
    return null;
  }
}
