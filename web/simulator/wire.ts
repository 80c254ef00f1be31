// The shapes of the Bot API that go over the wire, as far as the simulator speaks it.
export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
  language_code?: string;
}

export interface Chat {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title?: string;
  first_name?: string;
}

/** Offset and length in UTF-16 units. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
}

export interface InlineButton {
  text: string;
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  style?: string;
}

export interface FileShape {
  file_id: string;
  file_unique_id: string;
  file_size: number;
  width?: number;
  height?: number;
  duration?: number;
  file_name?: string;
  mime_type?: string;
}

export type FileKind = 'photo' | 'video' | 'document' | 'audio' | 'voice' | 'sticker' | 'animation';

export interface Message {
  message_id: number;
  from: User;
  chat: Chat;
  /** Seconds since 1970. */
  date: number;
  edit_date?: number;
  text?: string;
  entities?: Entity[];
  caption?: string;
  caption_entities?: Entity[];
  photo?: FileShape[];
  video?: FileShape;
  document?: FileShape;
  audio?: FileShape;
  voice?: FileShape;
  animation?: FileShape;
  sticker?: FileShape & { type: string; emoji: string; is_animated: boolean; is_video: boolean };
  contact?: { phone_number: string; first_name: string; user_id?: number };
  location?: { latitude: number; longitude: number };
  media_group_id?: string;
  reply_to_message?: Message;
  reply_markup?: { inline_keyboard: InlineButton[][] };
  link_preview_options?: unknown;
  migrate_to_chat_id?: number;
  migrate_from_chat_id?: number;
}

export interface CallbackQuery {
  id: string;
  from: User;
  message?: Message;
  chat_instance: string;
  data: string;
}

export interface MemberChange {
  chat: Chat;
  from: User;
  date: number;
  old_chat_member: { user: User; status: string };
  new_chat_member: { user: User; status: string };
}

export interface UpdateBody {
  message?: Message;
  edited_message?: Message;
  callback_query?: CallbackQuery;
  my_chat_member?: MemberChange;
}

export interface Update extends UpdateBody {
  update_id: number;
}

export interface Failure {
  ok: false;
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
}

export type Answer = { ok: true; result: unknown } | Failure;

export function done(result: unknown): Answer {
  return { ok: true, result };
}

/** A refusal in the words of the Bot API server. */
export function refuse(code: number, description: string, parameters?: NonNullable<Failure['parameters']>): Failure {
  const prefix = code === 400 ? 'Bad Request: ' : code === 403 ? 'Forbidden: ' : code === 409 ? 'Conflict: ' : '';
  return { ok: false, error_code: code, description: `${prefix}${description}`, ...(parameters ? { parameters } : {}) };
}
