// A card in words.
import type { CardView } from '../../src/case/card-view.ts';
import type { Message } from '../channel.ts';
import type { WordingContext } from './context.ts';
import { draftCard } from './draft-card.ts';
import { stepCard } from './step-card.ts';

export function cardMessage(view: CardView, context: WordingContext): Message {
  return view.view === 'draft' ? draftCard(view, context) : stepCard(view, context);
}
