// Tells every office's supervisors when the gateway does not go on by itself, once for each trouble, and when it is well again.
import type { Outgoing } from '../../src/case/outgoing.ts';
import type { Office } from '../../src/office/office.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Store } from '../../src/ports/store.ts';
import { gatewayTrouble, gatewayWell } from '../wording/gateway.ts';
import type { Condition, Trouble } from './gateway.ts';

export interface AlarmDeps {
  store: Pick<Store, 'transaction'> & { offices(): Promise<Office[]> };
  clock: Clock;
}

export interface Alarm {
  /** What is to be said of this condition was said when this resolves. */
  hear(condition: Pick<Condition, 'why' | 'state'>): Promise<void>;
}

/** `told`: the trouble that was told of before this process began, so that a restart does not tell it again. */
export function gatewayAlarm({ store, clock }: AlarmDeps, told: Trouble | null): Alarm {
  let last = told;
  const tell = async (words: { what: string; detail: string }): Promise<void> => {
    for (const office of await store.offices()) {
      const supervisors = [...new Set(office.supervisors.flat())];
      const outgoing = supervisors.map((person): Outgoing => ({ out: 'say', to: { person }, notice: { notice: 'operator', ...words } }));
      await store.transaction((tx) => tx.send(office.id, outgoing, clock.now()));
    }
  };
  return {
    async hear({ why, state }) {
      if (why !== null && why !== last) {
        last = why;
        await tell(gatewayTrouble(why));
      } else if (why === null && state === 'open' && last !== null) {
        last = null;
        await tell(gatewayWell);
      }
    },
  };
}
