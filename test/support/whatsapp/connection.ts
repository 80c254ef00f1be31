// One line to a linked device: intro, frames with a length in front, handshake, then stanzas, heard one after the other.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type BinaryNode, decodeBinaryNode, encodeBinaryNode, NOISE_WA_HEADER } from '@whiskeysockets/baileys';
import type { LinkedDevice } from './linked-device.ts';
import { type ClientHello, type NoiseIdentity, NoiseResponder } from './noise.ts';
import { WebSocketPeer } from './websocket.ts';

export interface ConnectionEnd {
  greeted(connection: Connection, hello: ClientHello): Promise<void> | void;
  stanza(connection: Connection, node: BinaryNode): Promise<void> | void;
  fault(error: Error): void;
  closed(connection: Connection): void;
}

export class Connection {
  /** Who logged in; `null` while a new device is being linked. */
  device: LinkedDevice | null = null;
  hello: ClientHello | null = null;
  open = true;
  private readonly end: ConnectionEnd;
  private readonly noise: NoiseResponder;
  private readonly socket: WebSocketPeer;
  private stage: 'intro' | 'hello' | 'finish' | 'open' = 'intro';
  private rest: Buffer = Buffer.alloc(0);
  private work: Promise<void> = Promise.resolve();

  constructor(request: IncomingMessage, socket: Duplex, head: Buffer, identity: NoiseIdentity, end: ConnectionEnd) {
    this.end = end;
    this.noise = new NoiseResponder(identity);
    this.socket = new WebSocketPeer(request, socket, head, {
      heard: (bytes) => this.take(bytes),
      closed: () => {
        this.open = false;
        end.closed(this);
      },
    });
  }

  send(node: BinaryNode): void {
    if (this.open) this.sendFrame(this.noise.seal(encodeBinaryNode(node)));
  }

  close(): void {
    this.socket.close();
  }

  cut(): void {
    this.open = false;
    this.socket.cut();
  }

  /** Ends the stream with an error of the platform: 401, 403, 440, 503, 515 … */
  streamError(code: number): void {
    const conflict: BinaryNode[] = code === 401 ? [tag('conflict', { type: 'device_removed' })] : [];
    const replaced: BinaryNode[] = code === 440 ? [tag('conflict', { type: 'replaced' })] : [];
    this.send({ tag: 'stream:error', attrs: { code: String(code) }, content: [...conflict, ...replaced] });
    this.close();
  }

  /** Refuses a login. */
  failure(reason: number): void {
    this.send(tag('failure', { reason: String(reason), location: 'test' }));
    this.close();
  }

  private sendFrame(bytes: Uint8Array): void {
    const length = Buffer.alloc(3);
    length.writeUIntBE(bytes.length, 0, 3);
    this.socket.send(Buffer.concat([length, bytes]));
  }

  private take(bytes: Buffer): void {
    this.rest = Buffer.concat([this.rest, bytes]);
    if (this.stage === 'intro' && !this.takeIntro()) return;
    while (this.rest.length >= 3) {
      const length = this.rest.readUIntBE(0, 3);
      if (this.rest.length < 3 + length) return;
      const frame = this.rest.subarray(3, 3 + length);
      this.rest = this.rest.subarray(3 + length);
      this.work = this.work.then(() => this.hear(frame)).catch((error: Error) => this.end.fault(error));
    }
  }

  private takeIntro(): boolean {
    const size = NOISE_WA_HEADER.length;
    if (this.rest.length < size) return false;
    // A client that was given routing information says it first.
    if (this.rest.toString('latin1', 0, 2) === 'ED') {
      if (this.rest.length < 7) return false;
      const skip = 7 + this.rest.readUIntBE(4, 3);
      if (this.rest.length < skip + size) return false;
      this.rest = this.rest.subarray(skip);
    }
    if (!this.rest.subarray(0, size).equals(NOISE_WA_HEADER)) {
      this.cut();
      return false;
    }
    this.rest = this.rest.subarray(size);
    this.stage = 'hello';
    return true;
  }

  private async hear(frame: Buffer): Promise<void> {
    if (this.stage === 'hello') {
      this.sendFrame(this.noise.greet(frame));
      this.stage = 'finish';
    } else if (this.stage === 'finish') {
      this.hello = this.noise.finish(frame);
      this.stage = 'open';
      await this.end.greeted(this, this.hello);
    } else if (this.open) {
      await this.end.stanza(this, await decodeBinaryNode(this.noise.open(frame)));
    }
  }
}

export function tag(name: string, attrs: BinaryNode['attrs'] = {}, content?: BinaryNode['content']): BinaryNode {
  return content === undefined ? { tag: name, attrs } : { tag: name, attrs, content };
}
