// What an office file may say, and what it is told when it says something else.
import { describe, expect, it } from 'vitest';
import { NATIONAL_HOURS } from '../../src/calendar/national-hours.ts';
import type { Office } from '../../src/office/office.ts';
import { readOffice } from '../../src/office/read.ts';

const SAMPLE = `office:
  id: contoh
  name: Dinas Contoh
  timezone: Asia/Jakarta
sops: [alur]
supervisors: [rahmat]
people:
  - { id: sari, name: Sari Dewi, roles: [pembuat], telegram: 1001 }
  - { id: budi, name: Budi, roles: [pemeriksa], telegram: "1002" }
  - { id: rahmat, name: Rahmat, nip: "197001012000031001", position: Kepala Dinas, whatsapp: "+62 812-0000-0005" }
groups:
  - { role: pemeriksa, telegram: -1002000000001 }
`;

function sampleWith(...changes: [string, string][]): string {
  let text = SAMPLE;
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return text;
}

const known = { sopIds: ['alur', 'lain'] };

function officeOf(...changes: [string, string][]): Office {
  const reading = readOffice(sampleWith(...changes), known);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.office;
}

function faults(...changes: [string, string][]): string[] {
  const reading = readOffice(sampleWith(...changes), known);
  return reading.ok ? [] : reading.faults.map(({ line, path, message }) => `${line} ${path}: ${message}`);
}

/** A key more in `office:`. */
const more = (line: string): [string, string] => ['  timezone: Asia/Jakarta\n', `  timezone: Asia/Jakarta\n  ${line}\n`];
const hours = (written: string) => more(`hours: ${written}`);

const MINUTE = 60_000;

describe('An office file without faults', () => {
  it('becomes an office with its defaults filled in', () => {
    expect(officeOf()).toEqual({
      id: 'contoh',
      name: 'Dinas Contoh',
      timezone: 'Asia/Jakarta',
      hours: NATIONAL_HOURS,
      seasons: [],
      holidays: [],
      quiet: { from: '20:00', to: '06:00' },
      register: '{number:4}/REG-KONTEN/{office}/{roman_month}/{year}',
      ladder: { remindAtPart: 0.25, remindMinMs: 5 * MINUTE, escalateAfterMs: [120 * MINUTE, 240 * MINUTE, 360 * MINUTE] },
      sops: ['alur'],
      supervisors: [['rahmat']],
      people: [
        { id: 'sari', name: 'Sari Dewi', roles: ['pembuat'], telegram: '1001' },
        { id: 'budi', name: 'Budi', roles: ['pemeriksa'], telegram: '1002' },
        { id: 'rahmat', name: 'Rahmat', roles: [], nip: '197001012000031001', position: 'Kepala Dinas', whatsapp: '+6281200000005' },
      ],
      groups: [{ role: 'pemeriksa', chat: { channel: 'telegram', id: '-1002000000001' } }],
    });
  });

  it('needs neither supervisors nor groups', () => {
    const office = officeOf(['supervisors: [rahmat]\n', ''], ['groups:\n  - { role: pemeriksa, telegram: -1002000000001 }\n', '']);
    expect([office.supervisors, office.groups]).toEqual([[], []]);
    expect(officeOf(['supervisors: [rahmat]', 'supervisors: []']).supervisors).toEqual([]);
  });

  it('reads hours by day and by range of days', () => {
    const morning = [{ from: '07:30', to: '12:00' }];
    expect(officeOf(hours('{ mon-tue: ["07:30-12:00"], fri: ["08:00 - 09:00", "09:00-10:00"] }')).hours).toEqual({
      mon: morning,
      tue: morning,
      fri: [
        { from: '08:00', to: '09:00' },
        { from: '09:00', to: '10:00' },
      ],
    });
    expect(officeOf(hours('{ sat: ["00:00-23:59"], sun: [] }')).hours).toEqual({ sat: [{ from: '00:00', to: '23:59' }], sun: [] });
  });

  it('has no night when it works around the clock, unless it says so', () => {
    expect(officeOf(hours('always'))).toMatchObject({ hours: 'always', quiet: null });
    expect(officeOf(hours('always'), ['  name:', '  quiet: "22:00-05:00"\n  name:']).quiet).toEqual({ from: '22:00', to: '05:00' });
    expect(officeOf(more('quiet: none')).quiet).toBeNull();
    expect(officeOf(more('quiet: "12:00-13:00"')).quiet).toEqual({ from: '12:00', to: '13:00' });
  });

  it('reads seasons and holidays', () => {
    const office = officeOf(
      more(
        'seasons: [{ from: 2027-02-08, to: 2027-03-09, hours: { mon: ["08:00-12:00"] } }, { from: 2028-01-01, to: 2028-01-01, hours: always }]',
      ),
      ['  name:', '  holidays: [{ date: 2026-12-31, name: Libur kantor }, { date: 2026-12-24, open: true }]\n  name:'],
    );
    expect(office.seasons).toEqual([
      { from: '2027-02-08', to: '2027-03-09', hours: { mon: [{ from: '08:00', to: '12:00' }] } },
      { from: '2028-01-01', to: '2028-01-01', hours: 'always' },
    ]);
    expect(office.holidays).toEqual([
      { date: '2026-12-31', name: 'Libur kantor', open: false },
      { date: '2026-12-24', name: 'Libur kantor', open: true },
    ]);
  });

  it('reads the ladder inside the office or beside it', () => {
    const ladder = 'ladder: { remind_at: 1/5, remind_min: 10m, escalate: [1h, 90m] }';
    const read = { remindAtPart: 0.2, remindMinMs: 10 * MINUTE, escalateAfterMs: [60 * MINUTE, 90 * MINUTE] };
    expect(officeOf(more(ladder)).ladder).toEqual(read);
    expect(officeOf(['sops:', `${ladder}\nsops:`]).ladder).toEqual(read);
    expect(officeOf(more('ladder: { remind_at: 0.5, escalate: [] }')).ladder).toMatchObject({
      remindAtPart: 0.5,
      remindMinMs: 5 * MINUTE,
      escalateAfterMs: [],
    });
  });

  it('reads when the daily digest is told, that it is not, and nothing when the file says nothing', () => {
    expect(officeOf(more('ladder: { daily: "08:00" }')).ladder.daily).toBe('08:00');
    expect(officeOf(more('ladder: { daily: false }')).ladder.daily).toBe(false);
    expect(officeOf(more('ladder: { remind_at: 0.5 }')).ladder).not.toHaveProperty('daily');
  });

  it('reads a plain list of supervisors as one level, lists in a list as several', () => {
    expect(officeOf(['[rahmat]', '[rahmat, budi]']).supervisors).toEqual([['rahmat', 'budi']]);
    expect(officeOf(['[rahmat]', '[[budi], [rahmat, sari]]']).supervisors).toEqual([['budi'], ['rahmat', 'sari']]);
  });

  it("leaves the office's own SOP files to the caller", () => {
    const reading = readOffice(sampleWith(['[alur]', '[alur, ./sop-kami.yaml, kami.yml, sub/kami]']), known);
    expect(reading).toMatchObject({ ok: true, office: { sops: ['alur'] }, sopFiles: ['./sop-kami.yaml', 'kami.yml', 'sub/kami'] });
    expect(reading.ok && reading.locate(['people', 1, 'roles', 0])).toEqual({ line: 9, column: 37 });
  });

  it('takes a group on WhatsApp and a register pattern of its own', () => {
    expect(officeOf(['telegram: -1002000000001', 'whatsapp: "120363000000000001@g.us"']).groups).toEqual([
      { role: 'pemeriksa', chat: { channel: 'whatsapp', id: '120363000000000001@g.us' } },
    ]);
    expect(officeOf(more('register: "{number}/X/{year}"')).register).toBe('{number}/X/{year}');
  });
});

describe('A fault in an office file', () => {
  it.each<[string, [string, string], string]>([
    ['no zone', ['  timezone: Asia/Jakarta\n', ''], '1 office.timezone: wajib ada; isi dengan teks.'],
    [
      'a misspelt zone',
      ['Asia/Jakarta', 'Asia/Djakarta'],
      '4 office.timezone: zona waktu "Asia/Djakarta" tidak dikenal; pakai nama IANA, misalnya Asia/Jakarta.',
    ],
    [
      'the name people give a zone',
      ['Asia/Jakarta', 'WITA'],
      '4 office.timezone: zona waktu "WITA" tidak dikenal; pakai nama IANA, misalnya Asia/Makassar.',
    ],
    [
      'an offset for a zone',
      ['Asia/Jakarta', '"+07:00"'],
      '4 office.timezone: zona waktu "+07:00" tidak dikenal; pakai nama IANA, misalnya Asia/Jakarta.',
    ],
    ['hours that are a text', hours('pagi'), '5 office.hours: harus berupa jam per hari'],
    [
      'hours of an unknown day',
      hours('{ mon-thr: ["07:30-12:00"] }'),
      '5 office.hours.mon-thr: hari "mon-thr" tidak dikenal; tulis misalnya mon-thu atau fri. Mungkin maksud Anda "thu"?',
    ],
    [
      'hours of a misspelt day',
      hours('{ fry: ["07:30-12:00"] }'),
      'hari "fry" tidak dikenal; tulis misalnya mon-thu atau fri. Mungkin maksud Anda "fri"?',
    ],
    ['hours of three days in one', hours('{ mon-tue-wed: ["07:30-12:00"] }'), 'hari "mon-tue-wed" tidak dikenal'],
    [
      'hours of a range backwards',
      hours('{ fri-mon: ["07:30-12:00"] }'),
      'hari "fri-mon" terbalik; tulis dari hari yang lebih awal, misalnya mon-fri.',
    ],
    ['a day twice', hours('{ mon-wed: ["07:30-12:00"], tue: ["07:30-12:00"] }'), '5 office.hours.tue: tue sudah disebut di atas'],
    ['hours that are no time', hours('{ mon: ["07:30-25:00"] }'), '5 office.hours.mon[0]: "07:30-25:00" bukan rentang jam'],
    ['hours without quotes and colon', hours('{ mon: [730] }'), '5 office.hours.mon[0]: harus berupa jam dalam tanda kutip'],
    ['hours that are no list', hours('{ mon: "07:30-12:00" }'), '5 office.hours.mon: harus berupa daftar'],
    ['hours backwards', hours('{ mon: ["12:00-07:30"] }'), '5 office.hours.mon[0]: terbalik: mulai 12:00, selesai 07:30'],
    ['hours of no length', hours('{ mon: ["12:00-12:00"] }'), '5 office.hours.mon[0]: mulai dan selesai sama (12:00)'],
    [
      'hours that overlap',
      hours('{ mon: ["07:30-12:00", "11:00-16:00"] }'),
      '5 office.hours.mon[1]: 11:00-16:00 bertumpang tindih dengan 07:30-12:00',
    ],
    ['hours out of order', hours('{ mon: ["13:00-16:00", "07:30-12:00"] }'), '5 office.hours.mon[1]: 07:30-12:00 bertumpang tindih'],
    ['an office that never opens', hours('{ mon: [] }'), '5 office.hours: tidak ada jam buka sama sekali'],
    [
      'a season backwards',
      more('seasons: [{ from: 2027-03-09, to: 2027-02-08, hours: always }]'),
      '5 office.seasons[0].to: musim berakhir (2027-02-08) sebelum mulai',
    ],
    [
      'seasons that overlap',
      more('seasons: [{ from: 2027-01-01, to: 2027-01-31, hours: always }, { from: 2027-01-31, to: 2027-02-02, hours: always }]'),
      '5 office.seasons[1].from: bertumpang tindih dengan musim ke-1',
    ],
    [
      'a season of bad hours',
      more('seasons: [{ from: 2027-01-01, to: 2027-01-31, hours: { mon: ["9-10"] } }]'),
      '5 office.seasons[0].hours.mon[0]: "9-10" bukan rentang jam',
    ],
    [
      'a season from no day',
      more('seasons: [{ from: 2027, to: 2027-01-31, hours: always }]'),
      '5 office.seasons[0].from: harus berupa tanggal',
    ],
    ['a holiday that does not exist', more('holidays: [{ date: 2026-02-30 }]'), '5 office.holidays[0].date: bukan tanggal yang ada'],
    [
      'a holiday twice',
      more('holidays: [{ date: 2026-12-31 }, { date: 2026-12-31 }]'),
      '5 office.holidays[1].date: tanggal ini sudah ada di butir ke-1',
    ],
    ['a holiday that is a text', more('holidays: [2026-12-31]'), '5 office.holidays[0]: harus berupa kelompok kunci (date, name, open).'],
    ['a quiet span of no length', more('quiet: "20:00-20:00"'), '5 office.quiet: mulai dan selesai sama (20:00)'],
    ['a quiet span that is none', more('quiet: malam'), '5 office.quiet: "malam" bukan rentang jam'],
    [
      'a register pattern without number',
      more('register: "REG/{year}"'),
      '5 office.register: pola nomor harus memuat {number} tepat sekali',
    ],
    [
      'a misspelt token',
      more('register: "{nomber}/{number}/{year}"'),
      '{nomber} tidak dikenal dalam pola nomor. Mungkin maksud Anda "number"?',
    ],
    ['a ladder that goes back', more('ladder: { escalate: [2h, 1h] }'), '5 office.ladder.escalate[1]: harus makin lama'],
    ['a ladder with a rung of days', more('ladder: { escalate: [1d] }'), '5 office.ladder.escalate[0]: "1d" bukan lama waktu'],
    ['a reminder at more than the whole', more('ladder: { remind_at: 5/4 }'), '5 office.ladder.remind_at: harus bagian antara 0 dan 1'],
    ['a reminder at nothing', more('ladder: { remind_at: 0 }'), '5 office.ladder.remind_at: harus bagian antara 0 dan 1'],
    ['a reminder at a word', more('ladder: { remind_at: separuh }'), '5 office.ladder.remind_at: harus bagian antara 0 dan 1'],
    ['a daily digest at no time', more('ladder: { daily: "25:00" }'), '5 office.ladder.daily: harus berupa jam dalam tanda kutip'],
    ['a daily digest at every time', more('ladder: { daily: true }'), '5 office.ladder.daily: harus berupa jam dalam tanda kutip'],
    ['an unknown SOP', ['[alur]', '[alru]'], '5 sops[0]: SOP "alru" tidak dikenal. Mungkin maksud Anda "alur"?'],
    ['an SOP twice', ['[alur]', '[alur, alur]'], '5 sops[1]: "alur" ditulis dua kali'],
    ['no SOP', ['[alur]', '[]'], '5 sops: isi paling sedikit 1 butir.'],
    ['SOPs that are no list', ['[alur]', 'alur'], '5 sops: harus berupa daftar'],
    ['an SOP that is a number', ['[alur]', '[7]'], '5 sops[0]: harus berupa teks.'],
    [
      'a supervisor nobody knows',
      ['[rahmat]', '[rahma]'],
      '6 supervisors[0]: atasan "rahma" tidak ada di people; tambahkan orangnya atau perbaiki id-nya. Mungkin maksud Anda "rahmat"?',
    ],
    ['a supervisor of a level nobody knows', ['[rahmat]', '[[budi], [rahma]]'], '6 supervisors[1][0]: atasan "rahma" tidak ada di people'],
    ['supervisors that are a text', ['[rahmat]', 'rahmat'], '6 supervisors: harus berupa daftar id orang'],
    ['a level beside a name', ['[rahmat]', '[rahmat, [budi]]'], '6 supervisors[0]: harus berupa daftar'],
    ['an empty level', ['[rahmat]', '[[]]'], '6 supervisors[0]: isi paling sedikit 1 butir.'],
    ['a supervisor twice', ['[rahmat]', '[rahmat, rahmat]'], '6 supervisors[1]: "rahmat" ditulis dua kali'],
    ['a supervisor that is a number', ['[rahmat]', '[7]'], '6 supervisors[0]: harus berupa nama pendek'],
    ['a person twice', ['id: budi', 'id: sari'], '9 people[1].id: id ini sudah dipakai orang ke-1; pakai yang lain.'],
    ['a Telegram account twice, once as text', ['"1002"', '"1001"'], '9 people[1].telegram: akun Telegram ini sudah dipakai orang ke-1'],
    [
      'a WhatsApp number twice',
      ['telegram: "1002"', 'whatsapp: "+6281200000005"'],
      '10 people[2].whatsapp: nomor WhatsApp ini sudah dipakai orang ke-2',
    ],
    ['a Telegram name', ['telegram: 1001', 'telegram: "@sari"'], '8 people[0].telegram: "@sari" bukan nomor akun Telegram'],
    ['a Telegram account of nobody', ['telegram: 1001', 'telegram: ~'], '8 people[0].telegram: wajib ada; isi dengan nomor akun'],
    ['a Telegram account below zero', ['telegram: 1001', 'telegram: -5'], '8 people[0].telegram: "-5" bukan nomor akun Telegram'],
    [
      'a Telegram account beyond what numbers hold',
      ['telegram: 1001', 'telegram: 9007199254740993'],
      '8 people[0].telegram: bilangan terlalu besar; tulis di antara tanda kutip.',
    ],
    ['a person as a group', ['-1002000000001', '1002'], '12 groups[0].telegram: "1002" bukan nomor grup Telegram'],
    ['a group without chat', [', telegram: -1002000000001', ''], '12 groups[0].telegram: wajib ada; isi dengan nomor grup'],
    [
      'a group on two platforms',
      ['telegram: -1002000000001', 'telegram: -1002000000001, whatsapp: "120363000000000001@g.us"'],
      '12 groups[0].whatsapp: kunci "whatsapp" tidak dikenal.',
    ],
    [
      'a WhatsApp group that is none',
      ['telegram: -1002000000001', 'whatsapp: "+62812"'],
      '12 groups[0].whatsapp: bukan nomor grup WhatsApp',
    ],
    [
      'a group twice',
      ['groups:\n', 'groups:\n  - { role: pemeriksa, telegram: "-1002000000001" }\n'],
      '13 groups[1]: grup ini sudah ditulis untuk peran yang sama',
    ],
    [
      'a phone number without quotes',
      ['"+62 812-0000-0005"', '+6281200000005'],
      '10 people[2].whatsapp: tulis nomor di antara tanda kutip',
    ],
    [
      'a phone number of the country',
      ['"+62 812-0000-0005"', '"0812-0000-0005"'],
      'bukan nomor internasional; tulis dengan kode negara, misalnya "+6281200000005".',
    ],
    ['a phone number that is none', ['"+62 812-0000-0005"', 'rumah'], '10 people[2].whatsapp: "rumah" bukan nomor internasional'],
    ['a phone number that is a list', ['"+62 812-0000-0005"', '[1]'], '10 people[2].whatsapp: harus berupa nomor telepon'],
    ['a NIP without quotes', ['"197001012000031001"', '197001012000031001'], '10 people[2].nip: tulis NIP di antara tanda kutip'],
    ['a NIP of too few digits', ['"197001012000031001"', '"1970"'], '10 people[2].nip: "1970" bukan NIP; tulis 18 angka'],
    ['a NIP that is a list', ['"197001012000031001"', '[1]'], '10 people[2].nip: harus berupa 18 angka'],
    ['a role twice', ['[pembuat]', '[pembuat, pembuat]'], '8 people[0].roles[1]: "pembuat" ditulis dua kali'],
    ['an unknown key', ['position:', 'posisi:'], '10 people[2].posisi: kunci "posisi" tidak dikenal.'],
    ['a person without name', ['name: Budi, ', ''], '9 people[1].name: wajib ada'],
  ])('names %s with its line', (_what, change, expected) => {
    expect(faults(change).join('\n')).toContain(expected);
  });

  it('of a ladder in two places says so', () => {
    expect(faults(more('ladder: {}'), ['sops:', 'ladder: {}\nsops:']).join()).toContain('6 ladder: ladder sudah ditulis di dalam office');
  });

  it('comes together with all the others, in the order of the text', () => {
    const reading = readOffice(
      sampleWith(['Asia/Jakarta', 'WIB'], ['[alur]', '[x]'], ['id: budi', 'id: Budi'], ['role: pemeriksa, telegram', 'telegram']),
      known,
    );
    expect(reading.ok ? [] : reading.faults.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '4 office.timezone',
      '5 sops[0]',
      '9 people[1].id',
      '12 groups[0].role',
    ]);
  });

  it('is found in files that are nothing like an office', () => {
    for (const text of ['', '- a', 'office: 5\nsops: 5\npeople: 5\nsupervisors: 5\ngroups: 5', 'people: [5, { id: 5 }]']) {
      expect(readOffice(text, known).ok).toBe(false);
    }
    expect(readOffice('a: [', known).ok).toBe(false);
    const doubled = readOffice(`${SAMPLE}sops: [lain]\n`, known);
    expect(doubled.ok ? [] : doubled.faults.map(({ message }) => message)).toEqual(['kunci ini ditulis dua kali; hapus salah satu.']);
  });
});
