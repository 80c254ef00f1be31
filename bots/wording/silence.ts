// What is said when a platform could not be heard for so long that it has thrown away what people sent.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Instant } from '../../src/time.ts';
import type { Message } from '../channel.ts';
import { line, message } from './text.ts';
import { moment } from './time.ts';

const PLATFORM: Record<Chat['channel'], string> = { telegram: 'Telegram', whatsapp: 'WhatsApp' };

/** The words of an `operator` notice. `until`: from then on what people send is lost. */
export function silenceWords(channel: Chat['channel'], since: Instant, until: Instant, zone: string): { what: string; detail: string } {
  const name = PLATFORM[channel];
  return {
    what: `${name} tidak terhubung`,
    detail: `Layanan tidak terhubung dengan ${name} sejak ${moment(since, zone)}. Kiriman pegawai disimpan ${name} paling lama 24 jam; mulai ${moment(until, zone)} kiriman yang terlama hilang. Periksa jaringan server dan jalankan \`doctor\`.`,
  };
}

export function resendMessage({ channel, from, until, keptMs, timezone }: Extract<Notice, { notice: 'resend' }>, inWords = false): Message {
  const name = PLATFORM[channel];
  return message([
    line(`⚠️ Layanan tidak terhubung dengan ${name} dari ${moment(from, timezone)}, sampai ${moment(until, timezone)}.`),
    line(`Yang Anda kirim lewat ${name} sebelum ${moment(until - keptMs, timezone)}, selama gangguan itu, tidak sampai.`),
    line(`Periksa dengan ${inWords ? 'status' : '/status'}, lalu kirim ulang yang belum tercatat.`),
  ]);
}
