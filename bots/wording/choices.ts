// Buttons in words, for a platform that has none: what to answer, and a poll where something is to be decided.
import { type Choice, isDeciding, type Offer, plainLabel } from '../../src/conversation/offer.ts';
import type { Action } from '../../src/conversation/reference.ts';
import type { Message, Run } from '../channel.ts';
import { caseName } from './named.ts';
import { bold, type Line, line, page, plain, said } from './text.ts';

const LABEL_MAX_UNITS = 60;
/** More or longer ones stand one below the other. */
const IN_LINE_MAX_UNITS = 60;
const POLL_NAME_MAX_UNITS = 200;

function numbers(choices: readonly Choice[]): Line[] {
  // Some labels begin with their number already.
  const labels = choices.map(({ n, label }) => ({ n, label: (plainLabel(label) || label).replace(new RegExp(`^${n} (?=\\S)`), '') }));
  const length = labels.reduce((sum, { label }) => sum + label.length + 6, 0);
  if (length > IN_LINE_MAX_UNITS) {
    return [line('Balas dengan angka:'), ...labels.map(({ n, label }) => line(bold(String(n)), ' ', said(label, LABEL_MAX_UNITS)))];
  }
  const inLine = labels.map(({ n, label }, at) => [at === 0 ? '' : ' · ', bold(String(n)), ' ', said(label, LABEL_MAX_UNITS)]);
  return [line('Balas dengan angka: ', inLine)];
}

function wordOf(choices: readonly Choice[], ...actions: Action[]): string | null {
  const found = choices.find(({ action }) => actions.includes(action));
  return found ? plainLabel(found.label) : null;
}

function deciding({ choices, serial }: Offer): Line[] {
  const accept = wordOf(choices, 'accept', 'receive');
  const reject = wordOf(choices, 'reject');
  if (accept === null) return [];
  // The words are the SOP's own.
  const word = (text: string) => said(text, LABEL_MAX_UNITS);
  const how = reject === null ? [word(accept)] : [word(accept), ', atau ', word(reject), ' disertai alasan'];
  return [line('Balas pesan ini dengan ', how, '.', serial === null ? '' : [' Atau ketik ', word(accept), ` ${serial}.`])];
}

/** Two options at least: a poll of one is none. */
function pollOf(offer: Offer): { name: string; options: string[] } | null {
  if (!isDeciding(offer)) return null;
  const of = (...actions: Action[]) => offer.choices.filter(({ action }) => actions.includes(action)).map(({ label }) => plainLabel(label));
  const votes = of('accept', 'reject', 'receive');
  const options = votes.length > 1 ? votes : [...votes, ...of('respond')];
  const name = plain(line('Keputusan untuk ', caseName(offer.named))).slice(0, POLL_NAME_MAX_UNITS);
  return options.length > 1 ? { name, options } : null;
}

/** The message with what its buttons do written out below it; texts to be copied stand in it anyhow. */
export function spelledOut(message: Message, offer: Offer | null): Message {
  const links = message.buttons
    .flat()
    .flatMap(({ label, does }) => ('link' in does ? [line(said(label, 60), ': ', said(does.link, 300))] : []));
  const choices = offer?.choices ?? [];
  const lines = [...(offer ? deciding(offer) : []), ...(choices.length > 0 ? numbers(choices) : []), ...links];
  const gap: Run[] = lines.length > 0 ? [{ text: '\n\n' }] : [];
  const poll = offer && pollOf(offer);
  const { buttons: _, ...rest } = message;
  return { ...rest, runs: [...message.runs, ...gap, ...page(...lines)], buttons: [], ...(poll ? { poll } : {}) };
}
