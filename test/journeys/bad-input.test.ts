// What goes wrong on real phones: each gets a clear answer in Indonesian, nothing is lost, the process lives.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleDocument, samplePhoto, sampleVideo } from '../../web/simulator/sample-files.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { hasButton, OFFICE_TEXT, people, says } from './walk.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await openTrial({ office: OFFICE_TEXT });
  await trial.start();
});
afterAll(() => trial.close());

const MIB = 1024 * 1024;

describe('a maker who sends what cannot be used', () => {
  it('is told of each wrong file what is wrong and what to do, and the good ones count', async () => {
    const { sari } = people(trial.api);
    await sari.sendPhoto(await samplePhoto(1), { caption: 'Pasar murah' });
    await sari.waitFor(says(/nama kegiatan/i));
    await sari.sendVideo(sampleVideo(1, 25 * MIB), { fileName: 'panjang.mp4' });
    await sari.waitFor(says(/20 MB/));
    await sari.sendDocument(Buffer.alloc(0), { fileName: 'kosong.jpg' });
    await sari.waitFor(says(/kosong/i));
    await sari.sendDocument(Buffer.from('MZ\u0090 bukan foto sama sekali'), { fileName: 'foto-bagus.jpg', mime: 'image/jpeg' });
    await sari.waitFor(says(/foto-bagus\.jpg.*tidak dapat dipakai|jenis/is));
    await sari.sendDocument(sampleDocument(), { fileName: 'laporan.pdf', mime: 'application/pdf' });
    await sari.waitFor(says(/laporan\.pdf/i));
    await sari.sendDocument(await samplePhoto(2), { fileName: 'asli.jpg', mime: 'image/jpeg' });
    await sari.waitFor(says(/2 dari minimal 4/));
    await sari.sendPhoto(await samplePhoto(1));
    await sari.waitFor(says(/tidak dihitung dua kali/i));
    await sari.waitFor(says(/2 dari minimal 4/));
  });

  it('hears of stickers, contacts, locations and voice notes that they cannot be taken', async () => {
    const { sari } = people(trial.api);
    for (const send of [
      () => sari.sendSticker(),
      () => sari.sendVoice(),
      async () => sari.sendContact(),
      async () => sari.sendLocation(),
    ]) {
      const before = sari.messages().at(-1)?.id ?? 0;
      await send();
      await sari.waitFor((one) => one.id > before && says(/foto|video|teks|dokumen/i)(one));
    }
  });

  it('keeps markup, right-to-left and invisible characters as plain text', async () => {
    const { sari } = people(trial.api);
    sari.sendText('<b>Pasar</b> *Murah* _Jekan_ \u202Eayar\u200B [klik](https://jahat.example)');
    const card = await sari.waitFor(says(/<b>Pasar<\/b> \*Murah\* _Jekan_ ayar \[klik\]/));
    expect(card.text).not.toMatch(/[\u202E\u200B]/);
    expect(JSON.stringify(card.entities ?? [])).not.toContain('text_link');
  });

  it('is refused a caption of 201 characters with the number, counted as a reader counts, and a long text is taken whole', async () => {
    const { sari } = people(trial.api);
    await sari.waitFor(hasButton('Ubah caption'));
    await sari.press('Ubah caption');
    await sari.waitFor(says(/caption/i));
    sari.sendText('👨‍👩‍👧'.repeat(201));
    await sari.waitFor(says(/201\/200/));
    sari.sendText('👨‍👩‍👧'.repeat(200));
    await sari.waitFor(says(/200\/200/));
    await sari.press('Hari ini').catch(() => undefined);
    for (const i of [3, 4, 5]) await sari.sendPhoto(await samplePhoto(i));
    await sari.waitFor(says(/5 dari minimal 4/));
    await sari.waitFor(says(/narasi berita/i));
    // A phone cuts this in two messages.
    sari.sendText(`Awal ${'kata '.repeat(1_000)}akhir`);
    await sari.waitFor(hasButton('SERAHKAN'));
    await sari.waitFor(says(/Narasi: 1\.?002 kata/));
  });

  it('gets nowhere with a forged or foreign button, and is told', async () => {
    const { sari, budi } = people(trial.api);
    const card = await sari.waitFor(hasButton('SERAHKAN'));
    const data = card.buttons.flat().find(({ label }) => /SERAHKAN/.test(label))?.data ?? '';
    expect(await budi.pressData(data, card.id)).toMatch(/tombol/i);
    expect(await sari.pressData(`${data.slice(0, -1)}x`, card.id)).toMatch(/tombol/i);
    expect(await sari.pressData('', card.id)).toMatch(/tombol/i);
    expect(await sari.pressData('x'.repeat(64), card.id)).toMatch(/tombol/i);
  });

  it('never took the process down', async () => {
    expect(trial.running()).toBe(true);
    const health = await fetch(`http://127.0.0.1:${trial.http}/healthz`);
    expect(health.status).toBe(200);
    expect(trial.output()).not.toContain(trial.env['TELEGRAM_BOT_TOKEN'] ?? 'none');
  });
});
