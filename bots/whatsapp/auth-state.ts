// Baileys' authentication state in PostgreSQL. All that one Signal transaction changes, and the message that was read with it, is one commit.
// No cache lies in between: what could not be committed was not done, and the next attempt must not see it.
import './quiet-libsignal.ts';
import {
  type AuthenticationCreds,
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { SealedKey, Step, WhatsAppRows } from '../../db/whatsapp.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Arrival } from '../../src/ports/store.ts';
import { type Sealer, Unsealable } from './seal.ts';

/** Under this name the journal puts arrivals into a Signal transaction: they travel with its mutations and are no keys. */
export const ARRIVALS = 'x-arrival';

export interface AuthOptions {
  rows: Pick<WhatsAppRows, 'readCreds' | 'readKeys' | 'write' | 'forget'>;
  gateway: string;
  epoch: number;
  sealer: Sealer;
  clock: Clock;
  /** A commit failed: nothing may be acknowledged any more. Called before anybody else learns of it. */
  onBroken(error: unknown): void;
}

export interface Auth {
  state: AuthenticationState;
  /** The credentials as they are now are written, one after the other. Does not throw: a failure is `onBroken`. */
  saveCreds(): void;
  /** Resolves when all that was to be written is written. */
  flush(): Promise<void>;
  /** Forgets everything and begins with fresh credentials that nobody has linked. */
  reset(): Promise<void>;
  /** Writes arrivals outside any Signal transaction; `false` for those that were there already. */
  receive(arrivals: Arrival[]): Promise<boolean[]>;
}

/** A number is linked to these credentials. A pairing code alone sets `me` too, before anything is linked. */
export function isLinked(creds: AuthenticationCreds): boolean {
  return creds.me !== undefined && creds.account !== undefined;
}

/** The linked number as `+62…`; `null` when none is. */
export function numberOf(creds: AuthenticationCreds): string | null {
  const user = isLinked(creds) ? /^\d+/.exec(creds.me?.id ?? '')?.[0] : undefined;
  return user === undefined ? null : `+${user}`;
}

/** Throws `Unsealable` when the stored credentials were sealed with another key. */
export async function openAuth(options: AuthOptions): Promise<Auth> {
  const { rows, gateway, epoch, sealer, clock, onBroken } = options;
  const place = (type: string, id: string): string => `${gateway}/${type}/${id}`;
  const seal = (type: string, id: string, value: unknown): Uint8Array => sealer.seal(place(type, id), toBytes(value));
  const unseal = (type: string, id: string, sealed: Uint8Array): unknown => fromBytes(sealer.open(place(type, id), sealed));

  const stored = await rows.readCreds(gateway);
  const creds = stored === null ? initAuthCreds() : (unseal('creds', '', stored) as AuthenticationCreds);

  const underWay = new Set<Promise<unknown>>();
  const commit = async (step: Step): Promise<boolean[]> => {
    const writing = rows.write(gateway, epoch, step, clock.now());
    underWay.add(writing);
    try {
      return await writing;
    } catch (error) {
      onBroken(error);
      throw error;
    } finally {
      underWay.delete(writing);
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  const saveCreds = (): void => {
    // Sealed now: a later change of the same object is another writing.
    const sealed = seal('creds', '', creds);
    last = last.then(() => commit({ creds: sealed, keys: [], arrivals: [] })).catch(() => undefined);
  };

  const flush = async (): Promise<void> => {
    await last;
    await Promise.allSettled(underWay);
  };

  const keys: AuthenticationState['keys'] = {
    async get(type, ids) {
      try {
        const found = await rows.readKeys(gateway, type, ids);
        return Object.fromEntries([...found].map(([id, sealed]) => [id, keyOf(type, unseal(type, id, sealed))]));
      } catch (error) {
        onBroken(error);
        throw error;
      }
    },
    async set(data) {
      await commit(stepOf(data, seal));
    },
  };

  return {
    state: { creds, keys },
    saveCreds,
    flush,
    async reset() {
      await flush();
      await rows.forget(gateway, epoch);
      for (const name of Object.keys(creds)) Reflect.deleteProperty(creds, name);
      Object.assign(creds, initAuthCreds());
    },
    receive: (arrivals) => commit({ keys: [], arrivals }),
  };
}

function stepOf(data: SignalDataSet, seal: (type: string, id: string, value: unknown) => Uint8Array): Step {
  const step: Step = { keys: [], arrivals: [] };
  for (const [type, values] of Object.entries(data as Record<string, Record<string, unknown>>)) {
    if (type === ARRIVALS) step.arrivals.push(...(Object.values(values) as Arrival[]));
    else for (const [id, value] of Object.entries(values)) step.keys.push(keyRow(type, id, value, seal));
  }
  return step;
}

function keyRow(type: string, id: string, value: unknown, seal: (type: string, id: string, value: unknown) => Uint8Array): SealedKey {
  return { type, id, sealed: value === null || value === undefined ? null : seal(type, id, value) };
}

function keyOf<T extends keyof SignalDataTypeMap>(type: T, value: unknown): SignalDataTypeMap[T] {
  // Baileys expects the message class here, not its plain fields.
  const made = type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value;
  return made as SignalDataTypeMap[T];
}

function toBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value, BufferJSON.replacer));
}

function fromBytes(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString(), BufferJSON.reviver);
  } catch {
    throw new Unsealable('opened, but not what was sealed');
  }
}
