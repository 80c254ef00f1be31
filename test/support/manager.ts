// Whoever runs the service: started again as often as it ends, as a service manager does it.
import { setTimeout as pause } from 'node:timers/promises';
import type { Trial } from './service.ts';

export interface Managed {
  /** How often it has ended by itself. */
  ends(): number;
  /** Nobody starts it again. Resolves once a start that is under way is over. */
  leave(): Promise<void>;
}

const LOOK_MS = 50;

export function manage(trial: Trial): Managed {
  let ends = 0;
  let here = true;
  const watching = (async () => {
    while (here) {
      if (!trial.running()) {
        ends += 1;
        // It may end again before it is ready.
        await trial.start().catch(() => undefined);
      }
      await pause(LOOK_MS);
    }
  })();
  return {
    ends: () => ends,
    leave: () => {
      here = false;
      return watching;
    },
  };
}
