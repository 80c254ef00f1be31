// The queue `wake`: a timer is due. Whether it still is wanted is judged in the turn, under the lock.
import type { Payload } from './catalogue.ts';

export interface WakeDeps {
  wake(timer: string): Promise<void>;
}

export function wakeProcessor(deps: WakeDeps): (payload: Payload<'wake'>) => Promise<void> {
  return ({ timer }) => deps.wake(timer);
}
