// Stands before a Bot API server and, when told so, answers instead of it, with the address in its answer: the token stands in that.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

export interface UnkindProxy {
  root: string;
  /** The next call of this method ends badly, in the way with this number; there are six. */
  spoil(method: string, ending: number): void;
  /** How many calls ended badly. */
  spoiled(): number;
  close(): Promise<void>;
}

type Ending = (request: IncomingMessage, response: ServerResponse) => void;

/** What gateways and platforms have been seen to do. */
const ENDINGS: Ending[] = [
  ({ url }, response) => {
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error_code: 500, description: `Internal error at https://api.example${url}` }));
  },
  ({ url }, response) => response.writeHead(302, { location: `http://127.0.0.1:9${url}` }).end(`<a href="${url}">moved</a>`),
  ({ url }, response) => response.writeHead(502, { 'x-address': url ?? '' }).end(`<h1>Bad gateway</h1> ${url}`),
  (_, response) => response.destroy(),
  ({ url }, response) => response.writeHead(200).end(`{"ok":true,"result":${url}`),
  ({ url }, response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error_code: 400, description: `Bad Request: wrong address https://api.example${url}` }));
  },
];

export async function startUnkindProxy(target: string): Promise<UnkindProxy> {
  const to = new URL(target);
  const waiting = new Map<string, Ending[]>();
  let spoiled = 0;
  const server = createServer((asked, answer) => {
    const ending = waiting.get((asked.url ?? '').split(/[/?]/).at(-1) ?? '')?.shift();
    if (ending) {
      spoiled += 1;
      asked.resume();
      return ending(asked, answer);
    }
    const { url, method, headers } = asked;
    const onward = request({ hostname: to.hostname, port: to.port, path: url, method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    root: `http://127.0.0.1:${address.port}`,
    spoil: (method, ending) => void waiting.set(method, ENDINGS.slice(ending, ending + 1)),
    spoiled: () => spoiled,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
