// What was set aside because it could not be worked on: somebody has to look, and to say what is to become of it.
import type { PgStore } from '../../db/store.ts';
import { type Finding, ok, wrong } from './finding.ts';

const NAMED = 5;

export async function asideFindings(store: Pick<PgStore, 'setAside'>): Promise<Finding[]> {
  const what = 'kiriman';
  const found = await store.setAside();
  if (found.length === 0) return [ok(what, 'tidak ada yang disisihkan.')];
  const names = found.slice(0, NAMED).map(({ id }) => id);
  const more = found.length > NAMED ? ' dan lainnya' : '';
  return [
    wrong(
      what,
      `${found.length} disisihkan karena tidak dapat diproses (${names.join(', ')}${more}). Lihat catatan layanan dan \`aside list\`, lalu \`aside retry ID\` atau \`aside discard ID\`.`,
    ),
  ];
}
