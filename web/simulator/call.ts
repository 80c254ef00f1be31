// One call of a method, carried out and recorded.
import type { Instant } from '../../src/time.ts';
import type { Method } from './methods.ts';
import type { Params } from './params.ts';
import type { Answer } from './wire.ts';
import type { World } from './world.ts';

export interface Call {
  at: Instant;
  method: string;
  params: Record<string, unknown>;
  answer: Answer;
}

export async function callMethod(
  found: { name: string; method: Method },
  params: Params,
  world: World,
  gone: AbortSignal,
  record: (call: Call) => void,
): Promise<Answer> {
  const answer = await found.method(params, world, gone);
  if (found.name !== 'getUpdates') record({ at: world.clock.now(), method: found.name, params: params.fields, answer });
  return answer;
}
