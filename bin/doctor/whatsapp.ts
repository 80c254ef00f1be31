// How the WhatsApp gateway is.
import { GATEWAY } from '../../bots/whatsapp/names.ts';
import type { WhatsAppRows } from '../../db/whatsapp.ts';
import { gatewayWord } from '../gateway-words.ts';
import type { WhatsAppSettings } from '../settings.ts';
import { type Finding, note } from './finding.ts';

export async function whatsAppFindings(
  rows: Pick<WhatsAppRows, 'condition'>,
  settings: WhatsAppSettings,
  serviceRuns: boolean,
): Promise<Finding[]> {
  const what = 'whatsapp';
  if (!settings.on) return [note(what, 'WHATSAPP belum on: gateway tidak dijalankan.')];
  const condition = await rows.condition(GATEWAY);
  const number = condition?.number ? ` (${condition.number.slice(0, 4)}…${condition.number.slice(-2)})` : '';
  const { is, words } = gatewayWord(condition);
  // Without a service nobody runs it, and that is no fault of its.
  if (is === 'wrong' && !serviceRuns && condition?.why == null) return [note(what, 'gateway tidak berjalan; dimulai bersama layanan.')];
  return [{ what, state: is, detail: `${words}${number}.` }];
}
