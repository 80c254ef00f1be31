// A sample with every word of people's replaced by another, so that it is seen wherever it comes out.
import { cards } from '../wording/samples.ts';

const PEOPLES = new Set(
  'number title person reason note name text link office what detail step role label activity maker roleLabel sopTitle channel code response narrative onBehalfOf now needed accept reject status by for letter'.split(
    ' ',
  ),
);
const LISTS = new Set(['holders', 'roles', 'yours', 'suggestions', 'names']);
/** Words of our own that look like one of the keys above. */
const OURS = new Set(['handed-in', ...Object.keys(cards)]);

export function poisoned<T>(value: T, by: string, key = ''): T {
  const swap = (): T => by as T;
  if (typeof value === 'string') return PEOPLES.has(key) && !OURS.has(value) ? swap() : value;
  if (Array.isArray(value)) return value.map((each) => (LISTS.has(key) && typeof each === 'string' ? by : poisoned(each, by, key))) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, by, name)])) as T;
}
