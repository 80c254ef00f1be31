// The service: everything in one process, or a part of it. Opens in order, says three lines for a person, closes in reverse.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../bots/channel.ts';
import { awaitedTelegram } from '../bots/telegram/awaited.ts';
import { type TelegramChannel, telegramChannel } from '../bots/telegram/telegram.ts';
import { GATEWAY } from '../bots/whatsapp/names.ts';
import { Unusable } from '../db/embedded/unusable.ts';
import { migrate } from '../db/migrate.ts';
import { openStore, type PgStore } from '../db/store.ts';
import { openVault } from '../db/vault.ts';
import { openQueues, type Queues } from '../queues/backend.ts';
import { openLooker } from '../queues/look/looker.ts';
import type { Chat } from '../src/office/office.ts';
import { type Metrics, openMetrics } from '../web/metrics.ts';
import { listen, webRoutes } from '../web/server.ts';
import type { BotApi } from '../web/simulator/bot-api.ts';
import { type Logger, openLog } from './log.ts';
import type { Part } from './parts.ts';
import { realChance, realClock, type ShiftedClock } from './service/ambient.ts';
import { boardOf } from './service/board.ts';
import { type Closing, closing } from './service/closing.ts';
import { doorsOf, healthChecks } from './service/doors.ts';
import { startHousekeeping } from './service/housekeeping.ts';
import { applyOffices } from './service/offices.ts';
import { configuredLine, Halt, openDatabase, say, WrongSetting } from './service/opening.ts';
import { watchPulse } from './service/pulse.ts';
import { SIMULATOR_TOKEN, simulatorPage, startSimulator } from './service/simulated.ts';
import { type Hearing, startPolling, startWebhook } from './service/telegram.ts';
import { startWatch } from './service/watch.ts';
import { startHandingOver } from './service/whatsapp-away.ts';
import { startWhatsAppChild } from './service/whatsapp-child.ts';
import { startWork, type Work } from './service/work.ts';
import type { Settings } from './settings.ts';

/** The time a whole stop may take; what hangs longer is left behind. */
const STOP_MS = 9_500;
/**
 * More unfinished posts than this and nothing more is asked for: the disk's measure, about 200 MB of rows. It is far more than a crowd is,
 * because a tap comes out of the platform's line only after everything before it, and has precedence only in the house.
 */
const BACKLOG_MAX = 100_000;
/** Timers farther ahead get their alarm from the reconciler, which looks as far. */
const NEAR_MS = 600_000;

interface Opened {
  settings: Settings;
  store: PgStore;
  queues: Queues;
  /** The working half, when it runs in this process. */
  work: { here: Work | null };
  clock: ShiftedClock;
  close: Closing;
  log: Logger;
  brought: string[];
}

async function open(settings: Settings, close: Closing, log: Logger): Promise<Opened> {
  mkdirSync(settings.dataDir, { recursive: true });
  const { url, brought } = await openDatabase(settings, close, log);
  await migrate(url);
  let queues: Queues | null = null;
  const work: { here: Work | null } = { here: null };
  const deliver = (chat: Chat, answers: boolean): void => {
    if (work.here) work.here.deliver(chat, answers);
    // A channel in a process of its own shares nothing with this one but the database.
    else if (chat.channel !== 'telegram') void store.bells.ringDue(chat.channel, { chat }).catch(() => undefined);
    else void queues?.add('deliver', { channel: chat.channel, chat: chat.id });
  };
  const store = await openStore({
    url,
    chance: realChance,
    onPosted: (chats, answered) => {
      for (const chat of chats) deliver(chat, answered.has(chat));
    },
    onMedia: (media) => {
      if (work.here) work.here.keep(media);
      else void queues?.add('keep-media', { media });
    },
    onTimers: (timers) => {
      // Most deadlines are days away: the reconciler gives them their job when they come near.
      const near = timers.filter(({ at }) => at - clock.now() <= NEAR_MS);
      work.here?.alarms(near.map(({ at }) => at));
      for (const { id, at } of near) void queues?.add('wake', { timer: id }, { delayMs: Math.max(0, at - clock.now()) });
    },
  });
  close.add('store', () => store.close());
  const simulated = settings.telegram.mode === 'simulator';
  const clock = realClock(simulated ? await store.clockOffset() : 0);
  queues = await openQueues({ databaseUrl: url, redisUrl: settings.queues.kind === 'redis' ? settings.queues.url : null, log });
  const opened = queues;
  close.add('queues', () => opened.close());
  const list = [brought, settings.queues.kind === 'postgres' ? 'antrean di PostgreSQL' : '', simulated ? 'Telegram simulasi' : ''];
  return { settings, store, queues, work, clock, close, log, brought: list.filter((text) => text !== '') };
}

function rings(queues: Queues, work: Opened['work']) {
  return (lane: string, tap: boolean): void => {
    if (work.here) work.here.hear(lane, tap);
    else void queues.add('hear', { lane }, { priority: tap ? 0 : 1 });
  };
}

/** How much waits, looked at now and then: asking the database at every poll would be a poll of its own. */
function backlogWatch(store: PgStore, clock: ShiftedClock, close: Closing): () => boolean {
  let waiting = 0;
  const look = (): void => {
    store.stats(clock.now()).then(
      (stats) => {
        waiting = stats.inbox.waiting;
      },
      () => undefined,
    );
  };
  const timer = setInterval(look, 2_000);
  close.add('backlog watch', async () => clearInterval(timer));
  return () => waiting < BACKLOG_MAX;
}

function accessOf({ telegram }: Settings, api: BotApi | null): { token: string; apiRoot: string } {
  return telegram.mode === 'simulator' ? { token: SIMULATOR_TOKEN, apiRoot: api?.root ?? '' } : telegram;
}

/** `null`: the service was stopped before. */
async function openTelegram({ settings, clock, log }: Opened, api: BotApi | null, signal: AbortSignal): Promise<TelegramChannel | null> {
  const access = accessOf(settings, api);
  const opened = await telegramChannel({ token: access.token, apiRoot: access.apiRoot, clock, log, jitter: Math.random, signal });
  if (opened.opened === 'yes') return opened.channel;
  if (opened.reason === 'stopped') return null;
  throw new WrongSetting(`TELEGRAM_BOT_TOKEN: ditolak Telegram (${opened.why}); periksa token dari @BotFather.`);
}

async function beginWork({ settings, store, queues, work, clock, close, log }: Opened, channel: Channel, metrics: Metrics): Promise<void> {
  const vault = await openVault(join(settings.dataDir, 'vault'));
  const looker = openLooker({ log });
  close.add('looker', () => looker.stop());
  const buttonKey = await store.buttonKey();
  const besideWhatsApp = settings.whatsapp.on;
  const started = await startWork({ store, vault, looker, queues, clock, buttonKey, channel, besideWhatsApp, metrics, log });
  work.here = started;
  close.add('workers', () => Promise.all([started.workers.stop(), started.stop()]), 8_500);
  close.add('reconciler', () => started.reconciler.stop());
  const housekeeping = startHousekeeping({ store, clock, log });
  close.add('housekeeping', () => housekeeping.stop());
  const handing = startHandingOver({ store, clock, on: besideWhatsApp, log });
  close.add('handing over', () => handing.stop());
  const watch = startWatch({ store, vault, clock, log, onLook: (found) => metrics.broken(found) });
  close.add('watch', () => watch.stop());
}

async function run(settings: Settings, parts: readonly Part[] | null, close: Closing, log: Logger, signal: AbortSignal): Promise<void> {
  const has = (part: Part) => parts === null || parts.includes(part);
  const opened = await open(settings, close, log);
  const { store, queues, work, clock, brought } = opened;
  say(`embedded: ${brought.length > 0 ? brought.join('; ') : 'tidak ada'}`);
  say(configuredLine(settings));
  const applied = await applyOffices(settings, store, clock.now());
  if (!applied.ok) throw new Halt(applied.reason);
  const simulated = settings.telegram.mode === 'simulator';
  const api = simulated ? await startSimulator(settings.dataDir, clock, applied.offices) : null;
  if (api) close.add('simulator', () => api.close());
  const metrics = openMetrics(() => doorsOf(store, clock), settings.whatsapp.on ? () => store.whatsApp.condition(GATEWAY) : undefined);
  let hearing: (Hearing & { handle?(request: Request): Promise<Response> }) | null = null;
  const starting = { telegram: has('telegram') || has('work') };
  const health = healthChecks({ store, clock, settings, starting: () => starting.telegram, hearing: () => hearing });
  const webhook = settings.telegram.mode === 'webhook' ? settings.telegram : null;
  const handle = async (request: Request) =>
    (await hearing?.handle?.(request)) ?? new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  const front =
    api && applied.offices.length > 0
      ? ({ is: 'simulator', routes: await simulatorPage(api, store, clock, () => work.here?.reconciler ?? null, applied.offices) } as const)
      : ({ is: 'board', board: () => boardOf(store, clock) } as const);
  let url = '';
  if (has('web')) {
    const routes = webRoutes({
      checks: health,
      metrics,
      front,
      onError: (error) => log.error({ err: error }, 'web: a route failed'),
      ...(webhook ? { webhook: { path: webhook.path, handle } } : {}),
    });
    const listening = await listen(routes, settings.http.host, settings.http.port);
    if (listening.listening === 'no') throw new WrongSetting(listening.why);
    close.add('web', () => listening.close());
    url = listening.url;
  }
  // Before Telegram is reached, which may take its time: a person who starts this should not look at an empty screen.
  say(openLine(url, settings));
  if (has('whatsapp') && settings.whatsapp.on) {
    const child = startWhatsAppChild(log);
    close.add('whatsapp', () => child.stop(), 8_500);
  }
  if (has('telegram') || has('work') || (has('web') && webhook)) {
    const awaited = awaitedTelegram(accessOf(settings, api).token);
    // Before Telegram is reached as well: nobody else has to wait for it.
    if (has('work')) await beginWork(opened, awaited.channel, metrics);
    const channel = await openTelegram(opened, api, signal);
    if (channel === null) return;
    awaited.come(channel);
    const ring = rings(queues, work);
    const hearingParts = {
      store,
      channel,
      clock,
      log,
      mayAsk: backlogWatch(store, clock, close),
      onPost: (lane: string, tap: boolean) => {
        metrics.heard('telegram', tap ? 'tap' : 'update');
        ring(lane, tap);
      },
    };
    if (webhook && has('web')) hearing = startWebhook(hearingParts, webhook);
    else if (!webhook && has('telegram')) hearing = startPolling(hearingParts);
    const heard = hearing;
    if (heard) close.add('hearing', () => heard.stop());
  }
  starting.telegram = false;
}

function openLine(url: string, settings: Settings): string {
  if (url === '') return 'open: bagian ini tanpa alamat web';
  return settings.telegram.mode === 'simulator'
    ? `open: ${url} (halaman ponsel: kirim foto sebagai petugas, putuskan sebagai peninjau)`
    : `open: ${url} (papan) dan ${url}healthz`;
}

/** Runs until SIGTERM or SIGINT. 0: stopped as asked; 1: could not start; 2: a setting is wrong. The reason is on standard error. */
export async function start(settings: Settings, parts: readonly Part[] | null): Promise<number> {
  const log = openLog({ level: settings.logLevel, secrets: settings.secrets });
  const close = closing(log);
  const stop = new AbortController();
  const asked = new Promise<void>((resolve) => {
    // A child of the service ends with it, however that ended, and even if it ended before this one could listen.
    if (process.connected === false) resolve();
    process.once('disconnect', () => resolve());
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(name, () => {
        stop.abort();
        resolve();
      });
    }
  });
  for (const warning of settings.warnings) process.stderr.write(`Perhatian: ${warning}\n`);
  let code = 0;
  let fail: (why: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  broken.catch(() => undefined);
  try {
    close.add('pulse', await watchPulse());
    if (parts?.length === 1 && parts[0] === 'whatsapp') {
      const { runWhatsApp } = await import('./service/whatsapp-alone.ts');
      await runWhatsApp(settings, close, log, (reason) => fail(new Halt(reason)));
    } else await run(settings, parts, close, log, stop.signal);
    await Promise.race([asked, broken]);
  } catch (error) {
    if (!(error instanceof Halt || error instanceof Unusable)) throw error;
    // A database that somebody named and that cannot be used is a setting as well.
    const named = error instanceof Unusable && settings.database.kind !== 'embedded' ? 'DATABASE_URL: ' : '';
    const setting = error instanceof WrongSetting || named !== '';
    process.stderr.write(setting ? `Pengaturan belum benar:\n- ${named}${error.message}\n` : `${error.message}\n`);
    code = setting ? 2 : 1;
  } finally {
    const force = setTimeout(() => process.exit(code), STOP_MS);
    await close.all();
    clearTimeout(force);
  }
  return code;
}
