// What health and metrics look at: the four doors' progress, and whether the platform is heard. Never a bare ping.
import type { PgStore } from '../../db/store.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import { type Check, type DoorState, progressCheck } from '../../web/health.ts';
import type { Settings } from '../settings.ts';
import type { Hearing } from './telegram.ts';
import { whatsAppCheck } from './whatsapp-check.ts';

/** Older than this and something is stuck: a post or a delivery is work of milliseconds, a file of minutes. */
export const LIMITS_MS = { inbox: 120_000, timers: 120_000, outbox: 600_000, media: 1_800_000 } as const;
type Door = keyof typeof LIMITS_MS;
const DOORS = Object.keys(LIMITS_MS) as Door[];
/** A poll lasts 25 s; longer silence than this is deafness. */
const DEAF_MS = 120_000;

export async function doorsOf(store: PgStore, clock: Clock): Promise<Record<Door, DoorState>> {
  const now = clock.now();
  const stats = await store.stats(now);
  const entries = DOORS.map((door) => {
    const { waiting, oldest } = stats[door];
    return [door, { waiting, oldestMs: oldest === null ? null : Math.max(0, now - oldest) }] as const;
  });
  return Object.fromEntries(entries) as Record<Door, DoorState>;
}

export interface HealthParts {
  store: PgStore;
  clock: Clock;
  settings: Settings;
  /** Parts are still being opened. */
  starting(): boolean;
  hearing(): Hearing | null;
}

function telegramCheck({ clock, settings, starting, hearing }: HealthParts): Check {
  const { mode } = settings.telegram;
  const name = mode === 'simulator' ? 'telegram (simulasi)' : 'telegram';
  return {
    name,
    run: async () => {
      if (starting()) return { ok: false, detail: 'sedang dihubungi' };
      const heard = hearing();
      if (!heard) return { ok: true, detail: 'tidak didengar oleh bagian ini' };
      const refused = heard.refused();
      if (refused !== null) return { ok: false, detail: mode === 'webhook' ? 'webhook belum terdaftar' : 'token ditolak' };
      const last = heard.lastAnswerAt();
      const deaf = mode !== 'webhook' && last !== null && clock.now() - last > DEAF_MS;
      return deaf ? { ok: false, detail: 'tidak menjawab' } : { ok: true, detail: mode === 'webhook' ? 'webhook terdaftar' : 'didengar' };
    },
  };
}

export function healthChecks(parts: HealthParts): Check[] {
  const { store, clock } = parts;
  // One look at the database serves every door.
  let looked: { at: number; doors: Promise<Record<Door, DoorState>> } | null = null;
  const doors = (): Promise<Record<Door, DoorState>> => {
    if (!looked || clock.now() - looked.at > 1_000 || clock.now() < looked.at) looked = { at: clock.now(), doors: doorsOf(store, clock) };
    return looked.doors;
  };
  return [
    { name: 'database', run: async () => ((await doors()) ? { ok: true, detail: 'menjawab' } : { ok: false, detail: 'tidak menjawab' }) },
    ...DOORS.map((door) => progressCheck(door, async () => (await doors())[door], LIMITS_MS[door])),
    telegramCheck(parts),
    ...(parts.settings.whatsapp.on ? [whatsAppCheck(store.whatsApp)] : []),
  ];
}
