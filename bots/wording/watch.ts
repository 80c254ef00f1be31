// What the supervisors hear when the running check has found something that must not be: what it is about, and that the log knows more.
import type { Finding, Rule } from '../../src/proof/invariants.ts';

const WORDS: Record<Rule, string> = {
  I1: 'kiriman yang diterima tertahan',
  I2: 'satu langkah diputuskan dua kali',
  I3: 'riwayat konten tidak cocok dengan keadaannya',
  I4: 'tenggat tidak atau salah diberitahukan',
  I5: 'pesan keluar tertahan',
  I6: 'pembuat memutuskan kontennya sendiri',
  I7: 'yang diputuskan tidak sama dengan yang ditampilkan',
  I8: 'rantai riwayat atau nomor register tidak utuh',
  I9: 'berkas konten tertahan, ganda, atau hilang',
};
const MOST = 5;

/** The words of an `operator` notice. Findings of one rule are one line: a person need not read a list of ids. */
export function watchWords(findings: readonly Finding[]): { what: string; detail: string } {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const lines = rules.slice(0, MOST).map((rule) => `${WORDS[rule]} (${findings.filter((one) => one.rule === rule).length})`);
  return {
    what: 'pemeriksaan berkala menemukan yang tidak semestinya',
    detail: `Ditemukan: ${lines.join('; ')}. Jalankan \`doctor\` dan \`audit verify\`, lalu lihat catatan layanan.`,
  };
}
