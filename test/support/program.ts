// What Node is to run for a command line of its own: the product that was built for this run of the tests, or else the sources with their loader.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BUILT_VARIABLE = 'ALUR_TEST_BUILT';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const built = process.env[BUILT_VARIABLE];

/** As `npm start` runs it. */
export const SOURCES = ['--import', 'tsx', join(ROOT, 'bin/alur.ts')];
export const PROGRAM = built === undefined ? SOURCES : [join(built, 'bin', 'alur.js')];
