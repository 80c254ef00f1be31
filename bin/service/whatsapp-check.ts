// Whether the gateway is well, by what it wrote of itself: it runs in another process, perhaps on another machine.
import { GATEWAY } from '../../bots/whatsapp/names.ts';
import type { WhatsAppRows } from '../../db/whatsapp.ts';
import type { Check } from '../../web/health.ts';
import { gatewayWord } from '../gateway-words.ts';

export function whatsAppCheck(rows: Pick<WhatsAppRows, 'condition'>): Check {
  return {
    name: 'whatsapp',
    run: async () => {
      const { is, words } = gatewayWord(await rows.condition(GATEWAY));
      return { ok: is !== 'wrong', detail: words };
    },
  };
}
