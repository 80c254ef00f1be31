// A message on its way to a chat, with what can be chosen from it on record: before it goes where its id is ours, after it where the
// platform gives one.
import type { Case } from '../src/case/case.ts';
import { named } from '../src/case/facts.ts';
import { type CardKey, cardKeyText } from '../src/case/outgoing.ts';
import type { Choice, Offer } from '../src/conversation/offer.ts';
import { decodeReference } from '../src/conversation/reference.ts';
import type { Office } from '../src/office/office.ts';
import type { Delivery, Store } from '../src/ports/store.ts';
import type { Channel, Message, Sent } from './channel.ts';
import { spelledOut } from './wording/choices.ts';

export interface Offering {
  store: Pick<Store, 'keepOffer'>;
  buttonKey: Uint8Array;
  channel: Channel;
  delivery: Delivery;
}

/** What the message is about; `key` of a card, `null` for a question or a notice. */
export interface About {
  known: { case: Case; office: Office } | null;
  key: CardKey | null;
}

function choicesOf({ buttonKey, delivery }: Offering, message: Message): { choices: Choice[]; of: string | null } {
  const taps = message.buttons.flat().flatMap(({ label, does }) => {
    const reference = 'tap' in does ? decodeReference(does.tap, delivery.chat, buttonKey) : null;
    return reference && 'tap' in does ? [{ label, reference, data: does.tap }] : [];
  });
  const choices = taps.map(({ label, reference: { action }, data }, at) => ({ n: at + 1, label, action, data }));
  return { choices, of: taps[0]?.reference.case ?? null };
}

function offerOf(offering: Offering, message: Message, { known, key }: About): Offer | null {
  const { choices, of } = choicesOf(offering, message);
  // What is asked while a deputy is named is of no case: its buttons name the naming.
  const about = known ? named(known.case, known.office) : of === null ? null : { case: of, number: null, title: null, timezone: 'UTC' };
  if (!about) return null;
  return {
    message: '',
    poll: null,
    key: key && cardKeyText(key),
    named: about,
    serial: known?.case.number?.serial ?? null,
    numbered: offering.channel.ownIds !== undefined,
    standing: true,
    choices,
  };
}

/** Where there are buttons, only a step's card is answered in words as well. */
function isKept({ channel }: Offering, message: Message, { key }: About, offer: Offer): boolean {
  if (channel.ownIds === undefined) return key?.card === 'step';
  // A question ends the choices of the question before it, even when it has none.
  return key !== null || offer.choices.length > 0 || message.asks === true;
}

export async function post(offering: Offering, message: Message, about: About, replyTo: string | null): Promise<Sent> {
  const { store, channel, delivery } = offering;
  const { chat } = delivery;
  const offer = offerOf(offering, message, about);
  const kept = offer && isKept(offering, message, about, offer) ? offer : null;
  const reply = replyTo === null ? {} : { replyTo };
  if (channel.ownIds === undefined) {
    const sent = await channel.say(chat, message, reply);
    const [first] = sent.sent === 'yes' ? sent.messages : [];
    if (kept && first !== undefined) await store.keepOffer(chat, { ...kept, message: first });
    return sent;
  }
  const ids = channel.ownIds(delivery);
  const spelled = spelledOut(message, offer);
  if (kept) await store.keepOffer(chat, { ...kept, message: ids.message, poll: spelled.poll ? ids.poll : null });
  return channel.say(chat, spelled, { ...reply, ids });
}

export async function change(offering: Offering, standing: string, message: Message, about: About): Promise<Sent> {
  const { store, channel, delivery } = offering;
  const { chat } = delivery;
  const offer = offerOf(offering, message, about);
  const kept = offer && isKept(offering, message, about, offer) ? { ...offer, message: standing } : null;
  if (channel.ownIds === undefined) {
    const sent = await channel.edit(chat, standing, message);
    if (kept && (sent.sent === 'yes' || sent.sent === 'unchanged')) await store.keepOffer(chat, kept);
    return sent;
  }
  if (kept) await store.keepOffer(chat, kept);
  return channel.edit(chat, standing, spelledOut(message, offer));
}
