// What the command line and the health page say of the WhatsApp gateway.
import type { GatewayCondition } from '../db/whatsapp.ts';

/** It gives a sign every 5 seconds. */
const SILENT_MS = 20_000;

export interface GatewayWord {
  /** `note`: it does what it can, and somebody may want to do something. */
  is: 'ok' | 'note' | 'wrong';
  words: string;
}

const WRONG: Record<string, string> = {
  'logged-out': 'nomor tidak lagi tertaut; tautkan kembali dengan `whatsapp pair`',
  replaced: 'sambungan diambil alih program lain; hentikan program itu lalu mulai ulang',
  restricted: 'nomor dibatasi WhatsApp; periksa ponsel pemilik nomor',
  mismatch: 'tautan ditolak; tautkan kembali dengan `whatsapp pair --replace`',
  version: 'versi gateway ditolak; perbarui Alur atau isi WHATSAPP_VERSION',
  'bad-session': 'sambungan gagal berulang; mulai ulang, bila perlu tautkan kembali',
  offline: 'tidak terhubung lebih dari 5 menit; periksa jaringan',
};

/** `null`: it has never run. */
export function gatewayWord(condition: GatewayCondition | null): GatewayWord {
  if (condition === null) return { is: 'wrong', words: 'belum pernah berjalan' };
  if (condition.silentMs > SILENT_MS)
    return { is: 'wrong', words: `tidak memberi tanda sejak ${Math.round(condition.silentMs / 1000)} detik` };
  const { state, why } = condition;
  const wrong = why === null ? undefined : WRONG[why];
  if (wrong !== undefined) return { is: 'wrong', words: wrong };
  if (why === 'timelocked') return { is: 'note', words: 'terhubung; WhatsApp sementara melarang memulai obrolan baru' };
  switch (state) {
    case 'open':
      return { is: 'ok', words: 'terhubung' };
    case 'connecting':
      return { is: 'ok', words: 'sedang menghubungkan' };
    case 'unpaired':
      return { is: 'note', words: 'belum ada nomor tertaut; jalankan `whatsapp pair`' };
    case 'restricted':
      return { is: 'wrong', words: 'nomor dibatasi WhatsApp' };
  }
}
