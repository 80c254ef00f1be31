// WhatsApp as a channel, over the connection of this process.
import type { Channel } from '../../bots/channel.ts';
import type { Socket } from '../../bots/whatsapp/socket.ts';
import type { Clock } from '../../src/ports/ambient.ts';

export interface WhatsAppChannelParts {
  socket: Socket;
  clock: Clock;
  buttonKey: Uint8Array;
}

/** `null`: this version hears WhatsApp and does not answer there. */
export function whatsAppChannel(_parts: WhatsAppChannelParts): Channel | null {
  return null;
}
