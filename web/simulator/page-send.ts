// Files that a visitor sends from a phone: samples and his own.
import type { Context } from 'hono';
import type { BotApi } from './bot-api.ts';
import type { AlbumItem, Phone, Where } from './phone.ts';
import { sampleDocument, samplePhoto, sampleVideo } from './sample-files.ts';

export function phoneOf(api: BotApi, id: number): Phone | undefined {
  return api.phones().find((phone) => phone.id === id);
}

export async function sampleItem(name: string): Promise<AlbumItem> {
  if (name === 'video') return { kind: 'video', bytes: sampleVideo(1, 64 * 1024), fileName: 'video-contoh.mp4', mime: 'video/mp4' };
  if (name === 'document') return { kind: 'document', bytes: sampleDocument(), fileName: 'undangan-contoh.pdf' };
  return { kind: 'photo', bytes: await samplePhoto(Number.parseInt(name, 10) || 1) };
}

/** As a phone does it: photos and videos in albums of at most ten, documents by themselves, a single file without an album. */
export async function send(phone: Phone, items: AlbumItem[], caption: string, where: Where): Promise<{ sent: number }> {
  const groups = [items.filter((item) => item.kind !== 'document'), items.filter((item) => item.kind === 'document')];
  let words = caption;
  for (const group of groups) {
    for (let at = 0; at < group.length; at += 10) {
      const part = group.slice(at, at + 10);
      const [only] = part;
      if (part.length === 1 && only) await sendOne(phone, only, words, where);
      else await phone.sendAlbum(part, words, where);
      words = '';
    }
  }
  return { sent: items.length };
}

function sendOne(phone: Phone, item: AlbumItem, caption: string, where: Where): Promise<number> {
  const { fileName, mime } = item;
  const options = { ...where, caption, ...(fileName !== undefined ? { fileName } : {}), ...(mime !== undefined ? { mime } : {}) };
  if (item.kind === 'photo') return phone.sendPhoto(item.bytes, options);
  return item.kind === 'video' ? phone.sendVideo(item.bytes, options) : phone.sendDocument(item.bytes, options);
}

export async function upload(context: Context, api: BotApi): Promise<Response> {
  const form = await context.req.formData().catch(() => null);
  const phone = phoneOf(api, Number(form?.get('person')));
  const chatId = Number(form?.get('chat'));
  if (!form || !phone?.chats().some((chat) => chat.id === chatId))
    return context.json({ error: 'Ponsel atau obrolan tidak dikenal.' }, 400);
  if (phone.blocked) return context.json({ error: 'Bot sedang diblokir dari ponsel ini.' }, 409);
  const asDocument = form.get('as') === 'document';
  const items: AlbumItem[] = [];
  for (const file of form.getAll('file')) {
    if (typeof file === 'string') continue;
    const kind = asDocument ? 'document' : kindOf(file.type);
    items.push({ kind, bytes: new Uint8Array(await file.arrayBuffer()), fileName: file.name, ...(file.type ? { mime: file.type } : {}) });
  }
  const replyTo = Number(form.get('replyTo'));
  const where = { chatId, ...(replyTo > 0 ? { replyTo } : {}) };
  return context.json(await send(phone, items, String(form.get('caption') ?? ''), where));
}

function kindOf(mime: string): AlbumItem['kind'] {
  if (['image/jpeg', 'image/png', 'image/webp'].includes(mime)) return 'photo';
  return mime === 'video/mp4' ? 'video' : 'document';
}
