// One thread of proof:updates: takes a piece, says what came of it.
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { fuzz, ownMs } from '../support/fuzz-updates.ts';

const { seed } = z.object({ seed: z.number() }).parse(workerData);
const Piece = z.object({ at: z.number(), count: z.number() });
parentPort?.on('message', (said: unknown) => {
  const { at, count } = Piece.parse(said);
  parentPort?.postMessage(fuzz(seed, at, count, ownMs));
});
