// The names of buttons that people know and that no SOP may give to another button; compared as letters only.
const FIXED = new Set(['SERAHKAN', 'DITERIMA', 'TERIMA', 'TOLAK', 'TANGGAPAN', 'SUDAHTAYANG', 'HARIINI']);

export function lettersOf(label: string): string {
  return label.replace(/[^\p{L}]/gu, '').toUpperCase();
}

export function isFixedWord(label: string): boolean {
  return FIXED.has(lettersOf(label));
}
