// INGATKAN, ALIHKAN and LIHAT in the chats: what the supervisor taps, and what everybody else then reads.
import { describe, expect, test } from 'vitest';
import { BUDI, CITRA, KARTIKA, MAYA, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);

/** Kartika's step is overdue, and Rahmat has been told. */
async function overdue(): Promise<Phones> {
  const phones = new Phones();
  await phones.toChecker();
  await phones.advance(at('2026-11-23T16:00:00'));
  return phones;
}

async function tapAs(phones: Phones, user: string, label: string): Promise<void> {
  const button = phones.platform.button(RAHMAT, label);
  if (!button) throw new Error(`no ${label}`);
  await phones.tap(user, button.data, button.message, RAHMAT);
  await phones.settle();
}

describe('the notice of a late step', () => {
  test('carries INGATKAN, ALIHKAN and LIHAT for the supervisor, and nothing for the holder', async () => {
    const phones = await overdue();
    expect(phones.labels(RAHMAT)).toEqual(['Ingatkan', 'Alihkan', 'Lihat']);
    expect(phones.chat(KARTIKA).at(-1)?.buttons).toEqual([]);
  });

  test('of a first draft cannot be given to somebody else', async () => {
    const phones = new Phones();
    await phones.fill();
    await phones.advance(at('2026-11-23T08:00:00'));
    expect(phones.labels(RAHMAT)).toEqual(['Ingatkan', 'Lihat']);
  });

  test('its buttons count only from a supervisor', async () => {
    const phones = await overdue();
    const before = phones.case;
    for (const label of ['Ingatkan', 'Alihkan', 'Lihat']) {
      await tapAs(phones, KARTIKA, label);
      expect(phones.lastAnswer).toMatchObject({ alert: true });
      expect(phones.lastAnswer.text).toMatch(/peran Anda tidak mencakup/);
    }
    expect(phones.case).toEqual(before);
  });

  test('the daily list of one case carries them too', async () => {
    const phones = await overdue();
    await phones.advance(at('2026-11-25T07:45:00'));
    const rekap = phones.chat(RAHMAT).at(-1);
    expect(rekap?.text).toMatch(/Rekap/);
    expect(rekap?.buttons.flat()).toHaveLength(3);
    expect(phones.chat(KARTIKA).at(-1)?.buttons).toEqual([]);
  });
});

describe('INGATKAN', () => {
  test('the holder reads who reminds him and the deadline, and the supervisor that it was said', async () => {
    const phones = await overdue();
    await phones.must(RAHMAT, 'Ingatkan');
    expect(phones.last(KARTIKA)).toMatch(/Diingatkan oleh Rahmat: 0001[\s\S]*Tenggat: hari ini pukul 16\.00 WIB/);
    expect(phones.lastAnswer).toMatchObject({ alert: false, text: expect.stringMatching(/disampaikan/) as string });
    await phones.must(RAHMAT, 'Ingatkan');
    expect(phones.lastAnswer).toMatchObject({
      alert: true,
      text: expect.stringMatching(/sudah diingatkan oleh Rahmat pukul 16\.00/) as string,
    });
    phones.now += 15 * 60_000;
    await phones.must(RAHMAT, 'Ingatkan');
    expect(phones.chat(KARTIKA).filter(({ text }) => /Diingatkan/.test(text))).toHaveLength(2);
  });

  test('says so when it has been decided already', async () => {
    const phones = await overdue();
    await phones.must(KARTIKA, 'TERIMA');
    const heard = phones.chat(KARTIKA).length;
    const button = phones.chat(RAHMAT).find(({ text }) => /Melewati tenggat/.test(text));
    // ALIHKAN beside it says the same.
    for (const { does } of button?.buttons[0] ?? []) {
      await phones.tap(RAHMAT, 'tap' in does ? does.tap : '', button?.id ?? '', RAHMAT);
      await phones.settle();
      expect(phones.lastAnswer.text).toMatch(/Sudah diputus TERIMA oleh Kartika/);
    }
    expect(phones.chat(KARTIKA)).toHaveLength(heard);
  });
});

describe('LIHAT', () => {
  test('brings history, files, narrative and caption without a button to decide', async () => {
    const phones = await overdue();
    const before = phones.chat(RAHMAT).length;
    await phones.must(RAHMAT, 'Lihat');
    const brought = phones.chat(RAHMAT).slice(before);
    const text = brought.map((one) => one.text).join('\n');
    expect(text).toMatch(/Riwayat:[\s\S]*DITERIMA/i);
    expect(text).toContain('Dinas mengadakan pasar murah');
    expect(text).toContain('Pasar murah hari ini');
    expect(brought.flatMap(({ buttons }) => buttons.flat())).toEqual([]);
    expect(brought.flatMap(({ files }) => files)).toEqual(phones.case.revisions[0]?.media.map(({ sha256 }) => sha256));
  });
});

describe('ALIHKAN', () => {
  test('asks whom, and the one who is chosen gets the files and a card of his own; the holder is told', async () => {
    const phones = await overdue();
    await phones.must(RAHMAT, 'Alihkan');
    expect(phones.last(RAHMAT)).toMatch(/Alihkan kepada siapa\?/);
    expect(phones.labels(RAHMAT).slice(-4)).toEqual([' Budi Santoso', ' Rahmat', ' Maya', ' Citra'].map((name) => name.trim()));
    await phones.must(RAHMAT, 'Maya');
    expect(phones.said(MAYA, /Dialihkan kepada Anda oleh Rahmat/)).toBeDefined();
    expect(phones.said(KARTIKA, /Dialihkan oleh Rahmat kepada Maya/)).toBeDefined();
    await phones.must(MAYA, 'TERIMA');
    expect(phones.case.decisions.at(-1)).toMatchObject({ person: 'maya', role: 'ketua_ppid_pembantu', onBehalfOf: 'kartika' });
    await phones.must(KARTIKA, 'TERIMA').catch(() => undefined);
    expect(phones.case.state).toMatchObject({ step: 'putuskan' });
  });

  test('a second copy of the list, or of the notice, says to whom it went', async () => {
    const phones = new Phones(sampleOffice({ supervisors: [['rahmat', 'budi']] }));
    await phones.toChecker();
    await phones.advance(at('2026-11-23T16:00:00'));
    await phones.must(RAHMAT, 'Alihkan');
    await phones.must(BUDI, 'Alihkan');
    await phones.must(RAHMAT, 'Maya');
    await phones.must(BUDI, 'Citra');
    expect(phones.lastAnswer).toMatchObject({
      alert: true,
      text: expect.stringMatching(/sudah dialihkan kepada Maya oleh Rahmat/) as string,
    });
    await phones.must(BUDI, 'Alihkan');
    expect(phones.lastAnswer.text).toMatch(/sudah dialihkan kepada Maya/);
    expect(phones.case.reassigned).toHaveLength(1);
    // The next rung's notice knows of it, and may give it on.
    await phones.advance(at('2026-11-24T09:30:00'));
    await phones.must(BUDI, 'Alihkan');
    await phones.must(BUDI, 'Citra');
    expect(phones.case.reassigned?.map(({ person }) => person)).toEqual(['maya', 'citra']);
    expect(phones.said(CITRA, /Dialihkan kepada Anda/)).toBeDefined();
  });

  test('finds nobody, and says so', async () => {
    const office = sampleOffice();
    const people = office.people.filter(({ id }) => ['sari', 'budi'].includes(id));
    const phones = new Phones({ ...office, people: [...people, { id: 'rahmat', name: 'Rahmat', roles: [], telegram: RAHMAT }] });
    await phones.handIn();
    await phones.advance(at('2026-11-23T16:00:00'));
    await phones.must(RAHMAT, 'Alihkan');
    expect(phones.lastAnswer.text).toMatch(/tidak ada pegawai lain/);
  });

  test('a returned draft goes to another maker with everything in it', async () => {
    const ANDI = '1006';
    const phones = await overdue();
    await phones.must(KARTIKA, 'TOLAK');
    await phones.text(KARTIKA, 'Foto kurang jelas, mohon diganti.');
    await phones.advance(at('2026-11-24T10:00:00'));
    await phones.must(RAHMAT, 'Alihkan');
    await phones.must(RAHMAT, 'Andi');
    expect(phones.said(SARI, /Dialihkan oleh Rahmat kepada Andi/)).toBeDefined();
    expect(phones.said(SARI, /Sudah dialihkan kepada pegawai lain/)).toBeDefined();
    await phones.must(ANDI, 'KERJAKAN');
    await phones.must(ANDI, 'SERAHKAN');
    expect(phones.case).toMatchObject({ maker: 'andi', state: { status: 'running', step: 'terima-berkas' } });
    // What the first maker sends now is a draft of his own.
    await phones.photo(SARI, 'baru');
    expect(phones.case).toMatchObject({ maker: 'sari', state: { status: 'draft' } });
  });

  test('a tap for somebody who is not offered is no tap of ours', async () => {
    const phones = await overdue();
    await phones.must(RAHMAT, 'Alihkan');
    const list = phones.platform.button(RAHMAT, 'Maya');
    phones.store.addOffice(sampleOffice({ people: sampleOffice().people.filter(({ id }) => id !== 'maya') }), []);
    await phones.tap(RAHMAT, list?.data ?? '', list?.message ?? '', RAHMAT);
    await phones.settle();
    expect(phones.case.reassigned).toBeUndefined();
    expect(phones.lastAnswer.text).toMatch(/tidak ada pegawai lain/);
  });
});
