// A QR code drawn as squares, so that it prints sharp at any size.
import QRCode from 'qrcode';

/** The dark squares of each row, the quiet zone left out. */
export function qrRows(text: string): boolean[][] {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  return Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => data[row * size + column] === 1));
}
