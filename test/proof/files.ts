// Hostile files, as many as one likes, through the process that looks into them; exit 1 at the first with a wrong ending.
// npm run proof:files -- [--files 100000] [--seed N]
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { mutatedFile, trickFile } from '../support/hostile-files.ts';
import { ending, startLooking } from '../support/look-at.ts';

const { values } = parseArgs({ options: { files: { type: 'string', default: '100000' }, seed: { type: 'string' } } });
const files = Number(values.files);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(files) || files < 1 || !Number.isSafeInteger(seed)) {
  console.error('--files and --seed are whole numbers');
  process.exit(2);
}

console.log(`seed ${seed}`);
const looking = startLooking();
const began = Date.now();
const ends: Record<string, number> = {};
let largest = 0;
let wrong: string | null = null;
for (let at = 0; at < files && wrong === null; at += 1) {
  // One trick for twenty changed files: those are where what nobody thought of comes from.
  const made = at % 20 === 0 ? await trickFile(seed + at / 20) : await mutatedFile(seed + at);
  const result = await ending(looking, made);
  if ('wrong' in result) wrong = `file ${at}: ${result.wrong}`;
  else ends[result.ended] = (ends[result.ended] ?? 0) + 1;
  largest = Math.max(largest, process.memoryUsage().rss);
  if ((at + 1) % 10_000 === 0) console.log(`${at + 1}: ${JSON.stringify(ends)}`);
}
await looking.close();
const deaths = looking.deaths.length;
const sizes = `the service held at most ${Math.round(largest / 2 ** 20)} MB, ${deaths} processes died of it, ${Math.round((Date.now() - began) / 1000)} s`;
console.log(wrong === null ? `${files} files ended: ${JSON.stringify(ends)}; ${sizes}` : `WRONG ${wrong}`);
process.exit(wrong === null ? 0 : 1);
