// What was sent, kept for the phones that could not read it and ask for it again, also after a restart. Without it such a message stays
// "menunggu pesan ini" on that phone for ever.
import './quiet-libsignal.ts';
import { proto } from '@whiskeysockets/baileys';
import type { WhatsAppRows } from '../../db/whatsapp.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Sealer } from './seal.ts';

export interface Sent {
  keep(id: string, message: proto.IMessage): Promise<void>;
  find(id: string): Promise<proto.IMessage | undefined>;
}

export interface SentOptions {
  rows: Pick<WhatsAppRows, 'keepSent' | 'readSent'>;
  gateway: string;
  sealer: Sealer;
  clock: Clock;
}

export function openSent({ rows, gateway, sealer, clock }: SentOptions): Sent {
  const place = (id: string): string => `${gateway}/sent/${id}`;
  return {
    async keep(id, message) {
      await rows.keepSent(gateway, id, sealer.seal(place(id), proto.Message.encode(message).finish()), clock.now());
    },
    async find(id) {
      const sealed = await rows.readSent(gateway, id);
      return sealed === null ? undefined : proto.Message.decode(sealer.open(place(id), sealed));
    },
  };
}
