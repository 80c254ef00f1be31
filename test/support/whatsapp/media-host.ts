// The host that keeps encrypted files: takes uploads, gives downloads, over TLS, and fails in the ways that such hosts fail.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from './certificate.ts';
import { Trail } from './trail.ts';

/** How a path answers instead of with its file. */
export type MediaFault =
  | { answers: 'status'; status: number }
  | { answers: 'redirect'; to: string }
  /** Half of the bytes, then silence. */
  | { answers: 'stall' }
  /** Half of the bytes, then the line breaks. */
  | { answers: 'break' }
  /** All of them, one changed. */
  | { answers: 'tampered' };

export interface MediaRequest {
  method: string;
  path: string;
  bytes: number;
  origin: string | undefined;
}

export class MediaHost {
  /** PEM, for `ca` of an agent or as a file for NODE_EXTRA_CA_CERTS. */
  readonly cert: string;
  readonly requests = new Trail<MediaRequest>();
  /** Status that uploads are answered with; `null`: they are taken. */
  refusesUploads: number | null = null;
  private readonly server: Server;
  private readonly files = new Map<string, Buffer>();
  private readonly faults = new Map<string, MediaFault>();
  private puts = 0;

  constructor() {
    const { cert, key } = makeCertificate();
    this.cert = cert;
    this.server = createServer({ cert, key }, (request, response) => this.answer(request, response));
  }

  /** `127.0.0.1:port` */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Keeps the bytes under a path of their own, every time another. Gives the direct path. */
  put(bytes: Buffer): string {
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
    const path = `/v/t62.7118-24/${++this.puts}_${digest}_n.enc`;
    this.files.set(path, bytes);
    return `${path}?ccb=11-4&oh=test&oe=test`;
  }

  read(directPath: string): Buffer | undefined {
    return this.files.get(plain(directPath));
  }

  /** From now on this path answers so; `null`: with its file again. */
  fail(directPath: string, fault: MediaFault | null): void {
    if (fault === null) this.faults.delete(plain(directPath));
    else this.faults.set(plain(directPath), fault);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = plain(request.url ?? '/');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const method = request.method ?? '';
      this.requests.push({ method, path, bytes: body.length, origin: request.headers.origin });
      if (method === 'POST') this.upload(body, response);
      else this.download(path, response);
    });
  }

  private upload(body: Buffer, response: ServerResponse): void {
    if (this.refusesUploads !== null) {
      response.statusCode = this.refusesUploads;
      response.end('{}');
      return;
    }
    const direct = this.put(body);
    response.end(JSON.stringify({ url: `https://${this.host}${direct}`, direct_path: direct }));
  }

  private download(path: string, response: ServerResponse): void {
    const file = this.files.get(path);
    const fault = this.faults.get(path) ?? null;
    if (fault?.answers === 'redirect') {
      response.writeHead(302, { location: fault.to }).end();
    } else if (fault?.answers === 'status' || !file) {
      response.writeHead(fault?.answers === 'status' ? fault.status : 404).end();
    } else if (fault === null) {
      response.writeHead(200, { 'content-length': file.length }).end(file);
    } else if (fault.answers === 'tampered') {
      const bytes = Buffer.from(file);
      bytes[0] = bytes.readUInt8(0) ^ 0xff;
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    } else {
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, file.length / 2), () => {
        if (fault.answers === 'break') response.destroy();
      });
    }
  }
}

function plain(path: string): string {
  return path.split('?')[0] ?? path;
}
