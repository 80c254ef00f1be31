// Keeps other web sites away from the simulator: a page elsewhere must neither read the chats nor press anything.
import type { Context, Next } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export async function guard(context: Context, next: Next): Promise<Response | undefined> {
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  if (!isTrusted(host)) return context.text('Alamat ini tidak dilayani; buka lewat 127.0.0.1.', 403);
  const origin = context.req.header('origin');
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return context.text('Ditolak: berasal dari situs lain.', 403);
  if (context.req.header('sec-fetch-site') === 'cross-site' && context.req.path !== '/')
    return context.text('Ditolak: berasal dari situs lain.', 403);
  // A header of our own cannot be sent by a form, and makes a browser ask before any other page may send it.
  if (context.req.method === 'POST' && context.req.header('x-alur-simulator') !== '1')
    return context.text('Ditolak: bukan dari halaman simulator.', 403);
  await next();
  return undefined;
}

/** A plain address cannot be rebound to ours by somebody's name server; of names only localhost is ours. */
function isTrusted(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return LOOPBACK.has(name) || /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/i.test(name);
}
