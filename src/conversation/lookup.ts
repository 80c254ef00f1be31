// What has to be looked up before a message can be understood: pure, so that the edge only fetches.
import { readMonth } from '../calendar/month.ts';
import type { CaseId } from '../case/case.ts';
import { tidyLine } from '../text/tidy.ts';
import type { Conversation } from './conversation.ts';
import type { Heard } from './heard.ts';
import { type Piece, restOf } from './piece.ts';
import type { Reference } from './reference.ts';

export type ChatCommand = 'start' | 'kirim' | 'status' | 'antrean' | 'register' | 'bantuan' | 'batal' | 'daftar' | 'wakil' | 'rekap';

const ALIASES: Record<string, ChatCommand> = {
  start: 'start',
  mulai: 'start',
  kirim: 'kirim',
  status: 'status',
  antrean: 'antrean',
  antrian: 'antrean',
  register: 'register',
  bantuan: 'bantuan',
  help: 'bantuan',
  batal: 'batal',
  daftar: 'daftar',
  wakil: 'wakil',
  rekap: 'rekap',
};

const BARE = /^(?:(daftar)\s+(\S{4,20})|(rekap)(?:\s+(20\d\d-\d\d))?)$/iu;

/** `/status 0042` → `{ command: 'status', argument: '0042' }`. `DAFTAR CODE`, `REKAP` and `REKAP 2026-11` count without the slash as well. */
export function commandOf(text: string): { command: ChatCommand; argument: string } | null {
  const line = tidyLine(text);
  const match = /^\/([a-z]+)(?:\s+(.*))?$/iu.exec(line) ?? BARE.exec(line);
  const command = ALIASES[(match?.[1] ?? match?.[3] ?? '').toLowerCase()];
  return command ? { command, argument: match?.[2] ?? match?.[4] ?? '' } : null;
}

export function isCommandLike(text: string): boolean {
  return /^\/[a-z]/iu.test(text.trim());
}

export type Lookup =
  /** This case, whatever its state. */
  | { look: 'case'; case: CaseId }
  | { look: 'number'; number: string }
  /** `asked`: the case that a file was asked for, where the album has gone nowhere yet. */
  | { look: 'album'; album: string; asked?: CaseId }
  | { look: 'message'; message: string }
  /** The draft that the chat's files and texts belong to. `begun`: rather than that one, the one that was never handed in. */
  | { look: 'draft'; begun?: true }
  /** `unsent`: what waits for the sender and has no card in his chat. */
  | { look: 'list'; list: 'antrean' | 'status' | 'unsent' }
  /** Of this month when `month` (`YYYY-MM`) is `null`. */
  | { look: 'list'; list: 'register'; month: string | null }
  /** What happened in this month, which is read like the register's. */
  | { look: 'recap'; month: string | null }
  | { look: 'redeem'; code: string }
  | { look: 'nothing' };

/** The case that was asked about last; what a text answers and what `/batal` drops. */
function questionOrDraft({ asking, deputy }: Conversation): Lookup {
  if (deputy) return { look: 'nothing' };
  return asking ? { look: 'case', case: asking.case } : { look: 'draft' };
}

function lookupText(text: string, conversation: Conversation, rest: Piece | null): Lookup {
  const command = commandOf(text);
  if (command) {
    const { argument } = command;
    switch (command.command) {
      case 'daftar':
      case 'start':
        return argument === '' ? { look: 'list', list: 'unsent' } : { look: 'redeem', code: argument.replaceAll('-', '') };
      case 'status':
        return argument === '' ? { look: 'list', list: 'status' } : { look: 'number', number: argument };
      case 'antrean':
        return { look: 'list', list: 'antrean' };
      case 'register':
      case 'rekap': {
        const month = readMonth(argument);
        if (argument !== '' && month === null) return { look: 'nothing' };
        return command.command === 'rekap' ? { look: 'recap', month } : { look: 'list', list: 'register', month };
      }
      case 'batal':
        return questionOrDraft(conversation);
      case 'kirim':
        return { look: 'draft', begun: true };
      case 'bantuan':
      case 'wakil':
        return { look: 'nothing' };
    }
  }
  if (rest) return { look: 'case', case: rest.case };
  if (isCommandLike(text)) return { look: 'nothing' };
  return questionOrDraft(conversation);
}

export function lookupOf(heard: Heard, reference: Reference | 'forged' | null, conversation: Conversation): Lookup {
  const { what } = heard;
  switch (what.kind) {
    case 'tap':
      return reference === null || reference === 'forged' ? { look: 'nothing' } : { look: 'case', case: reference.case };
    case 'text':
      return lookupText(what.text, conversation, restOf(heard, conversation));
    case 'media': {
      const { asking } = conversation;
      const asked = asking?.ask === 'link' || asking?.ask === 'form' ? asking.case : null;
      if (what.album !== undefined) return { look: 'album', album: what.album, ...(asked === null ? {} : { asked }) };
      return asked === null ? { look: 'draft' } : { look: 'case', case: asked };
    }
    case 'edited':
      // Who is asked for a caption may as well mend the one under his photo.
      if (what.field === 'caption' && conversation.asking?.ask === 'caption') return { look: 'case', case: conversation.asking.case };
      return { look: 'message', message: what.message };
    default:
      return { look: 'nothing' };
  }
}
