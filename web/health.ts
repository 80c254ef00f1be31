// Whether the service is well: progress, not a ping. A door whose oldest unfinished work grows old is not well, even if everything answers.

export type Finding =
  | { ok: true; detail: string }
  /** `detail` is read by people: Indonesian, no secrets. */
  | { ok: false; detail: string };

export interface Check {
  name: string;
  run(): Promise<Finding>;
}

export interface Health {
  status: 'ok' | 'down';
  up: Record<string, string>;
  down: Record<string, string>;
}

export const CHECK_TIMEOUT_MS = 3_000;

/** Runs all checks side by side; one that throws or hangs longer than `timeoutMs` counts as down. */
export async function healthOf(checks: readonly Check[], timeoutMs = CHECK_TIMEOUT_MS): Promise<Health> {
  const findings = await Promise.all(checks.map(async (check) => ({ name: check.name, finding: await within(check, timeoutMs) })));
  const health: Health = { status: 'ok', up: {}, down: {} };
  for (const { name, finding } of findings) {
    if (finding.ok) health.up[name] = finding.detail;
    else health.down[name] = finding.detail;
  }
  if (Object.keys(health.down).length > 0) health.status = 'down';
  return health;
}

async function within(check: Check, timeoutMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: `tidak menjawab dalam ${timeoutMs / 1000} detik` }), timeoutMs);
  });
  try {
    return await Promise.race([check.run(), late]);
  } catch {
    // The message of an unplanned error may carry an address with a password: it goes to the log, not out of the house.
    return { ok: false, detail: 'gagal diperiksa' };
  } finally {
    clearTimeout(timer);
  }
}

/** What waits behind one of the doors. */
export interface DoorState {
  waiting: number;
  /** Age of the oldest work that could be done now, in milliseconds; `null` when there is none. */
  oldestMs: number | null;
}

/** A check that a door makes progress: nothing in it is older than `limitMs`. */
export function progressCheck(name: string, state: () => Promise<DoorState>, limitMs: number): Check {
  return {
    name,
    run: async () => {
      const { waiting, oldestMs } = await state();
      const age = oldestMs === null ? 0 : Math.round(oldestMs / 1000);
      if (oldestMs !== null && oldestMs > limitMs) {
        return { ok: false, detail: `macet: ${waiting} menunggu, tertua ${age} detik` };
      }
      return { ok: true, detail: waiting === 0 ? 'tidak ada yang menunggu' : `${waiting} menunggu, tertua ${age} detik` };
    },
  };
}
