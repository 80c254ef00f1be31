// The map from the SOPs' requirements to the tests that show them, read and checked for its shape.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const sentence = z.string().trim().min(1);

const shape = z.strictObject({
  /** Short name → the test file below test/ without its ending, and the test's title. */
  tests: z.record(z.string(), z.tuple([sentence, sentence])),
  requirements: z.record(
    z.string(),
    z.strictObject({ says: sentence, shown: z.array(sentence).min(1).optional(), open: sentence.optional() }),
  ),
  ambiguities: z.record(z.string(), z.strictObject({ what: sentence, chosen: sentence, where: sentence })),
});

export type Coverage = z.infer<typeof shape>;
export type Requirement = Coverage['requirements'][string];

/** Throws with zod's words when the file is not of this shape; a key that stands twice is a fault of YAML. */
export function readCoverage(text = readFileSync(new URL('requirements.yaml', import.meta.url), 'utf8')): Coverage {
  return shape.parse(parse(text));
}

/** `met`: shown and nothing open. `part`: shown, and something open. `not`: nothing shown. */
export function stateOf({ shown, open }: Requirement): 'met' | 'part' | 'not' {
  if (shown === undefined) return 'not';
  return open === undefined ? 'met' : 'part';
}
