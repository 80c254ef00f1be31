// What a message gave to choose from, kept under the message's id: where a platform has no buttons, an answer in words finds the very
// same sealed reference here that a tap would carry.
import { createHash } from 'node:crypto';
import type { Named } from '../case/outgoing.ts';
import type { Action } from './reference.ts';

export interface Choice {
  /** Counted from 1 within its message. */
  n: number;
  /** As the button says it, with its icon. */
  label: string;
  action: Action;
  /** The sealed reference. It carries no authority: that is looked up when the answer comes. */
  data: string;
}

export interface Offer {
  message: string;
  /** The poll that went out beside it. */
  poll: string | null;
  /** The card's key; `null` for a question or a notice. */
  key: string | null;
  named: Named;
  /** The register serial, `null` before there is one. */
  serial: number | null;
  /** The numbers were shown: a bare number means one of them. */
  numbered: boolean;
  /** It can still be chosen from; an old one only tells why not. */
  standing: boolean;
  choices: Choice[];
}

const DECIDING: readonly Action[] = ['accept', 'reject', 'receive'];

export function isDeciding({ choices }: Offer): boolean {
  return choices.some(({ action }) => DECIDING.includes(action));
}

/** The label as it is typed: letters and digits, no icon. */
export function plainLabel(label: string): string {
  return label
    .replace(/[\ufe00-\ufe0f]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** What a vote names an option by: SHA-256 of its text, hex. */
export function optionHash(label: string): string {
  return createHash('sha256').update(plainLabel(label)).digest('hex');
}
