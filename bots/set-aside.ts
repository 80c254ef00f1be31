// The end of a row that cannot be heard: its chat is told that something of it was not understood, the supervisors that somebody has to look.
import type { Outgoing } from '../src/case/outgoing.ts';
import type { Chat } from '../src/office/office.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Post, Store } from '../src/ports/store.ts';
import { HOUR_MS } from '../src/time.ts';
import { setAsideWords } from './wording/set-aside.ts';

/** One fault may hit a hundred rows: the supervisors hear of the first, and the list holds all. */
const TOLD_ONCE_MS = HOUR_MS;

/** The chat that a lane belongs to, or `null` for what came from none. */
export function chatOfLane({ channel, account, lane }: Pick<Post, 'channel' | 'account' | 'lane'>): Chat | null {
  const id = lane.slice(`${channel}:${account}:`.length).replace(/^tap:/, '');
  return id === '' || id === 'misc' ? null : { channel, id };
}

/** `false`: somebody else has ended it meanwhile. */
export async function setAside({ store, clock }: { store: Pick<Store, 'transaction'>; clock: Clock }, post: Post): Promise<boolean> {
  return store.transaction(async (tx) => {
    if (!(await tx.lockPost(post.id))) return false;
    const now = clock.now();
    const last = await tx.lastDead();
    await tx.endPost(post.id, 'dead', now);
    const chat = chatOfLane(post);
    if (chat) await tx.send(null, [{ out: 'say', to: { chat }, notice: { notice: 'trouble', code: post.id } }], now);
    if (last !== null && Math.abs(now - last) < TOLD_ONCE_MS) return true;
    for (const office of await tx.offices()) {
      const supervisors = [...new Set(office.supervisors.flat())];
      const outgoing = supervisors.map(
        (person): Outgoing => ({ out: 'say', to: { person }, notice: { notice: 'operator', ...setAsideWords(post.id) } }),
      );
      await tx.send(office.id, outgoing, now);
    }
    return true;
  });
}
