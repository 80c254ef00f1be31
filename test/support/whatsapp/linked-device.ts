// A device that is linked to a number, which is what Alur is to WhatsApp: its keys, its line, and what waits for it while it is away.
import { type BinaryNode, generateSignalPubKey } from '@whiskeysockets/baileys';
import type { Connection } from './connection.ts';

type Key = { keyId: number; publicKey: Uint8Array };

export interface Registration {
  identity: Buffer;
  registrationId: number;
  signedPreKey: Key & { signature: Uint8Array };
  /** Public half of the key that the line is sealed with: it is how a device proves who it is. */
  noiseKey: Buffer;
}

export class LinkedDevice {
  readonly id: number;
  readonly pn: string;
  readonly lid: string;
  readonly identity: Buffer;
  readonly registrationId: number;
  readonly noiseKey: Buffer;
  connection: Connection | null = null;
  /** Its signature under the owner's was checked. */
  signed = false;
  historySent = false;
  preKeys: Key[] = [];
  /** What it has not given a receipt for, in order, by the stanza's id. */
  readonly pending = new Map<string, BinaryNode>();
  /** Everything that was ever sent to it, by the stanza's id: the newest under each. */
  readonly sent = new Map<string, BinaryNode>();
  signedPreKey: Registration['signedPreKey'];

  constructor(owner: { pn: string; lid: string }, id: number, registration: Registration) {
    this.id = id;
    this.pn = owner.pn.replace('@', `:${id}@`);
    this.lid = owner.lid.replace('@', `:${id}@`);
    this.identity = registration.identity;
    this.registrationId = registration.registrationId;
    this.signedPreKey = registration.signedPreKey;
    this.noiseKey = registration.noiseKey;
  }

  /** What a phone needs to begin a session; each one-time key is given once. */
  takeBundle() {
    const preKey = this.preKeys.shift();
    return {
      registrationId: this.registrationId,
      identityKey: generateSignalPubKey(this.identity),
      signedPreKey: this.signedPreKey,
      ...(preKey ? { preKey } : {}),
    };
  }

  /** Kept until there is a receipt for it; goes out at once when the device is there. */
  deliver(node: BinaryNode): void {
    const id = node.attrs['id'] ?? '';
    this.pending.set(id, node);
    this.sent.set(id, node);
    this.connection?.send(node);
  }

  owns(noiseKey: Uint8Array): boolean {
    return this.noiseKey.equals(Buffer.from(noiseKey));
  }
}
