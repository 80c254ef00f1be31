// A message as a phone shows it.
import type { Kept } from './chats.ts';
import type { Entity, FileKind, FileShape, Message } from './wire.ts';

export interface PhoneMedia {
  kind: FileKind;
  fileId: string;
  name: string | null;
  bytes: number;
  mime: string | null;
  width: number | null;
  height: number | null;
}

export interface PhoneButton {
  label: string;
  /** What a tap sends; `null` for a link or a text to copy. */
  data: string | null;
  url: string | null;
  copy: string | null;
}

export interface PhoneMessage {
  id: number;
  from: 'bot' | number;
  fromName: string;
  text: string | null;
  entities: Entity[];
  caption: string | null;
  media: PhoneMedia | null;
  /** Files with the same album stand together. */
  album: string | null;
  buttons: PhoneButton[][];
  /** The phone opens a reply to this message by itself. */
  forceReply: { placeholder: string | null } | null;
  replyTo: { id: number; name: string; text: string } | null;
  edited: boolean;
  /** Milliseconds since 1970. */
  date: number;
  /** What else it is: a contact, a location, a service message. */
  other: 'contact' | 'location' | 'moved' | null;
}

const KINDS = ['photo', 'video', 'document', 'audio', 'voice', 'animation', 'sticker'] as const;

export function viewOf({ message, markup }: Kept, botId: number): PhoneMessage {
  const reply = message.reply_to_message;
  return {
    id: message.message_id,
    from: message.from.id === botId ? 'bot' : message.from.id,
    fromName: message.from.first_name,
    text: message.text ?? null,
    entities: message.entities ?? message.caption_entities ?? [],
    caption: message.caption ?? null,
    media: mediaOf(message),
    album: message.media_group_id ?? null,
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) =>
      row.map((button) => ({
        label: button.text,
        data: button.callback_data ?? null,
        url: button.url ?? null,
        copy: button.copy_text?.text ?? null,
      })),
    ),
    forceReply: markup.is === 'force_reply' ? { placeholder: markup.placeholder } : null,
    replyTo: reply ? { id: reply.message_id, name: reply.from.first_name, text: summary(reply) } : null,
    edited: message.edit_date !== undefined,
    date: message.date * 1000,
    other: message.contact
      ? 'contact'
      : message.location
        ? 'location'
        : message.migrate_to_chat_id || message.migrate_from_chat_id
          ? 'moved'
          : null,
  };
}

function mediaOf(message: Message): PhoneMedia | null {
  for (const kind of KINDS) {
    const value = message[kind];
    const shape: FileShape | undefined = Array.isArray(value) ? value.at(-1) : value;
    if (!shape) continue;
    return {
      kind,
      fileId: shape.file_id,
      name: shape.file_name ?? null,
      bytes: shape.file_size,
      mime: shape.mime_type ?? null,
      width: shape.width ?? null,
      height: shape.height ?? null,
    };
  }
  return null;
}

function summary(message: Message): string {
  const words = message.text ?? message.caption;
  if (words !== undefined) return words.slice(0, 120);
  const media = mediaOf(message);
  return media ? (({ photo: 'Foto', video: 'Video', document: 'Dokumen' } as Record<string, string>)[media.kind] ?? 'Berkas') : 'Pesan';
}
