// Sending means that WhatsApp has taken it: Baileys' promise only says that it left. The message's id is chosen by whoever sends, so that a
// second attempt is the same message on the phone.
import './quiet-libsignal.ts';
import type { AnyMessageContent, BinaryNode, MiscMessageGenerationOptions, WASocket } from '@whiskeysockets/baileys';
import type { Sent } from './sent.ts';

/** How WhatsApp answered. */
export type Taken =
  | { taken: 'yes' }
  /** WhatsApp's own error number, such as `463`: this number may not write to that person now. */
  | { taken: 'no'; code: string }
  /** No answer: perhaps it was taken. Sending again under the same id does no harm. */
  | { taken: 'unknown'; why: string };

const ANSWER_MS = 10_000;
/** A file is uploaded before its message goes: for so long that is no reason to give it up. */
export const UPLOAD_MS = 120_000;

export type Send = (jid: string, content: AnyMessageContent, id: string, options?: MiscMessageGenerationOptions) => Promise<Taken>;

/** One for each socket. What was sent is kept for the phones that ask again. */
export function sender(socket: WASocket, sent: Sent, answerMs = ANSWER_MS): Send {
  const waiting = new Map<string, (taken: Taken) => void>();
  socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
    const { id, error } = attrs;
    if (id !== undefined) waiting.get(id)?.(error === undefined ? { taken: 'yes' } : { taken: 'no', code: error });
  });
  const answered = (id: string, uploadMs: number): Promise<Taken> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => settle({ taken: 'unknown', why: 'WhatsApp did not answer' }), answerMs + uploadMs);
      const closed = (): void => settle({ taken: 'unknown', why: 'the connection closed' });
      const settle = (taken: Taken): void => {
        clearTimeout(timer);
        waiting.delete(id);
        socket.ws.off('close', closed);
        resolve(taken);
      };
      socket.ws.on('close', closed);
      waiting.set(id, settle);
    });
  return async (jid, content, id, options = {}) => {
    const answer = answered(id, options.mediaUploadTimeoutMs ?? 0);
    try {
      const message = await socket.sendMessage(jid, content, { ...options, messageId: id });
      if (message?.message) await sent.keep(id, message.message);
    } catch (error) {
      waiting.get(id)?.({ taken: 'unknown', why: error instanceof Error ? error.message : 'not sent' });
    }
    return answer;
  };
}
