// `alur whatsapp pair`: links the office's number, by a QR code in the terminal or by the code of eight characters.
import QRCode from 'qrcode';
import { linkNumber } from '../../bots/whatsapp/link-number.ts';
import type { Paired } from '../../bots/whatsapp/pairing.ts';
import { sealer, Unsealable } from '../../bots/whatsapp/seal.ts';
import { withStore } from '../database.ts';
import { type Context, DONE, type Exit, REFUSED, refused, WRONG_USAGE, wrongUsage } from '../io.ts';
import { openLog } from '../log.ts';
import { whatsAppKey } from '../service/whatsapp-key.ts';
import type { Settings } from '../settings.ts';
import { settingsFor } from '../settings-for.ts';

export interface PairOptions {
  phone?: string;
  replace?: boolean;
}

export async function whatsAppPair(context: Context, options: PairOptions): Promise<Exit> {
  const phone = options.phone === undefined ? null : internationalNumber(options.phone);
  if (options.phone !== undefined && phone === null)
    return wrongUsage(context, `--phone: "${options.phone}" bukan nomor telepon; tulis lengkap dengan kode negara, mis. +6281200000005.`);
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const read = whatsAppKey(settings);
  if (!read.ok) return wrongUsage(context, `Pengaturan belum benar:\n- ${read.reason}`);
  for (const warning of settings.warnings) context.err(`Perhatian: ${warning}\n`);
  try {
    return report(context, await attempt(context, settings, read.key, phone, options.replace ?? false));
  } catch (error) {
    if (!(error instanceof Unsealable)) throw error;
    return refused(
      context,
      'WHATSAPP_KEY bukan kunci yang dipakai saat nomor ditautkan. Kembalikan kunci lama, atau ulangi dengan --replace untuk menautkan dari awal.',
    );
  }
}

/** `+62…`; `null` for anything that is no number with its country. */
function internationalNumber(text: string): string | null {
  const digits = text.replace(/[\s().-]/g, '').replace(/^00/, '+');
  return /^\+[1-9]\d{7,14}$/.test(digits) ? digits : null;
}

async function attempt(context: Context, settings: Settings, key: Buffer, phone: string | null, replace: boolean): Promise<Paired> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, end);
  try {
    return await withStore(settings, (store) =>
      linkNumber({
        rows: store.whatsApp,
        holdLock: store.holdLock,
        sealer: sealer(key),
        clock: { now: context.now },
        log: openLog({ level: settings.logLevel, secrets: settings.secrets }),
        url: settings.whatsapp.url,
        version: settings.whatsapp.version,
        phone,
        replace,
        onQr: (text) => void showQr(context, text),
        onCode: (code) => showCode(context, code),
        signal: stop.signal,
      }),
    );
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, end);
  }
}

async function showQr(context: Context, text: string): Promise<void> {
  if (context.json) return context.out(`${JSON.stringify({ qr: text })}\n`);
  const drawn = await QRCode.toString(text, { type: 'utf8', errorCorrectionLevel: 'L' });
  context.out(`${drawn}\nPindai dari ponsel nomor dinas: WhatsApp › Perangkat tertaut › Tautkan perangkat.\n`);
}

function showCode(context: Context, code: string): void {
  if (context.json) return context.out(`${JSON.stringify({ code })}\n`);
  context.out(
    `Kode: ${code.slice(0, 4)}-${code.slice(4)}\nKetik di ponsel nomor dinas: WhatsApp › Perangkat tertaut › Tautkan dengan nomor telepon.\n`,
  );
}

function report(context: Context, paired: Paired): Exit {
  if (paired.paired === 'yes') {
    if (context.json) context.out(`${JSON.stringify({ paired: true, number: paired.number })}\n`);
    else context.out(`Nomor ${paired.number} tertaut.\n`);
    return DONE;
  }
  if (context.json) context.out(`${JSON.stringify({ paired: false, why: paired.why })}\n`);
  context.err(`${reasonOf(paired)}\n`);
  return REFUSED;
}

function reasonOf(paired: Paired & { paired: 'no' }): string {
  switch (paired.why) {
    case 'held':
      return 'Gateway WhatsApp sedang berjalan, atau penautan lain belum selesai. Hentikan dahulu, lalu ulangi.';
    case 'linked':
      return `Nomor ${paired.number} sudah tertaut. Untuk memakai nomor lain, ulangi dengan --replace.`;
    case 'expired':
      return 'Waktu habis sebelum nomor ditautkan. Ulangi perintah ini.';
    case 'refused':
      return `WhatsApp menolak penautan (${paired.code ?? 'tanpa kode'}). Periksa ponsel pemilik nomor, lalu ulangi nanti.`;
    case 'unreachable':
      return `WhatsApp tidak terjangkau (${paired.code ?? 'sambungan terputus'}). Periksa jaringan, lalu ulangi.`;
    case 'stopped':
      return 'Penautan dihentikan; tidak ada nomor yang tertaut.';
  }
}
