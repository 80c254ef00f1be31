// Where the tests run: a real embedded PostgreSQL is started once for all files, each file gets its own database.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest begins first, so that it does not end alone. */
const LONGEST = [
  'journeys/kills-of-postgres',
  'journeys/kills-of-the-service',
  'journeys/medsos',
  'journeys/page',
  'simulation/corridor',
  'db/embedded',
  'journeys/ladder',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((name) => moduleId.includes(name));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

/** Rules and words: values in, values out. Nothing is left behind that another file could see, so they share their workers, which saves the loading. */
const PURE = 'test/{calendar,case,conversation,draft,office,register,sheet,sop,sop-coverage,text,wording}/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'rules', include: [PURE], isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: [PURE] } },
    ],
    globalSetup: ['test/support/postgres-once.ts', 'test/support/built-once.ts'],
    pool: 'forks',
    // More than cores: the journeys mostly wait.
    maxWorkers: 5,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      thresholds: { lines: 100, functions: 100, branches: 100, statements: 100 },
    },
  },
});
