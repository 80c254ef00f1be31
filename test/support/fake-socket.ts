// WhatsApp's end of the connection in memory: what each chat shows, by the ids that we choose, and what may go wrong.
import type { Content, SendOptions, Socket, SocketState, Taken } from '../../bots/whatsapp/socket.ts';

export interface WhatsAppShown {
  id: string;
  text: string;
  replyTo: string | null;
  poll: { name: string; options: string[]; secret: Uint8Array } | null;
  edits: number;
}

export class FakeSocket implements Socket {
  readonly account = '+6281100000001';
  readonly chats = new Map<string, WhatsAppShown[]>();
  /** How WhatsApp answers the next calls; taken, when none is left. */
  readonly answers: Taken[] = [];
  readonly calls: { jid: string; content: Content; options: SendOptions }[] = [];
  now: SocketState = { is: 'open' };

  state(): SocketState {
    return this.now;
  }

  shown(jid: string): WhatsAppShown[] {
    return this.chats.get(jid) ?? [];
  }

  async send(jid: string, content: Content, options: SendOptions): Promise<Taken> {
    this.calls.push({ jid, content, options });
    const answer = this.answers.shift() ?? { taken: 'yes' };
    // What nobody has answered may have arrived all the same.
    if (answer.taken === 'no') return answer;
    const list = this.shown(jid);
    this.chats.set(jid, list);
    if ('edit' in content) {
      const of = list.find(({ id }) => id === content.edit);
      if (of && of.text !== content.text) Object.assign(of, { text: content.text, edits: of.edits + 1 });
    } else if (!list.some(({ id }) => id === options.messageId)) {
      const poll = 'poll' in content ? content.poll : null;
      const text = 'poll' in content ? content.poll.name : content.text;
      list.push({ id: options.messageId, text, replyTo: options.replyTo ?? null, poll, edits: 0 });
    }
    return answer;
  }
}
