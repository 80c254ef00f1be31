// Where each chat stands, one conversation per person in a group.
import { sql } from 'drizzle-orm';
import type { Conversation } from '../src/conversation/conversation.ts';
import type { DeputyDraft } from '../src/conversation/deputy-draft.ts';
import type { Piece } from '../src/conversation/piece.ts';
import type { Chat } from '../src/office/office.ts';
import type { Session } from './session.ts';
import { jsonOrNull } from './values.ts';

export async function lockConversation(session: Session, chat: Chat, account: string): Promise<Conversation> {
  session.chat = chat;
  // Written even when nothing changes: that is the lock, and it makes the row where there is none.
  const [row] = await session.run<Pick<Conversation, 'focus' | 'asking'> & { deputy: DeputyDraft | null; piece: Piece | null }>(sql`
    insert into conversations (channel, chat, account) values (${chat.channel}, ${chat.id}, ${account})
    on conflict (channel, chat, account) do update set account = excluded.account
    returning focus, asking, deputy, piece`);
  const { focus = null, asking = null, deputy = null, piece = null } = row ?? {};
  return { focus, asking, ...(deputy === null ? {} : { deputy }), ...(piece === null ? {} : { piece }) };
}

export async function saveConversation(session: Session, chat: Chat, account: string, now: Conversation): Promise<void> {
  await session.run(sql`
    insert into conversations (channel, chat, account, focus, asking, deputy, piece)
    values (${chat.channel}, ${chat.id}, ${account}, ${now.focus}::uuid, ${jsonOrNull(now.asking)}, ${jsonOrNull(now.deputy)}, ${jsonOrNull(now.piece)})
    on conflict (channel, chat, account) do update set
      focus = excluded.focus, asking = excluded.asking, deputy = excluded.deputy, piece = excluded.piece`);
}
