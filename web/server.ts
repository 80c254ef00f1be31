// The one web listener: health, metrics, the webhook's path, and either the board or the simulator's page.
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { BOARD_STYLE, type Board, boardPage } from './board.ts';
import { type Check, healthOf } from './health.ts';
import type { Metrics } from './metrics.ts';

export interface WebParts {
  checks: readonly Check[];
  metrics: Metrics;
  /** Hears updates; checks the secret before it reads the body. */
  webhook?: { path: string; handle(request: Request): Promise<Response> };
  /** The front page: the board, or the routes of the simulator (tried after this listener's own routes). */
  front: { is: 'board'; board(): Promise<Board> } | { is: 'simulator'; routes: { fetch(request: Request): Response | Promise<Response> } };
  /** Told what went wrong in a route, so that the answer can stay silent about it. */
  onError(error: Error): void;
}

/** The routes, without a listener. */
export function webRoutes(parts: WebParts): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    secure(context.res.headers, parts.front.is);
  });
  app.get('/healthz', async (context) => {
    const health = await healthOf(parts.checks);
    return context.json(health.status === 'ok' ? { status: 'ok', up: health.up } : health, health.status === 'ok' ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    return context.body(await parts.metrics.page(), 200, { 'content-type': parts.metrics.contentType });
  });
  const { webhook, front } = parts;
  if (webhook) app.post(webhook.path, (context) => webhook.handle(context.req.raw));
  if (front.is === 'board') {
    app.get('/', async (context) => context.html(await boardPage(await front.board())));
    app.get('/board.css', (context) => context.body(BOARD_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  } else {
    app.all('*', (context) => front.routes.fetch(context.req.raw));
  }
  app.notFound((context) => context.text('Tidak ditemukan.', 404));
  app.onError((error, context) => {
    parts.onError(error);
    return context.text('Terjadi kesalahan; lihat catatan layanan.', 500);
  });
  return app;
}

/** Nothing is framed, sniffed, cached by strangers or loaded from elsewhere. What a route set itself stays. */
function secure(headers: Headers, front: WebParts['front']['is']): void {
  const policy =
    front === 'board'
      ? "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
      : "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
  const wanted: Record<string, string> = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (!headers.has(name)) headers.set(name, value);
  }
}

export type Listening =
  | { listening: 'yes'; url: string; port: number; close(): Promise<void> }
  /** `why` is a whole sentence for a person, naming the setting. */
  | { listening: 'no'; why: string };

/** Listens; `port` 0 takes a free one. */
export function listen(routes: { fetch(request: Request): Response | Promise<Response> }, host: string, port: number): Promise<Listening> {
  return new Promise((resolve) => {
    // The service must not stay silent about a port that is taken: the listener's error becomes the answer.
    const server = serve({ fetch: routes.fetch, hostname: host, port, overrideGlobalObjects: false }, (info) => {
      resolve({ listening: 'yes', url: urlOf(host, info.port), port: info.port, close: () => closed(server) });
    });
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ listening: 'no', why: reasonOf(error, host, port) }));
  });
}

function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/`;
}

function reasonOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `HTTP_PORT: port ${port} di ${host} sudah dipakai program lain; hentikan program itu atau pilih HTTP_PORT lain.`;
  if (error.code === 'EACCES') return `HTTP_PORT: port ${port} tidak boleh dibuka oleh pengguna ini; pilih HTTP_PORT di atas 1023.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `HTTP_HOST: alamat ${host} tidak ada pada komputer ini; pilih 127.0.0.1 atau 0.0.0.0.`;
  }
  return `HTTP_HOST/HTTP_PORT: ${host}:${port} tidak dapat dibuka (${error.code ?? error.message}).`;
}

/** What is being answered may finish; then even a browser's open connection must not hold the stop. */
const CLOSE_AFTER_MS = 2_000;

function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), CLOSE_AFTER_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}
