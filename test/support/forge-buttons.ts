// Button data that we did not make for the chat it comes from: changed, cut, glued together, made for somebody else, or under another key.
import { canonical } from '../../src/audit/chain.ts';
import { ACTIONS, type Action, decodeReference, encodeReference, type Reference } from '../../src/conversation/reference.ts';
import type { Chat } from '../../src/office/office.ts';
import { type Seeded, seeded } from './seeded.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
const CHAT: Chat = { channel: 'telegram', id: '1001' };

function honest(chance: Seeded): Reference {
  return {
    action: chance.pick(Object.keys(ACTIONS) as Action[]),
    case: chance.uuid(),
    round: 1 + chance.below(50),
    revision: chance.below(50),
    step: chance.below(12),
    item: chance.below(100),
  };
}

function forged(chance: Seeded, key: Uint8Array, real: string): { kind: string; data: string } {
  const letter = () => ALPHABET.charAt(chance.below(ALPHABET.length));
  const at = chance.below(real.length);
  const body = real.slice(0, real.lastIndexOf('.'));
  const seal = real.slice(real.lastIndexOf('.'));
  const other = encodeReference(honest(chance), CHAT, key);
  return chance.pick([
    () => ({ kind: 'one letter', data: real.slice(0, at) + letter() + real.slice(at + 1) }),
    () => ({
      kind: 'one bit',
      data: real.slice(0, at) + String.fromCharCode(real.charCodeAt(at) ^ (1 << chance.below(7))) + real.slice(at + 1),
    }),
    () => ({ kind: 'one letter less', data: real.slice(0, at) + real.slice(at + 1) }),
    () => ({ kind: 'one letter more', data: real.slice(0, at) + letter() + real.slice(at) }),
    () => ({ kind: 'cut off', data: real.slice(0, at) }),
    () => ({ kind: 'another action', data: real.replace(/^1\.../, `1.${chance.pick(Object.values(ACTIONS))}`) }),
    () => ({
      kind: 'another round',
      data: real.replace(/\.([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]+)(\.[^.]+)$/, `.${chance.below(36).toString(36)}.$2.$3$4`),
    }),
    () => ({ kind: 'the seal of another button', data: body + other.slice(other.lastIndexOf('.')) }),
    () => ({ kind: 'another button under this seal', data: other.slice(0, other.lastIndexOf('.')) + seal }),
    () => ({ kind: 'a guessed seal', data: `${body}.${Buffer.from(chance.bytes(9)).toString('base64url')}` }),
    () => ({ kind: 'another chat', data: encodeReference(honest(chance), { ...CHAT, id: `${1002 + chance.below(9_000)}` }, key) }),
    () => ({ kind: 'the same chat on another channel', data: encodeReference(honest(chance), { ...CHAT, channel: 'whatsapp' }, key) }),
    () => ({ kind: 'another key', data: encodeReference(honest(chance), CHAT, chance.bytes(32)) }),
    () => ({ kind: 'another version', data: real.replace(/^1/, chance.pick(['0', '2', '', '01', '1.1'])) }),
    () => ({ kind: 'blanks and lines', data: chance.pick([` ${real}`, `${real}\n`, `${real}\0`, real.toUpperCase()]) }),
    () => ({ kind: 'noise', data: Buffer.from(chance.bytes(chance.below(80))).toString(chance.pick(['latin1', 'base64url', 'utf8'])) }),
  ])();
}

/** The first forgery that was taken for ours, or honest button that was not; `null` when there is none. */
export function firstTaken(seed: number, forgeries: number): { taken: string | null; kinds: Set<string> } {
  const chance = seeded(seed);
  const key = chance.bytes(32);
  const kinds = new Set<string>();
  for (let n = 0; n < forgeries; n += 1) {
    const reference = honest(chance);
    const real = encodeReference(reference, CHAT, key);
    if (canonical(decodeReference(real, CHAT, key)) !== canonical(reference)) return { taken: `our own was not taken: ${real}`, kinds };
    const { kind, data } = forged(chance, key, real);
    kinds.add(kind);
    if (data !== real && decodeReference(data, CHAT, key) !== null) return { taken: `${n}, ${kind}: ${data}`, kinds };
  }
  return { taken: null, kinds };
}
