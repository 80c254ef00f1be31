// Which operating-system user the database runs as: PostgreSQL refuses root.
import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { Unusable } from './unusable.ts';

export interface Account {
  uid: number;
  gid: number;
}

function idOf(flag: '-u' | '-g', user: string): number | null {
  const run = spawnSync('id', [flag, user], { encoding: 'utf8' });
  return run.status === 0 ? Number(run.stdout) : null;
}

/** The user to switch to, or `null` to stay who we are. */
export function databaseAccount(): Account | null {
  if (process.getuid === undefined) return null;
  if (process.getuid() !== 0) {
    try {
      userInfo();
    } catch {
      // initdb asks for the user's name and fails without one.
      throw new Unusable(
        `PostgreSQL tertanam tidak dapat dijalankan: uid ${process.getuid()} tidak tercatat di /etc/passwd.`,
        'Jalankan sebagai pengguna yang tercatat (atau root), atau isi DATABASE_URL.',
      );
    }
    return null;
  }
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf('-u', user);
    const gid = idOf('-g', user);
    if (uid !== null && gid !== null && uid !== 0) return { uid, gid };
  }
  throw new Unusable(
    'PostgreSQL tertanam tidak dapat dijalankan sebagai root: tidak ada pengguna postgres maupun nobody.',
    'Buat dengan "useradd --system postgres", atau isi DATABASE_URL.',
  );
}
