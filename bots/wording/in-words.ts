// Our own sentences where there is nothing to press: what a button does is answered with its word or its number there, and a command is
// typed without its stroke. Only our own words come through here, never people's.

const COMMAND = '(?=(?:antrean|bantuan|batal|kirim|register|rekap|status|wakil)(?!\\p{L}))';

const RULES: readonly (readonly [RegExp, string])[] = [
  [/ada di \/antrean dan \/status/gu, 'ada bila Anda mengetik antrean atau status'],
  [/ada di \/antrean/gu, 'ada bila Anda mengetik antrean'],
  [new RegExp(`dengan /${COMMAND}`, 'gu'), 'dengan mengetik '],
  [new RegExp(`: /${COMMAND}`, 'gu'), ': ketik '],
  [new RegExp(`(?<![\\p{L}\\p{N}/.:])/${COMMAND}`, 'gu'), ''],
  [/lalu mengirim \/start/gu, 'lalu mengirim pesan apa saja'],
  [/Tombol (?=ini|untuk)/gu, 'Pilihan '],
  [/dengan tombol di bawah/gu, 'dengan pilihan di bawah'],
  [/Pilih salah satu tombol/gu, 'Balas dengan salah satu angka'],
  [/Pilih tombolnya/gu, 'Balas dengan angkanya'],
  [/Pilih tombol(?!\p{L})/gu, 'Balas dengan angka'],
  [/saat tombol pada kartu ditekan/gu, 'saat kartu dibalas'],
  [/dengan tombol pada kartu/gu, 'dengan membalas kartu'],
  [/dengan tombol (?=\p{Lu})/gu, 'dengan membalas '],
  [/salah satu tombol/gu, 'salah satu angka'],
  [/(?<!\p{L})tekan (?=\p{Lu})/gu, 'balas '],
  [/(?<!\p{L})Tekan (?=\p{Lu})/gu, 'Balas '],
  [/(?<!\p{L})ditekan(?!\p{L})/gu, 'dibalas'],
  [/Dengan menekan (?=$|\p{Lu})/gu, 'Dengan membalas '],
];

/** Few sentences are, and each is asked for every message anew. */
const CONCERNED = /[tn]ekan|tombol|\//iu;

/** The sentence as it reads without buttons; the same where nothing is pressed or typed. */
export function inWords(text: string): string {
  if (!CONCERNED.test(text)) return text;
  return RULES.reduce((so, [from, to]) => so.replace(from, to), text);
}
