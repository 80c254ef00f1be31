// The queue `hear`: a lane's post is heard in order until nothing is left.
import type { Payload } from './catalogue.ts';

/** After so many turns other lanes get their chance: the job puts itself at the end of the queue. */
const TURNS_MAX = 100;

export interface HearDeps {
  /** One turn: hears the lane's oldest unfinished row. */
  hear(lane: string): Promise<'more' | 'empty'>;
  /** Adds the lane's job again. */
  again(lane: string): Promise<unknown>;
}

export function hearProcessor(deps: HearDeps): (payload: Payload<'hear'>) => Promise<void> {
  return async ({ lane }) => {
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      if ((await deps.hear(lane)) === 'empty') return;
    }
    await deps.again(lane);
  };
}
