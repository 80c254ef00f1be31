// The command line: reads the arguments, runs one command, ends with its code.

import { REFUSED } from './io.ts';
import { runCommandLine } from './program.ts';
import { unplanned } from './unplanned.ts';

/** A connection that somebody forgot to close must not keep a finished command from ending. */
const LINGER_MS = 2_000;

// `alur … | head` closes our output early: that is the reader's right.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    env: process.env,
    out: (text) => process.stdout.write(text),
    // Bytes would only upset a terminal.
    ...(process.stdout.isTTY ? {} : { outBytes: (bytes: Uint8Array) => process.stdout.write(bytes) }),
    err: (text) => process.stderr.write(text),
    now: () => Date.now(),
  });
} catch (error) {
  process.stderr.write(`${unplanned(error, process.env)}\n`);
  process.exitCode = REFUSED;
}
setTimeout(() => process.exit(), LINGER_MS).unref();
