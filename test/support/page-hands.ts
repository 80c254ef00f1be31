// A visitor's hands on the page of phones: the service as `npm start` opens it, and Chromium in front of it.
import { existsSync } from 'node:fs';
import { chromium, type Locator, type Page } from 'playwright-core';
import { startSimulated } from './simulated-service.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const WAIT_MS = 20_000;
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

export const browserPlace = PLACES.find((place) => existsSync(place)) ?? null;

export interface OpenPage {
  page: Page;
  /** What the page's scripts have complained of. */
  complaints: string[];
  close(): Promise<void>;
}

/** Of a service of its own, which ends with the page. */
export async function openPage(executablePath: string): Promise<OpenPage> {
  const service = await startSimulated();
  try {
    const opened = await openPageOf(executablePath, service.url);
    const close = async () => {
      await opened.close();
      await service.stop();
    };
    return { ...opened, close };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

export async function openPageOf(executablePath: string, url: string): Promise<OpenPage> {
  const complaints: string[] = [];
  const browser = await chromium.launch({ executablePath, args: QUIET });
  const close = () => browser.close();
  try {
    const page = await browser.newPage({ viewport: { width: 1700, height: 950 } });
    page.setDefaultTimeout(WAIT_MS);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    await page.goto(url);
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
