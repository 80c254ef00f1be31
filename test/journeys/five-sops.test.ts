// The five SOPs through the real service, each in an office of its own: the straight way, every way back, and a case that is late.
// All offices run in one service, side by side; its clock is moved as a visitor moves it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { officeNamed } from '../support/other-phones.ts';
import { browserPlace, handsOf, openPageOf } from '../support/page-hands.ts';
import { type Simulated, startSimulated } from '../support/simulated-service.ts';
import { NARRATIVE, REASON, walksOf } from './five-walks.ts';

const OFFICES = ['disdagperin-contoh', 'dpmptsp-contoh', 'diskominfo-contoh', 'dishub-contoh', 'ppid-contoh'];
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
let walks: ReturnType<typeof walksOf>;
let rows: Row[] = [];

beforeAll(async () => {
  service = await startSimulated(OFFICES);
  walks = walksOf(service);
  // The next working day at nine, so that all of it happens in office hours, whenever the test runs.
  const calendar = calendarOf(officeNamed('disdagperin-contoh', 'kalteng-disdagperin-upload-medsos'));
  await service.moveClock(calendar.instantOf(calendar.nextDate(calendar.dateOf(await service.now()), 1), '09:00'));
  service.hurry();
});
afterAll(() => service?.stop());

describe.concurrent('the straight way and every way back', () => {
  it(
    'SOP A: announced by the DIP entry and its SK, spread with an accessible form and a photo of the board; there is no way back',
    async () => {
      await walks.ppid.announces('Jalan lurus');
      await walks.ppid.publish();
    },
    WALK_MS,
  );

  it(
    'SOP B: from the hand-in over three desks to the link, rejected by the checker and by the head',
    async () => {
      await walks.medsos.straight();
      await walks.medsos.back();
    },
    WALK_MS,
  );

  it(
    'SOP C: with five files and two channels, rejected by the secretary and by the head',
    async () => {
      await walks.dpmptsp.straight();
      await walks.dpmptsp.back();
    },
    WALK_MS,
  );

  it(
    'SOP D: from the task to the announcement online and offline; back to the drafter, to the Kabid who repairs, to the Kabid who sends it on',
    async () => {
      await walks.diskominfo.straight();
      await walks.diskominfo.back();
    },
    WALK_MS,
  );

  it(
    'SOP E: material, design, two approvals, a schedule and two channels; back to the designer from either approval',
    async () => {
      await walks.dishub.straight();
      await walks.dishub.back();
    },
    WALK_MS,
  );
});

const late: Record<string, () => Promise<void>> = {
  'disdagperin-contoh': () => walks.medsos.late(),
  'dpmptsp-contoh': () => walks.dpmptsp.late(),
  'diskominfo-contoh': () => walks.diskominfo.late(),
  'dishub-contoh': () => walks.dishub.late(),
};

it(
  'a case that is late is told to its holder and the supervisors, is finished all the same, and says so; a tentative one never is',
  async () => {
    await Promise.all([
      walks.medsos.toChecker(),
      walks.dpmptsp.toChecker(),
      walks.diskominfo.toHead(),
      walks.dishub.toBambang(),
      walks.ppid.announces('Jalan lambat'),
    ]);
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
    await walks.ppid.publish();
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
    expect(row).toMatchObject({
      submitter: 'lestari',
      details: { class: 'setiap_saat', dip: '12/DIP/2026', sk: '188/45/2026, 5 Januari 2026' },
      late: false,
    });
    expect(row.declared).toHaveLength(4);
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
