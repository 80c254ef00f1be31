// One HTTP request of a bot: token, fault to order, method or download, answer.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, callMethod } from './call.ts';
import type { Fault, Faults } from './faults.ts';
import { findMethod } from './methods.ts';
import { readBody, readParams } from './params.ts';
import type { Answer } from './wire.ts';
import { refuse } from './wire.ts';
import type { World } from './world.ts';

// An upload of 50 MB and its wrapping.
const BODY_MAX = 60 * 1024 * 1024;

export interface Serving {
  token: string;
  world: World;
  faults: Faults;
  record(call: Call): void;
}

export async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, faults } = serving;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, file, token, rest] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(decodeURI(url.pathname)) ?? [];
  const body = await readBody(request, BODY_MAX);
  if (token === undefined || rest === undefined) return reply(response, refuse(404, 'Not Found'));
  if (token !== serving.token) return reply(response, refuse(401, 'Unauthorized'));
  if (body === null) return reply(response, refuse(413, 'Request Entity Too Large'));
  const found = file === undefined ? findMethod(rest) : undefined;
  const fault = faults.take(file === undefined ? (found?.name ?? rest) : 'file');
  if (fault?.hangMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.hangMs));
  if (fault?.drop) return void request.socket.destroy();
  if (fault && (fault.status !== undefined || fault.retryAfter !== undefined || fault.body !== undefined))
    return replyFault(response, fault);
  if (file !== undefined) return download(world, rest, response);
  const params = readParams(url.searchParams, request.headers['content-type'] ?? '', body);
  if (!params) return reply(response, refuse(400, "can't parse the request"));
  if (!found) return reply(response, refuse(404, 'Not Found: method not found'));
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await callMethod(found, params, world, gone.signal, serving.record);
  if (fault?.dropAfterProcessing) return void request.socket.destroy();
  reply(response, answer);
}

async function download(world: World, path: string, response: ServerResponse): Promise<void> {
  const file = world.files.atPath(path);
  if (!file || file.size > world.downloadMax) return reply(response, refuse(404, 'Not Found'));
  const bytes = await world.files.bytes(file);
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
  response.end(bytes);
}

export function reply(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const retryAfter = answer.ok ? undefined : answer.parameters?.retry_after;
  const text = Buffer.from(JSON.stringify(answer));
  response.writeHead(answer.ok ? 200 : answer.error_code, {
    'content-type': 'application/json',
    'content-length': text.length,
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
  response.end(text);
}

function replyFault(response: ServerResponse, fault: Fault): void {
  const status = fault.status ?? (fault.retryAfter === undefined ? 200 : 429);
  if (fault.body !== undefined) {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(fault.body);
    return;
  }
  const retry = fault.retryAfter;
  const words = retry === undefined ? `Fault ${status}` : `Too Many Requests: retry after ${retry}`;
  reply(response, {
    ok: false,
    error_code: status,
    description: words,
    ...(retry === undefined ? {} : { parameters: { retry_after: retry } }),
  });
}
