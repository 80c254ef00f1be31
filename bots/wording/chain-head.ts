// The day's end of the audit trail, for those who keep it outside the database.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { line, message, said } from './text.ts';
import { dayOf, shortDate } from './time.ts';

/** Nobody has to do anything about it, so it makes no sound. */
export function chainHeadMessage({ office, seq, hash, at, timezone }: Extract<Notice, { notice: 'chain-head' }>): Message {
  const lines = [
    line('🔒 Jejak audit hari ini, ', shortDate(dayOf(at, timezone)), ', ', said(office, 120), ': ', {
      text: `${seq}:${hash}`,
      code: true,
    }),
    line('Simpan pesan ini; tidak perlu dijawab.'),
  ];
  return { ...message(lines), silent: true };
}
