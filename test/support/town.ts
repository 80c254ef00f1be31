// Very many updates at once, as a town that has found the bot would send them: files and texts of makers, strangers with both, groups, and
// taps of strangers on buttons that nobody made. The same seed gives the same crowd.
import type { BotApi } from '../../web/simulator/bot-api.ts';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { seeded } from './seeded.ts';

/** Accounts of strangers begin here. */
const STRANGER = 500_000_000;
const GROUP = -1_000_900_000_000;
const GROUPS = 10;
const LIST = 200;
const TEXTS = [
  'Selamat pagi, admin',
  'Pasar murah di halaman kantor',
  '/status',
  '/antrean',
  'Kapan dibuka?',
  '/bantuan',
  '👍',
  '12.30 WIB',
];

export interface Town {
  sent: number;
  people: number;
  kinds: Record<string, number>;
}

/** Everything stands in the platform's line when this resolves. `makers`: accounts of people who may hand in. */
export async function gather(api: BotApi, makers: readonly number[], updates: number, seed: number): Promise<Town> {
  const chance = seeded(seed);
  const photos = await Promise.all(Array.from({ length: 12 }, (_, n) => samplePhoto(n + 1)));
  const strangers = new Set<number>();
  const kinds: Record<string, number> = {};
  // Half as many strangers as updates of theirs: most write once or twice, some go on and on.
  const stranger = (): number => {
    const id = STRANGER + (chance.chance(0.1) ? chance.below(20) : chance.below(Math.ceil(updates / 4)));
    strangers.add(id);
    api.phone(id, `Warga ${id}`);
    return id;
  };
  const groups = Array.from({ length: GROUPS }, (_, n) => {
    const members = Array.from({ length: 20 }, stranger);
    api.group(GROUP - n, `Grup warga ${n}`, members, { privacy: false });
    return { id: GROUP - n, members };
  });
  const one: Record<string, () => unknown> = {
    'photo of a maker': () => api.phone(chance.pick(makers)).sendPhoto(chance.pick(photos), { caption: chance.pick(['', 'Pasar murah']) }),
    'text of a maker': () => api.phone(chance.pick(makers)).sendText(chance.pick(TEXTS)),
    'photo of a stranger': () => api.phone(stranger()).sendPhoto(chance.pick(photos)),
    'text of a stranger': () => api.phone(stranger()).sendText(chance.pick(TEXTS)),
    'text in a group': () => {
      const { id, members } = chance.pick(groups);
      return api.phone(chance.pick(members)).sendText(chance.pick(TEXTS), { chatId: id });
    },
    // Whoever taps into the void looks away: no answer is waited for.
    'tap of a stranger': () =>
      void api
        .phone(stranger())
        .tap(Buffer.from(chance.bytes(24)).toString('base64url'), 1)
        .catch(() => undefined),
  };
  /** In twentieths. */
  const odds = Object.entries({
    'photo of a maker': 5,
    'text of a maker': 4,
    'photo of a stranger': 4,
    'text of a stranger': 4,
    'text in a group': 2,
    'tap of a stranger': 1,
  }).flatMap(([kind, parts]) => Array.from({ length: parts }, () => kind));
  for (let sent = 0; sent < updates; sent += LIST) {
    const some = Array.from({ length: Math.min(LIST, updates - sent) }, () => {
      const kind = chance.pick(odds);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      return one[kind]?.();
    });
    await Promise.all(some);
  }
  return { sent: updates, people: strangers.size + makers.length, kinds };
}
