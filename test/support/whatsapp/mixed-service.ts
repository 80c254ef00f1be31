// The whole service with both channels: a simulated Telegram inside it, a WhatsApp to test on beside it, and people on either.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Hand, type Patience, type Simulated, startSimulated } from '../simulated-service.ts';
import { type Way, whatsAppHand } from './hand.ts';
import type { Phone } from './phone.ts';
import { startWhatsApp, type WhatsApp } from './whatsapp.ts';

const OFFICES = join(import.meta.dirname, '../../../offices');
const FOLLOW_MS = 250;
const LOGIN_MS = 20_000;
export const WAYS: readonly Way[] = ['word', 'vote', 'number', 'typed'];

export interface Mixed {
  service: Simulated;
  whatsapp: WhatsApp;
  /** By the number that the sample offices know the person by, on whichever channel he is. */
  phone(id: number): Hand;
  /** The phone itself, of somebody on WhatsApp. */
  whatsappOf(id: number): Phone;
  stop(): Promise<void>;
}

/** The number of somebody whom the sample offices know by this id. */
export const numberOf = (id: number): string => `+62812000${String(id).padStart(6, '0')}`;

/** An office with these of its people on WhatsApp instead of Telegram. */
export interface Seating {
  office: string;
  onWhatsApp: readonly number[];
  /** One of several that are alike: its people are others. */
  copy?: number;
}

/** By which number the person is known in that copy of his office. */
export const idIn = (id: number, copy = 0): number => copy * 10_000 + id;

/** The office file with these people on WhatsApp instead of Telegram. */
export function seated({ office, onWhatsApp, copy = 0 }: Seating): string {
  return readFileSync(join(OFFICES, `${office}.yaml`), 'utf8')
    .replace(`id: ${office}`, `id: ${nameOf(office, copy)}`)
    .replace(/telegram: (\d+)\b/g, (_, digits) => {
      const id = idIn(Number(digits), copy);
      return onWhatsApp.includes(Number(digits)) ? `whatsapp: "${numberOf(id)}"` : `telegram: ${id}`;
    });
}

/** The office's id. */
export const nameOf = (office: string, copy = 0): string => (copy === 0 ? office : `${office}-${copy}`);

export interface MixedOptions {
  /** How the people on WhatsApp answer, in turn. */
  ways?: readonly Way[];
  patience?: Patience;
}

/** The number is linked and everybody on WhatsApp has written to it when this resolves. */
export async function startMixed(seats: readonly Seating[], { ways = WAYS, patience = 1 }: MixedOptions = {}): Promise<Mixed> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-mixed-'));
  const ending: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    let ahead = 0;
    const whatsapp = await startWhatsApp({ now: () => Date.now() + ahead });
    ending.push(() => whatsapp.close());
    const certificate = join(folder, 'media-host.pem');
    writeFileSync(certificate, whatsapp.media.cert);
    const files = Object.fromEntries(seats.map((seat) => [`${nameOf(seat.office, seat.copy)}.yaml`, seated(seat)]));
    const more = {
      WHATSAPP: 'on',
      WHATSAPP_WEB_SOCKET_URL: whatsapp.url,
      WHATSAPP_KEY: randomBytes(32).toString('hex'),
      NODE_EXTRA_CA_CERTS: certificate,
    };
    const service = await startSimulated(Object.keys(files), files, more, patience);
    let following = true;
    const follow = (async () => {
      while (following) {
        ahead = (await service.now().catch(() => Date.now() + ahead)) - Date.now();
        await pause(FOLLOW_MS);
      }
    })();
    ending.push(async () => {
      following = false;
      await service.stop();
      await follow;
    });
    await service.alurTelling(
      (line) => {
        const { qr } = JSON.parse(line) as { qr?: string };
        if (qr !== undefined) whatsapp.scanQr(qr);
      },
      'whatsapp',
      'pair',
      '--json',
    );
    await whatsapp.logins.until(() => true, 'the gateway to log in', LOGIN_MS * patience);
    const there = new Map<number, Hand>();
    const phone = (id: number): Phone => whatsapp.phone(numberOf(id), { name: `Orang ${id}` });
    // Nobody is written to who has not written first.
    const theirs = new Set(seats.flatMap(({ onWhatsApp, copy }) => onWhatsApp.map((id) => idIn(id, copy))));
    await Promise.all(
      [...theirs].map(async (id) => {
        const hand = whatsAppHand(phone(id), ways, patience);
        there.set(id, hand);
        await hand.write('bantuan');
        await hand.hears(/Panduan/);
      }),
    );
    return { service, whatsapp, phone: (id) => there.get(id) ?? service.phone(id), whatsappOf: phone, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
