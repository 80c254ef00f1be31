// A fault in the running service, planted from outside: words that throw, hang the thread or end the process where a text is tidied. The
// product knows nothing of it; Node loads this before the program.

export const THROWS = 'RACUN-LEMPAR';
export const HANGS = 'RACUN-MACET';
export const KILLS = 'RACUN-MATI';

/** The watching thread of the service looks so often instead of every five seconds; it still counts its looks as it does. */
const PULSE_MS = 400;

const SCRIPT = `
import threads from 'node:worker_threads';
import { syncBuiltinESMExports } from 'node:module';
const { normalize } = String.prototype;
String.prototype.normalize = function (...args) {
  const text = String(this);
  if (text.includes('${THROWS}')) throw new TypeError('planted');
  if (text.includes('${KILLS}')) process.kill(process.pid, 'SIGKILL');
  if (text.includes('${HANGS}')) for (;;);
  return normalize.apply(this, args);
};
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(script, options) {
    const data = options?.workerData;
    super(script, data?.beats ? { ...options, workerData: { ...data, everyMs: ${PULSE_MS} } } : options);
  }
};
syncBuiltinESMExports();
`;

/** For the environment of the service. */
export const PLANTED = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(SCRIPT)}` };
