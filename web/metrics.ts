// What Prometheus may know: how much waits behind each door and how old it is, what came in, how deliveries ended. Numbers and fixed
// words only: no names, no chats, no accounts.
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DoorState } from './health.ts';

/** How a delivery may end; a closed list, so that a label can never carry what a platform said. */
export const ENDINGS = ['sent', 'needless', 'later', 'refused', 'unreachable', 'moved'] as const;
export type Ending = (typeof ENDINGS)[number];

export interface Metrics {
  readonly contentType: string;
  /** Counts what a channel heard; `kind` is `update` or `tap`. */
  heard(channel: 'telegram' | 'whatsapp', kind: 'update' | 'tap', count?: number): void;
  delivered(channel: 'telegram' | 'whatsapp', ending: Ending): void;
  /** What the running check found at its last look. */
  broken(count: number): void;
  /** The whole page in Prometheus's text format. */
  page(): Promise<string>;
  /** Stops the collection of process figures. */
  close(): void;
}

/** The states of a gateway; a closed list, as the endings are. */
export const GATEWAY_STATES = ['open', 'connecting', 'unpaired', 'restricted'] as const;
export interface GatewayFigures {
  state: (typeof GATEWAY_STATES)[number];
  /** Since its last sign of life. */
  silentMs: number;
}

/** `doors` is asked at every scrape, by the door's fixed name; so is `gateway`, where one runs. */
export function openMetrics(doors: () => Promise<Record<string, DoorState>>, gateway?: () => Promise<GatewayFigures | null>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const updates = new Counter({
    name: 'alur_updates_total',
    help: 'What was heard and written down.',
    labelNames: ['channel', 'kind'],
    registers,
  });
  const deliveries = new Counter({
    name: 'alur_deliveries_total',
    help: 'Deliveries by how they ended.',
    labelNames: ['channel', 'ending'],
    registers,
  });
  const waiting = new Gauge({ name: 'alur_waiting', help: 'Unfinished work behind each door.', labelNames: ['door'], registers });
  const oldest = new Gauge({
    name: 'alur_oldest_seconds',
    help: 'Age of the oldest work behind each door that could be done now.',
    labelNames: ['door'],
    registers,
  });
  const invariants = new Gauge({
    name: 'alur_broken_invariants',
    help: 'What the running check found not to hold at its last look.',
    registers,
  });
  const answered = new Gauge({ name: 'alur_doors_readable', help: '1 when the doors could be read at this scrape.', registers });
  const readDoors = async () => {
    waiting.reset();
    oldest.reset();
    try {
      for (const [door, state] of Object.entries(await doors())) {
        waiting.set({ door }, state.waiting);
        oldest.set({ door }, (state.oldestMs ?? 0) / 1000);
      }
      answered.set(1);
    } catch {
      // A database that is away must not take the process figures away with it.
      answered.set(0);
    }
  };
  const readGateway = gateway && gatewayGauges(registers, gateway);
  return {
    contentType: registry.contentType,
    heard: (channel, kind, count = 1) => updates.inc({ channel, kind }, count),
    delivered: (channel, ending) => deliveries.inc({ channel, ending }),
    broken: (count) => invariants.set(count),
    page: async () => {
      await Promise.all([readDoors(), readGateway?.()]);
      return registry.metrics();
    },
    close: () => registry.clear(),
  };
}

function gatewayGauges(registers: Registry[], gateway: () => Promise<GatewayFigures | null>): () => Promise<void> {
  const state = new Gauge({
    name: 'alur_whatsapp_state',
    help: '1 for the state that the WhatsApp gateway is in.',
    labelNames: ['state'],
    registers,
  });
  const silent = new Gauge({
    name: 'alur_whatsapp_silent_seconds',
    help: 'Since the WhatsApp gateway last gave a sign of life.',
    registers,
  });
  return async () => {
    // Unreadable is told by `alur_doors_readable`, which asks the same database.
    const now = await gateway().catch(() => null);
    state.reset();
    silent.reset();
    if (now === null) return;
    for (const one of GATEWAY_STATES) state.set({ state: one }, one === now.state ? 1 : 0);
    silent.set(now.silentMs / 1000);
  };
}
