// The WhatsApp channel: everything a channel can do, over the connection that the gateway holds.
import type { Clock } from '../../src/ports/ambient.ts';
import type { Channel } from '../channel.ts';
import { CIRCUIT, type CircuitLimits, createCircuit } from './circuit.ts';
import { TEXT_MAX } from './compose.ts';
import { createMessenger, type MessengerParts } from './messenger.ts';
import { ownIds } from './own-ids.ts';
import { createPace, WHATSAPP_PACE, type WhatsAppPace } from './pace.ts';
import type { Socket } from './socket.ts';
import { translate } from './translate.ts';

export interface WhatsAppOptions {
  socket: Socket;
  clock: Clock;
  /** Seals the buttons; ids and poll secrets are made from it. */
  buttonKey: Uint8Array;
  fetch: Channel['fetch'];
  sendFiles: MessengerParts['sendFiles'];
  /** A random number in [0, 1). */
  jitter: () => number;
  polls?: boolean;
  pace?: WhatsAppPace;
  circuit?: CircuitLimits;
}

export function whatsappChannel(options: WhatsAppOptions): Channel {
  const { socket, clock, buttonKey, fetch, sendFiles, jitter } = options;
  const pace = createPace(options.pace ?? WHATSAPP_PACE, jitter);
  const circuit = createCircuit(options.circuit ?? CIRCUIT);
  return {
    name: 'whatsapp',
    get account() {
      return socket.account;
    },
    textMax: TEXT_MAX,
    ownIds: (delivery) => ownIds(buttonKey, delivery),
    ...createMessenger({ socket, clock, pace, circuit, buttonKey, polls: options.polls ?? true, sendFiles }),
    fetch,
    // A link that opens the chat with the words that bind the account.
    invitation: (code) =>
      /^\+\d{7,15}$/.test(socket.account) && /^[A-Za-z0-9-]{1,64}$/.test(code)
        ? `https://wa.me/${socket.account.slice(1)}?text=DAFTAR%20${code}`
        : null,
    translate: (body, at) => translate(body, buttonKey, at),
  };
}
