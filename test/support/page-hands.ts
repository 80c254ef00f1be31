// A visitor's hands on the page of phones: the service as `npm start` opens it, and Chromium in front of it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { freshDatabase } from './database.ts';
import { freePort } from './service.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const READY_MS = 45_000;
const WAIT_MS = 20_000;
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

export const browserPlace = PLACES.find((place) => existsSync(place)) ?? null;

export interface OpenPage {
  page: Page;
  /** What the page's scripts have complained of. */
  complaints: string[];
  close(): Promise<void>;
}

async function startService(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-page-'));
  const database = await freshDatabase();
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    HTTP_PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'bin/alur.ts'), 'start'], { cwd: ROOT, env, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  const until = Date.now() + READY_MS;
  while ((await fetch(`${url}healthz`).catch(() => null))?.status !== 200) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the service was not ready (exit code ${child.exitCode})`);
    await pause(50);
  }
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function openPage(executablePath: string): Promise<OpenPage> {
  const service = await startService();
  const complaints: string[] = [];
  let browser: Browser | null = null;
  const close = async () => {
    await browser?.close();
    await service.stop();
  };
  try {
    browser = await chromium.launch({ executablePath, args: QUIET });
    const page = await browser.newPage({ viewport: { width: 1700, height: 950 } });
    page.setDefaultTimeout(WAIT_MS);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    await page.goto(service.url);
    await page.locator('.phone').first().waitFor();
    return { page, complaints, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export type Hands = ReturnType<typeof handsOf>;

/** One person's phone, opened from the strip of names when it is not on the page. */
export function handsOf(page: Page, name: string) {
  const phone = page.getByRole('region', { name: `Ponsel ${name}`, exact: true });
  const key = (label: string): Locator =>
    phone.locator('.keys button').filter({ hasText: new RegExp(`^[^\\p{L}]*${label}[^\\p{L}]*$`, 'u') });
  const heard = (words: RegExp): Locator => phone.locator('.message.theirs .words').filter({ hasText: words });
  return {
    phone,
    key,
    heard,
    open: () => page.locator('.chip').filter({ hasText: name }).click(),
    write: async (text: string) => {
      await phone.getByRole('textbox', { name: `Pesan dari ${name}` }).fill(text);
      await phone.getByRole('button', { name: 'Kirim pesan' }).click();
    },
    tap: (label: string) => key(label).last().click(),
    /** Sample pictures by their places on the panel, from 1. */
    attach: async (pictures: number[], caption = '') => {
      await phone.getByRole('button', { name: 'Lampirkan berkas' }).click();
      const panel = phone.getByRole('dialog', { name: 'Lampirkan berkas' });
      for (const at of pictures)
        await panel
          .locator('.samples button')
          .nth(at - 1)
          .click();
      await panel.getByRole('textbox', { name: 'Caption' }).fill(caption);
      await panel.getByRole('button', { name: /^Kirim/ }).click();
    },
    /** Until the words have been heard so often. */
    hears: (words: RegExp, times = 1) =>
      heard(words)
        .nth(times - 1)
        .waitFor(),
  };
}
