// libsignal 6.0.0 prints whole sessions, private keys included, with console.* on ordinary traffic. Whoever imports Baileys imports this
// first. What is dropped is known by where it was called from, not by its words: words change with a version.
const FROM = /[\\/]node_modules[\\/](?:\.[^\\/]+[\\/])?libsignal[\\/]/;
const WAYS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;

let dropped = 0;

for (const way of WAYS) {
  const say = console[way].bind(console) as (...words: unknown[]) => void;
  console[way] = (...words: unknown[]): void => {
    if (FROM.test(new Error('who prints').stack ?? '')) dropped += 1;
    else say(...words);
  };
}

/** How many printings were dropped so far. */
export function droppedPrintings(): number {
  return dropped;
}
