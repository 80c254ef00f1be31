// Post for a store's inbox, of a lane of its own unless said.
import type { Arrival } from '../../src/ports/store.ts';

export function arrival(externalId: string, lane = `telegram:bot:${externalId}`, tap = false): Arrival {
  return { channel: 'telegram', account: 'bot', externalId, lane, body: { update_id: externalId }, tap };
}
