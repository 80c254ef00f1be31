// What the supervisors hear when something that was sent could not be worked on and was set aside.

/** The words of an `operator` notice. `id`: as the list names it, and as the sender was told. */
export function setAsideWords(id: string): { what: string; detail: string } {
  return {
    what: 'ada kiriman yang tidak dapat diproses',
    detail: `Kiriman nomor ${id} disisihkan setelah dicoba berulang kali; pengirimnya sudah diberi tahu, dan kiriman lain berjalan terus. Jalankan \`doctor\`, lihat catatan layanan, lalu coba lagi atau buang dengan \`aside\`.`,
  };
}
