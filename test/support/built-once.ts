// Once for all test files: the product as it is built. A process that is started from it takes half the work of one from the sources.
import { build } from './built.ts';
import { BUILT_VARIABLE } from './program.ts';

export default function setup(): () => void {
  const { root, remove } = build();
  process.env[BUILT_VARIABLE] = root;
  return remove;
}
