// Methods that change or remove a message that stands already, and the answer to a tap.
import type { Kept } from './chats.ts';
import { codePoints, format } from './entities.ts';
import { type Markup, readMarkup } from './markup.ts';
import { CAPTION_MAX, captionBody, paced, readText, textBody } from './methods-send.ts';
import { isRecord, type Params } from './params.ts';
import type { Answer, Failure, Message } from './wire.ts';
import { done, refuse } from './wire.ts';
import { dateOf, type World } from './world.ts';

// Bots delete messages of the last 48 hours only.
const DELETE_WITHIN_SECONDS = 48 * 3600;

interface Target {
  kept: Kept;
  markup: Markup;
}

function readTarget(params: Params, world: World): Target | Failure {
  const reached = world.chats.reach(params.number('chat_id'));
  if ('ok' in reached) return reached;
  const markup = readMarkup(params.json('reply_markup'));
  if ('fault' in markup) return refuse(400, markup.fault);
  const kept = world.chats.find(reached.chat.id, params.number('message_id'));
  if (!kept) return refuse(400, 'message to edit not found');
  const own = kept.message.from.id === world.bot.id;
  if (!own || kept.markup.is === 'force_reply' || kept.markup.is === 'reply_keyboard') return refuse(400, "message can't be edited");
  return { kept, markup };
}

const CONTENT = ['text', 'entities', 'caption', 'caption_entities'] as const;

function look(message: Message): string {
  return JSON.stringify([...CONTENT.map((key) => message[key] ?? null), message.reply_markup ?? null]);
}

/** Sets the content and the buttons: an edit without buttons takes them away. */
function apply(world: World, { kept, markup }: Target, content: Partial<Message>, drop: readonly (typeof CONTENT)[number][]): Answer {
  const before = kept.message;
  const next: Message = { ...before };
  for (const key of drop) delete next[key];
  delete next.reply_markup;
  Object.assign(next, content);
  if (markup.is === 'inline') next.reply_markup = { inline_keyboard: markup.rows };
  if (look(next) === look(before)) {
    const why = 'specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
    return refuse(400, `message is not modified: ${why}`);
  }
  const tooFast = paced(world, before.chat.id, 1);
  if (tooFast) return tooFast;
  // Telegram marks a message as edited when its content changed, not when only the buttons did.
  const sameContent = CONTENT.every((key) => JSON.stringify(next[key]) === JSON.stringify(before[key]));
  if (!sameContent) next.edit_date = dateOf(world);
  kept.message = next;
  kept.markup = markup;
  world.changed(before.chat.id);
  return done(next);
}

export async function editMessageText(params: Params, world: World): Promise<Answer> {
  const target = readTarget(params, world);
  if ('ok' in target) return target;
  if (target.kept.message.text === undefined) return refuse(400, 'there is no text in the message to edit');
  const text = readText(params);
  if ('ok' in text) return text;
  return apply(world, target, textBody(text), ['text', 'entities']);
}

export async function editMessageCaption(params: Params, world: World): Promise<Answer> {
  const target = readTarget(params, world);
  if ('ok' in target) return target;
  if (target.kept.message.text !== undefined) return refuse(400, 'there is no caption in the message to edit');
  const caption = format(params.text('caption') ?? '', params.text('parse_mode'), params.json('caption_entities'));
  if ('fault' in caption) return refuse(400, caption.fault);
  if (codePoints(caption.text) > CAPTION_MAX) return refuse(400, 'message caption is too long');
  return apply(world, target, captionBody(caption), ['caption', 'caption_entities']);
}

export async function editMessageReplyMarkup(params: Params, world: World): Promise<Answer> {
  const target = readTarget(params, world);
  if ('ok' in target) return target;
  return apply(world, target, {}, []);
}

function removeOne(world: World, chatId: number, messageId: number | undefined): Answer {
  const kept = world.chats.find(chatId, messageId);
  if (!kept) return refuse(400, 'message to delete not found');
  if (dateOf(world) - kept.message.date > DELETE_WITHIN_SECONDS) return refuse(400, "message can't be deleted for everyone");
  world.chats.remove(chatId, kept.message.message_id);
  world.changed(chatId);
  return done(true);
}

export async function deleteMessage(params: Params, world: World): Promise<Answer> {
  const reached = world.chats.reach(params.number('chat_id'));
  return 'ok' in reached ? reached : removeOne(world, reached.chat.id, params.number('message_id'));
}

export async function deleteMessages(params: Params, world: World): Promise<Answer> {
  const reached = world.chats.reach(params.number('chat_id'));
  if ('ok' in reached) return reached;
  const ids = params.json('message_ids');
  if (!Array.isArray(ids)) return refuse(400, 'message identifiers are not specified');
  for (const id of ids) removeOne(world, reached.chat.id, Number(id));
  return done(true);
}

export async function answerCallbackQuery(params: Params, world: World): Promise<Answer> {
  return world.taps.answer(params.text('callback_query_id'), params.text('text'), params.flag('show_alert'));
}

export async function setMessageReaction(params: Params, world: World): Promise<Answer> {
  const reached = world.chats.reach(params.number('chat_id'));
  if ('ok' in reached) return reached;
  if (!world.chats.find(reached.chat.id, params.number('message_id'))) return refuse(400, 'message to react not found');
  const reactions = params.json('reaction');
  return Array.isArray(reactions) && reactions.every(isRecord) ? done(true) : refuse(400, 'REACTION_INVALID');
}
