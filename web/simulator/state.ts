// What outlives a restart of the simulator: one JSON file, written a moment after a change and put in place by a rename.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChatsState } from './chats.ts';
import type { StoredFile } from './files.ts';
import type { UpdatesState } from './updates.ts';
import type { WebhookSetting } from './webhook.ts';

export interface SavedState {
  version: 1;
  chats: ChatsState;
  files: { count: number; records: StoredFile[] };
  updates: UpdatesState;
  webhook: WebhookSetting | null;
}

const SETTLE_MS = 150;

/** `null` when nothing was saved yet. A file that cannot be read is an error: silently starting anew would lose chats. */
export function loadState(path: string): SavedState | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return JSON.parse(text) as SavedState;
}

export class StateFile {
  private readonly path: string;
  private readonly read: () => SavedState;
  private timer: NodeJS.Timeout | null = null;

  constructor(path: string, read: () => SavedState) {
    this.path = path;
    this.read = read;
    mkdirSync(dirname(path), { recursive: true });
  }

  touch(): void {
    this.timer ??= setTimeout(() => this.save(), SETTLE_MS);
  }

  save(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const next = `${this.path}.next`;
    writeFileSync(next, JSON.stringify(this.read()));
    renameSync(next, this.path);
  }
}
