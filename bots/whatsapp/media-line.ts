// What files need of a connection, over Baileys: the hosts that WhatsApp names, and the request to a phone to upload a file again.
import './quiet-libsignal.ts';
import type { proto, WAMessage, WASocket } from '@whiskeysockets/baileys';
import type { MediaPlace } from './file-ref.ts';
import type { MediaLine } from './files.ts';

const ANSWER_MS = 30_000;
/** The phone's word that it has the file no more, as Baileys numbers it. */
const NOT_THERE = 404;

export function mediaLine(socket: Pick<WASocket, 'refreshMediaConn' | 'updateMediaMessage'>, answerMs = ANSWER_MS): MediaLine {
  return {
    async hosts() {
      const { hosts } = await inTime(socket.refreshMediaConn(false), answerMs);
      return hosts.map(({ hostname }) => hostname);
    },
    async uploadAgain(place) {
      try {
        // Baileys waits for the answer for as long as the connection lives.
        const { message } = await inTime(socket.updateMediaMessage(messageOf(place)), answerMs);
        return message?.[`${place.kind}Message`]?.directPath ?? null;
      } catch (error) {
        if (statusOf(error) === NOT_THERE) return null;
        throw error;
      }
    },
  };
}

/** As much of the message as the request is made of. */
function messageOf({ kind, directPath, mediaKey, key }: MediaPlace): WAMessage {
  const message: proto.IMessage = { [`${kind}Message`]: { directPath, mediaKey: Buffer.from(mediaKey, 'base64') } };
  const { id, remoteJid, participant } = key;
  return { key: { id, remoteJid, fromMe: false, ...(participant === null ? {} : { participant }) }, message };
}

async function inTime<T>(asked: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), limitMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    // What answers too late answers nobody.
    asked.catch(() => undefined);
  }
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('output' in error)) return null;
  const { output } = error;
  const status = typeof output === 'object' && output !== null && 'statusCode' in output ? output.statusCode : null;
  return typeof status === 'number' ? status : null;
}
