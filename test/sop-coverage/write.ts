// npm run docs:coverage
import { writeFileSync } from 'node:fs';
import { coveragePage } from './page.ts';
import { readCoverage } from './requirements.ts';

writeFileSync(new URL('../../docs/sop-coverage.md', import.meta.url), coveragePage(readCoverage()));
