// The queue `keep-media`: a file is fetched from its platform, laid into the vault and looked at; what came of it is a turn of its own.
import type { FileRef, MediaFault, MediaId } from '../src/case/case.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Store } from '../src/ports/store.ts';
import type { MediaKind } from '../src/sop/sop.ts';
import type { Instant } from '../src/time.ts';
import type { Payload } from './catalogue.ts';
import { messageOf } from './within.ts';

/** What the channel's `fetch` gives. */
export type FetchedFile =
  | { fetched: 'yes'; stream: NodeJS.ReadableStream; size: number | null }
  | { fetched: 'too-big'; max: number }
  | { fetched: 'gone' }
  | { fetched: 'later'; afterMs: number; why: string; away?: boolean };

/** Throws when the stream breaks or the disk fails; nothing is left behind then. */
export interface KeepingVault {
  keep(stream: NodeJS.ReadableStream, options: { max: number }): Promise<{ sha256: string; bytes: number } | { tooBig: true }>;
}

/** What is told to the case. */
export type MediaArrival =
  | { came: 'kept'; sha256: string; bytes: number; mime: string; kind: MediaKind }
  | { came: 'fault'; why: MediaFault };

export interface KeepDeps {
  store: Pick<Store, 'claimMedia' | 'readCase'>;
  clock: Clock;
  vault: KeepingVault;
  /** Largest file that is taken, in bytes. */
  bytesMax: number;
  fetch(file: FileRef): Promise<FetchedFile>;
  /** What the kept bytes are, by their content; `null`: nothing that is taken. Rejects when nobody could look. */
  detect(sha256: string): Promise<{ mime: string; kind: MediaKind } | 'damaged' | null>;
  /** Runs the turn that puts the result into the case. */
  arrived(media: MediaId, arrival: MediaArrival): Promise<void>;
  log: { warn(fields: object, message: string): void };
}

/** A platform that fails so often does not have the file any more. About 20 minutes with the pauses. */
export const FETCHES_MAX = 10;
const BACKOFF_MAX_MS = 300_000;
/** The office's own disk, or its own machine (the last three): no reason to tell a sender that his file is gone. */
const OUR_FAULTS = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EACCES', 'EMFILE', 'ENOMEM', 'ECHILD', 'ECANCELED'];

type Tried = MediaArrival | { came: 'later'; afterMs: number; why: string; ours: boolean };

/**
 * Tries once. `againAtMs`: when to try again; `null`: ended, or no longer wanted.
 * Throws when the store or the turn does: what the vault has then is kept again under the same hash.
 */
export async function keepNext(deps: KeepDeps, media: MediaId): Promise<{ againAtMs: Instant | null }> {
  const pending = await deps.store.claimMedia(media, deps.clock.now());
  if (pending === null) return { againAtMs: null };
  const read = await deps.store.readCase(pending.case);
  const found = read && [...read.case.content.media, ...read.case.proofs].find((one) => one.id === media);
  if (found?.state !== 'pending') return { againAtMs: null };
  const tried = await attempt(deps, found.file);
  if (tried.came !== 'later') {
    await deps.arrived(media, tried);
    return { againAtMs: null };
  }
  deps.log.warn({ media, attempts: pending.attempts, why: tried.why }, 'keep-media: a file could not be fetched');
  if (!tried.ours && pending.attempts >= FETCHES_MAX) {
    await deps.arrived(media, { came: 'fault', why: { fault: 'gone' } });
    return { againAtMs: null };
  }
  const backoffMs = Math.min(1_000 * 2 ** pending.attempts, BACKOFF_MAX_MS);
  return { againAtMs: deps.clock.now() + Math.max(tried.afterMs, backoffMs) };
}

async function attempt(deps: KeepDeps, file: FileRef): Promise<Tried> {
  try {
    const fetched = await deps.fetch(file);
    switch (fetched.fetched) {
      case 'gone':
        return fault({ fault: 'gone' });
      case 'too-big':
        return fault({ fault: 'too-big', bytes: file.size ?? null, max: fetched.max });
      case 'later':
        return { came: 'later', afterMs: fetched.afterMs, why: fetched.why, ours: fetched.away === true };
      case 'yes':
        return await keep(deps, file, fetched.stream);
    }
  } catch (error) {
    return { came: 'later', afterMs: 0, why: messageOf(error), ours: isOurs(error) };
  }
}

async function keep(deps: KeepDeps, file: FileRef, stream: NodeJS.ReadableStream): Promise<MediaArrival> {
  const kept = await deps.vault.keep(stream, { max: deps.bytesMax });
  if ('tooBig' in kept) return fault({ fault: 'too-big', bytes: file.size ?? null, max: deps.bytesMax });
  if (kept.bytes === 0) return fault({ fault: 'empty' });
  const is = await deps.detect(kept.sha256);
  if (is === null) return fault({ fault: 'wrong-type', found: null });
  if (is === 'damaged') return fault({ fault: 'damaged' });
  return { came: 'kept', sha256: kept.sha256, bytes: kept.bytes, mime: is.mime, kind: is.kind };
}

const fault = (why: MediaFault): MediaArrival => ({ came: 'fault', why });

function isOurs(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && OUR_FAULTS.includes(error.code);
}

export interface KeepProcessorDeps extends KeepDeps {
  /** Adds the media's job again, not before so many milliseconds. */
  again(media: MediaId, delayMs: number): Promise<unknown>;
}

export function keepMediaProcessor(deps: KeepProcessorDeps): (payload: Payload<'keep-media'>) => Promise<void> {
  return async ({ media }) => {
    const { againAtMs } = await keepNext(deps, media);
    if (againAtMs !== null) await deps.again(media, Math.max(1, againAtMs - deps.clock.now()));
  };
}
