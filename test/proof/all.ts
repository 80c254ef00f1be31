// Every proof of the large size, one after the other, and one line for each at the end; exit 1 when one of them found something.
// npm run proof
import { spawn } from 'node:child_process';
import { PROOFS } from './proofs.ts';

function run(name: string): Promise<{ name: string; code: number | null; seconds: number }> {
  const begun = performance.now();
  console.log(`\n== ${name}`);
  const child = spawn('npm', ['run', '--silent', `proof:${name}`], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve({ name, code, seconds: Math.round((performance.now() - begun) / 1000) }));
  });
}

const ended = [];
for (const name of PROOFS) ended.push(await run(name));
console.log('');
for (const { name, code, seconds } of ended) console.log(`${code === 0 ? 'holds ' : 'BROKEN'}  ${name} (${seconds} s)`);
process.exit(ended.every(({ code }) => code === 0) ? 0 : 1);
