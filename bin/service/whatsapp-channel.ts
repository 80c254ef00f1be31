// WhatsApp as a channel, over the connection of this process.
import type { Channel } from '../../bots/channel.ts';
import { type Small, sendFiles } from '../../bots/whatsapp/album.ts';
import { createFetch, isWhatsAppHost } from '../../bots/whatsapp/files.ts';
import type { LiveSocket } from '../../bots/whatsapp/live-socket.ts';
import { TRIAL_PACE, WHATSAPP_PACE } from '../../bots/whatsapp/pace.ts';
import { whatsappChannel } from '../../bots/whatsapp/whatsapp.ts';
import type { Clock } from '../../src/ports/ambient.ts';

export interface WhatsAppChannelParts {
  socket: LiveSocket;
  clock: Clock;
  buttonKey: Uint8Array;
  /** Of a kept file. */
  small: Small;
  /** Connected to a server of one's own: its media host is where it says, and nobody is flooded. */
  trial: boolean;
}

export function whatsAppChannel({ socket, clock, buttonKey, small, trial }: WhatsAppChannelParts): Channel {
  return whatsappChannel({
    socket,
    clock,
    buttonKey,
    fetch: createFetch({ line: () => socket.mediaLine(), hostAllowed: (host) => trial || isWhatsAppHost(host) }),
    sendFiles: (jid, files, base) => sendFiles(socket.sendContent, small, jid, files, base),
    jitter: Math.random,
    pace: trial ? TRIAL_PACE : WHATSAPP_PACE,
  });
}
