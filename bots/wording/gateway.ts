// What the supervisors hear of the WhatsApp gateway when it does not go on by itself: what happened, what still works, what to do.

export type GatewayTrouble = 'logged-out' | 'replaced' | 'restricted' | 'mismatch' | 'version' | 'bad-session' | 'timelocked' | 'offline';

const KEPT = 'Yang sudah diterima tetap tersimpan.';
const TELL = 'Sampaikan kepada pengelola server.';

const DETAILS: Record<GatewayTrouble, string> = {
  'logged-out': `Nomor WhatsApp dinas tidak lagi tertaut. ${KEPT} ${TELL} Tautkan kembali dengan \`whatsapp pair\`; bila nomornya hilang, pakai nomor lain.`,
  replaced: `Sambungan WhatsApp diambil alih program lain. ${KEPT} ${TELL} Hentikan program lain itu, lalu mulai ulang Alur.`,
  restricted: `WhatsApp membatasi nomor dinas. Jangan mencoba berulang. ${KEPT} ${TELL} Periksa pesan di ponsel pemilik nomor; pakai Telegram sementara.`,
  mismatch: `WhatsApp menolak tautan nomor dinas. ${KEPT} ${TELL} Tautkan kembali dengan \`whatsapp pair --replace\`.`,
  version: `WhatsApp menolak versi gateway ini. ${KEPT} ${TELL} Perbarui Alur, atau isi WHATSAPP_VERSION.`,
  'bad-session': `Sambungan WhatsApp gagal berulang kali. ${KEPT} ${TELL} Mulai ulang Alur; bila tetap gagal, tautkan kembali.`,
  timelocked: `WhatsApp untuk sementara melarang nomor dinas memulai obrolan baru. Obrolan yang sudah ada tetap berjalan. Jangan mencoba berulang.`,
  offline: `WhatsApp tidak terhubung lebih dari 5 menit. Alur terus mencoba. ${KEPT} ${TELL} Periksa jaringan server.`,
};

/** The words of an `operator` notice. */
export function gatewayTrouble(why: GatewayTrouble): { what: string; detail: string } {
  return { what: 'WhatsApp terhenti', detail: DETAILS[why] };
}

export const gatewayWell = {
  what: 'WhatsApp terhubung kembali',
  detail: 'Nomor WhatsApp dinas terhubung kembali. Pesan yang tertunda sedang diterima.',
};
