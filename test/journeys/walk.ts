// The whole way of one case, told as its people walk it on their phones; a hook between every two steps lets a test kill things.
import { readFileSync } from 'node:fs';
import type { BotApi } from '../../web/simulator/bot-api.ts';
import type { Phone } from '../../web/simulator/phone.ts';
import { samplePhoto, sampleVideo } from '../../web/simulator/sample-files.ts';

export const OFFICE_TEXT = readFileSync(new URL('../../offices/disdagperin-contoh.yaml', import.meta.url), 'utf8');
export const NUMBER = /\d{4}\/REG-KONTEN\/DISDAGPERIN\/[IVX]+\/\d{4}/;

export interface Walked {
  number: string;
  photos: Buffer[];
  reason: string;
}

export const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '').toLowerCase();

export function hasButton(label: string) {
  return (message: { buttons: { label: string }[][] }) => message.buttons.flat().some((button) => letters(button.label) === letters(label));
}

export function says(pattern: RegExp) {
  return (message: { text?: string | null; caption?: string | null; from: unknown }) =>
    message.from === 'bot' && pattern.test(message.text ?? message.caption ?? '');
}

export function people(api: BotApi) {
  const phone = (id: number, name: string): Phone => api.phone(id, name);
  return {
    sari: phone(1001, 'Sari Dewi'),
    budi: phone(1002, 'Budi Santoso'),
    kartika: phone(1003, 'Kartika'),
    rahmat: phone(1004, 'Rahmat'),
    maya: phone(1005, 'Maya'),
  };
}

/** Waits for a card of this round with the button, then taps it. */
async function tap(phone: Phone, label: string, timeoutMs: number, after = 0): Promise<string | null> {
  const message = await phone.waitFor((one) => one.id > after && hasButton(label)(one), { timeoutMs });
  return phone.press(label, { message: message.id });
}

export async function walk(
  api: BotApi,
  between: (step: string) => Promise<void> = async () => undefined,
  timeoutMs = 20_000,
): Promise<Walked> {
  const { sari, budi, kartika, rahmat, maya } = people(api);
  const photos = await Promise.all([1, 2, 3, 4, 5].map((index) => samplePhoto(index)));
  const wait = (phone: Phone, pattern: RegExp, after = 0) => phone.waitFor((one) => one.id > after && says(pattern)(one), { timeoutMs });

  await sari.sendAlbum(
    photos.slice(0, 3).map((bytes) => ({ kind: 'photo' as const, bytes })),
    'Pasar murah di Jekan Raya 🛒',
  );
  await between('album');
  await wait(sari, /nama kegiatan/i);
  sari.sendText('Pasar Murah Jekan Raya');
  await between('title');
  await tap(sari, 'Hari ini', timeoutMs);
  await between('date');
  await wait(sari, /3 dari minimal 4/);
  await sari.sendVideo(sampleVideo(1), { fileName: 'pembukaan.mp4' });
  await between('video');
  await wait(sari, /narasi/i);
  sari.sendText('Dinas menggelar pasar murah di Jekan Raya. Sebanyak 200 warga membeli beras dan minyak goreng.');
  await between('narrative');
  await tap(sari, 'SERAHKAN', timeoutMs);
  await between('hand-in');
  const receipt = await wait(sari, NUMBER);
  const number = NUMBER.exec(receipt.text ?? '')?.[0] ?? '';

  await tap(budi, 'DITERIMA', timeoutMs);
  await between('receive');
  await tap(kartika, 'TOLAK', timeoutMs);
  await between('reject');
  await wait(kartika, /alasan/i);
  const reason = 'Foto ketiga buram, mohon diganti.';
  kartika.sendText(reason);
  await between('reason');
  // The notice, not the card behind it, which says so too and is changed where it stands.
  const returned = await sari.waitFor((one) => says(/buram/)(one) && hasButton('Perbaiki sekarang')(one), { timeoutMs });
  await sari.sendPhoto(photos[4] ?? Buffer.alloc(0), { caption: 'Pasar murah di Jekan Raya, foto diganti' });
  await between('repair');
  await sari.waitFor((one) => one.id > returned.id && hasButton('SERAHKAN')(one) && /foto diganti/.test(one.text ?? ''), { timeoutMs });
  await tap(sari, 'SERAHKAN', timeoutMs, returned.id);
  await between('hand-in again');
  const decided = Math.max(...kartika.messages().map(({ id }) => id));
  await tap(budi, 'DITERIMA', timeoutMs);
  await between('receive again');
  await kartika.waitFor((one) => one.id > decided && hasButton('TANGGAPAN')(one), { timeoutMs });
  await kartika.press('TANGGAPAN');
  await between('response');
  await wait(kartika, /tanggapan/i, decided);
  kartika.sendText('Sudah baik, lanjutkan.');
  await kartika.waitFor((one) => one.id > decided && says(/Sudah baik, lanjutkan/)(one), { timeoutMs });
  await tap(kartika, 'TERIMA', timeoutMs, decided);
  await between('accept');
  await tap(rahmat, 'TERIMA', timeoutMs);
  await between('approve');
  await tap(maya, 'SUDAH TAYANG', timeoutMs);
  await between('publish');
  await wait(maya, /tautan/i);
  maya.sendText('Sudah tayang: https://www.instagram.com/p/pasar-murah');
  await between('link');
  for (const phone of [sari, budi, kartika, rahmat]) await wait(phone, /SELESAI/);
  return { number, photos, reason };
}
