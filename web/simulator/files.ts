// The files of the simulated Telegram: in memory, or in a folder when the chats are to outlive a restart.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { FileKind, FileShape } from './wire.ts';

export interface StoredFile {
  id: string;
  unique: string;
  kind: FileKind;
  /** Path of the download link. */
  path: string;
  size: number;
  name: string | null;
  mime: string;
  width: number;
  height: number;
  /** A small copy of another file, made when it is asked for. */
  smallOf?: string;
}

export interface NewFile {
  kind: FileKind;
  bytes: Buffer;
  name?: string;
  mime?: string;
}

const PREFIX: Record<FileKind, string> = {
  photo: 'AgACAgUAAxkB',
  video: 'BAACAgUAAxkB',
  document: 'BQACAgUAAxkB',
  audio: 'CQACAgUAAxkB',
  voice: 'AwACAgUAAxkB',
  sticker: 'CAACAgUAAxkB',
  animation: 'CgACAgUAAxkB',
};
const MIME: Record<FileKind, string> = {
  photo: 'image/jpeg',
  video: 'video/mp4',
  document: 'application/octet-stream',
  audio: 'audio/mpeg',
  voice: 'audio/ogg',
  sticker: 'image/webp',
  animation: 'video/mp4',
};
const SMALL_WIDTH = 90;

export class FileStore {
  private readonly folder: string | null;
  private readonly records = new Map<string, StoredFile>();
  private readonly byPath = new Map<string, StoredFile>();
  private readonly memory = new Map<string, Buffer>();
  private count = 0;

  constructor(folder: string | null) {
    this.folder = folder;
    if (folder !== null) mkdirSync(folder, { recursive: true });
  }

  async add(file: NewFile): Promise<StoredFile> {
    const size = await measure(file);
    const stored = this.record(file.kind, file.bytes.length, file.name ?? null, file.mime ?? MIME[file.kind], size);
    if (this.folder === null) this.memory.set(stored.id, file.bytes);
    else writeFileSync(join(this.folder, stored.id), file.bytes);
    if (file.kind === 'photo') this.addSmall(stored);
    return stored;
  }

  find(id: string): StoredFile | undefined {
    return this.records.get(id);
  }

  atPath(path: string): StoredFile | undefined {
    return this.byPath.get(path);
  }

  async bytes(file: StoredFile): Promise<Buffer> {
    if (file.smallOf !== undefined) {
      const whole = this.read(file.smallOf);
      if (whole.length === 0) return whole;
      return sharp(whole)
        .resize({ width: SMALL_WIDTH })
        .jpeg()
        .toBuffer()
        .catch(() => whole);
    }
    return this.read(file.id);
  }

  /** As a message carries it; `size` is the small copy of a photo first, the whole last. */
  shapes(file: StoredFile): FileShape[] {
    const small = this.records.get(`${file.id}s`);
    return [...(small ? [shapeOf(small)] : []), shapeOf(file)];
  }

  dump(): { count: number; records: StoredFile[] } {
    return { count: this.count, records: [...this.records.values()] };
  }

  restore(state: { count: number; records: StoredFile[] }): void {
    this.count = state.count;
    for (const record of state.records) this.keep(record);
  }

  private record(kind: FileKind, size: number, name: string | null, mime: string, seen: { width: number; height: number }): StoredFile {
    const number = this.count++;
    const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name ?? '')?.[0] ?? { photo: '.jpg', video: '.mp4', voice: '.ogg' }[kind as string] ?? '';
    const record: StoredFile = {
      id: `${PREFIX[kind]}${number.toString(36).padStart(8, '0')}`,
      unique: `AQAD${number.toString(36).padStart(8, '0')}`,
      kind,
      path: `${kind}s/file_${number}${extension}`,
      size,
      name,
      mime,
      ...seen,
    };
    return this.keep(record);
  }

  private addSmall(whole: StoredFile): void {
    const height = Math.max(1, Math.round((whole.height * SMALL_WIDTH) / whole.width));
    const path = whole.path.replace('file_', 'small_');
    this.keep({
      ...whole,
      id: `${whole.id}s`,
      unique: `${whole.unique}s`,
      path,
      size: 1200,
      width: SMALL_WIDTH,
      height,
      smallOf: whole.id,
    });
  }

  private keep(record: StoredFile): StoredFile {
    this.records.set(record.id, record);
    this.byPath.set(record.path, record);
    return record;
  }

  private read(id: string): Buffer {
    return this.folder === null ? (this.memory.get(id) ?? Buffer.alloc(0)) : readFileSync(join(this.folder, id));
  }
}

async function measure(file: NewFile): Promise<{ width: number; height: number }> {
  if (file.kind !== 'photo') return { width: 1280, height: 720 };
  // sharp throws at once on nothing at all.
  if (file.bytes.length === 0) return { width: 1, height: 1 };
  const seen = await sharp(file.bytes)
    .metadata()
    .catch(() => null);
  return { width: seen?.width ?? 1, height: seen?.height ?? 1 };
}

function shapeOf(file: StoredFile): FileShape {
  const shape: FileShape = { file_id: file.id, file_unique_id: file.unique, file_size: file.size };
  if (file.kind === 'photo' || file.kind === 'video') Object.assign(shape, { width: file.width, height: file.height });
  if (file.kind === 'video' || file.kind === 'audio' || file.kind === 'voice') shape.duration = 3;
  if (file.kind !== 'photo') shape.mime_type = file.mime;
  if (file.kind !== 'photo' && file.name !== null) shape.file_name = file.name;
  return shape;
}
