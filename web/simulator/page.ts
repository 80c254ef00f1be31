// The page of phones: its files, what it shows, and what a visitor does on it.
import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { Temporal } from 'temporal-polyfill';
import { HOUR_MS, type Instant } from '../../src/time.ts';
import type { BotApi } from './bot-api.ts';
import { guard } from './page-guard.ts';
import { phoneOf, sampleItem, send, upload } from './page-send.ts';
import { isRecord } from './params.ts';
import type { Phone } from './phone.ts';
import { SAMPLE_PHOTOS, samplePhoto, sampleTitle } from './sample-files.ts';

/** `roles` are labels; `telegram` is `null` for people without an account; `timezone` is an IANA zone. */
export interface PageOffice {
  id: string;
  name: string;
  timezone: string;
  people: { id: string; name: string; roles: string[]; telegram: number | null }[];
}

export interface SimulatorControl {
  /** Not empty; the first one is shown first. */
  offices: PageOffice[];
  now(): Instant;
  /** When the next reminder or deadline is to be told; `null` when none waits. */
  nextAlarm(): Promise<Instant | null>;
  /** Rejects with a sentence for the visitor when the clock may not go there. */
  moveClock(toMs: number): Promise<void>;
}

const MIB = 1024 * 1024;
// What Telegram itself takes from a bot, and some room for the form around it.
const UPLOAD_MAX = 51 * MIB;
const JSON_MAX = 64 * 1024;
const FLUSH_MS = 50;
const HEARTBEAT_MS = 15_000;
const MORNING = '07:30';
/** Accounts of visitors that the office does not know. */
const STRANGER_FROM = 9001;

const ASSETS: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
const SCRIPTS = ['main.js', 'api.js', 'attach.js', 'bubble.js', 'clock.js', 'dom.js', 'entities.js', 'phone.js', 'page.css', 'icon.svg'];
// Shown by the browser; everything else is offered as a download.
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp', 'video/mp4']);

export function simulatorRoutes(api: BotApi, control: SimulatorControl): Hono {
  const app = new Hono();
  app.use(guard);
  app.get('/', (context) => asset(context, 'index.html'));
  for (const name of SCRIPTS) app.get(`/simulator/${name}`, (context) => asset(context, name));
  showing(app, api, control);
  doing(app, api);
  app.post('/simulator/clock', bodyLimit({ maxSize: JSON_MAX }), (context) => moveClock(context, control));
  return app;
}

function asset(context: Context, name: string): Response {
  const type = ASSETS[name.split('.').at(-1) ?? ''] ?? 'text/plain';
  return context.body(readFileSync(new URL(`./page/${name}`, import.meta.url)), 200, { 'content-type': `${type}; charset=utf-8` });
}

function showing(app: Hono, api: BotApi, control: SimulatorControl): void {
  app.get('/simulator/state', (context) => context.json(stateOf(api, control)));
  app.get('/simulator/chat', (context) => {
    const phone = phoneOf(api, Number(context.req.query('person')));
    const chat = Number(context.req.query('chat'));
    if (!phone?.chats().some((known) => known.id === chat)) return context.json({ messages: [] });
    return context.json({ messages: phone.messages(chat) });
  });
  app.get('/simulator/events', (context) => events(context, api, control));
  app.get('/simulator/sample/:index', async (context) => {
    const index = Number.parseInt(context.req.param('index'), 10);
    if (!(index >= 1 && index <= SAMPLE_PHOTOS)) return context.notFound();
    return context.body(new Uint8Array(await samplePhoto(index)), 200, { 'content-type': 'image/jpeg', 'cache-control': 'max-age=86400' });
  });
  app.get('/simulator/file/:id', async (context) => {
    const file = await api.file(context.req.param('id'));
    if (!file) return context.notFound();
    const headers = SHOWN.has(file.mime)
      ? { 'content-type': file.mime, 'cache-control': 'private, max-age=86400' }
      : {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name ?? 'berkas')}`,
        };
    return context.body(new Uint8Array(file.bytes), 200, headers);
  });
}

function stateOf(api: BotApi, control: SimulatorControl): Record<string, unknown> {
  const known = new Map<number, { name: string; roles: string[]; office: string }>();
  for (const office of control.offices) {
    for (const { name, roles, telegram } of office.people) if (telegram !== null) known.set(telegram, { name, roles, office: office.id });
  }
  for (const [id, { name }] of known) api.phone(id, name);
  const phones = api.phones().sort((a, b) => order(known, a.id) - order(known, b.id));
  return {
    offices: control.offices.map(({ id, name, timezone }) => ({ id, name, timezone })),
    bot: api.botName,
    now: control.now(),
    samples: Array.from({ length: SAMPLE_PHOTOS }, (_, i) => ({ index: i + 1, title: sampleTitle(i + 1) })),
    phones: phones.map((phone) => ({
      id: phone.id,
      name: phone.name,
      roles: known.get(phone.id)?.roles ?? [],
      /** The id of the office that knows this person; `null` for a stranger. */
      office: known.get(phone.id)?.office ?? null,
      blocked: phone.blocked,
      chats: phone.chats().map((chat) => ({
        id: chat.id,
        title: chat.title ?? api.botName,
        fromBot: phone.messages(chat.id).filter((message) => message.from === 'bot').length,
      })),
    })),
  };
}

function order(known: Map<number, unknown>, id: number): number {
  const at = [...known.keys()].indexOf(id);
  return at < 0 ? known.size + id : at;
}

function events(context: Context, api: BotApi, control: SimulatorControl): Response {
  return streamSSE(context, async (stream) => {
    const dirty = new Set<number>();
    const send = () => {
      const chats = [...dirty];
      dirty.clear();
      return stream.writeSSE({ data: JSON.stringify({ now: control.now(), chats }) });
    };
    const stop = api.onChange((chat) => {
      if (dirty.size === 0) setTimeout(() => void send().catch(() => undefined), FLUSH_MS);
      dirty.add(chat);
    });
    await send();
    while (!stream.aborted) {
      await stream.sleep(HEARTBEAT_MS);
      if (!stream.aborted) await send();
    }
    stop();
  });
}

interface Asked {
  phone: Phone;
  body: Record<string, unknown>;
  where: { chatId: number; replyTo?: number };
}

/** The phone and chat that a request means, or `null`. */
async function askedOf(context: Context, api: BotApi): Promise<Asked | null> {
  const body: unknown = await context.req.json().catch(() => null);
  if (!isRecord(body)) return null;
  const phone = phoneOf(api, Number(body['person']));
  const chatId = Number(body['chat'] ?? phone?.id);
  if (!phone?.chats().some((chat) => chat.id === chatId)) return null;
  const replyTo = body['replyTo'];
  return { phone, body, where: { chatId, ...(typeof replyTo === 'number' ? { replyTo } : {}) } };
}

type Deed = (asked: Asked) => Promise<unknown> | unknown;

const DEEDS: Record<string, Deed> = {
  text: ({ phone, body, where }) => ({ id: phone.sendText(String(body['text'] ?? ''), where) }),
  edit: ({ phone, body, where }) => phone.editMessage(Number(body['message']), String(body['text'] ?? ''), where),
  tap: async ({ phone, body, where }) => {
    const answer = phone.tap(String(body['data'] ?? ''), Number(body['message']), where);
    return answer.catch(() => ({ text: null, alert: false, unanswered: true }));
  },
  samples: async ({ phone, body, where }) => {
    const wanted = Array.isArray(body['items']) ? body['items'].map(String).slice(0, 12) : [];
    const items = await Promise.all(wanted.map(sampleItem));
    return send(phone, items, typeof body['caption'] === 'string' ? body['caption'] : '', where);
  },
  block: ({ phone, body }) => (body['blocked'] === true ? phone.block() : phone.unblock()),
  sticker: ({ phone, where }) => phone.sendSticker(where),
  contact: ({ phone, where }) => ({ id: phone.sendContact(where) }),
  location: ({ phone, where }) => ({ id: phone.sendLocation(where) }),
};

function doing(app: Hono, api: BotApi): void {
  for (const [name, deed] of Object.entries(DEEDS)) {
    app.post(`/simulator/${name}`, bodyLimit({ maxSize: JSON_MAX }), async (context) => {
      const asked = await askedOf(context, api);
      if (!asked) return context.json({ error: 'Ponsel atau obrolan tidak dikenal.' }, 400);
      if (asked.phone.blocked && name !== 'block') return context.json({ error: 'Bot sedang diblokir dari ponsel ini.' }, 409);
      return context.json((await deed(asked)) ?? {});
    });
  }
  app.post('/simulator/stranger', (context) => {
    const ids = api.phones().map((phone) => phone.id);
    let id = STRANGER_FROM;
    while (ids.includes(id)) id++;
    return context.json({ id: api.phone(id, `Orang luar ${id - STRANGER_FROM + 1}`).id });
  });
  const limit = bodyLimit({ maxSize: UPLOAD_MAX, onError: (c) => c.json({ error: 'Berkas terlalu besar: paling besar 50 MB.' }, 413) });
  app.post('/simulator/files', limit, (context) => upload(context, api));
}

/** `to`: `hour`, `morning` (of the office whose id comes with it), `alarm`, or a time in milliseconds. */
async function moveClock(context: Context, control: SimulatorControl): Promise<Response> {
  const body: unknown = await context.req.json().catch(() => null);
  const to = isRecord(body) ? body['to'] : undefined;
  const asked = isRecord(body) ? control.offices.find(({ id }) => id === body['office']) : undefined;
  const timezone = (asked ?? control.offices[0])?.timezone ?? 'Asia/Jakarta';
  const now = control.now();
  const alarm = to === 'alarm' ? await control.nextAlarm() : null;
  if (to === 'alarm' && alarm === null) return context.json({ error: 'Belum ada tenggat yang menunggu.' }, 409);
  const target = to === 'hour' ? now + HOUR_MS : to === 'morning' ? nextMorning(now, timezone) : (alarm ?? Number(to));
  if (!Number.isSafeInteger(target)) return context.json({ error: 'Jam tujuan tidak dikenal.' }, 400);
  try {
    await control.moveClock(target);
  } catch (error) {
    return context.json({ error: error instanceof Error ? error.message : String(error) }, 409);
  }
  return context.json({ now: control.now() });
}

function nextMorning(now: Instant, timezone: string): Instant {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  return today.add({ days: 1 }).toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(MORNING) }).epochMilliseconds;
}
