// Attempts that could not be taken back when the work failed, because the database was away for that as well: they are taken back before the
// lane is heard again. A process that dies forgets them, and then each counts as the crash that it was.
import type { Post, Store } from '../src/ports/store.ts';

interface Owing {
  store: Pick<Store, 'forgivePost'>;
}

const owed = new WeakMap<Owing, Post[]>();

/** It was not the post's fault: this attempt does not count. Never throws. */
export async function forgive(deps: Owing, post: Post): Promise<void> {
  try {
    await deps.store.forgivePost(post);
  } catch {
    owed.set(deps, [...(owed.get(deps) ?? []), post]);
  }
}

export async function payBack(deps: Owing, lane: string): Promise<void> {
  const all = owed.get(deps);
  const due = all?.filter((post) => post.lane === lane) ?? [];
  if (!all || due.length === 0) return;
  owed.set(
    deps,
    all.filter((post) => post.lane !== lane),
  );
  for (const post of due) await forgive(deps, post);
}
