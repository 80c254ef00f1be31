// A simulated Telegram for measuring: messages with buttons that the bot is taken to have sent, and taps at a given rate.
import { type BotApi, startBotApi } from '../web/simulator/bot-api.ts';
import { samplePhoto } from '../web/simulator/sample-files.ts';

export const TOKEN = '424242:BENCH-bukan-token-sungguhan';
export const ACCOUNT = '424242';

export function openTelegram(): Promise<BotApi> {
  return startBotApi({ token: TOKEN, clock: { now: () => Date.now() } });
}

async function call(api: BotApi, method: string, body: FormData | string): Promise<Record<string, unknown>> {
  const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
  const response = await fetch(`${api.root}/bot${api.token}/${method}`, { method: 'POST', body, headers });
  const answer = (await response.json()) as { ok: boolean; result: Record<string, unknown> };
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
  return answer.result;
}

/** Ids of four photos that the platform keeps. */
export async function uploadPhotos(api: BotApi, chatId: number): Promise<string[]> {
  api.phone(chatId, 'Orang');
  const ids: string[] = [];
  for (const n of [1, 2, 3, 4]) {
    const form = new FormData();
    form.set('chat_id', String(chatId));
    form.set('photo', new Blob([new Uint8Array(await samplePhoto(n))]), `foto-${n}.jpg`);
    const { photo } = (await call(api, 'sendPhoto', form)) as { photo?: { file_id: string }[] };
    ids.push(photo?.at(-1)?.file_id ?? '');
  }
  return ids;
}

/** A card that stands in a chat with one button; gives its message id. */
export async function card(api: BotApi, chatId: number, label: string, data: string): Promise<number> {
  api.phone(chatId, 'Orang');
  const text = `KONTEN MENUNGGU\n${'Dinas menggelar pasar murah bagi warga. '.repeat(15)}`;
  const reply_markup = { inline_keyboard: [[{ text: label, callback_data: data }]] };
  const message = await call(api, 'sendMessage', JSON.stringify({ chat_id: chatId, text, reply_markup }));
  return Number(message['message_id']);
}

export interface Tap {
  chatId: number;
  message: number;
  data: string;
}

/** From the tap in the queue of updates to its answer, in milliseconds; `null`: never answered. */
export async function tapOnce(api: BotApi, { chatId, message, data }: Tap): Promise<number | null> {
  const startedAt = performance.now();
  try {
    await api.phone(chatId).tap(data, message);
    return performance.now() - startedAt;
  } catch {
    return null;
  }
}

/** The same instants for everybody: a fixed seed. Exponential gaps, as independent people make them. */
function gaps(count: number, perSecond: number): number[] {
  let state = 20_261_120;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (-Math.log(1 - state / 2 ** 32) / perSecond) * 1_000;
  });
}

/** Taps come when they come, whether the earlier ones have been answered or not. */
export async function tapAtRate(api: BotApi, taps: Tap[], perSecond: number): Promise<number[]> {
  const waits = gaps(taps.length, perSecond);
  const pending: Promise<number | null>[] = [];
  let at = performance.now();
  for (const [n, tap] of taps.entries()) {
    at += waits[n] ?? 0;
    const early = at - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    pending.push(tapOnce(api, tap));
  }
  return answeredOnly(await Promise.all(pending));
}

export function answeredOnly(times: (number | null)[]): number[] {
  const answered = times.filter((time) => time !== null);
  if (answered.length < times.length) throw new Error(`${times.length - answered.length} of ${times.length} taps were never answered`);
  return answered;
}
