// Ready reasons for a rejection, as an office phrases them. Each is a whole reason by itself (10 characters at the least).

export const READY_REASONS = [
  'Foto kurang jelas atau buram',
  'Foto kurang atau kembar',
  'Nama atau jabatan keliru',
  'Data, angka, atau tanggal keliru',
  'Perbaiki ejaan atau tata bahasa',
  'Caption belum sesuai kegiatan',
] as const;
