// How the people of the five sample offices walk their SOPs on their phones: straight, on every way back, and left waiting until it is late.
import type { Hand } from '../support/simulated-service.ts';

export const NARRATIVE = 'Dinas membuka layanan keliling di alun-alun supaya warga tidak perlu datang ke kantor.';
export const REASON = 'Datanya belum sesuai, mohon diperbaiki.';

/** Whoever has the phones of the offices' people, by the number that the sample offices know them by. */
export interface Phones {
  phone(id: number): Hand;
}

function phones<const N extends readonly number[]>(service: Phones, ...ids: N): { [K in keyof N]: Hand } {
  return ids.map((id) => service.phone(id)) as { [K in keyof N]: Hand };
}

async function reject(who: Hand, label: string): Promise<void> {
  await who.tap(label);
  // The question, not the card, which on WhatsApp speaks of a reason as well.
  await who.hears(/alasan penolakan/i);
  await who.write(REASON);
}

async function link(who: Hand, channel: RegExp, address: string): Promise<void> {
  await who.hears(channel);
  await who.write(address);
}

/** The maker of B and C: pictures, caption, name, day and narrative. */
async function uploads(maker: Hand, pictures: string[], title: string): Promise<void> {
  await maker.send(pictures, `${title}, untuk warga`);
  await maker.hears(/nama kegiatan/i);
  await maker.write(title);
  await maker.tap('Hari ini');
  await maker.hears(/narasi/i);
  await maker.write(NARRATIVE);
  await maker.tap('SERAHKAN');
  await maker.hears(/Nomor register/);
}

/** One picture more, and handed in again. */
async function repairs(maker: Hand, picture: string, count: RegExp): Promise<void> {
  await maker.hears(/Datanya belum sesuai/);
  await maker.send([picture]);
  await maker.shows(count);
  await maker.tap('SERAHKAN');
  await maker.hears(/revisi ke-/);
}

/** The card of the case before may still stand with its buttons while the new one is on its way: whoever publishes waits for the new one. */
async function published(publisher: Hand): Promise<void> {
  await publisher.hears(/Siap ditayangkan/);
  await publisher.tap('SUDAH TAYANG');
}

/** Disdagperin and DPMPTSP run the same five steps, with other numbers, another checker and another day. */
function upload(service: Phones, ids: [number, number, number, number, number], least: number, channels: [RegExp, string][]) {
  const pictures = ['1', '2', '3', '4', '5'].slice(0, least);
  const people = () => phones(service, ...ids);
  return {
    async publish() {
      const [, , , , admin] = people();
      await published(admin);
      for (const [channel, address] of channels) await link(admin, channel, address);
    },
    async straight() {
      const [maker, team, checker, head] = people();
      await uploads(maker, pictures, 'Jalan lurus');
      await team.tap('DITERIMA');
      await checker.tap('TERIMA');
      await head.tap('TERIMA');
      await this.publish();
      for (const who of [maker, team, checker, head]) await who.hears(/SELESAI/);
    },
    async back() {
      const [maker, team, checker, head] = people();
      await uploads(maker, pictures, 'Jalan kembali');
      await team.tap('DITERIMA');
      await reject(checker, 'TOLAK');
      await repairs(maker, '6', new RegExp(`${least + 1} dari minimal ${least}`));
      await team.tap('DITERIMA');
      await checker.tap('TERIMA');
      await reject(head, 'TOLAK');
      await repairs(maker, '7', new RegExp(`${least + 2} dari minimal ${least}`));
      await team.tap('DITERIMA');
      await checker.tap('TERIMA');
      await head.tap('TERIMA');
      await this.publish();
      await maker.hears(/SELESAI/);
    },
    async toChecker() {
      const [maker, team] = people();
      await uploads(maker, pictures, 'Jalan lambat');
      await team.tap('DITERIMA');
      await people()[2].hears(/Perlu keputusan/);
    },
    async late() {
      const [maker, , checker, head] = people();
      for (const who of [checker, head]) await who.hears(/Melewati tenggat/);
      await checker.tap('TERIMA');
      await head.tap('TERIMA');
      await this.publish();
      await maker.hears(/SELESAI/);
    },
  };
}

const diskominfoOf = (service: Phones) => ({
  people: () => phones(service, 1301, 1302, 1304, 1305),
  async toKabid(title: string) {
    const [nurdin, tika] = this.people();
    await nurdin.write('/kirim');
    await nurdin.hears(/nama kegiatan/i);
    await nurdin.write(title);
    await nurdin.hears(/disposisi/i);
    await nurdin.write('045/2026: siapkan pengumuman');
    await nurdin.tap('Tika Maharani');
    await nurdin.tap('TUGASKAN');
    await tika.tap('KERJAKAN');
    await tika.tap('Hari ini');
    await tika.hears(/dokumentasi/i);
    await tika.send(['document']);
    await tika.hears(/narasi/i);
    await tika.write(NARRATIVE);
    await tika.tap('Berkala');
    await tika.tap('SERAHKAN');
    await tika.hears(/Nomor register/);
  },
  async publish() {
    const [nurdin, tika] = this.people();
    await published(tika);
    await link(tika, /tautan tayangan di Media online/, 'https://diskominfo.example.org/d');
    await tika.hears(/papan pengumuman/i);
    await tika.send(['8']);
    await nurdin.hears(/SELESAI/);
  },
  async straight() {
    const [nurdin, , darma, ratna] = this.people();
    await this.toKabid('Jalan lurus');
    for (const who of [nurdin, darma, ratna]) await who.tap('YA');
    await this.publish();
  },
  /** Back to the drafter, back to the Kabid who repairs it himself, back to the Kabid who sends it on. */
  async back() {
    const [nurdin, tika, darma, ratna] = this.people();
    await this.toKabid('Jalan kembali');
    await reject(nurdin, 'TIDAK');
    await repairs(tika, '6', /2 dari minimal 1/);
    await nurdin.tap('YA');
    await reject(darma, 'TIDAK');
    await nurdin.hears(/Datanya belum sesuai/);
    await nurdin.tap('PERBAIKI');
    await nurdin.hears(/narasi.*yang sudah diperbaiki/);
    await nurdin.write(`${NARRATIVE} Layanan buka pukul delapan.`);
    await tika.hears(/Diperbaiki oleh Nurdin/);
    // The button of the revision before counts no more.
    await nurdin.shows(/Langkah 3 [\s\S]*revisi ke-3/);
    await nurdin.tap('YA');
    await darma.tap('YA');
    await reject(ratna, 'TIDAK');
    await nurdin.hears(/Datanya belum sesuai/);
    await reject(nurdin, 'TIDAK');
    await repairs(tika, '7', /3 dari minimal 1/);
    for (const who of [nurdin, darma, ratna]) await who.tap('YA');
    await this.publish();
  },
  async toHead() {
    const [nurdin, , darma, ratna] = this.people();
    await this.toKabid('Jalan lambat');
    for (const who of [nurdin, darma]) await who.tap('YA');
    await ratna.hears(/Perlu keputusan/);
  },
  async late() {
    const [nurdin, , , ratna] = this.people();
    for (const who of [ratna, nurdin]) await who.hears(/Melewati tenggat/);
    await ratna.tap('YA');
    await this.publish();
  },
});

const dishubOf = (service: Phones) => ({
  people: () => phones(service, 1401, 1402, 1403, 1404, 1405),
  async toChecker(title: string) {
    const [rizal, intan] = this.people();
    await rizal.send(['document', '1']);
    await rizal.hears(/nama kegiatan/i);
    await rizal.write(title);
    await rizal.tap('Hari ini');
    await rizal.hears(/sumber/i);
    await rizal.write('Liputan sendiri di terminal');
    await rizal.tap('SERAHKAN');
    await intan.tap('KERJAKAN');
    await intan.hears(/dikerjakan oleh/i);
    await intan.send(['2']);
    await intan.tap('SERAHKAN');
    await intan.hears(/Nomor register/);
  },
  async publish(when: string) {
    const [rizal, , agus, bambang] = this.people();
    await bambang.tap('ATUR JADWAL');
    await bambang.hears(/jadwal tayang/);
    await bambang.write(when);
    await published(agus);
    await link(agus, /tautan tayangan di Website/, 'https://dishub.example.org/e');
    await link(agus, /tautan tayangan di Media sosial/, 'https://instagram.example.org/e');
    await rizal.hears(/SELESAI/);
  },
  async straight() {
    const [, , , bambang, sofia] = this.people();
    await this.toChecker('Jalan lurus');
    await bambang.tap('YA');
    await sofia.tap('YA');
    await this.publish('sekarang');
  },
  async back() {
    const [, intan, , bambang, sofia] = this.people();
    await this.toChecker('Jalan kembali');
    await reject(bambang, 'TIDAK');
    await repairs(intan, '6', /2 dari minimal 1/);
    await bambang.tap('YA');
    await reject(sofia, 'TIDAK');
    await repairs(intan, '7', /3 dari minimal 1/);
    await bambang.tap('YA');
    await sofia.tap('YA');
    await this.publish('sekarang');
  },
  async toBambang() {
    await this.toChecker('Jalan lambat');
    await this.people()[3].hears(/Perlu keputusan/);
  },
  async late() {
    const [, , , bambang, sofia] = this.people();
    await bambang.hears(/Melewati tenggat/);
    await bambang.tap('YA');
    await sofia.tap('YA');
    await this.publish('sekarang');
  },
});

const ppidOf = (service: Phones) => ({
  people: () => phones(service, 1101, 1103),
  async announces(title: string) {
    const [lestari, fitri] = this.people();
    await lestari.send(['document']);
    await lestari.hears(/nama kegiatan/i);
    await lestari.write(title);
    await lestari.tap('Hari ini');
    await lestari.tap('Setiap saat');
    await lestari.hears(/nomor DIP/);
    await lestari.write('12/DIP/2026');
    await lestari.hears(/SK/);
    await lestari.write('188/45/2026, 5 Januari 2026');
    await lestari.tap('SERAHKAN');
    await lestari.hears(/Nomor register/);
    await fitri.hears(/Siap ditayangkan/);
  },
  async publish() {
    const [lestari, fitri] = this.people();
    const answer = await fitri.tap('SUDAH TAYANG');
    // On WhatsApp the answer to a tap is a message.
    if (!/bentuk aksesibel/.test(answer ?? (await fitri.hears(/bentuk aksesibel/)))) throw new Error(`answered with ${answer}`);
    await fitri.tap('Serahkan Braille');
    await fitri.hears(/Braille/);
    await fitri.write('Naskah untuk pencetak Braille');
    await fitri.hears(/Bentuk aksesibel \(Braille\) dicatat/);
    await fitri.again('SUDAH TAYANG');
    await fitri.hears(/Website/);
    await fitri.tap('Papan pengumuman');
    await fitri.hears(/papan pengumuman/i);
    await fitri.send(['8']);
    await fitri.tap('SELESAI');
    await lestari.hears(/SELESAI/);
  },
});

/** By the offices' names: Disdagperin (SOP B), DPMPTSP (C), Diskominfo (D), Dishub (E), PPID (A). */
export function walksOf(service: Phones) {
  return {
    medsos: upload(service, [1001, 1002, 1003, 1004, 1005], 4, [[/tautan tayangan di Media sosial/, 'https://instagram.example.org/b']]),
    dpmptsp: upload(service, [1201, 1202, 1203, 1204, 1205], 5, [
      [/tautan tayangan di Website/, 'https://dpmptsp.example.org/c'],
      [/tautan tayangan di Media sosial/, 'https://instagram.example.org/c'],
    ]),
    diskominfo: diskominfoOf(service),
    dishub: dishubOf(service),
    ppid: ppidOf(service),
  };
}
