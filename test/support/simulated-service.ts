// The service as `npm start` opens it without a token, in a process of its own: its phones are used through the page's own addresses.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PhoneMessage } from '../../web/simulator/phone-view.ts';
import { freshDatabase } from './database.ts';
import { freePort } from './free-port.ts';
import { PROGRAM } from './program.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_MS = 45_000;
const LOOK_MS = 100;
const WAIT_MS = 60_000;
const HURRY_MS = 3_000;
/** A connection that is kept may be closed at the very moment when it is used again. */
const ONCE = { connection: 'close' };

export interface Simulated {
  url: string;
  phone(id: number): FarPhone;
  /** Moves the office's clock to this instant and resolves when what fell due has been seen to. */
  moveClock(to: number | 'alarm'): Promise<number>;
  now(): Promise<number>;
  /** From now on the office's clock runs up to twenty times as fast (the more patience, the slower), so that nobody waits for the platform's message a second in a chat. */
  hurry(): void;
  /** The command line beside the service: its standard output. Throws when it does not end with 0. */
  alur(...args: string[]): Promise<string>;
  /** Writes a file into the trial's own folder and gives its place. */
  write(name: string, text: string): string;
  /** The same, told each line of the output as it comes. */
  alurTelling(line: (text: string) => void, ...args: string[]): Promise<string>;
  /** What the service has printed: its errors. */
  complaints(): string;
  stop(): Promise<void>;
}

/** One person's hand on a phone. What is waited for must be newer than the last thing this phone has waited for. */
export interface Hand {
  write(text: string): Promise<void>;
  /** Sample files of the page: `1` to `12` are photos, then `video` and `document`. */
  send(items: string[], caption?: string): Promise<void>;
  hears(words: RegExp): Promise<string>;
  /** Waits until a message of the bot, an edited one included, says so now. */
  shows(words: RegExp): Promise<void>;
  /** Waits for a button, taps the newest of that name, gives the answer to the tap: `null` also where it comes as a message. */
  tap(label: string): Promise<string | null>;
  /** The same button once more. */
  again(label: string): Promise<string | null>;
}

/** On the page. */
export interface FarPhone extends Hand {
  messages(): Promise<PhoneMessage[]>;
}

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '').toLowerCase();

/** How many times as long as usual everything is waited for, and as seldom looked at: a long proof shares its machine, and only a fault may end it. */
export type Patience = number;

/**
 * `offices`: names in offices/, or `kantor.yaml` among the files; none is a start with nothing configured. `files`: text by name, see `write`.
 * `more`: of the environment.
 */
export async function startSimulated(
  offices: string[] = [],
  files: Record<string, string> = {},
  more: Record<string, string> = {},
  patience: Patience = 1,
): Promise<Simulated> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-simulated-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const database = await freshDatabase();
  const port = await freePort();
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    HTTP_PORT: String(port),
    LOG_LEVEL: 'warn',
    ...(offices.length > 0
      ? { OFFICE_FILE: offices.map((name) => (name in files ? join(folder, name) : join(ROOT, 'offices', `${name}.yaml`))).join(',') }
      : {}),
    ...more,
  };
  const run = (args: string[], stdio: 'ignore' | 'pipe') => spawn(process.execPath, [...PROGRAM, ...args], { cwd: ROOT, env, stdio });
  const child = run(['start'], 'pipe');
  let complaints = '';
  child.stdout?.resume();
  child.stderr?.on('data', (data: Buffer) => {
    complaints += data.toString();
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let hurrying: Promise<void> = Promise.resolve();
  let stopped = false;
  const stop = async (): Promise<void> => {
    stopped = true;
    await hurrying;
    child.kill();
    await ended;
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/`;
  const until = Date.now() + READY_MS * patience;
  while ((await fetch(`${url}healthz`).catch(() => null))?.status !== 200) {
    if (child.exitCode === null && Date.now() < until) await pause(50);
    else {
      await stop();
      throw new Error(`the service was not ready (exit code ${child.exitCode}):\n${complaints}`);
    }
  }
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const asked = {
      method: 'POST',
      headers: { ...ONCE, 'content-type': 'application/json', 'x-alur-simulator': '1' },
      body: JSON.stringify(body),
    };
    const response = await connected(() => fetch(`${url}simulator/${path}`, asked), patience);
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const now = async (): Promise<number> =>
    ((await (await fetch(`${url}simulator/state`, { headers: ONCE })).json()) as { now: number }).now;
  const hurryOn = async (): Promise<void> => {
    while (!stopped) {
      // Refused only when somebody else has just moved the clock further. Where things take long, what may not take long in the office must not.
      await now()
        .then((at) => post('clock', { to: at + HURRY_MS }))
        .catch(() => undefined);
      await pause((HURRY_MS / 20) * patience);
    }
  };
  const alurTelling = (line: (text: string) => void, ...args: string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const command = run(args, 'pipe');
      let [out, err] = ['', ''];
      command.stdout?.on('data', (data: Buffer) => {
        out += data.toString();
        for (const text of data.toString().split('\n')) if (text !== '') line(text);
      });
      command.stderr?.on('data', (data: Buffer) => {
        err += data.toString();
      });
      command.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`alur ${args.join(' ')}: ${code}\n${err}`))));
    });
  const known = new Map<number, FarPhone>();
  return {
    url,
    // The same phone for the same person: it remembers what was heard on it.
    phone: (id) => {
      const phone = known.get(id) ?? farPhone(url, post, id, patience);
      known.set(id, phone);
      return phone;
    },
    moveClock: async (to) => Number((await post('clock', { to }))['now']),
    now,
    hurry: () => {
      hurrying = hurryOn();
    },
    alur: (...args) => alurTelling(() => undefined, ...args),
    alurTelling,
    complaints: () => complaints,
    write,
    stop,
  };
}

/** A busy machine may let nobody in for a while. Only what has not been sent is sent again, as often as there is patience. */
async function connected(ask: () => Promise<Response>, patience: Patience): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const { code } = (error instanceof Error ? (error.cause ?? {}) : {}) as { code?: string };
      if (tries >= patience || code !== 'UND_ERR_CONNECT_TIMEOUT') throw error;
    }
  }
}

function farPhone(
  url: string,
  post: (path: string, body: object) => Promise<Record<string, unknown>>,
  person: number,
  patience: Patience,
): FarPhone {
  const where = { person, chat: person };
  // A button is pressed once; what was heard is not heard again. An edited card may bring a button under an old number.
  const pressed = new Set<string>();
  let heard = 0;
  const messages = async (): Promise<PhoneMessage[]> => {
    const response = await connected(() => fetch(`${url}simulator/chat?person=${person}&chat=${person}`, { headers: ONCE }), patience);
    return ((await response.json()) as { messages: PhoneMessage[] }).messages;
  };
  async function until<T>(what: string, find: (all: PhoneMessage[]) => T | undefined): Promise<T> {
    const last = Date.now() + WAIT_MS * patience;
    for (;;) {
      const all = await messages();
      const found = find(all);
      if (found !== undefined) return found;
      if (Date.now() > last) {
        const texts = all.slice(-4).map(({ text, caption, buttons }) => `${text ?? caption} [${buttons.flat().map(({ label }) => label)}]`);
        throw new Error(`${person} waited in vain for ${what}; last:\n${texts.join('\n---\n')}`);
      }
      await pause(LOOK_MS * patience);
    }
  }
  async function press(label: string, again: boolean): Promise<string | null> {
    const { id, data } = await until(`the button ${label}`, (all) => {
      const keys = all.flatMap((message) => message.buttons.flat().map((key) => ({ id: message.id, ...key })));
      return keys.findLast((key) => key.data !== null && letters(key.label) === letters(label) && (again || !pressed.has(key.data)));
    });
    if (data !== null) pressed.add(data);
    const answer = await post('tap', { ...where, message: id, data });
    return typeof answer['text'] === 'string' ? answer['text'] : null;
  }
  return {
    messages,
    write: async (text) => void (await post('text', { ...where, text })),
    send: async (items, caption = '') => void (await post('samples', { ...where, items, caption })),
    hears: (words) =>
      until(String(words), (all) => {
        const found = all.find(({ id, from, text, caption }) => from === 'bot' && id > heard && words.test(text ?? caption ?? ''));
        if (found) heard = found.id;
        return found?.text ?? found?.caption ?? undefined;
      }),
    shows: async (words) => {
      await until(`${words} on a card`, (all) =>
        all.find(({ from, text, caption }) => from === 'bot' && words.test(text ?? caption ?? '')),
      );
    },
    tap: (label) => press(label, false),
    again: (label) => press(label, true),
  };
}
