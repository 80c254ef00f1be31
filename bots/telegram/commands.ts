// The menu of commands that Telegram shows beside the text field.
import type { Api } from './api.ts';

export const COMMANDS = [
  { command: 'start', description: 'Mulai menggunakan layanan' },
  { command: 'kirim', description: 'Kirim konten baru' },
  { command: 'status', description: 'Lihat status konten' },
  { command: 'antrean', description: 'Lihat konten yang menunggu Anda' },
  { command: 'register', description: 'Lihat register bulan ini' },
  { command: 'rekap', description: 'Lihat rekap ketepatan waktu bulan ini' },
  { command: 'bantuan', description: 'Petunjuk penggunaan' },
  { command: 'batal', description: 'Batalkan pengisian' },
] as const;

/** Whether Telegram took the menu; without it everything works, only the menu is missing. */
export async function announceCommands(api: Api): Promise<boolean> {
  return (await api.call('setMyCommands', { commands: COMMANDS })).ok;
}
