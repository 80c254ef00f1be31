// What messages gave to choose from, and who an account is, in memory.
import type { Offer } from '../../src/conversation/offer.ts';
import type { Chat } from '../../src/office/office.ts';
import type { OfferFilter } from '../../src/ports/store.ts';
import type { Instant } from '../../src/time.ts';
import { chatKey, type Tables, type Work } from './memory-tables.ts';

const DAY_MS = 86_400_000;

function placeOf(chat: Chat, message: string): string {
  return `${chatKey(chat)}|${message}`;
}

export function keepOffer(work: Work, chat: Chat, offer: Offer): void {
  const offers = work.write('offers');
  for (const [place, one] of offers) {
    const ends = place.startsWith(`${chatKey(chat)}|`) && one.key === offer.key && one.message !== offer.message;
    if (ends || (offer.choices.length === 0 && place === placeOf(chat, offer.message))) offers.set(place, { ...one, standing: false });
  }
  if (offer.choices.length === 0) return;
  const before = offers.get(placeOf(chat, offer.message));
  const kept = { ...offer, standing: true, poll: offer.poll ?? before?.poll ?? null };
  offers.set(placeOf(chat, offer.message), { ...kept, place: before?.place ?? Number(work.id()), votes: before?.votes ?? {} });
}

export function offersIn(tables: Tables, chat: Chat, { message, number }: OfferFilter): Offer[] {
  const isNumber = (offer: Offer) =>
    number !== null &&
    (/^\d+$/.test(number) ? offer.serial === Number(number) : offer.named.number?.toUpperCase() === number.toUpperCase());
  return [...tables.offers]
    .filter(([place]) => place.startsWith(`${chatKey(chat)}|`))
    .map(([, offer]) => offer)
    .filter((offer) => offer.standing || (message !== null && [offer.message, offer.poll].includes(message)) || isNumber(offer))
    .sort((a, b) => b.place - a.place)
    .map(({ place: _, votes: __, ...offer }) => offer);
}

export function newestVote(work: Work, chat: Chat, poll: string, account: string, at: Instant): boolean {
  const found = [...work.tables.offers].find(([place, offer]) => place.startsWith(`${chatKey(chat)}|`) && offer.poll === poll);
  if (!found) return false;
  const [place, offer] = found;
  if ((offer.votes[account] ?? Number.NEGATIVE_INFINITY) >= at) return false;
  work.write('offers').set(place, { ...offer, votes: { ...offer.votes, [account]: at } });
  return true;
}

export function identify(work: Work, channel: Chat['channel'], account: string, alias: string | null): string {
  const key = (id: string) => `${channel}:${id}`;
  if (alias === null) return work.tables.aliases.get(key(account)) ?? account;
  if (work.tables.aliases.get(key(alias)) === account) return account;
  work.write('aliases').set(key(alias), account);
  work.tables.bindings = work.write('bindings').map((one) => {
    const his = work.tables.bindings.some((o) => o.office === one.office && o.channel === channel && o.account === account);
    return one.channel === channel && one.account === alias && !his ? { ...one, account, chat: { channel, id: account } } : one;
  });
  return account;
}

export function tellStranger(work: Work, channel: string, account: string, at: Instant): boolean {
  const told = work.tables.strangers.get(`${channel}:${account}`);
  if (told !== undefined && told > at - DAY_MS) return false;
  work.write('strangers').set(`${channel}:${account}`, at);
  return true;
}
