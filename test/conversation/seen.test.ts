// What is known of who has seen a card, from the delivery to the tap, through the real hearing and delivering.
import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/case/outgoing.ts';
import { QUIET_CONVERSATION } from '../../src/conversation/conversation.ts';
import type { What } from '../../src/conversation/heard.ts';
import { openedBy } from '../../src/conversation/opened.ts';
import type { Action, Reference } from '../../src/conversation/reference.ts';
import type { Situation } from '../../src/conversation/situation.ts';
import { dishub } from '../support/other-phones.ts';
import { BUDI, CITRA, GROUP, MAYA, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { CASE, caseOf, HOUR, history, SOP, TO_RECEIVER } from '../support/rules.ts';
import { sampleOffice } from '../support/sample-office.ts';

const line = (phones: Phones, who: string, name: string) =>
  phones
    .last(who)
    .split('\n')
    .find((one) => one.startsWith(`• ${name}`));

describe('who asks for a case by its number', () => {
  test('sees of each holder whether the card was sent, opened, or never could be', async () => {
    const people = sampleOffice().people.map((person) =>
      person.id === 'citra' ? { id: 'citra', name: 'Citra', roles: person.roles } : person,
    );
    const phones = new Phones(sampleOffice({ people }));
    await phones.handIn();
    await phones.text(SARI, '/status 1');
    expect(line(phones, SARI, 'Budi')).toMatch(/^• Budi Santoso: terkirim \d\d\.\d\d, belum dibuka\.$/);
    expect(line(phones, SARI, 'Citra')).toBe('• Citra: belum terkirim (belum pernah menulis ke layanan ini).');
    await phones.must(BUDI, 'TANGGAPAN');
    await phones.text(SARI, '/status 1');
    expect(line(phones, SARI, 'Budi')).toMatch(/^• Budi Santoso: dibuka \d\d\.\d\d, belum diterima\.$/);
  });

  test('sees nothing of that for a draft, nor once all is done', async () => {
    const phones = new Phones();
    await phones.toPublisher();
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.text(MAYA, 'https://www.instagram.com/p/1');
    await phones.text(SARI, '/status 1');
    expect(phones.last(SARI)).not.toMatch(/dibuka|terkirim/);
  });
});

test('who could not be reached when his card came gets it when he starts, once', async () => {
  const phones = new Phones();
  phones.platform.blocked.add(BUDI);
  await phones.handIn();
  expect(phones.labels(BUDI)).not.toContain('DITERIMA');
  phones.platform.blocked.delete(BUDI);
  await phones.text(BUDI, '/start');
  await phones.text(BUDI, '/start');
  expect(phones.labels(BUDI).filter((label) => label === 'DITERIMA')).toHaveLength(1);
  await phones.must(BUDI, 'DITERIMA');
});

test('who lets the bot in again gets the card that could not reach him, at once and once', async () => {
  const phones = new Phones();
  const member = async (status: string) => {
    await phones.update({
      my_chat_member: {
        chat: { id: Number(BUDI), type: 'private' },
        from: { id: Number(BUDI), is_bot: false, first_name: 'Budi' },
        date: 1,
        old_chat_member: { status: status === 'member' ? 'kicked' : 'member' },
        new_chat_member: { status },
      },
    });
    await phones.settle();
  };
  phones.platform.blocked.add(BUDI);
  await member('kicked');
  await phones.handIn();
  phones.platform.blocked.delete(BUDI);
  await member('member');
  expect(phones.labels(BUDI).filter((label) => label === 'DITERIMA')).toHaveLength(1);
  // Telegram's button for it sends this as well.
  await phones.text(BUDI, '/start');
  expect(phones.labels(BUDI).filter((label) => label === 'DITERIMA')).toHaveLength(1);
  await phones.must(BUDI, 'DITERIMA');
});

test('who starts in a group, or asks there what waits for him, is shown nothing of it before the others', async () => {
  const phones = new Phones();
  phones.platform.blocked.add(BUDI);
  await phones.handIn();
  phones.platform.blocked.delete(BUDI);
  const other = '-1002000000009';
  await phones.sends(BUDI, { text: '/start' }, other);
  await phones.sends(BUDI, { text: '/antrean' }, other);
  expect(phones.labels(other)).toEqual([]);
  expect(phones.chat(other)).toHaveLength(2);
  expect(phones.last(other)).toMatch(
    /Menunggu Anda: 1 konten[\s\S]*\nKetik \/antrean di obrolan pribadi dengan layanan ini untuk kartunya\.$/,
  );
  expect(phones.labels(BUDI)).not.toContain('DITERIMA');
});

test('a supervisor who hears that a step is late hears who has opened its card', async () => {
  const phones = new Phones();
  await phones.handIn();
  await phones.must(BUDI, 'TANGGAPAN');
  await phones.advance(phones.now + 5 * 24 * HOUR);
  const told = phones.said(RAHMAT, /Melewati tenggat/)?.text ?? '';
  expect(told).toMatch(/• Budi Santoso: dibuka Jumat, 20-11 \d\d\.\d\d, belum diterima\./);
  expect(told).toMatch(/• Citra: terkirim Jumat, 20-11 \d\d\.\d\d, belum dibuka\./);
  expect(phones.said(BUDI, /Melewati tenggat/)?.text).not.toMatch(/dibuka/);
});

test('a refused tap has opened the card as well; in a group it is that of the person alone', async () => {
  const phones = new Phones(sampleOffice({ groups: [{ role: 'tim_pertimbangan', chat: { channel: 'telegram', id: GROUP } }] }));
  await phones.handIn();
  await phones.must(BUDI, 'TANGGAPAN', GROUP);
  const views = () => [...phones.store.tables.views.values()].filter(({ step }) => step === 'terima-berkas');
  const of = (person: string) => views().find((one) => one.person === person);
  expect(of('budi')?.openedAt).not.toBeNull();
  expect(of('citra')?.openedAt).toBeNull();
  const old = phones.platform.button(CITRA, 'DITERIMA');
  await phones.must(BUDI, 'DITERIMA');
  if (old) await phones.tap(CITRA, old.data, old.message);
  await phones.settle();
  expect(phones.lastAnswer.alert).toBe(true);
  expect(of('citra')?.openedAt).not.toBeNull();
});

describe('Lihat berkas', () => {
  test('sends the files, the narrative and the caption once more into that chat, and has opened the card', async () => {
    const phones = new Phones();
    await phones.handIn();
    const before = phones.chat(BUDI).length;
    await phones.must(BUDI, 'Lihat berkas');
    const more = phones.chat(BUDI).slice(before);
    expect(more.filter(({ files }) => files.length > 0)).toHaveLength(4);
    expect(more.filter(({ files }) => files.length === 0).map(({ text }) => text)).toEqual([
      phones.case.revisions[0]?.narrative,
      phones.case.revisions[0]?.caption,
    ]);
    expect(phones.lastAnswer.text).toMatch(/dikirim lagi/);
    expect(phones.labels(BUDI)).toEqual(['DITERIMA', 'TANGGAPAN', 'Lihat berkas']);
    expect([...phones.store.tables.views.values()].find(({ person }) => person === 'budi')?.openedAt).not.toBeNull();
  });

  test('is for those whose turn it is and for supervisors, as long as it is their turn', async () => {
    const phones = new Phones(sampleOffice({ groups: [{ role: 'tim_pertimbangan', chat: { channel: 'telegram', id: GROUP } }] }));
    await phones.handIn();
    const before = phones.chat(GROUP).length;
    await phones.must(MAYA, 'Lihat berkas', GROUP);
    expect(phones.lastAnswer).toMatchObject({ alert: true });
    expect(phones.chat(GROUP)).toHaveLength(before);
    await phones.must(RAHMAT, 'Lihat berkas', GROUP);
    expect(phones.chat(GROUP).length).toBeGreaterThan(before);
    const old = phones.platform.button(BUDI, 'Lihat berkas');
    await phones.must(CITRA, 'DITERIMA');
    if (old) await phones.tap(BUDI, old.data, old.message);
    await phones.settle();
    expect(phones.lastAnswer).toMatchObject({ alert: true });
    expect(phones.store.tables.refusals.map(({ refused, wanted }) => [wanted, refused])).toEqual([
      ['view', 'not-your-role'],
      ['view', 'outdated'],
    ]);
  });

  test('shows a maker the material before he takes the task', async () => {
    const [RIZAL, INTAN] = ['1401', '1402'];
    const phones = dishub();
    await phones.album(RIZAL ?? '', 1, undefined, 'bahan');
    await phones.text(RIZAL ?? '', 'Ramp check');
    await phones.must(RIZAL ?? '', 'Hari ini');
    await phones.text(RIZAL ?? '', 'Liputan sendiri');
    await phones.must(RIZAL ?? '', 'SERAHKAN');
    const before = phones.chat(INTAN ?? '').length;
    await phones.must(INTAN ?? '', 'Lihat berkas');
    expect(phones.chat(INTAN ?? '').slice(before).length).toBeGreaterThan(0);
    await phones.must(INTAN ?? '', 'KERJAKAN');
  });
});

describe('a message shows that a card was opened', () => {
  const office = sampleOffice();
  const budi = office.people.find(({ id }) => id === 'budi');
  const c = caseOf(history(TO_RECEIVER));
  const TAP: What = { kind: 'tap', data: 'x', tap: 't', message: '1' };
  const TEXT: What = { kind: 'text', text: 'Berkas lengkap', message: '9' };
  function opened(what: What, more: Partial<Situation> = {}) {
    if (!budi) throw new Error('no budi');
    return openedBy({
      now: 0,
      heard: { account: '7000', chat: { channel: 'telegram', id: BUDI }, chatKind: 'private', from: { id: BUDI, name: 'U' }, at: 0, what },
      reference: null,
      memberships: [{ office, person: budi }],
      conversation: QUIET_CONVERSATION,
      subject: { case: c, sop: SOP, office },
      startable: [],
      roles: [],
      duties: [],
      deputable: [],
      roleLabels: {},
      redeemed: null,
      listed: [],
      fresh: { case: CASE, media: 'new' },
      serial: 0,
      ...more,
    });
  }
  const reference = (action: Action, step: number): Reference => ({ action, case: CASE, step, round: 1, revision: 1, item: 0 });
  const shown = { office: office.id, place: { case: CASE, step: 'terima-berkas', round: 1 }, person: 'budi' };

  test('by a tap on it, not on a draft, a forged button or a step that is not there', () => {
    expect(opened(TAP, { reference: reference('receive', 1) })).toEqual(shown);
    expect(opened(TAP, { reference: reference('today', 0) })).toBeNull();
    expect(opened(TAP, { reference: reference('view', 0) })).toMatchObject({ place: { step: 'serahkan' } });
    expect(opened(TAP, { reference: reference('receive', 99) })).toBeNull();
    expect(opened(TAP, { reference: 'forged' })).toBeNull();
    expect(opened(TAP)).toBeNull();
  });

  test('by an answer to what it asked, not by any other text', () => {
    const asking: Question = { ask: 'response', case: CASE, step: 'terima-berkas', round: 1, revision: 1 };
    const about = (question: Question) => ({ conversation: { focus: null, asking: question } });
    expect(opened(TEXT, about(asking))).toEqual(shown);
    expect(opened(TEXT, about({ ...asking, case: 'another' }))).toBeNull();
    expect(opened(TEXT, about({ ask: 'title', case: CASE }))).toBeNull();
    expect(opened(TEXT)).toBeNull();
    expect(opened({ kind: 'edited', text: 'a', message: '1', field: 'text' }, about(asking))).toBeNull();
    const photo: What = {
      kind: 'media',
      media: { kind: 'photo', file: { channel: 'telegram', account: 'a', fileId: 'f', uniqueId: 'u' } },
      message: '9',
    };
    expect(opened(photo, about(asking))).toEqual(shown);
  });

  test('by nobody of another office, and by nothing without a case', () => {
    expect(opened(TAP, { reference: reference('receive', 1), memberships: [] })).toBeNull();
    expect(opened(TAP, { reference: reference('receive', 1), subject: null })).toBeNull();
  });
});

test('whoever gets the card of the next step is sent it, whoever decided has opened his', async () => {
  const phones = new Phones();
  await phones.toPublisher();
  const views = [...phones.store.tables.views.values()].map(({ step, person, openedAt }) => [step, person, openedAt !== null]);
  expect(views).toEqual(
    expect.arrayContaining([
      ['terima-berkas', 'budi', true],
      ['terima-berkas', 'citra', false],
      ['periksa', 'kartika', true],
      ['putuskan', 'rahmat', true],
      ['unggah', 'maya', false],
    ]),
  );
});
