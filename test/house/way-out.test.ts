// What leaves the process over the network leaves by one module, or stands here by name with its reason.
import { expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** What opens a line to somewhere, or listens on one. */
const LINES = [
  /^node:(?:http|https|http2|net|tls|dgram|dns|inspector)(?:\/|$)/,
  /^(?:undici|axios|got|ky|node-fetch|ws|postgres|pg|ioredis|telegraf|@whiskeysockets\/baileys|@hono\/node-server)(?:\/|$)/,
];

/** Who may, and what for. */
const BY_NAME: Record<string, Record<string, string>> = {
  'bots/way-out.ts': { fetch: 'the way out', 'node:https': 'the way out' },
  'bots/whatsapp/open-socket.ts': { '@whiskeysockets/baileys': 'opens WhatsApp’s own socket, and uploads over it' },
  'queues/postgres.ts': { pg: 'the queues in the database' },
  'queues/redis.ts': { ioredis: 'the queues in Redis' },
  'bin/doctor/surroundings.ts': { ioredis: 'asks Redis how it is' },
  'db/line.ts': { 'node:net': 'the line to the database: one that is lost must be known to be, and never be used again' },
  'db/embedded/port.ts': { 'node:net': 'finds a free port for the embedded database' },
  'queues/look/no-network.ts': { 'node:net': 'shuts it', 'node:dgram': 'shuts it', 'node:dns': 'shuts it' },
  'web/server.ts': { '@hono/node-server': 'the one listener' },
  'web/simulator/bot-api.ts': { 'node:http': 'listens as the simulated Telegram' },
};

/** What is loaded when the file is: types are gone by then. */
function loaded(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(?!type\b)([^'";]*?)\s*from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\b(?:import|require|resolve)\(\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].flatMap(([, names, from, bare, later]) => {
    const each = /^\{([\s\S]*)\}$/
      .exec(names ?? '')?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const typesOnly = each !== undefined && each.length > 0 && each.every((name) => name.startsWith('type '));
    return typesOnly ? [] : [from ?? bare ?? later ?? ''];
  });
}

/** `fetch` as a call or handed on, but no method of that name. */
const FETCH = /(?<![.\w'"])fetch\((?!\w+: )|\bglobalThis\b|=> fetch\b|= fetch\b|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/;

function ways(file: SourceFile): string[] {
  const modules = loaded(file.text).filter((name) => LINES.some((line) => line.test(name)));
  const code = file.text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '').replace(/\s\/\/ .*$/gm, '');
  return [...new Set([...modules, ...(FETCH.test(code) ? ['fetch'] : [])])];
}

/** The database's own floor. */
const isDatabase = (path: string, way: string): boolean => path.startsWith('db/') && way === 'postgres';

const files = sourceFiles(['src', 'bots', 'queues', 'db', 'bin', 'web', 'documents']);
/** Baileys’ helpers and constants are everywhere in its folder; what opens a socket is its default. */
const opens = (file: SourceFile, way: string): boolean =>
  way !== '@whiskeysockets/baileys' ||
  /import\s+\w+[^'";]*from '@whiskeysockets\/baileys'|makeWASocket/.test(file.text.replace(/import (?:type )?\{[^}]*\}/g, ''));

test('nothing leaves the process but by the way out and by those named here', () => {
  const found = files.flatMap((file) =>
    ways(file)
      .filter((way) => opens(file, way) && !isDatabase(file.path, way) && BY_NAME[file.path]?.[way] === undefined)
      .map((way) => `${file.path}: ${way}`),
  );
  expect(found).toEqual([]);
});

test('nobody is named here who no longer needs it', () => {
  const byPath = new Map(files.map((file) => [file.path, ways(file)]));
  const idle = Object.entries(BY_NAME).flatMap(([path, named]) =>
    Object.keys(named)
      .filter((way) => !byPath.get(path)?.includes(way))
      .map((way) => `${path}: ${way}`),
  );
  expect(idle).toEqual([]);
});

test('the rule sees a call, a handing on, a module, one for later, and neither types nor methods', () => {
  const file = (text: string): SourceFile => ({ path: 'bots/a.ts', text });
  for (const text of [
    'const a = await fetch(url);',
    'const ask = fetch;',
    "import { connect } from 'node:net';",
    "import { type Agent, request } from 'node:https';",
    "const { request } = await import('undici');",
    'new WebSocket(url)',
    "export { Agent } from 'node:http';",
  ]) {
    expect(ways(file(text)), text).toHaveLength(1);
  }
  for (const text of [
    "import type { IncomingMessage } from 'node:http';",
    '  fetch(file: FileRef): Promise<Fetched>;',
    'channel.fetch(file)',
    '// fetch(url)',
    "import { type Agent } from 'node:https';",
  ]) {
    expect(ways(file(text)), text).toEqual([]);
  }
});
