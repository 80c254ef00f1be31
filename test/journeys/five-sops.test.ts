// The five SOPs through the real service, each in an office of its own: the straight way, every way back, and a case that is late.
// All offices run in one service, side by side; its clock is moved as a visitor moves it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { officeNamed } from '../support/other-phones.ts';
import { browserPlace, handsOf, openPageOf } from '../support/page-hands.ts';
import { type FarPhone, type Simulated, startSimulated } from '../support/simulated-service.ts';

const OFFICES = ['disdagperin-contoh', 'dpmptsp-contoh', 'diskominfo-contoh', 'dishub-contoh', 'ppid-contoh'];
const NARRATIVE = 'Dinas membuka layanan keliling di alun-alun supaya warga tidak perlu datang ke kantor.';
const REASON = 'Datanya belum sesuai, mohon diperbaiki.';
const WALK_MS = 150_000;

/** A row of the register as `register export --format json` gives it: the columns and the whole case. */
interface Row {
  office: string;
  number: string;
  title: string;
  status: string;
  revision: number;
  round: number;
  submitter: string;
  late: boolean;
  late_steps: string | null;
  caption: string | null;
  narrative: string | null;
  media: { kind: string }[];
  decisions: { step: string; person: string; verdict: string; note: string }[];
  publications: { channel: string; link: string | null; person: string; proof: string | null; waived?: string }[];
  details?: Record<string, string>;
  declared?: string[];
  schedule?: string;
  forms?: { form: string; text: string | null; person: string }[];
}

let service: Simulated;
let rows: Row[] = [];

beforeAll(async () => {
  service = await startSimulated(OFFICES);
  // The next working day at nine, so that all of it happens in office hours, whenever the test runs.
  const calendar = calendarOf(officeNamed('disdagperin-contoh', 'kalteng-disdagperin-upload-medsos'));
  await service.moveClock(calendar.instantOf(calendar.nextDate(calendar.dateOf(await service.now()), 1), '09:00'));
  service.hurry();
});
afterAll(() => service?.stop());

function phones<const N extends readonly number[]>(...ids: N): { [K in keyof N]: FarPhone } {
  return ids.map((id) => service.phone(id)) as { [K in keyof N]: FarPhone };
}

async function reject(who: FarPhone, label: string): Promise<void> {
  await who.tap(label);
  await who.hears(/alasan/i);
  await who.write(REASON);
}

async function link(who: FarPhone, channel: RegExp, address: string): Promise<void> {
  await who.hears(channel);
  await who.write(address);
}

/** The maker of B and C: pictures, caption, name, day and narrative. */
async function uploads(maker: FarPhone, pictures: string[], title: string): Promise<void> {
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
async function repairs(maker: FarPhone, picture: string, count: RegExp): Promise<void> {
  await maker.hears(/Datanya belum sesuai/);
  await maker.send([picture]);
  await maker.shows(count);
  await maker.tap('SERAHKAN');
  await maker.hears(/revisi ke-/);
}

/** Disdagperin and DPMPTSP run the same five steps, with other numbers, another checker and another day. */
function upload(ids: [number, number, number, number, number], least: number, channels: [RegExp, string][]) {
  const pictures = ['1', '2', '3', '4', '5'].slice(0, least);
  const people = () => phones(...ids);
  return {
    async publish() {
      const [, , , , admin] = people();
      await admin.tap('SUDAH TAYANG');
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

const medsos = upload([1001, 1002, 1003, 1004, 1005], 4, [[/tautan tayangan di Media sosial/, 'https://instagram.example.org/b']]);
const dpmptsp = upload([1201, 1202, 1203, 1204, 1205], 5, [
  [/tautan tayangan di Website/, 'https://dpmptsp.example.org/c'],
  [/tautan tayangan di Media sosial/, 'https://instagram.example.org/c'],
]);

const diskominfo = {
  people: () => phones(1301, 1302, 1304, 1305),
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
    await tika.tap('SUDAH TAYANG');
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
};

const dishub = {
  people: () => phones(1401, 1402, 1403, 1404, 1405),
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
    await agus.tap('SUDAH TAYANG');
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
};

const ppid = {
  people: () => phones(1101, 1103),
  async announces(title: string) {
    const [lestari, fitri] = this.people();
    await lestari.send(['document']);
    await lestari.hears(/nama kegiatan/i);
    await lestari.write(title);
    await lestari.tap('Hari ini');
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
    expect(await fitri.tap('SUDAH TAYANG')).toMatch(/bentuk aksesibel/);
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
};

describe.concurrent('the straight way and every way back', () => {
  it(
    'SOP A: announced by the DIP entry and its SK, spread with an accessible form and a photo of the board; there is no way back',
    async () => {
      await ppid.announces('Jalan lurus');
      await ppid.publish();
    },
    WALK_MS,
  );

  it(
    'SOP B: from the hand-in over three desks to the link, rejected by the checker and by the head',
    async () => {
      await medsos.straight();
      await medsos.back();
    },
    WALK_MS,
  );

  it(
    'SOP C: with five files and two channels, rejected by the secretary and by the head',
    async () => {
      await dpmptsp.straight();
      await dpmptsp.back();
    },
    WALK_MS,
  );

  it(
    'SOP D: from the task to the announcement online and offline; back to the drafter, to the Kabid who repairs, to the Kabid who sends it on',
    async () => {
      await diskominfo.straight();
      await diskominfo.back();
    },
    WALK_MS,
  );

  it(
    'SOP E: material, design, two approvals, a schedule and two channels; back to the designer from either approval',
    async () => {
      await dishub.straight();
      await dishub.back();
    },
    WALK_MS,
  );
});

const late: Record<string, () => Promise<void>> = {
  'disdagperin-contoh': () => medsos.late(),
  'dpmptsp-contoh': () => dpmptsp.late(),
  'diskominfo-contoh': () => diskominfo.late(),
  'dishub-contoh': () => dishub.late(),
};

it(
  'a case that is late is told to its holder and the supervisors, is finished all the same, and says so; a tentative one never is',
  async () => {
    await Promise.all([medsos.toChecker(), dpmptsp.toChecker(), diskominfo.toHead(), dishub.toBambang(), ppid.announces('Jalan lambat')]);
    const open = (JSON.parse(await service.alur('register', 'export', '--format', 'json')) as (Row & { due_at: string | null })[]).filter(
      ({ status }) => status !== 'published',
    );
    expect(open.map(({ office, late, due_at }) => [office, late, due_at === null]).sort()).toEqual(
      OFFICES.map((office) => [office, false, office === 'ppid-contoh']).sort(),
    );
    // To one deadline after the other, so that each is told at its time and not as after an outage.
    const dues = open.flatMap(({ office, due_at }) => (due_at === null ? [] : [{ office, due: Date.parse(due_at) }]));
    for (const { office, due } of dues.toSorted((one, other) => one.due - other.due)) {
      await service.moveClock(due);
      await late[office]?.();
    }
    await ppid.publish();
  },
  WALK_MS,
);

const browser = browserPlace;
it(
  browser === null
    ? 'no Chromium on this machine: the page of five offices was not looked at'
    : 'on the page each office has its people, and choosing it shows their phones',
  async () => {
    if (browser === null) return expect(browserPlace).toBeNull();
    const { page, complaints, close } = await openPageOf(browser, service.url);
    try {
      const shown = () => page.locator('.phone').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
      expect(await shown()).toContain('Ponsel Sari Dewi');
      await page
        .getByRole('navigation', { name: 'Kantor' })
        .getByRole('button', { name: /^Dinas Perhubungan/ })
        .click();
      await handsOf(page, 'Rizal Fahmi').phone.waitFor();
      expect((await shown()).sort()).toEqual(
        ['Agus Setiadi', 'Bambang Irawan', 'Intan Permata', 'Rizal Fahmi', 'Sofia Anggraini'].map((name) => `Ponsel ${name}`),
      );
      await handsOf(page, 'Rizal Fahmi').hears(/SELESAI/);
      expect(complaints).toEqual([]);
    } finally {
      await close();
    }
  },
);

describe('what remains of it', () => {
  beforeAll(async () => {
    rows = JSON.parse(await service.alur('register', 'export', '--format', 'json')) as Row[];
  });
  const of = (office: string, title: string): Row => {
    const found = rows.find((row) => row.office === office && row.title === title);
    if (!found) throw new Error(`${office} has no ${title}`);
    return found;
  };
  const decided = ({ decisions }: Row) => decisions.map(({ step, person, verdict }) => `${step} ${person} ${verdict}`);
  const shown = ({ publications }: Row) =>
    publications.map(({ channel, link: at, proof, person }) => [channel, at, proof !== null, person]);

  it('fourteen cases, each in the register with its number, without a gap, and published', () => {
    const numbers = OFFICES.map((office) => rows.filter((row) => row.office === office).map(({ number }) => number.slice(0, 4)));
    expect(numbers).toEqual([...Array(4).fill(['0001', '0002', '0003']), ['0001', '0002']]);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['published']));
  });

  it('SOP A: the DIP entry and its SK, an accessible form and the proof', () => {
    const row = of('ppid-contoh', 'Jalan lurus');
    expect(row).toMatchObject({ submitter: 'lestari', details: { dip: '12/DIP/2026', sk: '188/45/2026, 5 Januari 2026' }, late: false });
    expect(row.forms).toMatchObject([{ form: 'braille', text: 'Naskah untuk pencetak Braille', person: 'fitri' }]);
    expect(shown(row)).toEqual([['papan_pengumuman', null, true, 'fitri']]);
    expect(of('ppid-contoh', 'Jalan lambat').late).toBe(false);
  });

  it.each([
    ['B', 'disdagperin-contoh', 'budi', 'kartika', 'rahmat', 'maya', 4, [['media_sosial', 'https://instagram.example.org/b', false]]],
    [
      'C',
      'dpmptsp-contoh',
      'joko',
      'endah',
      'hartono',
      'galih',
      5,
      [
        ['website', 'https://dpmptsp.example.org/c', false],
        ['media_sosial', 'https://instagram.example.org/c', false],
      ],
    ],
  ] as const)('SOP %s: a written response for each desk, and the links', (_, office, team, checker, head, admin, least, links) => {
    const straight = [`terima-berkas ${team} receive`, `periksa ${checker} accept`, `putuskan ${head} accept`];
    const row = of(office, 'Jalan lurus');
    expect(row).toMatchObject({ revision: 1, late: false, narrative: NARRATIVE, caption: 'Jalan lurus, untuk warga' });
    expect(row.media).toHaveLength(least);
    expect(decided(row)).toEqual(straight);
    expect(new Set(row.decisions.map(({ note }) => note))).toEqual(new Set(['Sesuai, tanpa catatan']));
    expect(shown(row)).toEqual(links.map((one) => [...one, admin]));
    const back = of(office, 'Jalan kembali');
    expect(decided(back)).toEqual([
      ...[`terima-berkas ${team} receive`, `periksa ${checker} reject`],
      ...[`terima-berkas ${team} receive`, `periksa ${checker} accept`, `putuskan ${head} reject`],
      ...straight,
    ]);
    expect(back).toMatchObject({ revision: 3, late: false });
    expect(back.media).toHaveLength(least + 2);
    expect(back.decisions.filter(({ verdict }) => verdict === 'reject').map(({ note }) => note)).toEqual([REASON, REASON]);
    const late = of(office, 'Jalan lambat');
    expect(late.late).toBe(true);
    expect(late.late_steps).toContain('periksa');
  });

  it('SOP D: the disposition, the class, three checks, and proof online and offline', () => {
    const row = of('diskominfo-contoh', 'Jalan lurus');
    expect(row.details).toMatchObject({ disposition: '045/2026: siapkan pengumuman', class: 'berkala', assignee: 'tika' });
    expect(decided(row)).toEqual(['periksa-kabid nurdin accept', 'periksa-sekretaris darma accept', 'setujui ratna accept']);
    expect(shown(row)).toEqual([
      ['media_online', 'https://diskominfo.example.org/d', false, 'tika'],
      ['papan_pengumuman', null, true, 'tika'],
    ]);
    const back = of('diskominfo-contoh', 'Jalan kembali');
    expect(decided(back)).toEqual([
      'periksa-kabid nurdin reject',
      'periksa-kabid nurdin accept',
      'periksa-sekretaris darma reject',
      'periksa-kabid nurdin accept',
      'periksa-sekretaris darma accept',
      'setujui ratna reject',
      'periksa-kabid nurdin reject',
      'periksa-kabid nurdin accept',
      'periksa-sekretaris darma accept',
      'setujui ratna accept',
    ]);
    expect(back).toMatchObject({ revision: 4, narrative: `${NARRATIVE} Layanan buka pukul delapan.` });
    expect(of('diskominfo-contoh', 'Jalan lambat')).toMatchObject({ late: true, late_steps: expect.stringContaining('setujui') });
  });

  it('SOP E: the source, the declarations, two approvals, the schedule and both links', () => {
    const row = of('dishub-contoh', 'Jalan lurus');
    expect(row).toMatchObject({
      submitter: 'rizal',
      revision: 2,
      details: { source: 'Liputan sendiri di terminal' },
      declared: ['Tata bahasa benar', 'Tidak ada kesalahan ejaan', 'Mudah dipahami'],
      schedule: expect.stringMatching(/\+07:00$/),
    });
    expect(decided(row)).toEqual(['verifikasi bambang accept', 'setujui sofia accept']);
    expect(shown(row)).toEqual([
      ['website', 'https://dishub.example.org/e', false, 'agus'],
      ['media_sosial', 'https://instagram.example.org/e', false, 'agus'],
    ]);
    const back = of('dishub-contoh', 'Jalan kembali');
    expect(decided(back)).toEqual([
      'verifikasi bambang reject',
      'verifikasi bambang accept',
      'setujui sofia reject',
      'verifikasi bambang accept',
      'setujui sofia accept',
    ]);
    expect(back.revision).toBe(4);
    expect(of('dishub-contoh', 'Jalan lambat')).toMatchObject({ late: true, late_steps: expect.stringContaining('verifikasi') });
  });

  it('the chains of all five offices hold', async () => {
    expect(await service.alur('audit', 'verify')).toMatch(/utuh|cocok/i);
  });
});
