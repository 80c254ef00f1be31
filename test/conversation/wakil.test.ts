// /wakil in the chats: naming a deputy, what he gets and may, and how it ends.
import { describe, expect, test } from 'vitest';
import { namedDeputy } from '../../src/case/named-deputy.ts';
import { converse } from '../../src/conversation/converse.ts';
import { itemOf } from '../../src/conversation/reference.ts';
import type { Situation } from '../../src/conversation/situation.ts';
import type { Office } from '../../src/office/office.ts';
import type { Tx } from '../../src/ports/store.ts';
import { ANDI, BUDI, GROUP, KARTIKA, MAYA, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const KETUA = 'ketua_ppid_pembantu';
const SUPERVISED: Partial<Office> = { supervisors: [['rahmat']] };
const make = (more: Partial<Office> = {}) => new Phones(sampleOffice({ ...SUPERVISED, ...more }));
const deputies = (phones: Phones) => [...phones.store.tables.offices.values()].flatMap((office) => office.deputies ?? []);
const refused = (phones: Phones) => phones.store.tables.refusals.map((one) => one.refused);

/** Kartika names Maya, from today to the 27th. */
async function named(phones: Phones, from = 'Hari ini', to = '27-11-2026'): Promise<void> {
  await phones.text(KARTIKA, '/wakil');
  await phones.must(KARTIKA, 'Maya');
  if (from === 'Hari ini') await phones.must(KARTIKA, from);
  else await phones.text(KARTIKA, from);
  await phones.text(KARTIKA, to);
  await phones.must(KARTIKA, 'TETAPKAN');
}

describe('naming a deputy', () => {
  test('is asked step by step, and told to the two of them and to the supervisors', async () => {
    const phones = make();
    await phones.text(KARTIKA, '/wakil');
    expect(phones.last(KARTIKA)).toMatch(/wakil.*Ketua PPID Pembantu/s);
    expect(phones.labels(KARTIKA)).toEqual(['Sari Dewi', 'Budi Santoso', 'Rahmat', 'Maya', 'Andi', 'Citra']);
    await phones.must(KARTIKA, 'Maya');
    expect(phones.last(KARTIKA)).toMatch(/Maya mewakili mulai kapan/);
    await phones.must(KARTIKA, 'Hari ini');
    expect(phones.last(KARTIKA)).toMatch(/Maya mewakili sampai kapan/);
    await phones.text(KARTIKA, '27-11-2026');
    expect(phones.last(KARTIKA)).toMatch(/Plh\. Ketua PPID Pembantu: Maya, Jumat, 20 November 2026 sampai Jumat, 27 November 2026/);
    expect(deputies(phones)).toEqual([]);
    await phones.must(KARTIKA, 'TETAPKAN');
    const from = { from: '2026-11-20', to: '2026-11-27' };
    expect(deputies(phones)).toMatchObject([{ kind: 'plh', by: 'maya', for: 'kartika', roles: [KETUA], ...from }]);
    for (const user of [KARTIKA, MAYA, RAHMAT]) expect(phones.last(user)).toMatch(/Plh\. Ketua PPID Pembantu: Maya, a\.n\. Kartika/);
    expect(phones.chat(BUDI)).toEqual([]);
    expect(refused(phones)).toEqual([]);
  });

  test('takes a written name and written dates, and says what is wrong with them', async () => {
    const phones = make();
    await phones.text(KARTIKA, '/wakil');
    await phones.text(KARTIKA, 'Bambang');
    expect(phones.last(KARTIKA)).toMatch(/tidak cocok.*Maya/s);
    await phones.text(KARTIKA, 'di');
    expect(phones.last(KARTIKA)).toMatch(/tidak cocok/);
    await phones.text(KARTIKA, 'maya');
    await phones.text(KARTIKA, 'lusa nanti');
    expect(phones.last(KARTIKA)).toMatch(/belum dapat dibaca/);
    await phones.text(KARTIKA, 'kemarin');
    expect(phones.last(KARTIKA)).toMatch(/sudah lewat/);
    await phones.text(KARTIKA, '23-11-2026');
    await phones.text(KARTIKA, '?');
    expect(phones.last(KARTIKA)).toMatch(/belum dapat dibaca/);
    await phones.text(KARTIKA, '22-11-2026');
    expect(phones.last(KARTIKA)).toMatch(/sebelum hari mulainya/);
    await phones.text(KARTIKA, '22-12-2028');
    expect(phones.last(KARTIKA)).toMatch(/Lebih dari satu tahun/);
    await phones.text(KARTIKA, '25-11-2026');
    // Another last day instead of the yes.
    await phones.text(KARTIKA, '27-11-2026');
    await phones.must(KARTIKA, 'TETAPKAN');
    expect(deputies(phones)).toMatchObject([{ from: '2026-11-23', to: '2026-11-27' }]);
  });

  test('may be for one day, by pressing today twice', async () => {
    const phones = make();
    await phones.text(KARTIKA, '/wakil');
    await phones.must(KARTIKA, 'Maya');
    await phones.must(KARTIKA, 'Hari ini');
    await phones.must(KARTIKA, 'Hari ini');
    await phones.must(KARTIKA, 'TETAPKAN');
    expect(deputies(phones)).toMatchObject([{ from: '2026-11-20', to: '2026-11-20' }]);
  });

  test('is dropped by /batal, and its buttons are dead then', async () => {
    const phones = make();
    await phones.text(KARTIKA, '/wakil');
    await phones.text(KARTIKA, '/batal');
    expect(phones.last(KARTIKA)).toMatch(/Dibatalkan/);
    await phones.must(KARTIKA, 'Maya');
    expect(phones.lastAnswer.alert).toBe(true);
    expect(deputies(phones)).toEqual([]);
    expect(refused(phones)).toEqual(['nothing-open']);
  });

  test('gives way to a question that was asked later', async () => {
    const phones = make();
    await phones.handIn();
    await phones.must(BUDI, 'DITERIMA');
    await phones.text(KARTIKA, '/wakil');
    await phones.must(KARTIKA, 'TOLAK');
    await phones.text(KARTIKA, 'Foto ketiga buram sekali');
    expect(phones.case.state.status).toBe('returned');
    expect(deputies(phones)).toEqual([]);
  });

  test('of the same days twice is refused, and so is a button pressed out of turn', async () => {
    const phones = make();
    await named(phones);
    await phones.text(KARTIKA, '/wakil');
    expect(phones.said(KARTIKA, /yang menyangkut Anda[\s\S]*Maya, a\.n\. Kartika/)).toBeDefined();
    await phones.must(KARTIKA, 'Citra');
    await phones.text(KARTIKA, '26-11-2026');
    await phones.text(KARTIKA, '30-11-2026');
    expect(phones.said(KARTIKA, /bertumpang tindih dengan Maya/i)).toBeDefined();
    await phones.text(KARTIKA, '28-11-2026');
    await phones.text(KARTIKA, '30-11-2026');
    await phones.must(KARTIKA, 'TETAPKAN');
    expect(deputies(phones)).toHaveLength(2);
    expect(refused(phones)).toEqual(['deputy-collides']);
  });

  test('is for those who receive, decide or publish, and in private', async () => {
    const phones = make();
    await phones.text(SARI, '/wakil');
    expect(phones.last(SARI)).toMatch(/Perintah \/wakil untuk pegawai yang menerima/);
    await phones.sends(KARTIKA, { text: '/wakil' }, GROUP);
    expect(phones.last(GROUP)).toMatch(/obrolan pribadi/);
    expect(refused(phones)).toEqual(['deputy-not-meant', 'private-only']);
    await phones.text(SARI, '/bantuan');
    expect(phones.last(SARI)).not.toMatch(/wakil/);
    await phones.text(KARTIKA, '/bantuan');
    expect(phones.last(KARTIKA)).toMatch(/\/wakil – /);
  });

  test('ends quietly for whoever has lost his role, or his colleague, meanwhile', async () => {
    const phones = make();
    const to = (people: Office['people']) => phones.store.addOffice(sampleOffice({ ...SUPERVISED, people }), []);
    const all = sampleOffice().people;
    await phones.text(KARTIKA, '/wakil');
    to(all.map((one) => (one.id === 'kartika' ? { ...one, roles: ['tim_pelaksana'] } : one)));
    await phones.text(KARTIKA, 'Maya');
    expect(phones.last(KARTIKA)).toMatch(/tidak memerlukan wakil/);
    to(all);
    await phones.text(KARTIKA, '/wakil');
    await phones.must(KARTIKA, 'Maya');
    await phones.must(KARTIKA, 'Hari ini');
    await phones.text(KARTIKA, '27-11-2026');
    to(all.filter(({ id }) => id !== 'maya'));
    await phones.must(KARTIKA, 'TETAPKAN');
    expect(deputies(phones)).toEqual([]);
    expect(refused(phones)).toEqual(['deputy-not-meant', 'deputy-unclear']);
  });
});

describe('a deputy who was named', () => {
  test('gets the cards that wait, decides in the name of his principal, and both names are told', async () => {
    const phones = make();
    await phones.handIn();
    await phones.must(BUDI, 'DITERIMA');
    await named(phones);
    expect(phones.labels(MAYA)).toContain('TERIMA');
    await phones.must(MAYA, 'TERIMA');
    expect(phones.case.decisions.at(-1)).toMatchObject({ person: 'maya', onBehalfOf: 'kartika', capacity: 'plh' });
    expect(phones.last(SARI)).toMatch(/Maya \(Plh\. Ketua PPID Pembantu, a\.n\. Kartika\)/);
    expect(phones.said(KARTIKA, /TERIMA oleh Maya \(Plh\. Ketua PPID Pembantu, a\.n\. Kartika\)/)).toBeDefined();
    await phones.text(SARI, '/status 1');
    expect(phones.last(SARI)).toMatch(/Maya \(Plh\. Ketua PPID Pembantu, a\.n\. Kartika\)/);
  });

  test('who has no role of his own is one of the office all the same', async () => {
    const phones = make({ people: sampleOffice().people.map((one) => (one.id === 'andi' ? { ...one, roles: [] } : one)) });
    await phones.text(KARTIKA, '/wakil');
    await phones.must(KARTIKA, 'Andi');
    await phones.must(KARTIKA, 'Hari ini');
    await phones.text(KARTIKA, '27-11-2026');
    await phones.must(KARTIKA, 'TETAPKAN');
    await phones.handIn();
    await phones.must(BUDI, 'DITERIMA');
    await phones.text(ANDI, '/antrean');
    expect(phones.last(ANDI)).toMatch(/Pasar murah/);
    await phones.must(ANDI, 'TERIMA');
    expect(phones.case.decisions.at(-1)).toMatchObject({ person: 'andi', onBehalfOf: 'kartika' });
    await phones.text(ANDI, '/wakil');
    expect(phones.last(ANDI)).toMatch(/yang menyangkut Anda[\s\S]*Andi, a\.n\. Kartika/);
    expect(phones.labels(ANDI)).not.toContain('Akhiri Andi');
    await phones.text(ANDI, '/wakil batal');
    expect(deputies(phones)).toHaveLength(1);
  });

  test('for later days is told at the first opening, gets the cards then, and is done at the opening after the last', async () => {
    const phones = make();
    await named(phones, '23-11-2026', '24-11-2026');
    await phones.handIn();
    await phones.must(BUDI, 'DITERIMA');
    expect(phones.labels(MAYA)).not.toContain('TERIMA');
    await phones.advance(at('2026-11-23T07:29:00'));
    expect(phones.labels(MAYA)).not.toContain('TERIMA');
    await phones.advance(at('2026-11-23T07:30:00'));
    expect(phones.said(MAYA, /Mulai sekarang/)).toBeDefined();
    expect(phones.labels(MAYA)).toContain('TERIMA');
    await phones.advance(at('2026-11-25T07:30:00'));
    for (const user of [MAYA, KARTIKA, RAHMAT]) expect(phones.said(user, /Sudah berakhir/)).toBeDefined();
    await phones.must(MAYA, 'TERIMA');
    expect(phones.lastAnswer.text).toMatch(/bagian ini milik Ketua PPID Pembantu/);
    expect(phones.case.decisions).toHaveLength(1);
    expect(deputies(phones)).toEqual([]);
  });
});

describe('ending it', () => {
  test('by the button under the list, or by /wakil batal; the deputy may nothing more', async () => {
    const phones = make();
    await phones.handIn();
    await phones.must(BUDI, 'DITERIMA');
    await named(phones);
    await phones.text(KARTIKA, '/wakil');
    await phones.must(KARTIKA, 'Akhiri Maya');
    expect(deputies(phones)).toEqual([]);
    expect(phones.last(MAYA)).toMatch(/Sudah berakhir/);
    await phones.must(MAYA, 'TERIMA');
    expect(phones.lastAnswer.text).toMatch(/bagian ini milik/);
    await phones.must(KARTIKA, 'Akhiri Maya');
    expect(phones.lastAnswer.alert).toBe(true);
    await phones.text(KARTIKA, '/batal');
    await named(phones);
    await phones.text(KARTIKA, '/wakil BATAL');
    expect(deputies(phones)).toEqual([]);
    await phones.text(KARTIKA, '/wakil batal');
    expect(phones.last(KARTIKA)).toMatch(/Belum ada/);
  });

  test('with several of them /wakil batal shows which there are', async () => {
    const phones = make();
    await named(phones, 'Hari ini', '21-11-2026');
    await named(phones, '23-11-2026', '24-11-2026');
    await phones.text(KARTIKA, '/wakil batal');
    expect(phones.last(KARTIKA)).toMatch(/yang menyangkut Anda/);
    expect(deputies(phones)).toHaveLength(2);
  });
});

/** Which of these a transaction asks for, in the order in which it first does. */
async function lockedBy(phones: Phones, does: () => Promise<void>): Promise<string[]> {
  const locks = ['setOfficeTimer', 'lockOfficeTimer', 'setDeputy', 'endDeputy', 'lockCase'];
  const asked = new Set<string>();
  const { store } = phones;
  const whole = store.transaction.bind(store);
  const noting = (tx: Tx): Tx =>
    new Proxy(tx, {
      get: (_, name) => {
        if (locks.includes(String(name))) asked.add(String(name));
        const found: unknown = Reflect.get(tx, name, tx);
        return typeof found === 'function' ? (found.bind(tx) as unknown) : found;
      },
    });
  store.transaction = (work) => whole((tx) => work(noting(tx)));
  await does();
  store.transaction = whole;
  return [...asked];
}

test('whoever names or ends a deputy holds the office’s timer before the office', async () => {
  const phones = make();
  await phones.text(KARTIKA, '/wakil');
  await phones.must(KARTIKA, 'Maya');
  await phones.must(KARTIKA, 'Hari ini');
  await phones.text(KARTIKA, '27-11-2026');
  // What the button names is looked for among the cases too, and is none.
  const pressing = async (label: string) =>
    (await lockedBy(phones, () => phones.must(KARTIKA, label))).filter((one) => one !== 'lockCase').slice(0, 2);
  expect(await pressing('TETAPKAN')).toEqual(['setOfficeTimer', 'setDeputy']);
  await phones.text(KARTIKA, '/wakil');
  expect(await pressing('Akhiri Maya')).toEqual(['setOfficeTimer', 'endDeputy']);
});

test('a deputy whose days are over is ended under the office’s timer, before any case is looked at', async () => {
  const people = sampleOffice().people.filter(({ id }) => id !== 'kartika');
  const chat = { id: '00000000-0000-4000-8000-00000000d001', at: FRIDAY_9 };
  const plt = { kind: 'plt' as const, by: 'citra', for: null, roles: [KETUA], from: '2026-11-01', to: '2026-11-22', chat };
  const phones = make({ people, deputies: [plt] });
  await phones.store.transaction((tx) => tx.setOfficeTimer('disdagperin-contoh', 'deputies', phones.now, { since: phones.now }));
  await phones.handIn();
  await phones.must(BUDI, 'DITERIMA');
  await phones.advance(at('2026-11-23T07:29:00'));
  const locked = await lockedBy(phones, () => phones.advance(at('2026-11-23T07:30:00')));
  expect(locked.filter((one) => one !== 'setOfficeTimer')).toEqual(['lockOfficeTimer', 'endDeputy', 'lockCase']);
});

test('a role that its Plt leaves empty is an alarm when the office opens', async () => {
  const people = sampleOffice().people.filter(({ id }) => id !== 'kartika');
  const plt = { kind: 'plt' as const, by: 'citra', for: null, roles: [KETUA], from: '2026-11-01', to: '2026-11-22' };
  const phones = make({ people, deputies: [plt] });
  await phones.store.transaction((tx) => tx.setOfficeTimer('disdagperin-contoh', 'deputies', phones.now, { since: phones.now }));
  await phones.handIn();
  await phones.must(BUDI, 'DITERIMA');
  await phones.advance(at('2026-11-23T07:29:00'));
  expect(phones.said(RAHMAT, /belum ada pegawai dengan peran/)).toBeUndefined();
  await phones.advance(at('2026-11-23T07:30:00'));
  expect(phones.said(RAHMAT, /belum ada pegawai dengan peran Ketua PPID Pembantu/)).toBeDefined();
});

test('whoever acted for another is named so in the history that /status tells, a Plt with nobody behind him', async () => {
  const people = sampleOffice().people.filter(({ id }) => id !== 'kartika');
  const plt = { kind: 'plt' as const, by: 'citra', for: null, roles: [KETUA], from: '2026-11-01', to: null };
  const plh = { kind: 'plh' as const, by: 'budi', for: 'maya', roles: ['admin_medsos'], from: '2026-11-01', to: '2026-11-30' };
  const phones = make({ people, deputies: [plt, plh] });
  await phones.handIn();
  await phones.must(BUDI, 'DITERIMA');
  await phones.must('1007', 'TERIMA');
  await phones.must(RAHMAT, 'TERIMA');
  await phones.must(BUDI, 'SUDAH TAYANG');
  await phones.text(BUDI, 'https://www.instagram.com/p/abc123');
  await phones.text(SARI, '/status 1');
  expect(phones.last(SARI)).toMatch(/Citra \(Plt\. Ketua PPID Pembantu\)/);
  expect(phones.last(SARI)).toMatch(/Budi Santoso a\.n\. Maya/);
  await phones.text('1007', '/wakil');
  expect(phones.said('1007', /Plt\. Ketua PPID Pembantu: Citra, mulai .* sampai pemberitahuan lebih lanjut/)).toBeDefined();
});

describe('a button out of turn', () => {
  const office = sampleOffice(SUPERVISED);
  const [kartika] = office.people.filter(({ id }) => id === 'kartika');
  if (!kartika) throw new Error('no kartika');
  const id = '00000000-0000-4000-8000-000000000009';
  const tapped = (action: 'today' | 'deputySet' | 'deputyWhom', more: Partial<Situation> = {}) => {
    const chat = { channel: 'telegram', id: KARTIKA } as const;
    const what = { kind: 'tap', data: 'x', tap: 't', message: '1' } as const;
    return converse({
      now: FRIDAY_9,
      heard: { account: '7000', chat, chatKind: 'private', from: { id: KARTIKA, name: 'K' }, at: FRIDAY_9, what },
      reference: { action, case: id, step: 0, round: 1, revision: 0, item: 0 },
      memberships: [{ office, person: kartika }],
      conversation: { focus: null, asking: null, deputy: { id, office: office.id, roles: [KETUA], ask: 'whom' } },
      subject: null,
      startable: [],
      roles: [],
      duties: [],
      deputable: [{ office, person: kartika, roles: [KETUA] }],
      roleLabels: {},
      redeemed: null,
      listed: [],
      fresh: { case: id, media: 'new' },
      serial: 0,
      ...more,
    } as Situation);
  };
  const refusals = (outcome: ReturnType<typeof converse>) => outcome.refusals.map((one) => one.refused);

  test('does nothing', () => {
    expect(refusals(tapped('today'))).toEqual(['unknown-button']);
    expect(refusals(tapped('deputySet'))).toEqual(['unknown-button']);
    expect(refusals(tapped('deputyWhom'))).toEqual(['deputy-unclear']);
    expect(refusals(tapped('deputyWhom', { deputable: [] }))).toEqual(['deputy-not-meant']);
    const other = { id: '00000000-0000-4000-8000-000000000008', office: office.id, roles: [KETUA], ask: 'whom' } as const;
    const conversation = { focus: null, asking: null, deputy: { ...other, roles: [KETUA] } };
    expect(refusals(tapped('deputyWhom', { conversation }))).toEqual(['nothing-open']);
  });

  test('asks on without the names of roles that no SOP has', () => {
    const reference = { action: 'deputyWhom', case: id, step: 0, round: 1, revision: 0, item: itemOf('maya') } as const;
    const [asked] = tapped('deputyWhom', { reference }).outgoing;
    expect(asked).toMatchObject({ out: 'say', notice: { notice: 'deputy-question', ask: 'from', by: 'Maya', roles: [KETUA] } });
  });
});

test('a role that no SOP names is told by its id', () => {
  const deputy = { kind: 'plh' as const, by: 'maya', for: 'kartika', roles: ['lain'], from: '2026-11-01', to: null };
  expect(namedDeputy(sampleOffice(), {}, deputy)).toMatchObject({ roles: ['lain'], by: 'Maya', letter: null });
});
