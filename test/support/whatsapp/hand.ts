// One person's hand on a WhatsApp phone, in the words of the hands on the other phones: a button is what the text offers, and it is pressed
// in the ways that there are: a quoted reply with the word or the number, the word with the register number, a vote in the poll.
import { setTimeout as pause } from 'node:timers/promises';
import { sampleItem } from '../../../web/simulator/page-send.ts';
import type { Hand, Patience } from '../simulated-service.ts';
import type { Phone } from './phone.ts';
import type { Shown } from './shown.ts';

export type Way = 'word' | 'number' | 'typed' | 'vote';

const LOOK_MS = 50;
const WAIT_MS = 60_000;
const REJECTING = ['tolak', 'tidak'];

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '').toLowerCase();

/** As a phone shows it: what is marked as bold is bold, and what has no width is not seen. */
function asRead(text: string): string {
  return text.replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').replace(/(^|[^\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])/gmu, '$1$3');
}

interface Offered {
  shown: Shown;
  n: string;
  label: string;
}

/** What the message offers to answer with, as it stands now. */
function offeredBy(shown: Shown): Offered[] {
  const [, list = ''] = asRead(shown.text).split('Balas dengan angka:');
  return [...list.matchAll(/(?:^|[\n·])\s*(\d+)\s+([^\n·]+)/g)].map(([, n = '', label = '']) => ({ shown, n, label: label.trim() }));
}

/** `ways` are taken in turn. What stands in the chat already is not looked at. */
export function whatsAppHand(phone: Phone, ways: readonly Way[], patience: Patience = 1): Hand {
  // What was answered once is not answered again, unless the card has become another.
  const pressed = new Set<string>();
  const sentBack = new Set<string>();
  const before = phone.chat.all.length;
  let heard = before - 1;
  let turn = 0;

  async function until<T>(what: string, find: (all: Shown[]) => T | undefined): Promise<T> {
    const last = Date.now() + WAIT_MS * patience;
    for (;;) {
      const all = phone.chat.all.slice(before).filter(({ removed }) => !removed);
      const found = find(all);
      if (found !== undefined) return found;
      if (Date.now() > last) {
        const texts = all.slice(-4).map(({ text }) => text);
        throw new Error(`${phone.name} waited in vain for ${what}; last:\n${texts.join('\n---\n')}`);
      }
      await pause(LOOK_MS);
    }
  }

  async function vote({ shown, label }: Offered): Promise<boolean> {
    if (!shown.text.includes('Balas pesan ini dengan')) return false;
    // It comes right after the text that it belongs to.
    const poll = await until(`the poll of ${shown.text}`, (all) => all.slice(all.indexOf(shown) + 1).find((one) => one.poll !== null));
    const option = poll.poll?.options.find((one) => letters(one) === letters(label));
    if (option === undefined) return false;
    await phone.vote(poll, option);
    return true;
  }

  async function press(label: string, again: boolean): Promise<null> {
    const offered = await until(`${label} to be offered`, (all) =>
      all
        .filter(({ id }) => !sentBack.has(id))
        .flatMap(offeredBy)
        .findLast((one) => letters(one.label) === letters(label) && (again || !pressed.has(keyOf(one)))),
    );
    pressed.add(keyOf(offered));
    // What was sent back comes again as another card: until it is there, the old one still stands on the phone.
    if (REJECTING.includes(letters(label))) sentBack.add(offered.shown.id);
    const way = ways[turn++ % ways.length] ?? 'word';
    const serial = /ketik .+? (\d+)\./.exec(offered.shown.text)?.[1];
    if (way === 'vote' && (await vote(offered))) return null;
    if (way === 'typed' && serial !== undefined) await phone.sendText(`${offered.label.toLowerCase()} ${serial}`);
    else await phone.reply(offered.shown, way === 'number' ? offered.n : offered.label);
    return null;
  }

  return {
    write: async (text) => void (await phone.sendText(text)),
    async send(names, caption = '') {
      const items = await Promise.all(names.map(sampleItem));
      const shown = items.flatMap(({ kind, bytes }) =>
        kind === 'document' ? [] : [{ kind: kind === 'video' ? ('video' as const) : ('image' as const), bytes: Buffer.from(bytes) }],
      );
      const words = caption === '' ? {} : { caption };
      const [only] = shown;
      if (shown.length > 1) await phone.sendAlbum(shown, words);
      else if (only) await (only.kind === 'video' ? phone.sendVideo(only.bytes, words) : phone.sendImage(only.bytes, words));
      for (const { kind, bytes, fileName } of items) {
        if (kind === 'document') await phone.sendDocument(Buffer.from(bytes), { name: fileName ?? 'berkas.pdf', ...(only ? {} : words) });
      }
    },
    hears: (words) =>
      until(String(words), (all) => {
        const found = all.find((one) => phone.chat.all.indexOf(one) > heard && words.test(asRead(one.text)));
        if (found) heard = phone.chat.all.indexOf(found);
        return found && asRead(found.text);
      }),
    async shows(words) {
      await until(`${words} on a card`, (all) => all.find(({ text }) => words.test(asRead(text))));
    },
    tap: (label) => press(label, false),
    again: (label) => press(label, true),
  };
}

const keyOf = ({ shown, label }: Offered): string => `${shown.id} ${label} ${shown.text}`;
