// What a person sees in a chat with the bot: each message as it stands now.
import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import type { FileKind } from './content.ts';

export interface Shown {
  id: string;
  /** `null`: the chat of the two; else the group's jid. */
  group: string | null;
  /** Text, caption or question. */
  text: string;
  /** The message that it quotes. */
  replyTo: string | null;
  poll: { options: string[]; secret: Buffer; selectable: number } | null;
  file: { kind: FileKind; name: string | null; mime: string; directPath: string; mediaKey: Buffer; thumbnail: number } | null;
  /** The album that the file is a part of. */
  album: string | null;
  /** The announcement of an album: how many files are to come. */
  expects: { images: number; videos: number } | null;
  edits: number;
  removed: boolean;
  /** The reaction that the bot gave to one of the person's own messages. */
  reaction: { to: string; emoji: string } | null;
  message: proto.IMessage;
}

const KINDS = [
  ['imageMessage', 'image'],
  ['videoMessage', 'video'],
  ['documentMessage', 'document'],
  ['audioMessage', 'audio'],
] as const;

export function show(id: string, group: string | null, raw: proto.IMessage): Shown {
  const message = normalizeMessageContent(raw) ?? raw;
  const poll = message.pollCreationMessageV3 ?? message.pollCreationMessage ?? message.pollCreationMessageV2;
  const parts = [message.extendedTextMessage, message.imageMessage, message.videoMessage, message.documentMessage, poll];
  const context = parts.flatMap((part) => part?.contextInfo ?? [])[0];
  const info = raw.messageContextInfo ?? message.messageContextInfo;
  return {
    id,
    group,
    text: textOf(message),
    replyTo: context?.stanzaId ?? null,
    poll: poll
      ? {
          options: (poll.options ?? []).map(({ optionName }) => optionName ?? ''),
          secret: Buffer.from(info?.messageSecret ?? []),
          selectable: poll.selectableOptionsCount ?? 0,
        }
      : null,
    file: fileOf(message),
    album: info?.messageAssociation?.parentMessageKey?.id ?? null,
    expects: message.albumMessage
      ? { images: message.albumMessage.expectedImageCount ?? 0, videos: message.albumMessage.expectedVideoCount ?? 0 }
      : null,
    edits: 0,
    removed: false,
    reaction: message.reactionMessage ? { to: message.reactionMessage.key?.id ?? '', emoji: message.reactionMessage.text ?? '' } : null,
    message: raw,
  };
}

export function textOf(message: proto.IMessage): string {
  const poll = message.pollCreationMessageV3 ?? message.pollCreationMessage ?? message.pollCreationMessageV2;
  const text = message.conversation ?? message.extendedTextMessage?.text ?? poll?.name;
  const caption = message.imageMessage?.caption ?? message.videoMessage?.caption ?? message.documentMessage?.caption;
  return text ?? caption ?? '';
}

function fileOf(message: proto.IMessage): Shown['file'] {
  for (const [key, kind] of KINDS) {
    const file = message[key];
    if (!file) continue;
    return {
      kind,
      name: 'fileName' in file ? (file.fileName ?? null) : null,
      mime: file.mimetype ?? '',
      directPath: file.directPath ?? '',
      mediaKey: Buffer.from(file.mediaKey ?? []),
      thumbnail: 'jpegThumbnail' in file ? (file.jpegThumbnail?.length ?? 0) : 0,
    };
  }
  return null;
}
