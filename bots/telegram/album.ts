// Files that go out: by the platform's own reference where it still holds, from the vault where it does not, as plain files where
// the platform will not have them as pictures.
import type { MediaKind } from '../../src/sop/sop.ts';
import type { Channel, OutFile } from '../channel.ts';
import type { Answered, Api } from './api.ts';
import { isBadPicture, isBadReference } from './endings.ts';
import type { Attachment } from './multipart.ts';
import { chatIdOf, type Paced } from './paced.ts';

export type AlbumSender = Channel['album'];

const ALBUM_MAX = 10;

interface Way {
  byReference: boolean;
  asDocuments: boolean;
}
// Each way is tried only after the platform has refused the one before for a reason that this one takes away.
const WAYS: readonly Way[] = [
  { byReference: true, asDocuments: false },
  { byReference: false, asDocuments: false },
  { byReference: false, asDocuments: true },
];

export function albumSender(api: Api, account: string, paced: Paced): AlbumSender {
  return async (chat, files) => {
    const fault = faultOf(files);
    const chatId = chatIdOf(chat);
    if (fault !== null) return { sent: 'refused', why: fault };
    if (chatId === null) return { sent: 'unreachable', why: 'not a chat of Telegram' };
    return paced(chat, files.length, () => sendBestWay(api, account, chatId, files));
  };
}

/** Photos and videos go together; documents and audio only with their own kind. */
function faultOf(files: readonly OutFile[]): string | null {
  if (files.length === 0 || files.length > ALBUM_MAX) return `album of ${files.length} files, 1 to ${ALBUM_MAX} are possible`;
  const kinds = new Set(files.map((file) => (file.kind === 'video' ? 'photo' : file.kind)));
  return kinds.size > 1 ? 'album of kinds that cannot stand together' : null;
}

async function sendBestWay(api: Api, account: string, chatId: number, files: readonly OutFile[]): Promise<Answered> {
  let answered: Answered | null = null;
  for (const way of WAYS) {
    if (answered !== null && !answered.ok) {
      const helps = way.asDocuments ? isBadPicture(answered) : isBadReference(answered);
      if (!helps) continue;
    }
    answered = await send(
      api,
      chatId,
      files.map((file, index) => itemOf(file, index, account, way)),
    );
    if (answered.ok) return answered;
  }
  return answered ?? Promise.reject(new Error('no way to send an album'));
}

interface Item {
  kind: MediaKind;
  media: string;
  attachment: Attachment | null;
}

function itemOf(file: OutFile, index: number, account: string, way: Way): Item {
  const kind = way.asDocuments ? 'document' : file.kind;
  const { ref } = file;
  if (way.byReference && ref !== null && ref.channel === 'telegram' && ref.account === account && ref.fileId !== '') {
    return { kind, media: ref.fileId, attachment: null };
  }
  const field = `f${index}`;
  return { kind, media: `attach://${field}`, attachment: { field, name: file.name, mime: file.mime, open: () => file.open() } };
}

function send(api: Api, chatId: number, items: Item[]): Promise<Answered> {
  const attachments = items.flatMap((item) => (item.attachment === null ? [] : [item.attachment]));
  const [first] = items;
  if (items.length === 1 && first) return sendOne(api, chatId, first, attachments);
  // telegraf's type wants the kinds apart, which faultOf has seen to.
  const params = { chat_id: chatId, media: items.map(({ kind, media }) => ({ type: kind, media })) as never };
  return attachments.length === 0 ? api.call('sendMediaGroup', params) : api.upload('sendMediaGroup', params, attachments);
}

const METHODS = { photo: 'sendPhoto', video: 'sendVideo', document: 'sendDocument', audio: 'sendAudio' } as const;

function sendOne(api: Api, chatId: number, { kind, media }: Item, attachments: Attachment[]): Promise<Answered> {
  const params = { chat_id: chatId, [kind]: media } as never;
  return attachments.length === 0 ? api.call(METHODS[kind], params) : api.upload(METHODS[kind], params, attachments);
}
