// Legal bases that a later one has replaced. An SOP keeps the words it was enacted with; whoever reads it is told.

/** Title of the later regulation; source: the closing provisions of Peraturan Komisi Informasi Nomor 1 Tahun 2021. */
const REPLACED: readonly { old: RegExp; by: string }[] = [
  {
    old: /peraturan komisi informasi (nomor|no\.?) ?1 tahun 2010\b/i,
    by: 'Peraturan Komisi Informasi Nomor 1 Tahun 2021',
  },
];

/** What has replaced this legal basis, or `null` while it stands as far as is known here. */
export function replacedBy(law: string): string | null {
  return REPLACED.find(({ old }) => old.test(law))?.by ?? null;
}
