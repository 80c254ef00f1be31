// The other SOPs in the chat, each on its straight way, on every way back, and late; real rules, hearing and delivery in process.
import { describe, expect, test } from 'vitest';
import { officeNamed } from '../support/other-phones.ts';
import { Phones } from '../support/phones.ts';
import { FRIDAY_9, sopNamed } from '../support/sample-office.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function phones(file: string, sop: string): Phones {
  return new Phones(officeNamed(file, sop), [sopNamed(sop)]);
}

const REASON = 'Data penumpang keliru, mohon diperbaiki';

describe('Mekanisme Penayangan Konten (Dishub)', () => {
  const [RIZAL, INTAN, AGUS, BAMBANG, SOFIA] = ['1401', '1402', '1403', '1404', '1405'] as const;
  const start = () => phones('dishub-contoh', 'kalbar-dishub-penayangan');

  async function toDesigner(): Promise<Phones> {
    const p = start();
    await p.album(RIZAL, 2, undefined, 'bahan');
    await p.text(RIZAL, 'Ramp check Terminal ALBN');
    await p.must(RIZAL, 'Hari ini');
    expect(p.last(RIZAL)).toMatch(/sumber/);
    await p.text(RIZAL, 'Liputan sendiri di Terminal ALBN');
    await p.must(RIZAL, 'SERAHKAN');
    return p;
  }

  async function toChecker(): Promise<Phones> {
    const p = await toDesigner();
    await p.must(INTAN, 'KERJAKAN');
    await p.photo(INTAN, 'desain 1');
    await p.must(INTAN, 'SERAHKAN');
    return p;
  }

  async function toScheduler(): Promise<Phones> {
    const p = await toChecker();
    await p.must(BAMBANG, 'YA');
    await p.must(SOFIA, 'YA');
    return p;
  }

  test('help names the buttons as this SOP calls them, to each his own', async () => {
    const p = start();
    await p.text(BAMBANG, '/bantuan');
    expect(p.last(BAMBANG)).toMatch(/baca kartu, lalu tekan YA atau TIDAK\. TANGGAPAN/);
    expect(p.last(BAMBANG)).not.toMatch(/DITERIMA|TERIMA|TOLAK/);
  });

  test('the straight way: material, design, two approvals, a schedule, two channels', async () => {
    const p = await toDesigner();
    expect(p.case.state).toMatchObject({ status: 'making', step: 'desain', taken: null });
    expect(p.case.maker).toBe('rizal');
    expect(p.said(INTAN, /Perlu dikerjakan/)?.text).toMatch(/Liputan sendiri/);
    expect(p.chat(INTAN).some(({ files }) => files.length > 0)).toBe(true);
    await p.must(INTAN, 'KERJAKAN');
    expect(p.case).toMatchObject({ maker: 'intan', home: { id: INTAN }, content: { title: 'Ramp check Terminal ALBN', media: [] } });
    expect(p.said(INTAN, /Dikerjakan oleh Intan/)).toBeDefined();
    // She begins nothing herself: what she has in hand is all there is.
    await p.text(INTAN, '/kirim');
    expect(p.said(INTAN, /Masih terbuka: .*\nLanjutkan mengirim isinya\. Draf ini tidak dapat dibatalkan\./)).toBeDefined();
    await p.photo(INTAN, 'desain 1');
    expect(p.said(INTAN, /Penyusunan konten/)?.text).toMatch(/Dengan menekan SERAHKAN Anda menyatakan: tata bahasa benar/);
    await p.must(INTAN, 'SERAHKAN');
    expect(p.case.revisions[1]).toMatchObject({
      by: 'intan',
      materialOf: 1,
      declared: ['Tata bahasa benar', 'Tidak ada kesalahan ejaan', 'Mudah dipahami'],
    });
    expect(p.said(BAMBANG, /Perlu keputusan/)?.text).toMatch(/Dengan menekan YA Anda menyatakan/);
    await p.must(BAMBANG, 'YA');
    expect(p.case.decisions[0]?.declared).toEqual(['Tidak ada kesalahan faktual', 'Tidak ada interpretasi yang salah']);
    await p.must(SOFIA, 'YA');
    await p.must(BAMBANG, 'ATUR JADWAL');
    await p.text(BAMBANG, 'entah');
    expect(p.last(BAMBANG)).toMatch(/belum dapat dibaca/);
    await p.text(BAMBANG, 'hari ini 08.00');
    expect(p.last(BAMBANG)).toMatch(/sudah lewat/);
    await p.text(BAMBANG, 'besok 09.00');
    expect(p.last(BAMBANG)).toMatch(/bukan hari kerja/);
    await p.text(BAMBANG, '23-11-2026 20.00');
    expect(p.last(BAMBANG)).toMatch(/di luar jam kantor/);
    await p.text(BAMBANG, '23-11-2026 pukul 09.00 WIB');
    const at = Date.parse('2026-11-23T09:00:00+07:00');
    expect(p.case).toMatchObject({ schedule: at, state: { status: 'approved', dueAt: at + 15 * MINUTE } });
    expect(p.said(BAMBANG, /Dijadwalkan tayang/)).toBeDefined();
    expect(p.said(AGUS, /Siap ditayangkan/)?.text).toMatch(/Jadwal tayang: .*09\.00/);
    await p.advance(at);
    await p.must(AGUS, 'SUDAH TAYANG');
    await p.text(AGUS, 'https://dishub.example.org/1');
    await p.text(AGUS, 'https://instagram.example.org/1');
    expect(p.case.state.status).toBe('published');
    for (const user of [RIZAL, INTAN, BAMBANG, SOFIA]) expect(p.said(user, /SELESAI\. Tayang/)).toBeDefined();
  });

  test('an unusual time may be meant: it is asked about once and then holds', async () => {
    const p = await toScheduler();
    await p.must(BAMBANG, 'ATUR JADWAL');
    await p.text(BAMBANG, 'besok 09.00');
    await p.must(BAMBANG, 'Ya, tetap jadwalkan');
    expect(p.case.schedule).toBe(Date.parse('2026-11-21T09:00:00+07:00'));
  });

  test('tomorrow is the day after it was written, however late it is heard', async () => {
    const p = await toScheduler();
    await p.must(BAMBANG, 'ATUR JADWAL');
    p.now = Date.parse('2026-11-22T23:59:30+07:00');
    await p.textOnly(BAMBANG, 'besok 14.00');
    p.now = Date.parse('2026-11-23T06:00:00+07:00');
    await p.settle();
    expect(p.case.schedule).toBe(Date.parse('2026-11-23T14:00:00+07:00'));
  });

  test('the button for an unusual time alone schedules nothing', async () => {
    const p = await toScheduler();
    await p.must(BAMBANG, 'ATUR JADWAL');
    await p.text(BAMBANG, 'besok 09.00');
    await p.text(BAMBANG, '/batal');
    await p.must(BAMBANG, 'Ya, tetap jadwalkan');
    expect(p.lastAnswer.text).toMatch(/tidak berlaku/);
    expect(p.case.state).toMatchObject({ step: 'jadwalkan' });
  });

  test('who comes second hears who has it', async () => {
    const office = officeNamed('dishub-contoh', 'kalbar-dishub-penayangan');
    const people = [...office.people, { id: 'lia', name: 'Lia', roles: ['pembuat_konten'], telegram: '1406' }];
    const p = new Phones({ ...office, people }, [sopNamed('kalbar-dishub-penayangan')]);
    await p.album(RIZAL, 1, undefined, 'bahan');
    await p.text(RIZAL, 'Ramp check');
    await p.must(RIZAL, 'Hari ini');
    await p.text(RIZAL, 'Liputan sendiri');
    await p.must(RIZAL, 'SERAHKAN');
    const button = p.platform.button('1406', 'KERJAKAN');
    await p.must(INTAN, 'KERJAKAN');
    await p.tap('1406', button?.data ?? '', button?.message ?? '');
    await p.settle();
    expect(p.lastAnswer.text).toMatch(/sudah dikerjakan oleh Intan/);
    expect(p.case.maker).toBe('intan');
  });

  test.each([
    ['verifikasi', [BAMBANG]],
    ['setujui', [BAMBANG, SOFIA]],
  ] as const)('the way back from %s leads to the designer, who hands in again', async (step, way) => {
    const p = await toChecker();
    const last = way.at(-1) ?? '';
    for (const user of way.slice(0, -1)) await p.must(user, 'YA');
    await p.must(last, 'TIDAK');
    await p.text(last, REASON);
    expect(p.case).toMatchObject({ maker: 'intan', state: { status: 'returned', step: 'desain', by: { step } } });
    expect(p.said(INTAN, /Dikembalikan oleh/)).toBeDefined();
    expect(p.said(RIZAL, /Dikembalikan/)).toBeUndefined();
    await p.photo(INTAN, 'desain 2');
    await p.must(INTAN, 'SERAHKAN');
    expect(p.case.revisions).toHaveLength(3);
    await p.must(BAMBANG, 'YA');
    expect(p.case.state).toMatchObject({ step: 'setujui' });
  });

  test('a design that is late is told of to its maker, a late publication to whoever scheduled it', async () => {
    const p = await toDesigner();
    await p.must(INTAN, 'KERJAKAN');
    await p.advance(FRIDAY_9 + 4 * 24 * HOUR);
    expect(p.said(INTAN, /Melewati tenggat/)).toBeDefined();
    expect(p.said(BAMBANG, /Melewati tenggat/)).toBeDefined();
    await p.photo(INTAN, 'desain 1');
    await p.must(INTAN, 'SERAHKAN');
    expect(p.said(INTAN, /Tercatat terlambat: tenggatnya/)).toBeDefined();
    await p.must(BAMBANG, 'YA');
    await p.must(SOFIA, 'YA');
    await p.must(BAMBANG, 'ATUR JADWAL');
    await p.text(BAMBANG, 'sekarang');
    const before = p.chat(BAMBANG).length;
    await p.advance(p.now + HOUR);
    expect(
      p
        .chat(BAMBANG)
        .slice(before)
        .some(({ text }) => /Melewati tenggat/.test(text)),
    ).toBe(true);
    await p.must(AGUS, 'LEWATI Website');
    await p.text(AGUS, 'rusak');
    expect(p.last(AGUS)).toMatch(/alasan baru 5 karakter, minimal 10[\s\S]*\nKanal belum dilewati\.$/);
    await p.text(AGUS, 'Laman sedang diperbaiki');
    await p.must(AGUS, 'SUDAH TAYANG');
    await p.text(AGUS, 'https://instagram.example.org/1');
    expect(p.case.state.status).toBe('published');
    expect(p.case.publications[0]).toMatchObject({ channel: 'website', link: null, waived: 'Laman sedang diperbaiki' });
    expect(p.said(INTAN, /SELESAI/)?.text).toMatch(/dilewati/);
  });
});

describe('Pengumuman Informasi Publik (Diskominfo)', () => {
  const [NURDIN, TIKA, YUSUF, DARMA, RATNA] = ['1301', '1302', '1303', '1304', '1305'] as const;

  async function toMaker(): Promise<Phones> {
    const p = phones('diskominfo-contoh', 'kalbar-diskominfo-pengumuman');
    await p.text(NURDIN, '/kirim');
    await p.text(NURDIN, 'Pengumuman layanan aduan');
    expect(p.last(NURDIN)).toMatch(/disposisi/);
    await p.text(NURDIN, '045/2026, 20 November 2026: siapkan pengumuman');
    expect(p.last(NURDIN)).toMatch(/pelaksana/);
    await p.must(NURDIN, 'Tika Maharani');
    await p.must(NURDIN, 'TUGASKAN');
    return p;
  }

  async function toKabid(kind = 'Berkala'): Promise<Phones> {
    const p = await toMaker();
    await p.must(TIKA, 'KERJAKAN');
    await p.must(TIKA, 'Hari ini');
    await p.photo(TIKA, 'bahan 1');
    await p.text(TIKA, 'Layanan aduan dibuka setiap hari kerja mulai pukul delapan.');
    expect(p.last(TIKA)).toMatch(/klasifikasi/);
    await p.must(TIKA, kind);
    await p.must(TIKA, 'SERAHKAN');
    return p;
  }

  test('the straight way: a task, a draft, three approvals, online and offline', async () => {
    const p = await toMaker();
    expect(p.case).toMatchObject({ number: null, state: { status: 'making', assigned: 'tika', step: 'susun' } });
    expect(p.said(NURDIN, /Ditugaskan/)?.text).toMatch(/Tika Maharani/);
    expect(p.chat(YUSUF)).toEqual([]);
    expect(p.said(TIKA, /Perlu dikerjakan/)?.text).toMatch(/Disposisi: 045\/2026/);
    await p.must(TIKA, 'KERJAKAN');
    expect(p.said(TIKA, /Penyusunan konten/)?.text).toMatch(/Ditugaskan oleh Nurdin/);
    await p.must(TIKA, 'Hari ini');
    await p.photo(TIKA, 'bahan 1');
    await p.text(TIKA, 'Layanan aduan dibuka setiap hari kerja mulai pukul delapan.');
    await p.must(TIKA, 'Dikecualikan');
    expect(p.lastAnswer.text).toMatch(/tidak boleh diumumkan/);
    await p.text(TIKA, 'setiap saat');
    expect(p.last(TIKA)).toMatch(/tidak untuk informasi Setiap saat/);
    await p.text(TIKA, 'apa saja');
    expect(p.last(TIKA)).toMatch(/belum dapat dibaca/);
    await p.must(TIKA, 'Berkala');
    await p.must(TIKA, 'SERAHKAN');
    expect(p.case.number).not.toBeNull();
    expect(p.case.revisions[0]?.details).toMatchObject({ class: 'berkala', assignee: 'tika' });
    await p.must(NURDIN, 'YA');
    await p.must(DARMA, 'YA');
    await p.must(RATNA, 'YA');
    await p.must(TIKA, 'SUDAH TAYANG');
    await p.text(TIKA, 'https://diskominfo.example.org/1');
    expect(p.last(TIKA)).toMatch(/foto sebagai bukti di Papan pengumuman, atau tautan ke foto itu/);
    await p.photo(TIKA, 'papan');
    expect(p.case.state.status).toBe('published');
    expect(p.case.publications.map(({ channel, proof }) => [channel, proof !== null])).toEqual([
      ['media_online', false],
      ['papan_pengumuman', true],
    ]);
  });

  test('the head of section sends it back to its maker', async () => {
    const p = await toKabid();
    await p.must(NURDIN, 'TIDAK');
    await p.text(NURDIN, REASON);
    expect(p.case).toMatchObject({ maker: 'tika', home: { id: TIKA }, state: { status: 'returned', step: 'susun' } });
  });

  test('the secretary sends it to the head of section, who repairs it and passes it on', async () => {
    const p = await toKabid();
    expect(p.labels(NURDIN)).not.toContain('PERBAIKI');
    await p.must(NURDIN, 'YA');
    await p.must(DARMA, 'TIDAK');
    await p.text(DARMA, REASON);
    expect(p.said(NURDIN, /Dikembalikan oleh Darma/)?.text).toMatch(/Data penumpang keliru/);
    await p.must(NURDIN, 'PERBAIKI');
    await p.text(NURDIN, 'Layanan aduan dibuka setiap hari kerja mulai pukul sembilan.');
    expect(p.case.revisions[1]).toMatchObject({ by: 'nurdin', repaired: true });
    expect(p.said(TIKA, /Diperbaiki oleh Nurdin/)).toBeDefined();
    await p.must(NURDIN, 'YA');
    expect(p.said(DARMA, /Diperbaiki oleh Nurdin/)).toBeDefined();
    await p.must(DARMA, 'YA');
    await p.must(RATNA, 'YA');
    expect(p.case.state).toMatchObject({ status: 'approved', step: 'umumkan' });
  });

  test('the head of the office sends it to the head of section, who sends it on to its maker', async () => {
    const p = await toKabid();
    await p.must(NURDIN, 'YA');
    await p.must(DARMA, 'YA');
    await p.must(RATNA, 'TIDAK');
    await p.text(RATNA, REASON);
    expect(p.case.state).toMatchObject({ status: 'running', step: 'periksa-kabid', round: 2 });
    await p.must(NURDIN, 'TIDAK');
    await p.text(NURDIN, REASON);
    expect(p.case.state).toMatchObject({ status: 'returned', step: 'susun' });
    await p.must(TIKA, 'Perbaiki sekarang');
    await p.photo(TIKA, 'bahan 2');
    await p.must(TIKA, 'SERAHKAN');
    expect(p.case.state).toMatchObject({ step: 'periksa-kabid', round: 3 });
  });

  test('what must be announced at once does not wait for office hours', async () => {
    const p = await toKabid('Serta merta');
    expect(p.case.state).toMatchObject({ dueAt: FRIDAY_9 + HOUR });
    p.now = Date.parse('2026-11-20T22:00:00+07:00');
    await p.must(NURDIN, 'YA');
    expect(p.case.state).toMatchObject({ dueAt: Date.parse('2026-11-20T23:00:00+07:00') });
    await p.advance(Date.parse('2026-11-20T23:30:00+07:00'));
    expect(p.said(DARMA, /Melewati tenggat/)).toBeDefined();
  });

  test('what must be announced at once is told of at night as well when the service was down at its moment', async () => {
    const p = await toKabid('Serta merta');
    p.now = Date.parse('2026-11-20T22:00:00+07:00');
    await p.must(NURDIN, 'YA');
    p.now = Date.parse('2026-11-20T23:45:00+07:00');
    await p.settle();
    expect(p.said(DARMA, /Melewati tenggat/)).toBeDefined();
  });

  test('only the named person may take it; a task that is late is told of', async () => {
    const p = await toMaker();
    const button = p.platform.button(TIKA, 'KERJAKAN');
    expect(button).not.toBeNull();
    await p.advance(FRIDAY_9 + 5 * 24 * HOUR);
    expect(p.said(TIKA, /Melewati tenggat/)).toBeDefined();
  });
});

describe('Standar Pengumuman Informasi Publik (PPID)', () => {
  const [LESTARI, FITRI] = ['1101', '1103'] as const;

  async function toPublisher(): Promise<Phones> {
    const p = phones('ppid-contoh', 'kalteng-disdagperin-pengumuman');
    await p.file(LESTARI, { kind: 'document', bytes: '%PDF informasi', name: 'informasi.pdf' });
    await p.settle();
    await p.text(LESTARI, 'Daftar harga acuan');
    await p.must(LESTARI, 'Hari ini');
    await p.must(LESTARI, 'Setiap saat');
    expect(p.last(LESTARI)).toMatch(/nomor DIP/);
    await p.text(LESTARI, '12/DIP/2026');
    await p.text(LESTARI, '188/45/2026, 5 Januari 2026');
    await p.must(LESTARI, 'SERAHKAN');
    return p;
  }

  test('the straight way: one channel is enough, and an accessible form comes before it', async () => {
    const p = await toPublisher();
    expect(p.case.revisions[0]?.details).toEqual({ class: 'setiap_saat', dip: '12/DIP/2026', sk: '188/45/2026, 5 Januari 2026' });
    expect(p.said(FITRI, /Siap ditayangkan/)?.text).toMatch(/Tenggat: tentatif/);
    await p.must(FITRI, 'SUDAH TAYANG');
    expect(p.lastAnswer.text).toMatch(/bentuk aksesibel baru 0 dari minimal 1/);
    await p.must(FITRI, 'Serahkan Braille');
    await p.text(FITRI, 'Daftar harga acuan dalam Braille');
    expect(p.said(FITRI, /Bentuk aksesibel \(Braille\) dicatat/)).toBeDefined();
    expect(p.labels(FITRI)).not.toContain('SELESAI');
    await p.must(FITRI, 'SUDAH TAYANG');
    expect(p.last(FITRI)).toMatch(/Website/);
    await p.must(FITRI, 'Media sosial');
    await p.text(FITRI, 'https://instagram.example.org/1');
    expect(p.case.state.status).toBe('approved');
    await p.must(FITRI, 'SELESAI');
    expect(p.case.state.status).toBe('published');
    expect(p.labels(FITRI)).not.toContain('SUDAH TAYANG');
    expect([...p.store.tables.timers.values()]).toEqual([]);
  });

  test('the four duties of language and accessibility are declared with the hand-in', async () => {
    const p = await toPublisher();
    expect(p.case.revisions[0]?.declared).toEqual([
      'Aksesibilitas bagi penyandang disabilitas diperhatikan',
      'Menggunakan Bahasa Indonesia yang baik dan benar',
      'Mudah dipahami',
      'Bahasa yang digunakan penduduk setempat dipertimbangkan',
    ]);
  });

  test('one person may hold both roles and spread what he announced; a tentative step is never late', async () => {
    const both = officeNamed('ppid-contoh', 'kalteng-disdagperin-pengumuman');
    const people = both.people.map((person) => ({ ...person, roles: ['ppid_pelaksana', 'petugas_ppid'] }));
    const p = new Phones({ ...both, people }, [sopNamed('kalteng-disdagperin-pengumuman')]);
    await p.photo(LESTARI, 'informasi');
    await p.text(LESTARI, 'Daftar harga acuan');
    await p.must(LESTARI, 'Hari ini');
    await p.must(LESTARI, 'Berkala');
    await p.text(LESTARI, '12/DIP/2026');
    await p.text(LESTARI, '188/45/2026');
    await p.must(LESTARI, 'SERAHKAN');
    await p.advance(FRIDAY_9 + 30 * 24 * HOUR);
    expect(p.said(LESTARI, /Melewati tenggat/)).toBeUndefined();
    await p.must(LESTARI, 'Serahkan audio');
    await p.text(LESTARI, 'Naskah suara');
    await p.must(LESTARI, 'SUDAH TAYANG');
    await p.text(LESTARI, 'https://ppid.example.org/1');
    await p.must(LESTARI, 'SELESAI');
    expect(p.case.state.status).toBe('published');
  });

  test('an accessible form may be a file', async () => {
    const p = await toPublisher();
    await p.must(FITRI, 'Serahkan visual');
    await p.photo(FITRI, 'gambar');
    expect(p.case.forms).toMatchObject([{ form: 'visual', text: null, person: 'fitri' }]);
  });

  test('a voice message is no audio file, and that is said to whoever is asked for one', async () => {
    const p = await toPublisher();
    await p.must(FITRI, 'Serahkan audio');
    await p.sends(FITRI, { voice: { file_id: 'v', file_unique_id: 'u', duration: 3 } });
    expect(p.last(FITRI)).toBe(
      '⚠️ Pesan suara tidak dapat diproses.\nKirim rekamannya sebagai berkas audio, atau foto, video, dokumen, atau teks.',
    );
  });

  test('a notice board is proved by a photo', async () => {
    const p = await toPublisher();
    await p.must(FITRI, 'Serahkan audio');
    await p.text(FITRI, 'Naskah suara');
    await p.must(FITRI, 'SUDAH TAYANG');
    await p.must(FITRI, 'Papan pengumuman');
    await p.photo(FITRI, 'papan');
    await p.must(FITRI, 'SELESAI');
    expect(p.case.publications).toMatchObject([{ channel: 'papan_pengumuman', link: null }]);
  });

  test('what is excluded is not announced, and without a DIP entry nothing is handed in', async () => {
    const p = phones('ppid-contoh', 'kalteng-disdagperin-pengumuman');
    await p.photo(LESTARI, 'informasi');
    await p.text(LESTARI, 'Daftar harga acuan');
    await p.must(LESTARI, 'Hari ini');
    await p.must(LESTARI, 'Dikecualikan');
    expect(p.lastAnswer.text).toMatch(/tidak boleh diumumkan/);
    expect(p.case.content.details?.class).toBeUndefined();
    await p.must(LESTARI, 'Setiap saat');
    await p.text(LESTARI, '1');
    expect(p.last(LESTARI)).toMatch(/minimal 3/);
    expect(p.labels(LESTARI)).not.toContain('SERAHKAN');
  });
});

describe('Alur Upload Konten Website & Media Sosial (DPMPTSP)', () => {
  const office = officeNamed('dpmptsp-contoh', 'gunungkidul-dpmptsp-upload-web-medsos');
  const of = (role: string) => office.people.find(({ roles }) => roles.includes(role))?.telegram ?? '';
  const [MAKER, TEAM, SECRETARY, HEAD, ADMIN] = [
    of('tim_pelaksana'),
    of('tim_pertimbangan'),
    of('sekretaris_ppid_pembantu'),
    of('atasan_ppid_pembantu'),
    of('admin_medsos'),
  ];

  async function toSecretary(): Promise<Phones> {
    const p = new Phones(office, [sopNamed('gunungkidul-dpmptsp-upload-web-medsos')]);
    await p.album(MAKER, 5, 'Layanan keliling hari ini');
    await p.text(MAKER, 'Layanan keliling Wonosari');
    await p.must(MAKER, 'Hari ini');
    await p.text(MAKER, 'Dinas membuka layanan keliling di Wonosari untuk memudahkan warga.');
    await p.must(MAKER, 'SERAHKAN');
    await p.must(TEAM, 'DITERIMA');
    return p;
  }

  test('the straight way ends on the website and in the social media', async () => {
    const p = await toSecretary();
    await p.must(SECRETARY, 'TERIMA');
    await p.must(HEAD, 'TERIMA');
    await p.must(ADMIN, 'SUDAH TAYANG');
    await p.text(ADMIN, 'https://dpmptsp.example.org/1');
    await p.text(ADMIN, 'https://instagram.example.org/1');
    expect(p.case.state.status).toBe('published');
  });

  test.each([
    ['the secretary', [SECRETARY]],
    ['the head', [SECRETARY, HEAD]],
  ])('%s sends it back to its maker', async (_, way) => {
    const p = await toSecretary();
    const last = way.at(-1) ?? '';
    for (const user of way.slice(0, -1)) await p.must(user, 'TERIMA');
    await p.must(last, 'TOLAK');
    await p.text(last, REASON);
    expect(p.case.state).toMatchObject({ status: 'returned', step: 'serahkan' });
  });

  test('what is not decided on the day is late', async () => {
    const p = await toSecretary();
    await p.advance(Date.parse('2026-11-20T16:31:00+07:00'));
    expect(p.said(SECRETARY, /Melewati tenggat/)).toBeDefined();
  });
});

describe('buttons that stand where they are no use any more', () => {
  test('a task taken in a group is asked about in its maker’s own chat', async () => {
    const group = '-1002000000009';
    const office = officeNamed('dishub-contoh', 'kalbar-dishub-penayangan');
    const groups = [{ role: 'pembuat_konten', chat: { channel: 'telegram', id: group } as const }];
    const p = new Phones({ ...office, groups }, [sopNamed('kalbar-dishub-penayangan')]);
    await p.album('1401', 1, undefined, 'bahan');
    await p.text('1401', 'Ramp check');
    await p.must('1401', 'Hari ini');
    await p.text('1401', 'Liputan sendiri');
    await p.must('1401', 'SERAHKAN');
    await p.must('1402', 'KERJAKAN', group);
    expect(p.case).toMatchObject({ maker: 'intan', home: { id: '1402' } });
    expect(p.said('1402', /Bagian Anda sekarang/)).toBeDefined();
    await p.photo('1402', 'desain');
    expect(p.case.content.media).toHaveLength(1);
  });

  test('the picking of a form or a schedule by others is refused', async () => {
    const p = phones('ppid-contoh', 'kalteng-disdagperin-pengumuman');
    await p.photo('1101', 'informasi');
    await p.text('1101', 'Daftar harga acuan');
    await p.must('1101', 'Hari ini');
    await p.must('1101', 'Setiap saat');
    await p.text('1101', '12/DIP/2026');
    await p.text('1101', '188/45/2026');
    await p.must('1101', 'Ubah nomor DIP');
    await p.text('1101', '13/DIP/2026');
    await p.must('1101', 'SERAHKAN');
    expect(p.case.revisions[0]?.details?.dip).toBe('13/DIP/2026');
    await p.must('1103', 'Serahkan audio');
    const form = p.platform.button('1103', 'Serahkan audio');
    await p.text('1103', 'naskah');
    await p.must('1103', 'SUDAH TAYANG');
    await p.text('1103', 'https://ppid.example.org/1');
    await p.must('1103', 'SELESAI');
    await p.tap('1103', form?.data ?? '', form?.message ?? '');
    await p.settle();
    expect(p.lastAnswer.text).toMatch(/sudah tidak berlaku/);
  });
});
