// A process of its own that holds a lock of the database until it is told that it has lost it.
import { holdLock } from '../../db/lock.ts';

const [, , url = '', name = '', silentMaxMs = ''] = process.argv;
const held = await holdLock(url, name, Number(silentMaxMs));
held?.lost.addEventListener('abort', () => process.send?.('lost'));
process.send?.(held === null ? 'refused' : 'held');
