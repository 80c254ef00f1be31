// Choices as people on WhatsApp are shown them, and as they are read off a message there.
import type { Message } from '../../bots/channel.ts';
import { spelledOut } from '../../bots/wording/choices.ts';
import type { Offer } from '../../src/conversation/offer.ts';

const BELOW = '\n\nBalas';

export function spelled(message: Message): Message {
  const choices = message.buttons
    .flat()
    .flatMap(({ label, does }, at) =>
      'tap' in does ? [{ n: at + 1, label, action: label === 'TOLAK' ? ('reject' as const) : ('accept' as const), data: does.tap }] : [],
    );
  const offer: Offer = {
    message: '',
    poll: null,
    key: 'step/x/periksa/1',
    named: { case: 'x', number: '0001/REG', title: 'Pasar murah', timezone: 'Asia/Jakarta' },
    serial: 1,
    numbered: true,
    standing: true,
    choices,
  };
  return spelledOut(message, offer);
}

/** What is said, and what can be chosen below it. */
export function readOff(text: string): { text: string; choices: string[] } {
  const [above = '', below = ''] = text.split(BELOW);
  const choices = [...below.matchAll(/\*\d\* (\p{Lu}+)/gu)].map(([, label = '']) => label);
  return { text: above, choices };
}
