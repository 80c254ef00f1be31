// Buttons out of actions: the label from the catalogue, the bound reference from the caller.
import type { Action } from '../../src/conversation/reference.ts';
import type { Button } from '../channel.ts';
import type { ButtonIndex, WordingContext } from './context.ts';
import { buttonLabel } from './labels.ts';

export interface ButtonPlace {
  case: string;
  index: ButtonIndex;
}

/** `label` is shown as it stands; make it with `freeLabel` when it is in other people's words. */
export function button(
  context: WordingContext,
  place: ButtonPlace,
  action: Action,
  options: { item?: number; label?: string } = {},
): Button {
  return { label: options.label ?? buttonLabel(action), does: context.button(action, place.index, place.case, options.item) };
}

export function pairs(buttons: readonly Button[]): Button[][] {
  return buttons.flatMap((_, at) => (at % 2 === 0 ? [buttons.slice(at, at + 2)] : []));
}

export function onePerRow(buttons: readonly Button[]): Button[][] {
  return buttons.map((each) => [each]);
}

/** For actions of the case as a whole, whose tap is judged by the case alone. */
export const WHOLE_CASE: ButtonIndex = { step: 0, round: 1, revision: 0 };
