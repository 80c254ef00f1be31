// The gateway process: holds WhatsApp's connection, writes down what is heard, sends what waits for its chats, and says how it is. It shares
// nothing with the rest of the service but the database and the vault.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gatewayAlarm } from '../../bots/whatsapp/alarm.ts';
import { type Condition, runGateway, type Trouble } from '../../bots/whatsapp/gateway.ts';
import { liveSocket } from '../../bots/whatsapp/live-socket.ts';
import { GATEWAY } from '../../bots/whatsapp/names.ts';
import { sealer, Unsealable } from '../../bots/whatsapp/seal.ts';
import { openSent } from '../../bots/whatsapp/sent.ts';
import type { PgStore } from '../../db/store.ts';
import { openVault } from '../../db/vault.ts';
import type { GatewayCondition } from '../../db/whatsapp.ts';
import { openLooker } from '../../queues/look/looker.ts';
import { messageOf } from '../../queues/within.ts';
import { HOUR_MS } from '../../src/time.ts';
import type { Logger } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { ShiftedClock } from './ambient.ts';
import type { Closing } from './closing.ts';
import { type Errands, startErrands } from './errands.ts';
import { whatsAppChannel } from './whatsapp-channel.ts';
import { whatsAppKey } from './whatsapp-key.ts';

/** A sign of life so often; three missed ones are silence. */
export const BEAT_MS = 5_000;
const PRUNE_MS = HOUR_MS;

export interface GatewayService {
  store: PgStore;
  clock: ShiftedClock;
  settings: Settings;
  close: Closing;
  log: Logger;
  /** The chats that this process's own commits made work for, and their files: filled in once it can serve them. */
  errands: { here: Errands | null };
}

/** Whoever only waits for the number says nothing of it, unless it is being linked just then and nobody else does. */
export function tellsItself(
  standby: boolean,
  { state }: Pick<Condition, 'state'>,
  written: Pick<GatewayCondition, 'silentMs'> | null,
): boolean {
  return !standby || (state === 'unpaired' && (written?.silentMs ?? 0) > 2 * BEAT_MS);
}

/** Begins; the answer is why it cannot, for a person, or `null`. `failed`: it ended by itself later. */
export async function startGateway(service: GatewayService, failed: (reason: string) => void): Promise<string | null> {
  const { store, clock, settings, close, log } = service;
  const read = whatsAppKey(settings);
  if (!read.ok) return read.reason;
  const seal = sealer(read.key);
  const rows = store.whatsApp;
  const before = await rows.condition(GATEWAY);
  const sent = openSent({ rows, gateway: GATEWAY, sealer: seal, clock });
  const socket = liveSocket(sent, before?.number ?? '', clock.now());
  const alarm = gatewayAlarm({ store, clock }, (before?.why ?? null) as Trouble | null);
  let condition: Condition = { state: 'connecting', why: (before?.why ?? null) as Trouble | null, number: before?.number ?? null };

  const vault = await openVault(join(settings.dataDir, 'vault'));
  const buttonKey = await store.buttonKey();
  const looker = openLooker({ log });
  close.add('looker', () => looker.stop());
  const small = (sha256: string) => looker.thumbnail(vault.place(sha256));
  const channel = whatsAppChannel({ socket, clock, buttonKey, small, trial: settings.whatsapp.url !== null });
  // Until the number has been had once, somebody else may be holding it.
  let standby = true;
  const holdLock: PgStore['holdLock'] = async (name) => {
    const held = await store.holdLock(name);
    standby = held === null;
    return held;
  };
  const mine = (): boolean => !standby;
  const errands = await startErrands({ store, vault, looker, clock, buttonKey, channel, log, mine, counted: () => undefined });
  service.errands.here = errands;
  close.add('errands', () => errands.stop(), 6_000);

  const stop = new AbortController();
  let told: Promise<void> = Promise.resolve();
  const running = runGateway({
    rows,
    holdLock,
    sealer: seal,
    clock,
    log,
    url: settings.whatsapp.url,
    version: settings.whatsapp.version,
    sleep: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
    jitter: Math.random,
    signal: stop.signal,
    onCondition: (now) => {
      condition = now;
      socket.setCondition(now, clock.now());
      service.errands.here?.look();
      told = told
        .then(() => rows.beat(GATEWAY, now))
        .then(() => alarm.hear(now))
        .catch((error: unknown) => log.warn({ err: messageOf(error) }, 'whatsapp: its condition could not be told'));
    },
    onLink: (link) => {
      socket.setLink(link);
      if (link !== null) service.errands.here?.look();
    },
  });
  running.catch((error: unknown) => {
    log.error({ err: messageOf(error) }, 'whatsapp: the gateway ended');
    failed(
      error instanceof Unsealable
        ? 'WHATSAPP_KEY bukan kunci yang dipakai saat nomor ditautkan. Kembalikan kunci lama, atau tautkan ulang dengan `whatsapp pair --replace`.'
        : 'Gateway WhatsApp berhenti; lihat catatan layanan.',
    );
  });
  const beat = setInterval(() => {
    told = told
      .then(async () => tellsItself(standby, condition, await rows.condition(GATEWAY)))
      .then((may) => (may ? rows.beat(GATEWAY, condition) : undefined))
      .then(() => followClock(service))
      .catch((error: unknown) => log.warn({ err: messageOf(error) }, 'whatsapp: no sign of life could be given'));
  }, BEAT_MS);
  const prune = setInterval(() => void rows.pruneSent(clock.now()).catch(() => undefined), PRUNE_MS);
  close.add('whatsapp', async () => {
    clearInterval(beat);
    clearInterval(prune);
    stop.abort();
    await running.catch(() => undefined);
    await told;
  });
  return null;
}

/** The simulated office's clock is moved by another process. */
async function followClock({ settings, store, clock }: GatewayService): Promise<void> {
  if (settings.telegram.mode === 'simulator') clock.shift(await store.clockOffset());
}
