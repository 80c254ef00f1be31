// The running check: every ten minutes the doors, the end of every history and the cases that changed lately are held against the same
// invariants as in the simulation. What is found is told to the supervisors once, stands in the metrics, and in the log in full.
import { watchWords } from '../../bots/wording/watch.ts';
import type { HeldLock } from '../../db/lock.ts';
import type { PgStore } from '../../db/store.ts';
import type { Vault } from '../../db/vault.ts';
import { type ChainedEntry, verifyChain } from '../../src/audit/chain.ts';
import type { CaseEvent } from '../../src/case/case.ts';
import type { Outgoing } from '../../src/case/outgoing.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import { brokenInCase, type Door, type Finding, standingStill } from '../../src/proof/invariants.ts';
import { LIMITS_MS } from './doors.ts';

export interface LookParts {
  store: PgStore;
  vault: Pick<Vault, 'has'>;
  clock: Clock;
}

export interface WatchParts extends LookParts {
  log: { error(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** After every look: how much does not hold. */
  onLook(found: number): void;
}

export interface Watch {
  /** Looks now; resolves when what is to be said was written down. `null`: another process watches. */
  look(): Promise<Finding[] | null>;
  stop(): Promise<void>;
}

const EVERY_MS = 600_000;
/** Of each office: enough for ten minutes of a busy day, and read by key. */
const ENTRIES = 500;
const CASES = 100;

function eventOf({ type, at, by, body }: ChainedEntry): CaseEvent {
  return { ...(body as object), type, at, by } as CaseEvent;
}

async function ofCase({ store, vault }: LookParts, id: string): Promise<Finding[]> {
  const read = await store.readCase(id);
  if (!read) return [];
  const events = (await store.eventsOf(id)).map(eventOf);
  const findings = brokenInCase({ case: read.case, events, sop: read.sop });
  for (const { sha256 } of read.case.revisions.at(-1)?.media ?? []) {
    if (!(await vault.has(sha256))) findings.push({ rule: 'I9', about: id, what: `the vault does not have ${sha256}` });
  }
  return findings;
}

/** Everything that does not hold now. A case that is changed between two looks at it is looked at again before anything is said of it. */
export async function lookAround(parts: LookParts): Promise<Finding[]> {
  const { store, clock } = parts;
  const now = clock.now();
  const stats = await store.stats(now);
  const doors = Object.entries(stats) as [Door, { oldest: number | null }][];
  const findings = doors.flatMap(([door, { oldest }]) => standingStill(door, oldest === null ? null : now - oldest, LIMITS_MS[door]));
  const cases = new Set<string>();
  for (const { office, head, entries } of await store.historyEnds(ENTRIES)) {
    const [first] = entries;
    const verified = verifyChain(entries, first ? { seq: first.seq - 1, hash: first.prevHash } : undefined);
    if (!verified.ok || verified.head.seq !== head.seq || verified.head.hash !== head.hash)
      findings.push({ rule: 'I8', about: office, what: 'the chain of the history does not hold' });
    for (const { case: id } of [...entries].reverse()) if (cases.size < CASES) cases.add(id);
  }
  for (const id of cases) {
    const first = await ofCase(parts, id);
    if (first.length === 0) continue;
    const again = await ofCase(parts, id);
    findings.push(...again.filter((one) => first.some(({ rule, what }) => rule === one.rule && what === one.what)));
  }
  return findings;
}

export function startWatch(parts: WatchParts, everyMs = EVERY_MS): Watch {
  const { store, clock, log } = parts;
  const told = new Set<string>();
  let held: HeldLock | null = null;
  const look = async (): Promise<Finding[] | null> => {
    // Several processes may work side by side; one of them tells.
    if (held?.lost.aborted) {
      await held.release();
      held = null;
    }
    held ??= await store.holdLock('watch');
    if (held === null) return null;
    const findings = await lookAround(parts);
    parts.onLook(findings.length);
    const fresh = findings.filter(({ rule, about }) => !told.has(`${rule} ${about}`));
    for (const finding of fresh) log.error({ ...finding }, 'watch: an invariant does not hold');
    if (fresh.length > 0) {
      for (const office of await store.offices()) {
        const supervisors = [...new Set(office.supervisors.flat())];
        const outgoing = supervisors.map(
          (person): Outgoing => ({ out: 'say', to: { person }, notice: { notice: 'operator', ...watchWords(fresh) } }),
        );
        await store.transaction((tx) => tx.send(office.id, outgoing, clock.now()));
      }
    }
    // Only once it was written down; and what was mended is told of when it breaks again.
    told.clear();
    for (const { rule, about } of findings) told.add(`${rule} ${about}`);
    return findings;
  };
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = look().catch((error: unknown) => log.warn({ err: error }, 'watch: could not look'));
  }, everyMs);
  return {
    look,
    stop: async () => {
      clearInterval(timer);
      await running;
      await held?.release();
    },
  };
}
