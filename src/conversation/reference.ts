// What a button carries: a reference bound to case, step, round, revision and chat, of at most 64 bytes. It says what was
// tapped and proves that we made it; it never carries authority, which is looked up when the tap arrives.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CaseId } from '../case/case.ts';
import type { Chat } from '../office/office.ts';

/** What the button does. A closed list: two letters each, so that the reference stays short. */
export const ACTIONS = {
  handIn: 'hi',
  receive: 'rc',
  accept: 'ac',
  reject: 'rj',
  respond: 'rs',
  published: 'pb',
  today: 'td',
  yesterday: 'yd',
  asTitle: 'at',
  asCaption: 'as',
  asNarrative: 'an',
  editTitle: 'et',
  editDate: 'ed',
  editCaption: 'ec',
  editNarrative: 'en',
  editMedia: 'em',
  dropMedia: 'dm',
  resume: 'rm',
  cancel: 'cn',
  chooseSop: 'cs',
  startSop: 'ss',
  reason: 'pr',
  nudge: 'ng',
  show: 'sw',
  reassign: 'al',
  reassignTo: 'ag',
  waive: 'wv',
  assign: 'tg',
  take: 'tk',
  repair: 'rp',
  schedule: 'sc',
  scheduleAnyway: 'sy',
  editDetail: 'ei',
  informationClass: 'ic',
  assignee: 'ae',
  channel: 'ch',
  form: 'fm',
  finish: 'fn',
  view: 'vw',
  deputyWhom: 'dw',
  deputySet: 'ds',
  deputyEnd: 'de',
} as const;
export type Action = keyof typeof ACTIONS;

export interface Reference {
  action: Action;
  /** UUID. */
  case: CaseId;
  round: number;
  revision: number;
  /** Position of the step in the SOP. */
  step: number;
  /** A small number that some actions need: which file, which reason, which channel. */
  item: number;
}

/** The item that stands for one file: a position would mean another file once one has been taken out. Below 36³, three digits of the reference. */
export function itemOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0) % 36 ** 3;
}

const byCode = new Map<string, Action>(Object.entries(ACTIONS).map(([action, code]) => [code, action as Action]));
const MAC_BYTES = 9;

function mac(body: string, chat: Chat, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${chat.channel}\n${chat.id}\n${body}`).digest().subarray(0, MAC_BYTES);
}

/** `1.<action>.<case, base64url>.<step>.<round>.<revision>.<item>.<mac>`, numbers in base 36; at most 64 bytes. */
export function encodeReference(reference: Reference, chat: Chat, key: Uint8Array): string {
  const id = Buffer.from(reference.case.replaceAll('-', ''), 'hex').toString('base64url');
  const numbers = [reference.step, reference.round, reference.revision, reference.item].map((n) => n.toString(36)).join('.');
  const body = `1.${ACTIONS[reference.action]}.${id}.${numbers}`;
  return `${body}.${mac(body, chat, key).toString('base64url')}`;
}

const SHAPE =
  /^(1\.([a-z]{2})\.([A-Za-z0-9_-]{22})\.([0-9a-z]{1,3})\.([0-9a-z]{1,4})\.([0-9a-z]{1,4})\.([0-9a-z]{1,3}))\.([A-Za-z0-9_-]{12})$/;

/** The reference, or `null` for anything that we did not make for this chat. */
export function decodeReference(data: string, chat: Chat, key: Uint8Array): Reference | null {
  const match = SHAPE.exec(data);
  if (!match) return null;
  const [, body = '', code = '', id = '', step = '', round = '', revision = '', item = '', seal = ''] = match;
  const given = Buffer.from(seal, 'base64url');
  if (!timingSafeEqual(given, mac(body, chat, key))) return null;
  const action = byCode.get(code);
  if (action === undefined) return null;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  const number = (text: string) => Number.parseInt(text, 36);
  return { action, case: uuid, step: number(step), round: number(round), revision: number(revision), item: number(item) };
}
