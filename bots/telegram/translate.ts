// A raw update in the words that every channel shares. Pure and total: whatever came, an answer comes back.
import type { Heard, What } from '../../src/conversation/heard.ts';
import type { Instant } from '../../src/time.ts';
import { clean } from './clean.ts';
import { mediaOf } from './media.ts';
import { idOf, numberOf, type Shape, shapeOf, textOf } from './shape.ts';

export interface Me {
  /** The bot's numeric id. */
  account: string;
  /** Without `@`; a command that names another bot is none of ours. */
  username: string | null;
}

const NOTHING: What = { kind: 'nothing' };

export function translate(body: unknown, me: Me, at: Instant): Heard {
  const update = shapeOf(body) ?? {};
  const query = shapeOf(update['callback_query']);
  if (query) return heardTap(query, me, at);
  const member = shapeOf(update['my_chat_member']);
  if (member) return heard(member, me, timeOf(member['date']) ?? at, membershipOf(member));
  const edited = shapeOf(update['edited_message']);
  if (edited) return heard(edited, me, timeOf(edited['edit_date']) ?? timeOf(edited['date']) ?? at, editOf(edited));
  const message = shapeOf(update['message']);
  if (message) return heard(message, me, timeOf(message['date']) ?? at, messageOf(message, me));
  const post = shapeOf(update['channel_post']) ?? shapeOf(update['edited_channel_post']) ?? {};
  return { ...heard(post, me, at, NOTHING), from: null };
}

function heard(message: Shape, me: Me, at: Instant, what: What): Heard {
  const chat = shapeOf(message['chat']);
  const id = idOf(chat?.['id']);
  return {
    account: me.account,
    chat: { channel: 'telegram', id: id ?? '0' },
    chatKind: isPrivate(chat) ? 'private' : 'group',
    from: senderOf(message),
    at,
    what: id === null ? NOTHING : what,
  };
}

function isPrivate(chat: Shape | null): boolean {
  const type = textOf(chat?.['type']);
  return type === null ? (numberOf(chat?.['id']) ?? -1) > 0 : type === 'private';
}

/** Only a person of his own: whoever speaks as a channel, as an anonymous admin or as a bot has no authority to look up. */
function senderOf(message: Shape): Heard['from'] {
  if (message['sender_chat'] !== undefined || message['is_automatic_forward'] === true) return null;
  return personOf(message['from']);
}

function personOf(value: unknown): Heard['from'] {
  const user = shapeOf(value);
  const id = idOf(user?.['id']);
  if (user === null || id === null || user['is_bot'] === true) return null;
  const name = [user['first_name'], user['last_name']].map((part) =>
    clean(textOf(part) ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return { id, name: name.filter((part) => part !== '').join(' ') };
}

function timeOf(seconds: unknown): Instant | null {
  const value = numberOf(seconds);
  // 0 is the date of a message that is no longer accessible; the upper bound is the year 5138.
  return value === null || value <= 0 || value > 100_000_000_000 ? null : value * 1000;
}

function heardTap(query: Shape, me: Me, at: Instant): Heard {
  const from = personOf(query['from']);
  const message = shapeOf(query['message']);
  const chat = shapeOf(message?.['chat']);
  const id = idOf(chat?.['id']);
  const tap = textOf(query['id']);
  // Without a message (it is too old to be sent along, or an inline one) the tap is answered to the person alone.
  return {
    account: me.account,
    chat: { channel: 'telegram', id: id ?? from?.id ?? '0' },
    chatKind: id === null || isPrivate(chat) ? 'private' : 'group',
    from,
    at,
    what:
      tap === null
        ? NOTHING
        : { kind: 'tap', data: textOf(query['data']) ?? '', tap, message: id === null ? null : idOf(message?.['message_id']) },
  };
}

const GONE_STATUSES = new Set(['kicked', 'left']);
const PRESENT_STATUSES = new Set(['member', 'administrator', 'creator', 'restricted']);

function membershipOf(change: Shape): What {
  const now = shapeOf(change['new_chat_member']);
  const status = textOf(now?.['status']) ?? '';
  if (GONE_STATUSES.has(status) || (status === 'restricted' && now?.['is_member'] === false)) return { kind: 'blocked', blocked: true };
  return PRESENT_STATUSES.has(status) ? { kind: 'blocked', blocked: false } : NOTHING;
}

function editOf(message: Shape): What {
  const id = idOf(message['message_id']);
  if (id === null) return NOTHING;
  const text = textOf(message['text']);
  if (text !== null) return { kind: 'edited', text, message: id, field: 'text' };
  const caption = textOf(message['caption']);
  if (caption !== null) return { kind: 'edited', text: caption, message: id, field: 'caption' };
  // A caption that was taken away is not sent as an empty one: it is just not there.
  return mediaOf(message, '') === null ? NOTHING : { kind: 'edited', text: '', message: id, field: 'caption' };
}

function messageOf(message: Shape, me: Me): What {
  const moved = idOf(message['migrate_to_chat_id']);
  if (moved !== null) return { kind: 'moved', to: moved };
  const id = idOf(message['message_id']);
  if (id === null) return NOTHING;
  const reply = replyOf(message, me);
  const text = textOf(message['text']);
  if (text !== null) {
    const ours = addressed(text, me);
    return ours === null ? NOTHING : { kind: 'text', text: ours, message: id, ...reply };
  }
  const media = mediaOf(message, me.account);
  if (media === null) return otherOf(message, id);
  const caption = textOf(message['caption']);
  const album = textOf(message['media_group_id']);
  return {
    kind: 'media',
    media,
    message: id,
    ...(caption === null ? {} : { caption }),
    ...(album === null ? {} : { album }),
    ...reply,
  };
}

function replyOf(message: Shape, me: Me): { replyTo?: string; toUs?: true } {
  const replied = shapeOf(message['reply_to_message']);
  // In a forum every message "replies" to the one that opened its topic.
  const id = replied === null || replied['forum_topic_created'] !== undefined ? null : idOf(replied['message_id']);
  if (id === null) return {};
  return { replyTo: id, ...(idOf(shapeOf(replied?.['from'])?.['id']) === me.account ? { toUs: true } : {}) };
}

const COMMAND = /^(\/[A-Za-z0-9_]{1,32})@([A-Za-z0-9_]{1,32})(?![A-Za-z0-9_])/;

/** The text without `@botname` behind its command, or `null` when the command is for another bot. */
function addressed(text: string, me: Me): string | null {
  const match = COMMAND.exec(text);
  if (!match) return text;
  const [whole, command = '', name = ''] = match;
  if (me.username !== null && name.toLowerCase() !== me.username.toLowerCase()) return null;
  return command + text.slice(whole.length);
}

// A venue carries a location as well; both are the same to us.
const NAMED = ['sticker', 'contact', 'location', 'voice', 'poll'] as const;
const UNNAMED = ['venue', 'dice', 'game', 'invoice', 'story', 'paid_media', 'checklist', 'giveaway', 'giveaway_winners', 'live_photo'];
// What a service message of a private chat carries beside the fields that every message has.
const ENVELOPE = new Set([
  ...[
    'message_id',
    'message_thread_id',
    'from',
    'chat',
    'date',
    'sender_chat',
    'sender_boost_count',
    'sender_business_bot',
    'business_connection_id',
  ],
  ...[
    'forward_origin',
    'is_topic_message',
    'is_automatic_forward',
    'reply_to_message',
    'external_reply',
    'quote',
    'reply_to_story',
    'via_bot',
  ],
  ...[
    'has_protected_content',
    'is_from_offline',
    'author_signature',
    'entities',
    'caption_entities',
    'link_preview_options',
    'effect_id',
    'reply_markup',
  ],
]);
const SERVICE =
  /^(new_chat_|left_chat_|delete_chat_|group_chat_|supergroup_chat_|channel_chat_|message_auto_delete|migrate_from|pinned_|successful_payment|refunded_|users?_shared|chat_shared|connected_website|write_access|passport_|proximity_|boost_|chat_|forum_|general_forum|giveaway_|video_chat_|voice_chat_|web_app_|gift|unique_gift|paid_message_|direct_message_|suggested_post_|checklist_tasks_)/;

function otherOf(message: Shape, id: string): What {
  const name = NAMED.find((key) => message[key] !== undefined);
  if (name !== undefined) return { kind: 'unsupported', name, message: id };
  if (UNNAMED.some((key) => message[key] !== undefined)) return { kind: 'unsupported', name: 'other', message: id };
  const content = Object.keys(message).filter((key) => !ENVELOPE.has(key));
  if (content.length === 0 || content.some((key) => SERVICE.test(key))) return NOTHING;
  // Something this program does not know yet: in a private chat the person must hear that it was not understood.
  return isPrivate(shapeOf(message['chat'])) ? { kind: 'unsupported', name: 'other', message: id } : NOTHING;
}
