// The guides in docs/, followed word by word on the page of phones: what they say to press is pressed, what they quote is waited for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPlace, type Hands, handsOf, type OpenPage, openPage } from '../support/page-hands.ts';
import { NUMBER } from './walk.ts';

const TITLE = 'Pasar Murah Kelurahan Langkai';
const CAPTION = 'Beras, minyak, dan gula di bawah harga pasar. #PasarMurah';
const NARRATIVE =
  'Dinas menggelar pasar murah di Kelurahan Langkai pada Sabtu pagi. Sebanyak 300 paket sembako dijual di bawah harga pasar.';
/** Half a minute on an idle machine: the service keeps to Telegram's pace of a message a second in a chat. */
const WALK_MS = 150_000;
const LINK = 'https://www.instagram.com/p/abc123';

async function handIn(sari: Hands): Promise<void> {
  await sari.attach([1, 2, 3], 'a'.repeat(201));
  await sari.hears(/Caption 201\/200 karakter\. Kurangi 1 karakter\.\s+Berkasnya sudah diterima/);
  await sari.hears(/3 dari minimal 4 dokumentasi/);
  await sari.hears(/Tulis nama kegiatan\./);
  await sari.write(TITLE);
  await sari.hears(/Pada tanggal berapa kegiatan berlangsung\?/);
  await sari.tap('Hari ini');
  await sari.hears(/Sudah ada 3; kirim 1 lagi\./);
  await sari.attach([4]);
  await sari.hears(/Tulis caption, paling banyak 200 karakter\./);
  await sari.write(CAPTION);
  await sari.hears(/Kirim narasi berita/);
  await sari.write(NARRATIVE);
  await sari.hears(/Semua sudah lengkap\. Periksa kartu draf, lalu tekan SERAHKAN\./);
  await sari.tap('SERAHKAN');
  await sari.hears(/Diserahkan\. Nomor register: \d{4}\//);
}

async function rejectAndRepair(sari: Hands, budi: Hands, kartika: Hands): Promise<void> {
  await budi.tap('TANGGAPAN');
  await budi.hears(/tulis tanggapan Bapak\/Ibu/);
  await budi.write('Lengkap, foto jelas.');
  await budi.hears(/Tanggapan dicatat dan ikut tersimpan saat DITERIMA ditekan pada kartu\./);
  await budi.tap('DITERIMA');
  await kartika.hears(/Budi Santoso \(Tim Pertimbangan Pelayanan Informasi\): diterima\. "Lengkap, foto jelas\."/);
  await kartika.tap('TOLAK');
  await kartika.hears(/Pilih atau tulis alasan penolakan/);
  await kartika.write('buram');
  await kartika.hears(/alasan baru 5 karakter, minimal 10\./);
  await kartika.write('Foto ke-3 buram, mohon diganti.');
  await kartika.hears(/TOLAK oleh Kartika/);
  await sari.hears(/Alasan: "Foto ke-3 buram, mohon diganti\."/);
  await sari.hears(/Perbaikan, revisi ke-2/);
  await sari.tap('Perbaiki sekarang');
  await sari.hears(/Perbaikan, revisi ke-2/, 2);
  await sari.tap('Hapus berkas');
  await sari.tap('3\\. foto');
  await sari.hears(/Sudah ada 3; kirim 1 lagi\./, 2);
  await sari.attach([7]);
  await sari.hears(/Semua sudah lengkap/, 2);
  await sari.tap('SERAHKAN');
  await sari.hears(/revisi ke-2\)\.\s+Berikutnya/);
}

function walkOnThePage(browser: string): void {
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await openPage(browser);
  });
  afterAll(() => opened?.close());

  test('a visitor takes one case from the first photo to the register, through a rejection and past a deadline', {
    timeout: WALK_MS,
  }, async () => {
    const { page, complaints } = opened;
    const named = (name: string) => handsOf(page, name);
    const [sari, budi, kartika, rahmat, maya] = ['Sari Dewi', 'Budi Santoso', 'Kartika', 'Rahmat', 'Maya'].map(named);
    if (!sari || !budi || !kartika || !rahmat || !maya) throw new Error('nobody is there');

    await handIn(sari);
    await rejectAndRepair(sari, budi, kartika);
    // Each has two cards now, and only the new one can be pressed.
    await budi.tap('DITERIMA');
    await kartika.tap('TERIMA');
    await rahmat.hears(/Perlu keputusan Bapak\/Ibu/);
    expect([await budi.key('DITERIMA').count(), await kartika.key('TERIMA').count()]).toEqual([0, 0]);

    await page.getByRole('button', { name: 'Ke esok hari 07.30' }).click();
    await page.getByText(/^dimajukan/).waitFor();
    await page.getByRole('button', { name: 'Ke pengingat' }).click();
    await rahmat.hears(/Menunggu Bapak\/Ibu: .*Mohon diselesaikan sebelum tenggat\./s);
    await page.getByRole('button', { name: 'Ke pengingat' }).click();
    await rahmat.hears(/Melewati tenggat: .*Keterlambatan ini tercatat\./s);
    await rahmat.tap('TERIMA');

    await maya.hears(/Siap ditayangkan/);
    await maya.tap('SUDAH TAYANG');
    await maya.hears(/kirim tautan tayangan di Media sosial, atau foto sebagai bukti\./);
    await maya.write('sudah ya');
    await maya.hears(/tautan belum dapat dibaca\./);
    await maya.write(LINK);
    for (const person of [sari, budi, kartika, rahmat, maya]) await person.hears(/SELESAI\. Tayang/);

    await sari.write('/status 1');
    await sari.hears(/Keadaan: sudah tayang\./);
    expect(await sari.heard(/Keadaan: sudah tayang\./).textContent()).toMatch(NUMBER);
    await kartika.write('/antrean');
    await kartika.hears(/Tidak ada konten yang menunggu Anda\./);
    expect(complaints).toEqual([]);
  });

  test('another phone beside it leaves a chat at its newest message', async () => {
    const { page } = opened;
    const sari = handsOf(page, 'Sari Dewi');
    const toEnd = () => sari.phone.locator('.scroll').evaluate((chat) => chat.scrollHeight - chat.scrollTop - chat.clientHeight);
    await expect.poll(toEnd).toBeLessThan(60);
    await handsOf(page, 'Andi Wijaya').open();
    await handsOf(page, 'Andi Wijaya').phone.waitFor();
    // The first one more makes all of them narrower, which brings each back to its end; the second does not.
    await page.getByRole('button', { name: 'Orang luar' }).click();
    await handsOf(page, 'Orang luar 1').phone.waitFor();
    await expect.poll(toEnd).toBeLessThan(60);
  });
}

const browser = browserPlace;
if (browser === null) {
  test('no Chromium on this machine: the walk on the page did not run', () => expect(browserPlace).toBeNull());
} else {
  describe('the page', () => walkOnThePage(browser));
}
