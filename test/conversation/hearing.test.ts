// Hearing and waking at their edges: what is not the post's fault, what is, and a clock that comes late or was set back.
import { describe, expect, test } from 'vitest';
import { hearNext, POISON_CRASHES, POISON_ERRORS } from '../../bots/hear.ts';
import type { Store } from '../../src/ports/store.ts';
import { BUDI, KARTIKA, Phones, RAHMAT, SARI } from '../support/phones.ts';

const HOUR = 3_600_000;
const LANE = `telegram:7000:${SARI}`;

class Away extends Error {}

describe('around midnight', () => {
  const at = (local: string) => Date.parse(`${local}+07:00`);
  async function askedForDay(): Promise<Phones> {
    const phones = new Phones();
    phones.now = at('2026-11-19T23:50:00');
    await phones.photo(SARI, 'foto');
    await phones.text(SARI, 'Pasar murah Langkai');
    expect(phones.last(SARI)).toMatch(/Hari ini Kamis, 19 November 2026; kemarin Rabu, 18 November 2026/);
    return phones;
  }

  test.each([
    ['Hari ini', '2026-11-19'],
    ['Kemarin', '2026-11-18'],
  ])('%s on a button is the day that was shown with it', async (label, day) => {
    const phones = await askedForDay();
    phones.now = at('2026-11-20T00:03:00');
    await phones.must(SARI, label);
    expect(phones.case.content.eventDate).toBe(day);
  });

  test.each([
    ['hari ini', '2026-11-19'],
    ['kemarin', '2026-11-18'],
  ])('%s is the day on which it was written, however late it is heard', async (text, day) => {
    const phones = await askedForDay();
    phones.now = at('2026-11-19T23:59:50');
    await phones.textOnly(SARI, text);
    phones.now = at('2026-11-20T06:00:00');
    await phones.settle();
    expect(phones.case.content.eventDate).toBe(day);
  });

  test('a deputy begins on the day that was shown, and not on one that has passed meanwhile', async () => {
    const phones = new Phones();
    phones.now = at('2026-11-19T23:50:00');
    await phones.text(KARTIKA, '/wakil');
    await phones.must(KARTIKA, 'Maya');
    expect(phones.last(KARTIKA)).toMatch(/Hari ini Kamis, 19 November 2026/);
    phones.now = at('2026-11-20T00:03:00');
    await phones.must(KARTIKA, 'Hari ini');
    expect(phones.lastAnswer.text).toMatch(/tanggal itu sudah lewat/i);
    await phones.textOnly(KARTIKA, 'hari ini');
    phones.now = at('2026-11-20T00:04:00');
    await phones.settle();
    expect(phones.last(KARTIKA)).toMatch(/sampai kapan/);
    await phones.text(KARTIKA, 'besok sekali');
    expect(phones.last(KARTIKA)).toMatch(/belum dapat dibaca/);
  });
});

describe('a post that cannot be heard', () => {
  test('is heard in the end when the database was away, however often', async () => {
    const phones = new Phones();
    phones.transient = (error) => error instanceof Away;
    await phones.textOnly(SARI, '/bantuan');
    let left = 3 * POISON_CRASHES;
    let claims = 0;
    // Away in the middle of the work: the claim before it got through.
    phones.store.hooks = {
      begin: () => {
        claims += 1;
        if (left > 0 && claims % 3 === 2) {
          left -= 1;
          throw new Away('away');
        }
      },
    };
    for (let i = 0; left > 0 && i < 1_000; i += 1) await hearNext(phones.hearDeps, LANE).catch(() => undefined);
    phones.store.hooks = {};
    await phones.settle();
    expect(phones.dead).toEqual([]);
    expect(phones.last(SARI)).toMatch(/SERAHKAN/);
  });

  test('is heard in the end also when the database was away for taking the attempt back', async () => {
    const phones = new Phones();
    phones.transient = (error) => error instanceof Away;
    await phones.textOnly(SARI, '/bantuan');
    let goes = true;
    let away = false;
    const gone = async (): Promise<never> => {
      throw new Away('away');
    };
    const { store } = phones;
    const breaking: Partial<Store> = {
      // There when the lane is claimed, and gone at once.
      claimFresh: async (lane, at) => {
        const claimed = await store.claimFresh(lane, at);
        away = goes;
        return claimed;
      },
      claimPost: async (lane, at) => {
        const claimed = await store.claimPost(lane, at);
        away = goes;
        return claimed;
      },
      forgivePost: (post) => (away ? gone() : store.forgivePost(post)),
      transaction: (work) => (away ? gone() : store.transaction(work)),
    };
    const deps = { ...phones.hearDeps, store: Object.assign(Object.create(store), breaking) as Store };
    for (let i = 0; i < 3 * POISON_CRASHES; i += 1) {
      away = false;
      await expect(hearNext(deps, LANE)).rejects.toThrow('away');
    }
    goes = false;
    away = false;
    expect(await hearNext(deps, LANE)).toBe('empty');
    expect(phones.dead).toEqual([]);
  });

  test('is set aside after so many errors of its own, and its chat goes on', async () => {
    const phones = new Phones();
    await phones.textOnly(SARI, '/bantuan');
    await phones.textOnly(SARI, '/kirim');
    let broken = true;
    const deps = {
      ...phones.hearDeps,
      translate: (body: unknown, at: number) => {
        if (broken) throw new TypeError('nobody planned for this');
        return phones.platform.translate(body, at);
      },
    };
    for (let i = 1; i < POISON_ERRORS; i += 1) await expect(hearNext(deps, LANE)).rejects.toThrow('nobody planned');
    expect(await hearNext(deps, LANE)).toBe('more');
    expect(phones.dead).toHaveLength(1);
    broken = false;
    await phones.settle();
    expect(phones.last(SARI)).toMatch(/nama kegiatan/);
    expect(phones.said(SARI, /terjadi gangguan/i)).toBeDefined();
  });

  test('is told of once to those who run the service, however many follow within the hour', async () => {
    const phones = new Phones();
    const deps = {
      ...phones.hearDeps,
      translate: () => {
        throw new TypeError('nobody planned for this');
      },
    };
    const poison = async (): Promise<void> => {
      await phones.textOnly(SARI, '/bantuan');
      for (let i = 1; i < POISON_ERRORS; i += 1) await expect(hearNext(deps, LANE)).rejects.toThrow('nobody planned');
      await hearNext(deps, LANE);
      await phones.settle();
    };
    const told = () => phones.chat(RAHMAT).filter(({ text }) => /tidak dapat diproses/.test(text)).length;
    await poison();
    await poison();
    expect(phones.dead).toHaveLength(2);
    expect(told()).toBe(1);
    phones.now += HOUR;
    await poison();
    expect(told()).toBe(2);
  });

  test('is worked on apart once it has failed, and what never failed is not', async () => {
    const phones = new Phones();
    await phones.textOnly(SARI, '/bantuan');
    const begun: number[] = [];
    let broken = true;
    const deps = {
      ...phones.hearDeps,
      apart: <T>(often: number, work: () => Promise<T>): Promise<T> => {
        begun.push(often);
        return work();
      },
      translate: (body: unknown, at: number) => {
        if (broken) throw new TypeError('nobody planned for this');
        return phones.platform.translate(body, at);
      },
    };
    await expect(hearNext(deps, LANE)).rejects.toThrow('nobody planned');
    expect(begun).toEqual([]);
    broken = false;
    await hearNext(deps, LANE);
    expect(begun).toEqual([1]);
    expect(await hearNext(deps, LANE)).toBe('empty');
  });

  test('is set aside when work on it began too often and never came to an end', async () => {
    const phones = new Phones();
    await phones.textOnly(SARI, '/bantuan');
    for (let i = 0; i < POISON_CRASHES; i += 1) await phones.store.claimPost(LANE, phones.now);
    await hearNext(phones.hearDeps, LANE);
    expect(phones.dead[0]).toMatch(/never came to an end/);
    expect(await hearNext(phones.hearDeps, LANE)).toBe('empty');
  });
});

describe('a clock that comes late', () => {
  test('tells nobody at night of what fell due in an outage, but at the next opening', async () => {
    const phones = new Phones();
    await phones.handIn(SARI);
    const told = phones.chat(BUDI).length;
    // Monday, 16.00 passes while everything is down; it comes back at 23.00.
    phones.now = Date.parse('2026-11-23T23:00:00+07:00');
    await phones.settle();
    expect(phones.chat(BUDI)).toHaveLength(told);
    await phones.advance(Date.parse('2026-11-24T07:00:00+07:00'));
    expect(phones.chat(BUDI)).toHaveLength(told);
    await phones.advance(Date.parse('2026-11-24T07:31:00+07:00'));
    expect(phones.said(BUDI, /melewati tenggat|peringatan/i)).toBeDefined();
  });

  test('a few minutes late is still on time', async () => {
    const phones = new Phones();
    await phones.photo(SARI, 'foto');
    await phones.text(SARI, 'Pasar Murah');
    await phones.must(SARI, 'Hari ini');
    const [reminder] = [...phones.store.tables.timers.values()].filter(({ rung }) => rung === 'remind');
    phones.now = (reminder?.at ?? 0) + 60_000;
    await phones.settle();
    expect(phones.said(SARI, /menunggu/i)).toBeDefined();
  });
});

describe('a clock that was set back', () => {
  test('leaves every card right: what was decided shows it, and no button works on', async () => {
    const phones = new Phones();
    await phones.handIn(SARI);
    phones.now -= 24 * HOUR;
    await phones.must(BUDI, 'DITERIMA');
    await phones.must(KARTIKA, 'TERIMA');
    expect(phones.labels(BUDI)).not.toContain('DITERIMA');
    expect(phones.labels(KARTIKA)).not.toContain('TERIMA');
    expect(phones.said(KARTIKA, /TERIMA oleh Kartika/)).toBeDefined();
  });
});

describe('a late member of an album', () => {
  test('whose draft was dropped begins another one', async () => {
    const phones = new Phones();
    await phones.file(SARI, { kind: 'photo', bytes: 'satu' }, { album: 'a1' });
    await phones.settle();
    await phones.text(SARI, '/batal');
    expect(phones.case.state.status).toBe('withdrawn');
    await phones.file(SARI, { kind: 'photo', bytes: 'dua' }, { album: 'a1' });
    await phones.settle();
    expect(phones.cases.map(({ state }) => state.status)).toEqual(['withdrawn', 'draft']);
    expect(phones.case.content.media).toHaveLength(1);
  });
});
