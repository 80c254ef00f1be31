// The phones of an office's people over the corridor: what each sends, taps and sees.

import type { Case } from '../../src/case/case.ts';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { Corridor } from './corridor.ts';
import { FRIDAY_9, MEDSOS, sampleOffice, sopNamed } from './sample-office.ts';

export const SARI = '1001';
export const BUDI = '1002';
export const KARTIKA = '1003';
export const RAHMAT = '1004';
export const MAYA = '1005';
export const ANDI = '1006';
export const CITRA = '1007';
export const GROUP = '-1002000000001';
export const NARRATIVE = 'Dinas mengadakan pasar murah di halaman kantor untuk menjaga harga bahan pokok.';

export class Phones extends Corridor {
  constructor(office: Office = sampleOffice(), sops: Sop[] = [sopNamed(MEDSOS)], now = FRIDAY_9) {
    super(office, sops, { now, seed: 7 });
  }

  /** The only case there is, or the newest. */
  get case(): Case {
    const c = this.cases.at(-1);
    if (!c) throw new Error('no case');
    return c;
  }

  /** The texts of the last `n` messages of a chat. */
  last(user: string, n = 1): string {
    return this.chat(user)
      .slice(-n)
      .map(({ text }) => text)
      .join('\n');
  }

  get lastAnswer(): { text: string | null; alert: boolean } {
    const { text = null, alert = false } = this.platform.answers.at(-1) ?? {};
    return { text, alert };
  }

  labels(user: string): string[] {
    return this.chat(user).flatMap(({ buttons }) => buttons.flat().map(({ label }) => label.replace(/[^\p{L} ]/gu, '').trim()));
  }

  async must(user: string, label: string, chat = user): Promise<void> {
    if (!(await this.press(user, label, chat))) throw new Error(`no button ${label} in ${chat}: ${this.labels(chat).join(', ')}`);
  }

  /** A message in any chat, as Telegram tells of it. */
  async sends(user: string | null, fields: object, chat = user ?? GROUP): Promise<void> {
    const from =
      user === null
        ? { sender_chat: { id: Number(chat), type: 'supergroup' } }
        : { from: { id: Number(user), is_bot: false, first_name: 'U' } };
    const message_id = 500_000 + this.takeUpdateId();
    await this.update({
      message: {
        message_id,
        date: 1,
        ...from,
        chat: { id: Number(chat), type: chat.startsWith('-') ? 'supergroup' : 'private' },
        ...fields,
      },
    });
    await this.settle();
  }

  /** The message with this id now says something else. */
  async edit(user: string, message: string, fields: { text: string } | { caption: string; photo: object[] }): Promise<void> {
    const from = { id: Number(user), is_bot: false, first_name: 'U' };
    await this.update({
      edited_message: { message_id: Number(message), date: 1, edit_date: 2, from, chat: { id: Number(user), type: 'private' }, ...fields },
    });
    await this.settle();
  }

  async photo(user: string, bytes: string, more: { caption?: string; album?: string } = {}): Promise<void> {
    await this.file(user, { kind: 'photo', bytes }, more);
    await this.settle();
  }

  /** Album, name, day and narrative: all but SERAHKAN. */
  async fill(user = SARI, tag = 'foto'): Promise<void> {
    await this.album(user, 4, `Pasar murah hari ini ${tag}`, tag);
    await this.text(user, 'Pasar murah Langkai');
    await this.must(user, 'Hari ini');
    await this.text(user, NARRATIVE);
  }

  async handIn(user = SARI, tag = 'foto'): Promise<void> {
    await this.fill(user, tag);
    await this.must(user, 'SERAHKAN');
  }

  async toChecker(): Promise<void> {
    await this.handIn();
    await this.must(BUDI, 'DITERIMA');
  }

  async toPublisher(): Promise<void> {
    await this.toChecker();
    await this.must(KARTIKA, 'TERIMA');
    await this.must(RAHMAT, 'TERIMA');
  }
}
