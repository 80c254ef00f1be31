// People who go on working whatever happens to the service: each looks at his phone and does what is asked of him, again when nothing came of it.
import { setTimeout as pause } from 'node:timers/promises';
import type { BotApi } from '../../web/simulator/bot-api.ts';
import type { Phone } from '../../web/simulator/phone.ts';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { hasButton, letters, NUMBER, people } from '../journeys/walk.ts';

export interface Crowd {
  /** Register numbers that the makers have seen. */
  numbers(): string[];
  /** Nothing new is begun, and what was begun is finished: until it is over, or patience is. */
  end(over: () => Promise<boolean>, patienceMs: number): Promise<void>;
  /** Everybody lays his phone down. */
  stop(): Promise<void>;
}

const LOOK_MS = 100;
const OVER_MS = 500;
/** Somebody who has done something waits so long before he does the same again. */
const AGAIN_MS = 8_000;
/** Every so many-th tap is a double one, of a finger that trembles. */
const DOUBLE_EVERY = 3;

const textOf = (message: { text: string | null; caption: string | null }) => message.text ?? message.caption ?? '';
const ofBot = (phone: Phone) => phone.messages().filter(({ from }) => from === 'bot');

/** Made once: drawing one takes longer than sending it. */
const photos = new Map<number, Promise<Buffer>>();

function photoOf(index: number): Promise<Buffer> {
  const made = photos.get(index) ?? samplePhoto(index);
  photos.set(index, made);
  return made;
}

interface Hands {
  /** Does it, unless the same was done a moment ago. */
  once(key: string, act: () => unknown): boolean;
  press(phone: Phone, label: string): boolean;
}

function handsOf(): Hands {
  const done = new Map<string, number>();
  let taps = 0;
  const once: Hands['once'] = (key, act) => {
    if (Date.now() - (done.get(key) ?? 0) < AGAIN_MS) return false;
    done.set(key, Date.now());
    act();
    return true;
  };
  return {
    once,
    press(phone, label) {
      // An old one may stand there for ever: each is tried in its turn.
      const tried = ofBot(phone)
        .filter(hasButton(label))
        .map((card) => {
          const data = card.buttons.flat().find((button) => letters(button.label) === letters(label))?.data;
          if (!data) return false;
          return once(`${phone.id} ${card.id} ${label}`, () => {
            taps += 1;
            // The answer to a tap that was lost with the service never comes: nobody waits for it.
            for (let n = taps % DOUBLE_EVERY === 0 ? 2 : 1; n > 0; n -= 1) void phone.tap(data, card.id);
          });
        });
      return tried.includes(true);
    },
  };
}

/** One maker: album, name, day, more photos and narrative as the draft's card asks for them, then SERAHKAN. */
async function make(maker: Phone, { once, press }: Hands, open: boolean, numbers: Set<string>): Promise<void> {
  const seen = ofBot(maker);
  for (const message of seen) {
    const number = NUMBER.exec(textOf(message))?.[0];
    if (number) numbers.add(number);
  }
  if (press(maker, 'SERAHKAN')) return;
  const draft = seen.findLast((message) => message.buttons.flat().length > 0 && /Draf/.test(textOf(message)));
  const card = draft ? textOf(draft) : '';
  const about = `${maker.id} ${draft?.id}`;
  if (/nama kegiatan belum ada/.test(card)) once(`title ${about}`, () => maker.sendText(`Pasar Murah ${maker.id} ${numbers.size + 1}`));
  else if (/tanggal belum ada/.test(card)) press(maker, 'Hari ini');
  else if (/[0-3] dari minimal 4/.test(card)) await addPhoto(maker, about, once);
  else if (/Narasi: \(belum ada\)/.test(card)) once(`narrative ${about}`, () => maker.sendText('Dinas menggelar pasar murah bagi warga.'));
  else if (open && !draft) {
    const four = await Promise.all([1, 2, 3, 4].map(photoOf));
    const album = () =>
      void maker.sendAlbum(
        four.map((bytes) => ({ kind: 'photo' as const, bytes })),
        'Pasar murah',
      );
    once(`album ${maker.id}`, album);
  }
}

async function addPhoto(maker: Phone, about: string, once: Hands['once']): Promise<void> {
  const photo = await photoOf(1 + Math.floor((Date.now() / AGAIN_MS) % 12));
  once(`photo ${about}`, () => void maker.sendPhoto(photo));
}

function publish(publisher: Phone, { once, press }: Hands): void {
  const asked = ofBot(publisher).at(-1);
  if (asked && /tautan/i.test(textOf(asked)) && !hasButton('SUDAH TAYANG')(asked))
    once(`link ${asked.id}`, () => publisher.sendText(`https://www.instagram.com/p/pasar-${asked.id}`));
  else press(publisher, 'SUDAH TAYANG');
}

/** The people of the sample office, with a second maker. */
export function crowd(api: BotApi): Crowd {
  const { sari, budi, kartika, rahmat, maya } = people(api);
  const makers = [sari, api.phone(1006, 'Andi Wijaya')];
  const hands = handsOf();
  const numbers = new Set<string>();
  let on = true;
  let open = true;
  const living = (async () => {
    while (on) {
      for (const maker of makers) await make(maker, hands, open, numbers);
      hands.press(budi, 'DITERIMA');
      for (const decider of [kartika, rahmat]) hands.press(decider, 'TERIMA');
      publish(maya, hands);
      await pause(LOOK_MS);
    }
  })();
  const stop = async () => {
    on = false;
    await living;
  };
  return {
    numbers: () => [...numbers],
    stop,
    async end(over, patienceMs) {
      open = false;
      const until = Date.now() + patienceMs;
      while (!(await over()) && Date.now() < until) await pause(OVER_MS);
      await stop();
    },
  };
}
