// The machine in one line: figures without it say nothing.
import { statfsSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, tmpdir, totalmem } from 'node:os';

const TMPFS = 0x0102_1994;

export interface Machine {
  line: string;
  /** Said beside the figures when they cannot be taken at their word. */
  warnings: string[];
}

export function machine(): Machine {
  const [cpu] = cpus();
  const gib = (totalmem() / 1024 ** 3).toFixed(1);
  const inMemory = statfsSync(tmpdir()).type === TMPFS;
  return {
    line: `${availableParallelism()} cores of ${cpu?.model.trim() ?? 'unknown'}, ${gib} GiB, ${platform()} ${release()}, Node ${process.versions.node}`,
    warnings: inMemory ? ['the database lies in memory (tmpfs): commits cost less here than on a disk'] : [],
  };
}
