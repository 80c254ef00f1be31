// A Bot API server on loopback with phones attached: bots talk HTTP to it as to Telegram, tests and the page hold the phones.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Call } from './call.ts';
import { Chats, type Group } from './chats.ts';
import { Faults } from './faults.ts';
import { FileStore } from './files.ts';
import { type Limits, Pace, TELEGRAM_LIMITS } from './limits.ts';
import { findMethod } from './methods.ts';
import { Params } from './params.ts';
import { Phone } from './phone.ts';
import { reply, serve } from './serve.ts';
import { loadState, type SavedState, StateFile } from './state.ts';
import { Taps } from './taps.ts';
import { Updates } from './updates.ts';
import { Webhook } from './webhook.ts';
import type { Update } from './wire.ts';
import { done, refuse } from './wire.ts';
import { addMessage, type World } from './world.ts';

const MIB = 1024 * 1024;
const DOWNLOAD_MAX = 20 * MIB;
const CALLS_KEPT = 5000;

export interface BotApiOptions {
  host?: '127.0.0.1';
  /** 0, or left out: any free port. */
  port?: number;
  token: string;
  clock: Clock;
  /** Chats outlive a restart in this JSON file, their files in a folder beside it. */
  stateFile?: string;
  /** Answer 429 when a bot is faster than Telegram allows; off unless said. */
  enforceLimits?: boolean;
  limits?: Partial<Limits>;
  /** How long a tap may be answered, by the clock. */
  tapWindowMs?: number;
  /** Base of the webhook's pauses after failures, real time. */
  webhookRetryMs?: number;
  /** Bytes that getFile still gives; a local Bot API server has no such limit. */
  downloadMax?: number;
  botName?: string;
  botUsername?: string;
}

export interface BotApi {
  /** For telegraf's `telegram: { apiRoot }`. */
  root: string;
  token: string;
  botName: string;
  faults: Faults;
  /** The newest calls, oldest first; getUpdates is left out. */
  calls: Call[];
  close(): Promise<void>;
  /** The person's phone, made when it is new. `started: false`: has never pressed start. */
  phone(userId: number, name?: string, options?: { started?: boolean }): Phone;
  phones(): Phone[];
  /** A group with the bot in it. Ids at or below -1000000000000 are supergroups. Privacy mode is on unless said. */
  group(id: number, title: string, memberIds: number[], options?: { privacy?: boolean }): Group;
  /** The group becomes a supergroup under a new id. */
  migrate(groupId: number, newId: number): void;
  /** Updates that no bot has taken yet. */
  pending(): Update[];
  /** Delivers this update once more, as Telegram does when a confirmation was lost. */
  redeliver(update: Update): void;
  /** Called with the chat's id whenever one looks different. */
  onChange(listener: (chatId: number) => void): () => void;
  file(fileId: string): Promise<{ bytes: Buffer; mime: string; name: string | null } | null>;
}

export async function startBotApi(options: BotApiOptions): Promise<BotApi> {
  const saved = options.stateFile === undefined ? null : loadState(options.stateFile);
  const listeners = new Set<(chatId: number) => void>();
  const faults = new Faults();
  const calls: Call[] = [];
  let state: StateFile | null = null;
  const world = makeWorld(options, saved, (chatId) => {
    state?.touch();
    for (const listener of listeners) listener(chatId);
  });
  if (options.stateFile !== undefined) state = new StateFile(options.stateFile, () => dump(world));
  world.updates.onAdd(() => state?.touch());
  const record = (call: Call) => {
    calls.push(call);
    if (calls.length > CALLS_KEPT) calls.shift();
    state?.touch();
  };
  const server = createServer((request, response) => {
    serve({ token: options.token, world, faults, record }, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else reply(response, refuse(500, `Internal Server Error: ${String(error)}`));
    });
  });
  const root = await listen(server, options);
  const watch = (listener: (chatId: number) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    root,
    token: options.token,
    botName: world.bot.first_name,
    faults,
    calls,
    ...hands(world, watch),
    onChange: watch,
    close: () => close(server, world, state),
  };
}

function makeWorld(options: BotApiOptions, saved: SavedState | null, changed: (chatId: number) => void): World {
  const { clock, token } = options;
  const id = Number.parseInt(token, 10);
  const updates = new Updates(clock);
  const chats = new Chats();
  const files = new FileStore(options.stateFile === undefined ? null : `${options.stateFile}.files`);
  let minted = 0;
  const world: World = {
    bot: { id, is_bot: true, first_name: options.botName ?? 'Alur', username: options.botUsername ?? 'alur_contoh_bot' },
    clock,
    chats,
    files,
    updates,
    webhook: new Webhook({
      updates,
      clock,
      retryMs: options.webhookRetryMs ?? 1000,
      call: async (method, fields) => {
        await findMethod(method)?.method(new Params(fields), world, new AbortController().signal);
      },
    }),
    taps: new Taps(clock, options.tapWindowMs ?? 20_000),
    pace: options.enforceLimits ? new Pace({ ...TELEGRAM_LIMITS, ...options.limits }) : null,
    downloadMax: options.downloadMax ?? DOWNLOAD_MAX,
    mint: () => `${clock.now()}${String(minted++).padStart(4, '0')}`,
    changed,
  };
  if (saved) {
    chats.restore(saved.chats);
    files.restore(saved.files);
    updates.restore(saved.updates);
    if (saved.webhook) world.webhook.set(saved.webhook.url, saved.webhook.secret, saved.webhook.maxConnections);
  }
  return world;
}

function dump(world: World): SavedState {
  return {
    version: 1,
    chats: world.chats.dump(),
    files: world.files.dump(),
    updates: world.updates.dump(),
    webhook: world.webhook.current(),
  };
}

type Hands = Pick<BotApi, 'phone' | 'phones' | 'group' | 'migrate' | 'pending' | 'redeliver' | 'file'>;

function hands(world: World, watch: BotApi['onChange']): Hands {
  const { chats, files, updates } = world;
  const phone: BotApi['phone'] = (userId, name, options) => {
    let person = chats.people.get(userId);
    if (!person) {
      const user = { id: userId, is_bot: false, first_name: name ?? `Orang ${userId}`, language_code: 'id' };
      person = { user, started: options?.started ?? true, blocked: false };
      chats.people.set(userId, person);
      world.changed(userId);
    } else if (name !== undefined) person.user.first_name = name;
    return new Phone(world, person, watch);
  };
  return {
    phone,
    phones: () => [...chats.people.keys()].map((id) => phone(id)),
    group: (id, title, members, options) => {
      const known = chats.groups.get(id);
      const chat = { id, type: id <= -1_000_000_000_000 ? ('supergroup' as const) : ('group' as const), title };
      const group: Group = { chat, members, privacy: options?.privacy ?? true, movedTo: known?.movedTo ?? null };
      chats.groups.set(id, group);
      world.changed(id);
      return group;
    },
    migrate: (groupId, newId) => migrate(world, groupId, newId),
    pending: () => updates.pending().map((queued) => queued.update),
    redeliver: (update) => {
      const { message, edited_message: edited, callback_query: query } = update;
      updates.again(update, query ? `tap/${query.from.id}` : `chat/${(message ?? edited)?.chat.id}`);
    },
    file: async (fileId) => {
      const file = files.find(fileId);
      return file ? { bytes: await files.bytes(file), mime: file.mime, name: file.name } : null;
    },
  };
}

function migrate(world: World, groupId: number, newId: number): void {
  const group = world.chats.groups.get(groupId);
  const from = world.chats.people.get(group?.members[0] ?? 0)?.user ?? world.bot;
  if (!group) throw new Error(`there is no group ${groupId}`);
  group.movedTo = newId;
  const chat = { id: newId, type: 'supergroup' as const, title: group.chat.title ?? '' };
  world.chats.groups.set(newId, { ...group, chat, movedTo: null });
  const old = addMessage(world, group.chat, from, { migrate_to_chat_id: newId }, { is: 'none' });
  world.updates.add({ message: old.message }, `chat/${groupId}`);
  const next = addMessage(world, chat, from, { migrate_from_chat_id: groupId }, { is: 'none' });
  world.updates.add({ message: next.message }, `chat/${newId}`);
}

function listen(server: Server, options: BotApiOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
      const { address, port } = server.address() as AddressInfo;
      resolve(`http://${address}:${port}`);
    });
  });
}

async function close(server: Server, world: World, state: StateFile | null): Promise<void> {
  world.webhook.close();
  world.updates.endPoll(done([]));
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // A connection that a fault left hanging must not hold the end up.
    setTimeout(() => server.closeAllConnections(), 200).unref();
  });
  state?.save();
}
