// Looking into people's files, as the service sees it: one file at a time, in a process of its own that is used again and replaced when it
// hangs, grows or dies. A file that kills it twice is damaged; nothing that a file holds reaches the service.
import { type FileKind, kindOfMime } from '../file-kind.ts';
import { type Death, type Eye, type Limits, openEye } from './eye.ts';
import type { Answer, Job } from './words.ts';

export interface Looker {
  /** `null`: of no kind that is taken. Rejects when the file cannot be read, or when nobody can look (`code` says why). */
  kind(path: string): Promise<FileKind | 'damaged' | null>;
  /** `null`: it has none. Rejects like `kind`. */
  thumbnail(path: string): Promise<Thumbnail | null>;
  stop(): Promise<void>;
}

export type Thumbnail = NonNullable<Extract<Answer, { thumbnail: unknown }>['thumbnail']>;

export interface LookerOptions {
  log: { warn(fields: object, message: string): void };
  limits?: Partial<Limits>;
  /** Another program in place of the real one; for tests. */
  entry?: string;
}

const LIMITS: Limits = { lookMs: 10_000, memoryBytes: 400 * 1024 * 1024, beginMs: 60_000 };
/** An innocent file may meet the end of a process that another has worn out, or a machine with no time: it gets a fresh one. */
const TRIES = 2;
/** What has grown so far, or has seen so many files, is replaced before it has to be killed. */
const WORN_BYTES = 250 * 1024 * 1024;
const WORN_FILES = 500;
/** After this long without a file its memory is given back. */
const IDLE_MS = 60_000;

export function openLooker({ log, limits: own = {}, entry }: LookerOptions): Looker {
  const limits = { ...LIMITS, ...own };
  let eye: Eye | null = null;
  let files = 0;
  let apart = process.platform === 'linux';
  let stopped = false;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function open(): Promise<Eye> {
    if (eye?.alive()) return eye;
    files = 0;
    eye = await openEye(limits, apart, entry);
    if (eye === null && apart) {
      apart = false;
      eye = await openEye(limits, apart, entry);
    }
    if (eye === null) throw new Unseen('ECHILD');
    return eye;
  }

  async function close(): Promise<void> {
    const closing = eye;
    eye = null;
    await closing?.end();
  }

  async function looked(job: Job): Promise<Answer | null> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      if (stopped) throw new Unseen('ECANCELED');
      const seeing = await open();
      const ending = await seeing.look(job);
      if ('answer' in ending) {
        files += 1;
        const holds = (await seeing.holds()) ?? 0;
        if (files >= WORN_FILES || holds > WORN_BYTES) await close();
        return ending.answer;
      }
      eye = null;
      if (stopped) throw new Unseen('ECANCELED');
      log.warn({ died: ending.died satisfies Death, does: job.does }, 'look: a file ended the process that looked into it');
    }
    return null;
  }

  /** One after another; `null`: it killed whoever looked at it. */
  function queue(job: Job): Promise<Answer | null> {
    const mine = last.then(async () => {
      if (idle !== null) clearTimeout(idle);
      try {
        return await looked(job);
      } finally {
        idle = setTimeout(() => void close(), IDLE_MS).unref();
      }
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  return {
    async kind(path) {
      const answer = await queue({ does: 'kind', path });
      if (answer === null) return 'damaged';
      if ('unreadable' in answer) throw new Unseen(answer.unreadable);
      if (!('inspected' in answer)) throw new Unseen('EPROTO');
      return 'damaged' in answer.inspected ? 'damaged' : kindOfMime(answer.inspected.mime);
    },
    async thumbnail(path) {
      const answer = await queue({ does: 'thumbnail', path });
      if (answer === null) return null;
      if ('unreadable' in answer) throw new Unseen(answer.unreadable);
      if (!('thumbnail' in answer)) throw new Unseen('EPROTO');
      return answer.thumbnail;
    },
    async stop() {
      stopped = true;
      if (idle !== null) clearTimeout(idle);
      await close();
      await last;
      await close();
    },
  };
}

/** Nobody could look: no fault of the file. */
class Unseen extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`a file could not be looked into (${code})`);
    this.code = code;
  }
}
