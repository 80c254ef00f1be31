// One case's way through the chats, from the first photo to the register: real rules, real words, a platform in memory.
import { describe, expect, test } from 'vitest';
import { ANDI, BUDI, CITRA, GROUP, KARTIKA, MAYA, NARRATIVE, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { withStep } from '../support/rules.ts';
import { FRIDAY_9, MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const HOUR = 3_600_000;
const at = (local: string) => Date.parse(`${local}+07:00`);
const SOP = sopNamed(MEDSOS);
/** The account of the platform in memory. */
const BOT = '7000';

describe('the straight way', () => {
  test('an album opens a draft, and only what is missing is asked for, one thing at a time', async () => {
    const phones = new Phones();
    await phones.album(SARI, 3, 'Pasar murah hari ini');
    expect(phones.last(SARI)).toMatch(/nama kegiatan/);
    await phones.text(SARI, 'Pasar murah Langkai');
    expect(phones.last(SARI)).toMatch(/tanggal/);
    await phones.must(SARI, 'Hari ini');
    expect(phones.last(SARI)).toMatch(/dokumentasi/);
    expect(phones.said(SARI, /3 dari minimal 4/)).toBeDefined();
    expect(phones.labels(SARI)).not.toContain('SERAHKAN');
    await phones.photo(SARI, 'foto lain');
    expect(phones.last(SARI)).toMatch(/narasi/);
    await phones.text(SARI, NARRATIVE);
    expect(phones.last(SARI)).toMatch(/lengkap/);
    expect(phones.labels(SARI)).toContain('SERAHKAN');
    expect(phones.chat(SARI).filter(({ text }) => /dari minimal 4/.test(text))).toHaveLength(1);
    expect(phones.case.content).toMatchObject({
      title: 'Pasar murah Langkai',
      eventDate: '2026-11-20',
      caption: { text: 'Pasar murah hari ini' },
    });
  });

  test('goes from hand to hand by one tap each and ends with a link', async () => {
    const phones = new Phones();
    await phones.handIn();
    expect(phones.last(SARI)).toMatch(/0001\/REG-KONTEN\/DISDAGPERIN\/XI\/2026/);
    expect(phones.case.state).toMatchObject({ status: 'running', step: 'terima-berkas' });
    expect(phones.labels(BUDI)).toEqual(['DITERIMA', 'TANGGAPAN', 'Lihat berkas']);
    await phones.must(BUDI, 'DITERIMA');
    expect(phones.lastAnswer.text).toMatch(/Penerimaan dicatat/);
    expect(phones.labels(BUDI)).toEqual([]);
    await phones.must(KARTIKA, 'TERIMA');
    await phones.must(RAHMAT, 'TERIMA');
    expect(phones.said(MAYA, /^Pasar murah hari ini foto$/)).toBeDefined();
    await phones.must(MAYA, 'SUDAH TAYANG');
    expect(phones.last(MAYA)).toMatch(/tautan/);
    await phones.text(MAYA, 'ini tautannya: https://www.instagram.com/p/abc123.');
    expect(phones.case.state).toMatchObject({ status: 'published' });
    expect(phones.case.publications).toMatchObject([
      { channel: 'media_sosial', link: 'https://www.instagram.com/p/abc123', person: 'maya' },
    ]);
    for (const user of [SARI, BUDI, KARTIKA, RAHMAT, MAYA]) expect(phones.said(user, /SELESAI/)).toBeDefined();
    expect(phones.case.decisions.map(({ note }) => note)).toEqual(Array(3).fill('Sesuai, tanpa catatan'));
    expect(phones.store.tables.refusals).toEqual([]);
  });

  test('may be proved with a photo instead of a link', async () => {
    const phones = new Phones();
    await phones.toPublisher();
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.photo(MAYA, 'tangkapan layar');
    expect(phones.case.state).toMatchObject({ status: 'published' });
    expect(phones.case.publications).toMatchObject([{ link: null, proof: { bytes: 15 }, person: 'maya' }]);
  });

  test('several channels are asked for one after the other', async () => {
    const phones = new Phones(sampleOffice(), [withStep('unggah', { channels: ['website', 'instagram', 'media_sosial'] }, SOP)]);
    await phones.toPublisher();
    await phones.must(MAYA, 'SUDAH TAYANG');
    expect(phones.last(MAYA)).toMatch(/website|situs/i);
    await phones.photo(MAYA, 'tangkapan layar');
    await phones.text(MAYA, 'https://www.instagram.com/p/1');
    expect(phones.case.state).toMatchObject({ status: 'approved' });
    await phones.text(MAYA, 'bukan tautan');
    expect(phones.case.state).toMatchObject({ status: 'approved' });
    await phones.text(MAYA, 'https://x.id/1');
    expect(phones.case.publications.map(({ channel }) => channel)).toEqual(['website', 'instagram', 'media_sosial']);
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });

  test('a proof that cannot be used leaves the channel open, and its sender hears why', async () => {
    const phones = new Phones();
    await phones.toPublisher();
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.photo(MAYA, '');
    expect(phones.case.state).toMatchObject({ status: 'approved' });
    expect(phones.last(MAYA, 2)).toMatch(/kosong/i);
    await phones.text(MAYA, 'https://x.id/1');
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });

  test('a hand-in after the day of the event is taken and marked late', async () => {
    const phones = new Phones();
    await phones.album(SARI, 4, 'Pasar murah kemarin');
    await phones.text(SARI, 'Pasar murah');
    await phones.text(SARI, '18-11-2026');
    await phones.text(SARI, NARRATIVE);
    await phones.must(SARI, 'SERAHKAN');
    expect(phones.last(SARI)).toMatch(/terlambat/i);
    expect(phones.case.handedInLate).toBe(true);
  });
});

describe('the way back', () => {
  test('TOLAK is nothing until the reason is there; then the draft is open again with everything in it', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK');
    expect(phones.case.state).toMatchObject({ status: 'running' });
    await phones.text(KARTIKA, 'Buram');
    expect(phones.case.state).toMatchObject({ status: 'running' });
    expect(phones.last(KARTIKA)).toMatch(/5/);
    await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    expect(phones.case.state).toMatchObject({ status: 'returned', reason: 'Foto kedua buram, mohon diganti.' });
    expect(phones.said(SARI, /Foto kedua buram/)).toBeDefined();
    expect(phones.case.content.media).toHaveLength(4);
    expect(phones.said(BUDI, /Dikembalikan/)).toBeDefined();
  });

  test('what is sent now changes it, SERAHKAN makes the next revision, and the new card says what changed', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK');
    await phones.must(KARTIKA, 'Foto kurang jelas atau buram');
    await phones.must(SARI, 'Perbaiki sekarang');
    await phones.photo(SARI, 'foto baru');
    await phones.must(SARI, 'Ubah caption');
    await phones.text(SARI, 'Caption baru');
    await phones.must(SARI, 'SERAHKAN');
    expect(phones.case.revisions).toHaveLength(2);
    expect(phones.case.number?.serial).toBe(1);
    expect(phones.said(BUDI, /Yang berubah: caption dan dokumentasi/)).toBeDefined();
    await phones.must(BUDI, 'DITERIMA');
    await phones.must(KARTIKA, 'TERIMA');
    expect(phones.case.state).toMatchObject({ step: 'putuskan' });
  });

  test('a rejection may go back to an earlier decider', async () => {
    const phones = new Phones(sampleOffice(), [withStep('putuskan', { rejectTo: 'periksa' }, SOP)]);
    await phones.toChecker();
    await phones.must(KARTIKA, 'TERIMA');
    await phones.must(RAHMAT, 'TOLAK');
    await phones.text(RAHMAT, 'Data harga belum sesuai.');
    expect(phones.case.state).toMatchObject({ status: 'running', step: 'periksa', round: 2 });
    await phones.must(KARTIKA, 'TERIMA');
    expect(phones.case.state).toMatchObject({ step: 'putuskan', round: 2 });
  });

  test('TANGGAPAN goes with the tap that follows', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.must(BUDI, 'TANGGAPAN');
    await phones.text(BUDI, 'a'.repeat(501));
    expect(phones.last(BUDI)).toMatch(/501/);
    await phones.text(BUDI, 'Berkas lengkap.');
    expect(phones.case.state).toMatchObject({ step: 'terima-berkas' });
    expect(phones.said(BUDI, /Tanggapan dicatat/)).toBeDefined();
    await phones.must(BUDI, 'DITERIMA');
    expect(phones.case.decisions[0]?.note).toBe('Berkas lengkap.');
    await phones.must(KARTIKA, 'TANGGAPAN');
    await phones.text(KARTIKA, 'Bagus.');
    await phones.must(KARTIKA, 'TERIMA');
    expect(phones.case.decisions[1]?.note).toBe('Bagus.');
  });

  test('/batal drops the question to a reviewer and leaves the case as it was', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK');
    await phones.text(KARTIKA, '/batal');
    expect(phones.last(KARTIKA)).toMatch(/Dibatalkan. Tidak ada yang berubah/);
    await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    expect(phones.case.state).toMatchObject({ status: 'running' });
  });

  test('/batal on a returned draft drops the question; the draft stays', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK');
    await phones.text(KARTIKA, 'Caption keliru, perbaiki.');
    await phones.must(SARI, 'Ubah caption');
    await phones.text(SARI, '/batal');
    expect(phones.last(SARI)).toMatch(/Tidak ada yang berubah/);
    await phones.text(SARI, '/batal');
    expect(phones.case.state).toMatchObject({ status: 'returned' });
    expect(phones.case.content.caption?.text).toBe('Pasar murah hari ini foto');
    // Even a question for what is missing now is only dropped: a numbered case is never withdrawn by it.
    await phones.must(SARI, 'Hapus berkas');
    await phones.must(SARI, '1. foto');
    expect(phones.last(SARI)).toMatch(/kirim 1 lagi/);
    await phones.text(SARI, '/batal');
    expect(phones.last(SARI)).toMatch(/Tidak ada yang berubah/);
    expect(phones.case.state).toMatchObject({ status: 'returned' });
  });
});

describe('several who must agree', () => {
  const office = sampleOffice();
  const two = { ...office, people: office.people.map((one) => (one.id === 'citra' ? { ...one, roles: ['ketua_ppid_pembantu'] } : one)) };

  test.each([['all' as const], [{ count: 2 }]])('%j: the case moves on with the last one', async (needs) => {
    const phones = new Phones(two, [withStep('periksa', { needs }, SOP)]);
    await phones.toChecker();
    await phones.must(KARTIKA, 'TERIMA');
    expect(phones.case.state).toMatchObject({ step: 'periksa' });
    await phones.must(CITRA, 'TERIMA');
    expect(phones.case.state).toMatchObject({ step: 'putuskan' });
  });
});

describe('deadlines in the chats', () => {
  test('a reminder to the holders, then overdue and escalations to them and the supervisor', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.advance(at('2026-11-23T12:00:00'));
    expect(phones.last(BUDI)).toMatch(/Menunggu Bapak\/Ibu/);
    expect(phones.last(CITRA)).toMatch(/Menunggu Bapak\/Ibu/);
    expect(phones.chat(RAHMAT)).toHaveLength(0);
    await phones.advance(at('2026-11-23T16:00:00'));
    expect(phones.last(BUDI)).toMatch(/Melewati tenggat/);
    expect(phones.last(RAHMAT)).toMatch(/Melewati tenggat/);
    expect(phones.last(RAHMAT)).toMatch(/Budi Santoso/);
    await phones.advance(at('2026-11-24T09:30:00'));
    expect(phones.last(BUDI)).toMatch(/Peringatan ke-1/);
    expect(phones.last(RAHMAT)).toMatch(/Eskalasi ke-1/);
    await phones.advance(at('2026-11-24T16:00:00'));
    expect(phones.last(RAHMAT)).toMatch(/Eskalasi ke-3/);
    expect(phones.chat(RAHMAT)).toHaveLength(4);
  });

  test('nothing after the decision', async () => {
    const phones = new Phones();
    await phones.handIn();
    await phones.must(BUDI, 'DITERIMA');
    const [heard, boss] = [phones.chat(BUDI).length, phones.chat(RAHMAT).length];
    await phones.advance(at('2026-11-23T12:00:00'));
    await phones.must(KARTIKA, 'TERIMA');
    await phones.must(RAHMAT, 'TERIMA');
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.text(MAYA, 'https://x.id/1');
    const all = [BUDI, KARTIKA, RAHMAT, MAYA].map((user) => phones.chat(user).length);
    expect(phones.chat(BUDI).length - heard).toBe(1);
    expect(boss).toBe(0);
    await phones.advance(at('2026-12-20T12:00:00'));
    expect([BUDI, KARTIKA, RAHMAT, MAYA].map((user) => phones.chat(user).length)).toEqual(all);
  });

  test('nobody is reminded in quiet hours or on free days', async () => {
    const phones = new Phones(sampleOffice(), [SOP], at('2026-11-20T16:00:00'));
    await phones.fill();
    const heard = () => [SARI, BUDI, RAHMAT].map((user) => phones.chat(user).length);
    await phones.advance(at('2026-11-20T20:00:00'));
    const evening = heard();
    await phones.advance(at('2026-11-23T05:59:00'));
    expect(heard()).toEqual(evening);
    await phones.advance(at('2026-11-23T09:00:00'));
    expect(phones.said(RAHMAT, /Melewati tenggat/)).toBeDefined();
  });

  test('after a long silence of the service only the highest rung is said', async () => {
    const phones = new Phones();
    await phones.handIn();
    phones.now = at('2026-11-24T10:00:00');
    await phones.settle();
    await phones.advance(phones.now + 20_000);
    expect(phones.chat(RAHMAT)).toHaveLength(1);
    expect(phones.last(RAHMAT)).toMatch(/Eskalasi ke-1/);
  });
});

describe('groups', () => {
  const office = sampleOffice({ groups: [{ role: 'tim_pertimbangan', chat: { channel: 'telegram', id: GROUP } }] });

  test('a card in the role’s group counts only from a holder of the role', async () => {
    const phones = new Phones(office);
    await phones.handIn();
    expect(phones.labels(GROUP)).toEqual(['DITERIMA', 'TANGGAPAN', 'Lihat berkas']);
    await phones.must(KARTIKA, 'DITERIMA', GROUP);
    expect(phones.lastAnswer).toMatchObject({ alert: true });
    await phones.must('4242', 'DITERIMA', GROUP);
    expect(phones.lastAnswer.text).toMatch(/pegawai terdaftar/);
    expect(phones.case.decisions).toEqual([]);
    await phones.must(CITRA, 'DITERIMA', GROUP);
    expect(phones.case.decisions).toMatchObject([{ person: 'citra' }]);
    expect(phones.labels(GROUP)).toEqual([]);
  });

  /** What the message carries when it answers the newest message of this author in the group. */
  const answering = (author: string) => ({
    reply_to_message: {
      message_id: 1,
      date: 1,
      from: { id: Number(author), is_bot: author === BOT, first_name: 'U' },
      chat: { id: Number(GROUP), type: 'supergroup' },
    },
  });
  const photo = { photo: [{ file_id: 'p', file_unique_id: 'p', width: 1, height: 1 }] };

  test('an answer counts only as a reply to us, from whoever was asked', async () => {
    const phones = new Phones(office);
    await phones.handIn();
    await phones.must(BUDI, 'TANGGAPAN', GROUP);
    await phones.sends(BUDI, { text: 'obrolan biasa' }, GROUP);
    await phones.sends(CITRA, { text: 'jawaban orang lain', ...answering(BOT) }, GROUP);
    await phones.sends(BUDI, { text: 'Baik Pak, nanti saya cek dulu ya', ...answering(CITRA) }, GROUP);
    expect(phones.case.responses).toEqual([]);
    await phones.sends(BUDI, { text: 'Berkas lengkap', ...answering(BOT) }, GROUP);
    expect(phones.case.responses).toMatchObject([{ person: 'budi', text: 'Berkas lengkap' }]);
  });

  test('what is asked there says how it is answered, and in private it does not', async () => {
    const phones = new Phones(sampleOffice({ groups: [{ role: 'ketua_ppid_pembantu', chat: { channel: 'telegram', id: GROUP } }] }));
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK', GROUP);
    expect(phones.last(GROUP)).toMatch(/alasan.*\n.*\nBalas pesan ini/);
    await phones.sends(KARTIKA, { text: 'Buram', ...answering(BOT) }, GROUP);
    expect(phones.last(GROUP)).toMatch(/minimal 10.*\n.*\nBalas pesan ini/);
    await phones.sends(KARTIKA, { text: 'Foto kedua buram, mohon diganti.', ...answering(SARI) }, GROUP);
    expect(phones.case.state).toMatchObject({ status: 'running' });
    await phones.sends(KARTIKA, { text: 'Foto kedua buram, mohon diganti.', ...answering(BOT) }, GROUP);
    expect(phones.case.state).toMatchObject({ status: 'returned' });
    const alone = new Phones();
    await alone.toChecker();
    await alone.must(KARTIKA, 'TOLAK');
    expect(alone.last(KARTIKA)).toMatch(/alasan/);
    expect(alone.last(KARTIKA)).not.toMatch(/Balas pesan ini/);
  });

  test('a photo is a proof only as a reply to us', async () => {
    const phones = new Phones(sampleOffice({ groups: [{ role: 'admin_medsos', chat: { channel: 'telegram', id: GROUP } }] }));
    await phones.toPublisher();
    await phones.must(MAYA, 'SUDAH TAYANG', GROUP);
    phones.platform.files.set('p', Buffer.from('tangkapan layar'));
    await phones.sends(MAYA, { ...photo, ...answering(RAHMAT) }, GROUP);
    expect(phones.case.state).toMatchObject({ status: 'approved' });
    await phones.sends(MAYA, { ...photo, ...answering(BOT) }, GROUP);
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });

  test('the talk of a group, its stickers and its photos are nobody’s business', async () => {
    const phones = new Phones(office);
    await phones.handIn();
    const before = phones.chat(GROUP).length;
    await phones.sends(SARI, { text: 'selamat pagi' }, GROUP);
    await phones.sends(SARI, { sticker: { file_id: 's', file_unique_id: 's', width: 1, height: 1, type: 'regular' } }, GROUP);
    await phones.sends(SARI, photo, GROUP);
    await phones.sends(SARI, { ...photo, ...answering(BOT) }, GROUP);
    await phones.sends('4242', { text: 'halo' }, GROUP);
    await phones.sends(null, { text: 'admin tanpa nama' }, GROUP);
    expect(phones.chat(GROUP)).toHaveLength(before);
    expect(phones.cases).toHaveLength(1);
  });

  test('a draft is neither begun there nor shown: whoever wants one is sent to his own chat', async () => {
    const phones = new Phones(office);
    await phones.sends(SARI, { text: '/kirim' }, GROUP);
    expect(phones.last(GROUP)).toMatch(/obrolan pribadi/);
    expect(phones.cases).toEqual([]);
    await phones.text(SARI, '/kirim');
    await phones.sends(SARI, { text: '/kirim' }, GROUP);
    expect(phones.chat(GROUP).map(({ buttons }) => buttons)).toEqual([[], []]);
    expect(phones.last(SARI)).toMatch(/nama kegiatan/);
    expect(phones.store.tables.refusals.map(({ refused }) => refused)).toEqual(['private-only', 'private-only']);
  });

  test('nor is it dropped there by /batal', async () => {
    const phones = new Phones(office);
    await phones.text(SARI, '/kirim');
    await phones.sends(SARI, { text: '/batal' }, GROUP);
    expect(phones.last(GROUP)).toMatch(/obrolan pribadi/);
    expect(phones.case.state.status).toBe('draft');
    await phones.text(SARI, '/batal');
    expect(phones.case.state.status).toBe('withdrawn');
  });

  test('a code is not taken there, and it is not called unknown', async () => {
    const phones = new Phones(office);
    phones.store.addInvitation(office.id, 'maya', 'K7QM2WXZ');
    for (const text of ['/start K7QM2WXZ', '/daftar K7QM-2WXZ']) {
      await phones.sends(SARI, { text }, GROUP);
      expect(phones.last(GROUP)).toMatch(/obrolan pribadi/);
    }
    await phones.sends(SARI, { text: 'daftar hadir' }, GROUP);
    expect(phones.chat(GROUP)).toHaveLength(2);
    await phones.text(SARI, '/start K7QM2WXZ');
    expect(phones.last(SARI)).toMatch(/Terdaftar/);
  });

  test('an anonymous admin is nobody: his tap is answered and changes nothing', async () => {
    const phones = new Phones(office);
    await phones.handIn();
    const found = phones.platform.button(GROUP, 'DITERIMA');
    await phones.tap('1087968824', found?.data ?? '', found?.message ?? '', GROUP);
    await phones.settle();
    expect(phones.lastAnswer.alert).toBe(true);
    expect(phones.case.decisions).toEqual([]);
  });
});

test('the second office day: two makers, two numbers, one register', async () => {
  const phones = new Phones();
  await phones.handIn(SARI, 'a');
  await phones.handIn(ANDI, 'b');
  phones.now = FRIDAY_9 + 2 * HOUR;
  await phones.text(RAHMAT, '/register');
  expect(phones.last(RAHMAT)).toMatch(/0001\/REG/);
  expect(phones.last(RAHMAT)).toMatch(/0002\/REG/);
});
