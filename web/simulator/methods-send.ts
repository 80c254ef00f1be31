// Methods that bring a new message into a chat.
import type { Kept } from './chats.ts';
import { codePoints, type Formatted, format } from './entities.ts';
import type { StoredFile } from './files.ts';
import { type Markup, readMarkup } from './markup.ts';
import { mediaBody, readFile } from './media.ts';
import { isRecord, type Params } from './params.ts';
import type { Answer, Chat, Failure, FileKind, Message } from './wire.ts';
import { done, refuse } from './wire.ts';
import { addMessage, quoted, type World } from './world.ts';

export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;
const ALBUM_MIN = 2;
const ALBUM_MAX = 10;

interface Place {
  chat: Chat;
  reply: Partial<Message>;
  markup: Markup;
}

/** Flood control for `cost` messages. */
export function paced(world: World, chatId: number, cost: number): Failure | null {
  const wait = world.pace?.take(chatId, cost, world.clock.now()) ?? 0;
  return wait > 0
    ? { ok: false, error_code: 429, description: `Too Many Requests: retry after ${wait}`, parameters: { retry_after: wait } }
    : null;
}

function readPlace(params: Params, world: World, cost: number): Place | Failure {
  const reached = world.chats.reach(params.number('chat_id'));
  if ('ok' in reached) return reached;
  const { chat } = reached;
  const markup = readMarkup(params.json('reply_markup'));
  if ('fault' in markup) return refuse(400, markup.fault);
  const reply = readReply(params, world, chat.id);
  if ('ok' in reply) return reply;
  return paced(world, chat.id, cost) ?? { chat, reply, markup };
}

function readReply(params: Params, world: World, chatId: number): Partial<Message> | Failure {
  const wanted = params.json('reply_parameters');
  const id = isRecord(wanted) ? Number(wanted['message_id']) : params.number('reply_to_message_id');
  if (id === undefined) return {};
  const target = world.chats.find(chatId, id);
  if (target) return { reply_to_message: quoted(target) };
  const anyway = params.flag('allow_sending_without_reply') || (isRecord(wanted) && wanted['allow_sending_without_reply'] === true);
  return anyway ? {} : refuse(400, 'message to be replied not found');
}

/** A caption, checked. `params` or the item of an album. */
function readCaption(caption: unknown, parseMode: unknown, entities: unknown): Partial<Message> | Failure {
  if (typeof caption !== 'string' || caption === '') return {};
  const formatted = format(caption, typeof parseMode === 'string' ? parseMode : undefined, entities);
  if ('fault' in formatted) return refuse(400, formatted.fault);
  if (codePoints(formatted.text) > CAPTION_MAX) return refuse(400, 'message caption is too long');
  return captionBody(formatted);
}

export function captionBody({ text, entities }: Formatted): Partial<Message> {
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

export function readText(params: Params): Formatted | Failure {
  const formatted = format(params.text('text') ?? '', params.text('parse_mode'), params.json('entities'));
  if ('fault' in formatted) return refuse(400, formatted.fault);
  if (formatted.text === '') return refuse(400, 'message text is empty');
  return codePoints(formatted.text) > TEXT_MAX ? refuse(400, 'message is too long') : formatted;
}

export function textBody({ text, entities }: Formatted): Partial<Message> {
  return { text, ...(entities.length > 0 ? { entities } : {}) };
}

export async function sendMessage(params: Params, world: World): Promise<Answer> {
  const reached = world.chats.reach(params.number('chat_id'));
  if ('ok' in reached) return reached;
  const text = readText(params);
  if ('ok' in text) return text;
  const place = readPlace(params, world, 1);
  if ('ok' in place) return place;
  const preview = params.json('link_preview_options');
  const body = { ...textBody(text), ...place.reply, ...(preview ? { link_preview_options: preview } : {}) };
  return done(addMessage(world, place.chat, world.bot, body, place.markup).message);
}

export function sendFile(kind: FileKind): (params: Params, world: World) => Promise<Answer> {
  return async (params, world) => {
    const reached = world.chats.reach(params.number('chat_id'));
    if ('ok' in reached) return reached;
    const caption = readCaption(params.text('caption'), params.text('parse_mode'), params.json('caption_entities'));
    if ('ok' in caption) return caption;
    const file = await readFile(world.files, params, kind, params.fields[kind], kind);
    if ('ok' in file) return file;
    const place = readPlace(params, world, 1);
    if ('ok' in place) return place;
    const body = { ...mediaBody(world.files, file), ...caption, ...place.reply };
    return done(addMessage(world, place.chat, world.bot, body, place.markup).message);
  };
}

const ALBUM_KINDS = new Set<string>(['photo', 'video', 'document', 'audio'] satisfies FileKind[]);

function isAlbumKind(kind: unknown): kind is FileKind {
  return typeof kind === 'string' && ALBUM_KINDS.has(kind);
}

async function readAlbum(params: Params, world: World): Promise<Partial<Message>[] | Failure> {
  const media = params.json('media');
  if (!Array.isArray(media)) return refuse(400, "can't parse media JSON object");
  if (media.length < ALBUM_MIN || media.length > ALBUM_MAX) return refuse(400, 'media group must include 2-10 items');
  const kinds = new Set<FileKind>();
  const bodies: Partial<Message>[] = [];
  const checked: { file: unknown; kind: FileKind; caption: Partial<Message> }[] = [];
  for (const item of media) {
    const kind: unknown = isRecord(item) ? item['type'] : undefined;
    if (!isRecord(item) || !isAlbumKind(kind)) return refuse(400, 'type of the media must be specified');
    kinds.add(kind);
    const caption = readCaption(item['caption'], item['parse_mode'], item['caption_entities']);
    if ('ok' in caption) return caption;
    checked.push({ file: item['media'], kind, caption });
  }
  if (kinds.size > 1 && (kinds.has('document') || kinds.has('audio'))) return refuse(400, "document can't be mixed with other media types");
  for (const { file, kind, caption } of checked) {
    const stored: StoredFile | Failure = await readFile(world.files, params, kind, file, '');
    if ('ok' in stored) return stored;
    bodies.push({ ...mediaBody(world.files, stored), ...caption });
  }
  return bodies;
}

/** An album: one message each, no buttons. */
export async function sendMediaGroup(params: Params, world: World): Promise<Answer> {
  const reached = world.chats.reach(params.number('chat_id'));
  if ('ok' in reached) return reached;
  const bodies = await readAlbum(params, world);
  if ('ok' in bodies) return bodies;
  const place = readPlace(params, world, bodies.length);
  if ('ok' in place) return place;
  const album = { media_group_id: world.mint(), ...place.reply };
  const sent: Kept[] = bodies.map((body) => addMessage(world, place.chat, world.bot, { ...body, ...album }, { is: 'none' }));
  return done(sent.map((kept) => kept.message));
}

/** A copy without its origin; a new caption and buttons may be given. */
export async function copyMessage(params: Params, world: World): Promise<Answer> {
  const place = readPlace(params, world, 1);
  if ('ok' in place) return place;
  const source = world.chats.find(params.number('from_chat_id') ?? 0, params.number('message_id'));
  if (!source) return refuse(400, 'message to copy not found');
  const caption = readCaption(params.text('caption'), params.text('parse_mode'), params.json('caption_entities'));
  if ('ok' in caption) return caption;
  const {
    message_id: _id,
    from: _from,
    chat: _chat,
    date: _date,
    reply_to_message: _reply,
    reply_markup: _markup,
    media_group_id: _album,
    ...body
  } = source.message;
  const copy = addMessage(world, place.chat, world.bot, { ...body, ...caption, ...place.reply }, place.markup);
  return done({ message_id: copy.message.message_id });
}
