// What people say beside the straight way: commands, edits, texts that nothing asked for, several drafts and several SOPs.
import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/sop/sop.ts';
import { ANDI, BUDI, CITRA, KARTIKA, MAYA, NARRATIVE, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { withStep } from '../support/rules.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const SOP = sopNamed(MEDSOS);
const edited = (phones: Phones, of: 'caption' | 'narrative') => phones.case.content[of]?.source ?? '';

describe('commands', () => {
  test('/start greets by name, office and roles; /bantuan tells each what is his', async () => {
    const phones = new Phones();
    await phones.text(SARI, '/start');
    expect(phones.last(SARI)).toMatch(/Sari Dewi/);
    expect(phones.last(SARI)).toMatch(/Tim Pelaksana/);
    await phones.text(SARI, '/bantuan');
    await phones.text(BUDI, '/bantuan');
    expect(phones.last(SARI)).toMatch(/SERAHKAN/);
    expect(phones.last(BUDI)).not.toMatch(/SERAHKAN/);
    // By the SOP's own names, not by their ids.
    expect(phones.last(BUDI)).toMatch(/Tim Pertimbangan Pelayanan Informasi/);
    await phones.text(BUDI, '/apa');
    expect(phones.last(BUDI)).toMatch(/bantuan/);
  });

  test('/kirim opens a draft by hand; again it shows the one that is open', async () => {
    const phones = new Phones();
    await phones.text(SARI, '/kirim');
    expect(phones.last(SARI)).toMatch(/nama kegiatan/);
    await phones.text(SARI, '/kirim');
    expect(phones.cases).toHaveLength(1);
    expect(phones.said(SARI, /Masih terbuka/)).toBeDefined();
    expect(phones.last(SARI)).toMatch(/nama kegiatan/);
  });

  test('/batal drops a change that was begun, or a text in hand, and not the draft around it', async () => {
    const phones = new Phones();
    await phones.photo(SARI, 'foto');
    await phones.text(SARI, 'Pasar Murah');
    await phones.must(SARI, 'Ubah nama kegiatan');
    await phones.text(SARI, '/batal');
    expect(phones.case.state.status).toBe('draft');
    expect(phones.case.content.title).toBe('Pasar Murah');
    await phones.text(SARI, 'Ini apa');
    await phones.text(SARI, '/batal');
    expect(phones.case.state.status).toBe('draft');
    await phones.text(SARI, '/batal');
    expect(phones.case.state.status).toBe('withdrawn');
  });

  test('/batal drops a draft that was never handed in; without one there is nothing to drop', async () => {
    const phones = new Phones();
    await phones.text(SARI, '/batal');
    expect(phones.store.tables.refusals).toEqual([]);
    expect(phones.chat(SARI)).toHaveLength(1);
    await phones.photo(SARI, 'foto');
    await phones.text(SARI, '/batal');
    expect(phones.case.state.status).toBe('withdrawn');
    expect(phones.last(SARI)).toMatch(/Dibatalkan/);
    await phones.photo(SARI, 'foto');
    expect(phones.cases).toHaveLength(2);
    await phones.must(SARI, 'Batal');
    expect(phones.case.state.status).toBe('withdrawn');
  });

  test('/antrean lists what waits for oneself, /status what one may see', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.text(BUDI, '/antrean');
    expect(phones.last(BUDI)).toMatch(/0001\/REG/);
    await phones.text(KARTIKA, '/antrean');
    expect(phones.last(KARTIKA)).not.toMatch(/0001\/REG/);
    await phones.text(SARI, '/antrean');
    expect(phones.last(SARI)).not.toMatch(/0001\/REG/);
    for (const user of [SARI, BUDI, RAHMAT]) {
      await phones.text(user, '/status');
      expect(phones.last(user)).toMatch(/0001\/REG/);
    }
    for (const user of [ANDI, MAYA]) {
      await phones.text(user, '/status');
      expect(phones.last(user)).not.toMatch(/0001\/REG/);
    }
    phones.now = Date.parse('2026-11-24T09:00:00+07:00');
    await phones.text(CITRA, '/antrean');
    expect(phones.last(CITRA)).toMatch(/terlambat/i);
    await phones.text(CITRA, '/status');
    expect(phones.last(CITRA)).toMatch(/terlambat/i);
  });

  test('/status of a number tells its whole way', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK');
    await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    await phones.must(SARI, 'Perbaiki sekarang');
    await phones.text(SARI, '/status');
    expect(phones.last(SARI)).toMatch(/Sari Dewi/);
    await phones.must(SARI, 'SERAHKAN');
    await phones.must(BUDI, 'DITERIMA');
    await phones.must(KARTIKA, 'TERIMA');
    await phones.must(RAHMAT, 'TERIMA');
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.photo(MAYA, 'tangkapan layar');
    await phones.text(SARI, '/status 0001/REG-KONTEN/DISDAGPERIN/XI/2026');
    const told = phones.last(SARI);
    for (const what of [/Sari Dewi/, /Budi Santoso/, /Kartika/, /Foto kedua buram/, /Maya/]) expect(told).toMatch(what);
    await phones.text(SARI, '/status 9999');
    expect(phones.store.tables.refusals.map(({ refused }) => refused)).toEqual(['nothing-open']);
  });

  test('/status of a number that runs names who is to act', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.text(SARI, '/status 0001/REG-KONTEN/DISDAGPERIN/XI/2026');
    expect(phones.last(SARI)).toMatch(/Citra/);
  });

  test('/status of a number that two of the sender’s offices have tells of both', async () => {
    const phones = new Phones();
    await phones.handIn();
    const people = [
      { id: 'sari', name: 'Sari Dewi', roles: ['tim_pelaksana'], telegram: SARI },
      { id: 'tono', name: 'Tono', roles: ['tim_pelaksana'], telegram: '1999' },
      { id: 'umar', name: 'Umar', roles: ['tim_pertimbangan'], telegram: '1998' },
    ];
    const register = '{number:4}/REG/KEDUA/{roman_month}/{year}';
    phones.store.addOffice({ ...sampleOffice({ groups: [] }), id: 'dinas-kedua', register, people }, [sopNamed(MEDSOS)]);
    await phones.handIn('1999', 'lain');
    await phones.text(SARI, '/status 1');
    expect(phones.last(SARI, 2)).toMatch(
      /0001\/REG-KONTEN\/DISDAGPERIN[\s\S]*Menunggu: [^\n]*Budi[\s\S]*0001\/REG\/KEDUA[\s\S]*• Umar: terkirim/,
    );
    await phones.text(SARI, '/status 0001/REG/KEDUA/XI/2026');
    expect(phones.last(SARI)).toContain('0001/REG/KEDUA');
    expect(phones.last(SARI, 2)).not.toContain('DISDAGPERIN');
  });

  test('/register is of this month', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.fill(ANDI, 'b');
    await phones.text(RAHMAT, '/register');
    expect(phones.last(RAHMAT)).toMatch(/0001\/REG/);
    phones.now = Date.parse('2026-12-01T09:00:00+07:00');
    await phones.text(RAHMAT, '/register');
    expect(phones.last(RAHMAT)).not.toMatch(/0001\/REG/);
    await phones.text(RAHMAT, '/register 2026-11');
    expect(phones.last(RAHMAT)).toMatch(/Register November 2026: 1 konten[\s\S]*0001\/REG/);
    for (const month of ['kapan', 'november']) {
      await phones.text(RAHMAT, `/register ${month}`);
      expect(phones.last(RAHMAT)).toBe('⚠️ Bulan belum dapat dibaca. Tulis tahun dan bulan, misalnya /register 2026-11.');
    }
  });
});

describe('invitations', () => {
  const office = sampleOffice();
  const unbound = { ...office, people: [...office.people, { id: 'dewi', name: 'Dewi', roles: ['tim_pertimbangan', 'peran_lain'] }] };
  async function invited(): Promise<Phones> {
    const phones = new Phones(unbound);
    phones.store.tables.invitations.push({ code: 'K7QM2WXZ', office: office.id, person: 'dewi', used: false });
    await phones.handIn();
    return phones;
  }

  test.each(['/start K7QM2WXZ', 'DAFTAR K7QM-2WXZ', 'daftar k7qm2wxz'])('%s binds the account, and what waits is shown', async (text) => {
    const phones = await invited();
    await phones.text('2001', text);
    expect(phones.chat('2001')[0]?.text).toMatch(/Dewi/);
    await phones.must('2001', 'DITERIMA');
    expect(phones.case.decisions).toMatchObject([{ person: 'dewi' }]);
  });

  test('a code counts once, and a wrong one never', async () => {
    const phones = await invited();
    await phones.text('2001', '/start K7QM2WXZ');
    await phones.text('2002', '/start K7QM2WXZ');
    await phones.text('2003', 'DAFTAR SALAH');
    for (const user of ['2002', '2003']) expect(phones.last(user)).toMatch(/[Kk]ode/);
    await phones.text('2003', 'halo');
    expect(phones.last('2003')).toMatch(/pegawai terdaftar/);
    await phones.text(SARI, '/start SALAH');
    expect(phones.last(SARI)).toMatch(/[Kk]ode/);
    await phones.text('2003', '/start');
    expect(phones.last('2003')).toMatch(/pegawai terdaftar/);
  });
});

describe('texts that nothing asked for', () => {
  test('are asked about when they could be several things', async () => {
    const phones = new Phones();
    await phones.fill();
    await phones.text(SARI, 'Teks lain');
    expect(phones.last(SARI)).toMatch(/Untuk apa teks ini/);
    await phones.photo(SARI, 'foto lain');
    await phones.must(SARI, 'Jadikan caption');
    expect(phones.case.content.caption?.text).toBe('Teks lain');
    const answered = phones.platform.button(SARI, 'Jadikan caption');
    await phones.tap(SARI, answered?.data ?? '', answered?.message ?? '');
    await phones.settle();
    expect(phones.lastAnswer.alert).toBe(true);
    await phones.text(SARI, 'Nama lain');
    await phones.must(SARI, 'Jadikan nama kegiatan');
    await phones.text(SARI, 'Narasi lain yang cukup panjang');
    await phones.text(SARI, 'Narasi ketiga');
    await phones.must(SARI, 'Jadikan narasi');
    expect(phones.case.content).toMatchObject({ title: 'Nama lain', narrative: { text: 'Narasi ketiga' } });
  });

  test('are each what was chosen below them: a newer one does not take the place of the older', async () => {
    const phones = new Phones();
    await phones.photo(SARI, 'foto');
    await phones.text(SARI, 'Pasar murah Langkai');
    await phones.must(SARI, 'Hari ini');
    await phones.text(SARI, 'Teks pertama');
    const first = phones.platform.button(SARI, 'Jadikan caption');
    await phones.text(SARI, 'Teks kedua');
    const tapFirst = async () => {
      await phones.tap(SARI, first?.data ?? '', first?.message ?? '');
      await phones.settle();
    };
    await tapFirst();
    expect(phones.case.content.caption).toBeNull();
    expect(phones.lastAnswer).toMatchObject({ alert: true, text: expect.stringMatching(/Kirim lagi teksnya/) });
    await phones.must(SARI, 'Jadikan caption');
    expect(phones.case.content.caption?.text).toBe('Teks kedua');
    await tapFirst();
    expect(phones.lastAnswer.text).toMatch(/Kirim lagi teksnya/);
    expect(phones.case.content.caption?.text).toBe('Teks kedua');
  });

  test('are the only text that is missing, when files are asked for', async () => {
    const phones = new Phones();
    await phones.album(SARI, 2, 'Pasar murah');
    await phones.text(SARI, 'Pasar murah Langkai');
    await phones.must(SARI, 'Hari ini');
    await phones.text(SARI, NARRATIVE);
    expect(phones.case.content.narrative?.text).toBe(NARRATIVE);
    const other = new Phones(sampleOffice(), [
      withStep('serahkan', { requires: { narrative: false, caption: { max: 50 }, media: { min: 4, kinds: ['photo'] } } }, SOP),
    ]);
    await other.photo(SARI, 'foto');
    await other.text(SARI, 'Pasar murah Langkai');
    await other.must(SARI, 'Hari ini');
    await other.text(SARI, 'Pasar murah');
    expect(other.case.content.caption?.text).toBe('Pasar murah');
  });

  test('are not understood where nothing is open, and nothing where nothing can be seen', async () => {
    const phones = new Phones();
    await phones.text(BUDI, 'halo');
    expect(phones.last(BUDI)).toMatch(/belum dapat dipahami/);
    await phones.text(BUDI, '\u200B');
    expect(phones.chat(BUDI)).toHaveLength(1);
  });

  test('a narrative that the phone cut in two is one narrative', async () => {
    const phones = new Phones();
    await phones.album(SARI, 4, 'Pasar murah');
    await phones.text(SARI, 'Pasar murah Langkai');
    await phones.must(SARI, 'Hari ini');
    const first = 'kata '.repeat(800).trim();
    await phones.textOnly(SARI, first);
    await phones.textOnly(SARI, 'dan akhirnya.');
    await phones.settle();
    expect(phones.case.content.narrative?.text).toBe(`${first} dan akhirnya.`);
    await phones.sends(SARI, { text: 'Jauh kemudian' });
    expect(phones.last(SARI)).toMatch(/Untuk apa teks ini/);
  });

  test('hostile characters do not reach what others read', async () => {
    const phones = new Phones();
    await phones.album(SARI, 4, 'Pasar\u202E murah\u200B');
    await phones.text(SARI, '\u2066Pasar\u2069\nmurah\u0007');
    expect(phones.case.content).toMatchObject({ caption: { text: 'Pasar murah' }, title: 'Pasar murah' });
  });
});

describe('edited messages', () => {
  test('change an open draft', async () => {
    const phones = new Phones();
    await phones.fill();
    await phones.edit(SARI, edited(phones, 'narrative'), { text: 'Narasi yang lebih baik.' });
    await phones.edit(SARI, edited(phones, 'caption'), {
      caption: 'Caption yang lebih baik',
      photo: [{ file_id: 'f', file_unique_id: 'f', width: 1, height: 1 }],
    });
    expect(phones.case.content).toMatchObject({
      caption: { text: 'Caption yang lebih baik' },
      narrative: { text: 'Narasi yang lebih baik.' },
    });
    await phones.edit(SARI, edited(phones, 'narrative'), { text: 'Caption yang lebih baik' });
    expect(phones.last(SARI)).toMatch(/Narasi sama dengan caption/);
    await phones.edit(SARI, '1', { text: 'pesan lain' });
    expect(phones.case.content.narrative?.text).toBe('Narasi yang lebih baik.');
  });

  test('a caption that was too long may be mended under its photo', async () => {
    const phones = new Phones();
    const photo = [{ file_id: 'f', file_unique_id: 'f', width: 1, height: 1 }];
    await phones.album(SARI, 4, 'a'.repeat(215));
    await phones.text(SARI, 'Pasar murah Langkai');
    await phones.must(SARI, 'Hari ini');
    expect(phones.last(SARI)).toMatch(/Tulis caption/);
    await phones.edit(SARI, '1', { caption: 'a'.repeat(201), photo });
    expect(phones.last(SARI)).toMatch(/201\/200 karakter/);
    await phones.edit(SARI, '1', { caption: ' ', photo });
    await phones.edit(SARI, '1', { text: 'bukan caption' });
    expect(phones.case.content.caption).toBeNull();
    await phones.edit(SARI, '1', { caption: 'Pasar murah di Langkai', photo });
    expect(phones.case.content.caption?.text).toBe('Pasar murah di Langkai');
    expect(phones.last(SARI)).toMatch(/narasi/i);
  });

  test('do not change what was handed in, and say so', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.edit(SARI, edited(phones, 'narrative'), { text: 'Narasi yang lebih baik.' });
    expect(phones.last(SARI)).toMatch(/sudah diserahkan/);
    expect(phones.case.content.narrative?.text).toBe(NARRATIVE);
  });
});

describe('the draft on its card', () => {
  test('each part can be asked for again and changed', async () => {
    const phones = new Phones();
    await phones.fill();
    await phones.must(SARI, 'Ubah nama kegiatan');
    await phones.text(SARI, 'Nama baru');
    expect(phones.last(SARI)).toMatch(/lengkap/);
    await phones.must(SARI, 'Ubah tanggal');
    await phones.must(SARI, 'Kemarin');
    await phones.must(SARI, 'Ubah narasi');
    await phones.text(SARI, 'Narasi baru');
    await phones.must(SARI, 'Ubah caption');
    await phones.text(SARI, 'Caption baru');
    expect(phones.case.content).toMatchObject({
      title: 'Nama baru',
      eventDate: '2026-11-19',
      narrative: { text: 'Narasi baru' },
      caption: { text: 'Caption baru' },
    });
  });

  test('a file can be taken out, once', async () => {
    const phones = new Phones();
    await phones.fill();
    await phones.must(SARI, 'Hapus berkas');
    const list = phones.chat(SARI).at(-1);
    const buttons = list?.buttons.flat() ?? [];
    expect(buttons).toHaveLength(4);
    const [first] = buttons;
    const data = first && 'tap' in first.does ? first.does.tap : '';
    const kept = phones.case.content.media.slice(1).map(({ id }) => id);
    await phones.tap(SARI, data, list?.id ?? '');
    await phones.settle();
    expect(phones.case.content.media.map(({ id }) => id)).toEqual(kept);
    expect(phones.last(SARI)).toMatch(/dokumentasi/);
    await phones.tap(SARI, data, list?.id ?? '');
    await phones.settle();
    expect(phones.case.content.media.map(({ id }) => id)).toEqual(kept);
    expect(phones.lastAnswer.alert).toBe(true);
  });

  test('a late member of an album is kept for the next revision and told of', async () => {
    const phones = new Phones();
    for (let i = 0; i < 4; i += 1) await phones.photo(SARI, `foto ${i}`, { album: 'g9', ...(i === 0 ? { caption: 'Pasar murah' } : {}) });
    await phones.text(SARI, 'Pasar murah Langkai');
    await phones.must(SARI, 'Hari ini');
    await phones.text(SARI, NARRATIVE);
    await phones.must(SARI, 'SERAHKAN');
    await phones.photo(SARI, 'foto terlambat', { album: 'g9' });
    expect(phones.last(SARI)).toMatch(/tiba setelah konten diserahkan/);
    expect(phones.cases).toHaveLength(1);
    expect(phones.case.revisions[0]?.media).toHaveLength(4);
    expect(phones.case.content.media).toHaveLength(5);
  });

  test('a new photo after the hand-in begins new content; a returned draft is taken up by its button', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.photo(SARI, 'kegiatan lain');
    expect(phones.cases).toHaveLength(2);
    await phones.must(KARTIKA, 'TOLAK');
    await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    await phones.must(SARI, 'Perbaiki sekarang');
    await phones.photo(SARI, 'pengganti');
    expect(phones.cases[0]?.content.media).toHaveLength(5);
    await phones.must(SARI, 'SERAHKAN');
    expect(phones.cases[0]?.revisions).toHaveLength(2);
    await phones.text(SARI, 'Kegiatan lain');
    expect(phones.cases[1]?.content.media).toHaveLength(1);
  });

  describe('a returned draft in hand', () => {
    async function sentBack(): Promise<Phones> {
      const phones = new Phones();
      await phones.toChecker();
      await phones.must(KARTIKA, 'TOLAK');
      await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
      return phones;
    }

    test('takes what is sent now, as its message says, and is put aside by /kirim for other content', async () => {
      const phones = await sentBack();
      expect(phones.said(SARI, /kiriman berikutnya masuk ke draf ini.*ketik \/kirim dahulu/)).toBeDefined();
      await phones.photo(SARI, 'pengganti');
      expect(phones.cases[0]?.content.media).toHaveLength(5);
      await phones.must(SARI, 'Ubah caption');
      await phones.text(SARI, '/kirim');
      expect(phones.said(SARI, /Disimpan untuk nanti: 0001\/REG/)).toBeDefined();
      expect(phones.last(SARI)).toMatch(/nama kegiatan/);
      await phones.text(SARI, 'Kegiatan lain');
      await phones.photo(SARI, 'kegiatan lain');
      const [returned, begun] = phones.cases;
      expect(begun).toMatchObject({ number: null, maker: 'sari', content: { title: 'Kegiatan lain', media: [{}] } });
      expect(returned).toMatchObject({ state: { status: 'returned' }, content: { caption: { text: 'Pasar murah hari ini foto' } } });
      expect(returned?.content.media).toHaveLength(5);
    });

    test('is taken up again by the button of that message; /kirim then leads back to the one that was begun', async () => {
      const phones = await sentBack();
      await phones.text(SARI, '/kirim');
      await phones.text(SARI, 'Kegiatan lain');
      await phones.must(SARI, 'Lanjutkan draf ini');
      await phones.photo(SARI, 'pengganti');
      expect(phones.cases[0]?.content.media).toHaveLength(5);
      await phones.text(SARI, '/kirim');
      expect(phones.cases).toHaveLength(2);
      expect(phones.said(SARI, /Masih terbuka: draf "Kegiatan lain".*\n.*\/batal/)).toBeDefined();
      await phones.photo(SARI, 'kegiatan lain');
      expect(phones.cases[1]?.content.media).toHaveLength(1);
      await phones.text(SARI, '/batal');
      expect(phones.cases.map(({ state }) => state.status)).toEqual(['returned', 'withdrawn']);
    });

    test('is not dropped by /batal, which says how other content is begun', async () => {
      const phones = await sentBack();
      await phones.text(SARI, '/batal');
      expect(phones.last(SARI)).toMatch(/Masih terbuka: 0001\/REG.*\nDraf ini tidak dapat dibatalkan. Untuk konten lain, ketik \/kirim./);
      expect(phones.case.state.status).toBe('returned');
    });
  });

  test('a reviewer who makes content himself: his question is not pushed aside by his draft', async () => {
    const office = sampleOffice();
    const both = {
      ...office,
      people: office.people.map((one) => (one.id === 'kartika' ? { ...one, roles: [...one.roles, 'tim_pelaksana'] } : one)),
    };
    const phones = new Phones(both);
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK');
    await phones.photo(KARTIKA, 'kegiatan sendiri');
    await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    expect(phones.cases[0]?.state).toMatchObject({ status: 'returned' });
    expect(phones.cases[1]?.content.title).toBeNull();
  });
});

describe('several SOPs in one office', () => {
  const other = { ...SOP, id: 'pengumuman', title: 'Pengumuman', version: '2' };
  const office = sampleOffice({ sops: [SOP.id, other.id] });

  test('the first is begun, another can be chosen, with everything in it', async () => {
    const phones = new Phones(office, [SOP, other]);
    await phones.photo(SARI, 'foto');
    expect(phones.case.sop.id).toBe(SOP.id);
    await phones.must(SARI, 'Pilih SOP');
    expect(phones.labels(SARI)).toContain('Pengumuman');
    await phones.must(SARI, 'Pengumuman');
    expect(phones.case.sop.id).toBe('pengumuman');
    expect(phones.case.content.media).toHaveLength(1);
    await phones.must(SARI, 'Pengumuman');
    expect(phones.case.sop.id).toBe('pengumuman');
  });

  test('what the draft held and the chosen one does not take is said, shown on the card and not handed in', async () => {
    const announcement = sopNamed('kalbar-diskominfo-pengumuman');
    const making = { ...announcement.steps[1], role: 'tim_pelaksana' } as Step;
    const announcing = { ...announcement, steps: [making, ...announcement.steps.slice(2)] };
    const phones = new Phones(sampleOffice({ sops: [announcing.id, SOP.id] }), [announcing, SOP]);
    await phones.file(SARI, { kind: 'document', name: 'surat.pdf', bytes: '%PDF-1.7 surat' }, { caption: 'a'.repeat(450) });
    await phones.settle();
    await phones.text(SARI, 'Pasar murah');
    await phones.must(SARI, 'Hari ini');
    await phones.text(SARI, NARRATIVE);
    await phones.must(SARI, 'Serta merta');
    expect(phones.labels(SARI)).toContain('SERAHKAN');
    await phones.must(SARI, 'Pilih SOP');
    await phones.must(SARI, 'Alur Upload Konten Media Sosial');
    const unused = '1 dokumen tidak dihitung dan tidak ikut diserahkan: SOP ini menerima foto dan video.';
    expect(phones.said(SARI, /Kini mengikuti SOP Alur Upload Konten Media Sosial/)?.text).toContain(unused);
    expect(phones.said(SARI, /Tidak dipakai pada SOP ini: klasifikasi\./)).toBeDefined();
    const card = phones.said(SARI, /Draf –/)?.text ?? '';
    for (const line of ['0 dari minimal 4', unused, 'Masih kurang: 4 dokumentasi dan caption yang lebih pendek.'])
      expect(card).toContain(line);
    expect(phones.labels(SARI)).not.toContain('SERAHKAN');
    await phones.album(SARI, 4, undefined, 'foto');
    expect(phones.last(SARI)).toMatch(/caption yang lebih pendek, paling banyak 200 karakter; sekarang 450/);
    await phones.text(SARI, 'Pasar murah hari ini');
    await phones.must(SARI, 'SERAHKAN');
    expect(phones.case.revisions[0]?.media.map(({ kind }) => kind)).toEqual(['photo', 'photo', 'photo', 'photo']);
  });

  test('a choice that is gone from the office is refused', async () => {
    const phones = new Phones(office, [SOP, other]);
    await phones.photo(SARI, 'foto');
    await phones.must(SARI, 'Pilih SOP');
    phones.store.addOffice(sampleOffice(), [SOP]);
    await phones.must(SARI, 'Pengumuman');
    expect(phones.lastAnswer.alert).toBe(true);
    expect(phones.case.sop.id).toBe(SOP.id);
  });
});
