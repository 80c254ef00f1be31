// Names in the environment that look like a setting but are none: a slip of the pen must not pass in silence.
import { nearest } from '../src/sop/fault.ts';

/** Near a setting, but everybody's name for something else. */
const COMMON = ['HTTP_PROXY', 'DATABASE_USER', 'REDIS_DB'];
/** Letters at the front that a slip leaves alone; without this any short name would be near some setting. */
const SAME_START = 3;

/** One warning for each name, in Indonesian. Whatever begins with TELEGRAM_ is meant for us. */
export function similarNames(env: Readonly<Record<string, string | undefined>>, known: readonly string[]): string[] {
  const strange = Object.keys(env).filter((name) => !known.includes(name) && !COMMON.includes(name));
  return strange.sort().flatMap((name) => {
    const meant = nearest(name, known);
    const near = meant?.startsWith(name.slice(0, SAME_START)) ? ` Mungkin maksudnya ${meant}?` : '';
    return near !== '' || name.startsWith('TELEGRAM_') ? [`${name} tidak dikenal dan diabaikan.${near}`] : [];
  });
}
