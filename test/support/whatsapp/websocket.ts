// The server's half of a WebSocket (RFC 6455), as much as a stream of bytes needs: no extensions, no fragments of our own.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export interface WebSocketEnd {
  heard(bytes: Buffer): void;
  closed(): void;
}

export class WebSocketPeer {
  private rest: Buffer = Buffer.alloc(0);
  private readonly socket: Duplex;
  private readonly end: WebSocketEnd;

  /** Answers the upgrade. Bytes of the other side go to `heard`, whatever messages they came in. */
  constructor(request: IncomingMessage, socket: Duplex, head: Buffer, end: WebSocketEnd) {
    this.socket = socket;
    this.end = end;
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => end.closed());
    if (head.length > 0) this.take(head);
  }

  send(bytes: Uint8Array): void {
    this.frame(2, bytes);
  }

  /** The orderly goodbye: what was sent before it still arrives. */
  close(): void {
    this.frame(CLOSE, Buffer.from([0x03, 0xe8]));
    this.socket.end();
  }

  /** The line breaks: no goodbye. */
  cut(): void {
    this.socket.destroy();
  }

  private frame(opcode: number, payload: Uint8Array): void {
    if (!this.socket.writable) return;
    const length = payload.length;
    const head = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
    head[0] = 0x80 | opcode;
    head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
    if (head.length === 4) head.writeUInt16BE(length, 2);
    if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
    this.socket.write(Buffer.concat([head, payload]));
  }

  private take(bytes: Buffer): void {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (let one = next(this.rest); one !== null; one = next(this.rest)) {
      this.rest = this.rest.subarray(one.used);
      if (one.opcode === CLOSE) this.socket.end();
      else if (one.opcode === PING) this.frame(PONG, one.payload);
      else if (one.opcode !== PONG) this.end.heard(one.payload);
    }
  }
}

/** The first whole frame of the bytes, unmasked. */
function next(bytes: Buffer): { opcode: number; payload: Buffer; used: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const masked = (bytes.readUInt8(1) & 0x80) !== 0;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head + (masked ? 4 : 0)) return null;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const start = head + (masked ? 4 : 0);
  if (bytes.length < start + length) return null;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  if (masked) for (let at = 0; at < length; at++) payload[at] = payload.readUInt8(at) ^ bytes.readUInt8(head + (at % 4));
  return { opcode: bytes.readUInt8(0) & 0x0f, payload, used: start + length };
}
