// The messenger's socket over whatever connection there is now: it comes and goes under it.
import './quiet-libsignal.ts';
import type { AnyMessageContent, WAMessage } from '@whiskeysockets/baileys';
import type { Instant } from '../../src/time.ts';
import type { SendContent } from './album.ts';
import type { MediaLine } from './files.ts';
import type { Condition, Link } from './gateway.ts';
import { mediaLine } from './media-line.ts';
import { UPLOAD_MS } from './send.ts';
import type { Sent } from './sent.ts';
import type { Content, Socket, SocketState, Taken } from './socket.ts';

export interface LiveSocket extends Socket {
  /** Whatever Baileys can send, such as a file. */
  sendContent: SendContent;
  /** How files are fetched now; `null` while there is no connection. */
  mediaLine(): MediaLine | null;
  /** What the gateway tells. */
  setLink(link: Link | null): void;
  setCondition(condition: Condition, at: Instant): void;
}

export function liveSocket(sent: Pick<Sent, 'find'>, account: string, begun: Instant): LiveSocket {
  let link: Link | null = null;
  let number = account;
  let state: SocketState = { is: 'connecting', since: begun };
  return {
    get account() {
      return number;
    },
    state: () => state,
    setLink: (now) => {
      link = now;
      if (now !== null) number = now.number;
    },
    setCondition(condition, at) {
      number = condition.number ?? number;
      // A time-lock closes new chats only: each message is told by its own answer.
      const is = condition.why === 'timelocked' ? 'open' : condition.state;
      if (is === 'open') state = { is };
      else if (is !== state.is) state = { is, since: at };
    },
    async send(jid, content, { messageId, replyTo }): Promise<Taken> {
      if (link === null) return NOT_CONNECTED;
      const quoted = replyTo === undefined ? null : await quotedOf(jid, replyTo, sent);
      return through(link, jid, contentOf(jid, content), messageId, quoted === null ? {} : { quoted });
    },
    async sendContent(jid, content, messageId) {
      return link === null ? NOT_CONNECTED : through(link, jid, content, messageId, { mediaUploadTimeoutMs: UPLOAD_MS });
    },
    mediaLine: () => (link === null ? null : mediaLine(link.socket)),
  };
}

const NOT_CONNECTED: Taken = { taken: 'unknown', why: 'WhatsApp is not connected' };

async function through(link: Link, ...message: Parameters<Link['send']>): Promise<Taken> {
  const taken = await link.send(...message);
  return taken.taken === 'no' ? { taken: 'no', code: Number(taken.code) } : taken;
}

function contentOf(jid: string, content: Content): AnyMessageContent {
  if ('poll' in content) {
    const { name, options, secret } = content.poll;
    return { poll: { name, values: options, selectableCount: 1, messageSecret: secret } };
  }
  // No preview: whoever wrote the text would choose which addresses this server asks.
  const plain = { text: content.text, linkPreview: null };
  return 'edit' in content ? { ...plain, edit: { remoteJid: jid, fromMe: true, id: content.edit } } : plain;
}

async function quotedOf(jid: string, id: string, sent: Pick<Sent, 'find'>): Promise<WAMessage | null> {
  const message = await sent.find(id);
  return message === undefined ? null : { key: { remoteJid: jid, fromMe: true, id }, message };
}
