// The commands as the platform's menu shows them, and as the help lists them.

export const COMMANDS: readonly { command: string; description: string }[] = [
  { command: 'kirim', description: 'Buka draf konten baru' },
  { command: 'status', description: 'Keadaan dan tenggat konten Anda' },
  { command: 'antrean', description: 'Konten yang menunggu Anda' },
  { command: 'register', description: 'Register konten bulan ini' },
  { command: 'rekap', description: 'Rekap ketepatan waktu bulan ini' },
  { command: 'wakil', description: 'Tunjuk wakil (Plh.) selama Anda berhalangan' },
  { command: 'batal', description: 'Batalkan pertanyaan atau draf yang terbuka' },
  { command: 'bantuan', description: 'Panduan singkat' },
  { command: 'start', description: 'Mulai dan daftarkan akun' },
];
