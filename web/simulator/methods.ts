// The methods by name, as a bot calls them.
import {
  answerCallbackQuery,
  deleteMessage,
  deleteMessages,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageText,
  setMessageReaction,
} from './methods-edit.ts';
import { copyMessage, sendFile, sendMediaGroup, sendMessage } from './methods-send.ts';
import type { Params } from './params.ts';
import type { Answer, User } from './wire.ts';
import { done, refuse } from './wire.ts';
import type { World } from './world.ts';

export type Method = (params: Params, world: World, gone: AbortSignal) => Promise<Answer>;

const getMe: Method = async (_params, world) =>
  done({ ...world.bot, can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false });

const getUpdates: Method = async (params, world, gone) => {
  if (world.webhook.isSet())
    return refuse(409, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
  world.updates.allow(params.json('allowed_updates'));
  return world.updates.get(params.number('offset') ?? 0, params.number('limit') ?? 100, params.number('timeout') ?? 0, gone);
};

const setWebhook: Method = async (params, world) => {
  world.updates.allow(params.json('allowed_updates'));
  if (params.flag('drop_pending_updates')) world.updates.clear();
  const answer = world.webhook.set(params.text('url') ?? '', params.text('secret_token') ?? null, params.number('max_connections') ?? 40);
  if (world.webhook.isSet()) world.updates.endPoll(refuse(409, 'terminated by setWebhook request'));
  return answer;
};

const deleteWebhook: Method = async (params, world) => {
  if (params.flag('drop_pending_updates')) world.updates.clear();
  return world.webhook.set('', null, 0);
};

const getWebhookInfo: Method = async (_params, world) => done(world.webhook.info());

const getFile: Method = async (params, world) => {
  const file = world.files.find(params.text('file_id') ?? '');
  if (!file) return refuse(400, 'wrong file_id or the file is temporarily unavailable');
  if (file.size > world.downloadMax) return refuse(400, 'file is too big');
  return done({ file_id: file.id, file_unique_id: file.unique, file_size: file.size, file_path: file.path });
};

const getChat: Method = async (params, world) => {
  const chat = world.chats.chat(params.number('chat_id') ?? 0);
  return chat ? done({ ...chat, accent_color_id: 0, max_reaction_count: 11 }) : refuse(400, 'chat not found');
};

const getChatMember: Method = async (params, world) => {
  const chatId = params.number('chat_id') ?? 0;
  const userId = params.number('user_id') ?? 0;
  if (!world.chats.chat(chatId)) return refuse(400, 'chat not found');
  const user: User | undefined = userId === world.bot.id ? world.bot : world.chats.people.get(userId)?.user;
  if (!user) return refuse(400, 'user not found');
  const inside = userId === world.bot.id || chatId === userId || world.chats.groups.get(chatId)?.members.includes(userId) === true;
  return done({ user, status: inside ? 'member' : 'left' });
};

/** What changes nothing that a phone would show, but needs a chat that can be reached. */
const accepted: Method = async (params, world) => {
  const reached = world.chats.reach(params.number('chat_id'));
  return 'ok' in reached ? reached : done(true);
};

const COMMANDS_MAX = 100;
const setMyCommands: Method = async (params) => {
  const commands = params.json('commands');
  if (!Array.isArray(commands)) return refuse(400, "can't parse commands JSON object");
  if (commands.length > COMMANDS_MAX) return refuse(400, 'BOT_COMMANDS_TOO_MUCH');
  const bad = commands.some((item: { command?: unknown; description?: unknown }) => {
    const { command, description } = item ?? {};
    return typeof command !== 'string' || !/^[a-z0-9_]{1,32}$/.test(command) || typeof description !== 'string' || description.length < 1;
  });
  return bad ? refuse(400, 'BOT_COMMAND_INVALID') : done(true);
};

const settled: Method = async () => done(true);

const METHODS: Record<string, Method> = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  getFile,
  getChat,
  getChatMember,
  sendMessage,
  sendPhoto: sendFile('photo'),
  sendVideo: sendFile('video'),
  sendDocument: sendFile('document'),
  sendAudio: sendFile('audio'),
  sendVoice: sendFile('voice'),
  sendAnimation: sendFile('animation'),
  sendMediaGroup,
  copyMessage,
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  answerCallbackQuery,
  setMessageReaction,
  sendChatAction: accepted,
  pinChatMessage: accepted,
  unpinChatMessage: accepted,
  setMyCommands,
  deleteMyCommands: settled,
  setMyDescription: settled,
  setMyShortDescription: settled,
  setChatMenuButton: settled,
};
// Telegram takes method names in any case.
const byName = new Map(Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), { name, method }]));

export function findMethod(name: string): { name: string; method: Method } | undefined {
  return byName.get(name.toLowerCase());
}
