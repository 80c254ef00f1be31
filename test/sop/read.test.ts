// What an SOP file may say, and what it is told when it says something else.
import { describe, expect, it } from 'vitest';
import { readSop } from '../../src/sop/read.ts';
import { faultsOf, SAMPLE, sampleWith, sopOf } from './sample.ts';

const faults = (...changes: [string, string][]) => faultsOf(readSop(sampleWith(...changes)));

/** The `due` of the receive step after this writing. */
const dueOf = (written: string) => sopOf(sampleWith(['due: { days: 1, from: handover }', `due: ${written}`])).steps[1]?.due;

describe('An SOP file without faults', () => {
  it('becomes an SOP with its defaults filled in', () => {
    const sop = sopOf(SAMPLE);
    expect(sop).toMatchObject({ id: 'contoh', title: 'Alur Contoh', agency: 'Dinas Contoh', dates: {}, legalBasis: [], recording: [] });
    expect(Object.keys(sop.roles)).toEqual(['pembuat', 'pemeriksa', 'admin']);
    expect(sop.steps[0]).toEqual({
      id: 'serahkan',
      kind: 'prepare',
      role: 'pembuat',
      activity: 'Menyerahkan konten',
      output: [],
      due: { kind: 'days', days: 0, from: 'event', at: 'day-end', calendar: false },
      requires: { media: { min: 2, kinds: ['photo', 'video'] }, narrative: true, caption: { max: 200 } },
    });
    expect(sop.steps[1]).toMatchObject({ kind: 'receive', due: { kind: 'days', days: 1, at: 'office-close' } });
    expect(sop.steps[2]).toMatchObject({ rejectTo: 'serahkan', needs: 'any', labels: { accept: 'TERIMA', reject: 'TOLAK' } });
    expect(sop.steps[3]).toEqual({
      id: 'jadwalkan',
      kind: 'schedule',
      role: 'pemeriksa',
      activity: 'Menentukan jadwal',
      output: [],
      due: { kind: 'tentative' },
    });
    expect(sop.steps[4]).toMatchObject({ channels: ['website', 'media_sosial'], due: { kind: 'elapsed', ms: 3000, from: 'schedule' } });
    expect(sop).not.toHaveProperty('number');
    expect(sop.steps[4]).not.toHaveProperty('channelsNeeded');
  });

  it('may leave out what a step is called: its kind says it', () => {
    const lines = SAMPLE.split('\n').filter((line) => !line.includes('activity:'));
    expect(sopOf(lines.join('\n')).steps.map(({ kind, activity }) => `${kind}: ${activity}`)).toEqual([
      'prepare: Menyerahkan dokumentasi dan konten',
      'receive: Menerima berkas',
      'decide: Memeriksa dan memutuskan konten',
      'schedule: Menentukan jadwal tayang',
      'publish: Menayangkan konten',
    ]);
  });

  it('reads every form of the clocks', () => {
    expect(dueOf('{ days: 2, from: event, calendar: true }')).toEqual({
      kind: 'days',
      days: 2,
      from: 'event',
      calendar: true,
      at: 'office-close',
    });
    expect(dueOf('{ within: 2h, from: handover }')).toEqual({ kind: 'within', amount: 2, unit: 'h', from: 'handover' });
    expect(dueOf('{ within: 1d, from: step }')).toEqual({ kind: 'within', amount: 1, unit: 'd', from: 'step' });
    expect(dueOf('{ elapsed: 3s, from: step }')).toEqual({ kind: 'elapsed', ms: 3000, from: 'step' });
    expect(dueOf('{ elapsed: 2m, from: step }')).toEqual({ kind: 'elapsed', ms: 120_000, from: 'step' });
    expect(dueOf('{ elapsed: 2h, from: step }')).toEqual({ kind: 'elapsed', ms: 7_200_000, from: 'step' });
    expect(dueOf('{ elapsed: 1d, from: step }')).toEqual({ kind: 'elapsed', ms: 86_400_000, from: 'step' });
    expect(dueOf('tentative')).toEqual({ kind: 'tentative' });
  });

  it('reads how many must decide, where a rejection goes, the labels and the checklist', () => {
    const decide = (more: string) =>
      sopOf(sampleWith(['due: { within: 15m, from: step }', `due: { within: 15m, from: step }\n    ${more}`])).steps[2];
    expect(decide('needs: all')).toMatchObject({ needs: 'all' });
    expect(decide('needs: { count: 2 }')).toMatchObject({ needs: { count: 2 } });
    expect(decide('labels: { accept: "YA" }')).toMatchObject({ labels: { accept: 'YA', reject: 'TOLAK' } });
    expect(decide('reject_to: serahkan')).toMatchObject({ rejectTo: 'serahkan' });
    expect(decide('repair: true')).toMatchObject({ mayRepair: true });
    expect(decide('accepted_as: terverifikasi')).toMatchObject({ acceptedAs: 'terverifikasi' });
    expect(decide('correct: true')).toMatchObject({ mayCorrect: true });
    expect(decide('checklist: [Tidak ada kesalahan]')).toMatchObject({ checklist: ['Tidak ada kesalahan'] });
  });

  it('sends a rejection to the nearest earlier prepare step by default', () => {
    const second = '  - id: desain\n    kind: prepare\n    role: pembuat\n    activity: Mendesain\n    due: { within: 6h, from: step }\n';
    const sop = sopOf(sampleWith(['  - id: terima\n', `${second}  - id: terima\n`]));
    expect(sop.steps[3]).toMatchObject({ rejectTo: 'desain' });
    expect(sop.steps[1]).toMatchObject({ requires: { narrative: false } });
  });

  it('lets a decision go back to an earlier decision, whose holder may repair', () => {
    const sop = sopOf(
      sampleWith([
        '  - id: jadwalkan',
        '  - { id: sah, kind: decide, role: pemeriksa, activity: Sah, due: tentative, reject_to: periksa }\n  - id: jadwalkan',
      ]),
    );
    expect(sop.steps[3]).toMatchObject({ rejectTo: 'periksa' });
  });

  it('names the next prepare step as the one that is assigned', () => {
    const assign = (more: string) =>
      sopOf(
        sampleWith([
          'steps:\n',
          `steps:\n  - { id: tugas, kind: assign, role: pemeriksa, activity: Menugaskan, due: { within: 15m, from: step }${more} }\n`,
        ]),
      ).steps[0];
    expect(assign('')).toMatchObject({ kind: 'assign', assignTo: 'serahkan' });
    expect(assign('')).not.toHaveProperty('disposition');
    expect(assign(', assign_to: serahkan, disposition: true')).toMatchObject({ assignTo: 'serahkan', disposition: true });
  });

  it('reads the head, with blanks left out', () => {
    const head = `number: 1/SOP/2026
dates: { made: 2026-01-02, revised: , effective: 2026-02-03 }
enacted_by: Kepala Dinas
legal_basis: [UU]
qualifications: [Q]
equipment: [E]
related: [R]
warnings: [W]
recording: [softcopy]
copies: [softcopy]
`;
    expect(sopOf(head + SAMPLE)).toMatchObject({
      number: '1/SOP/2026',
      dates: { made: '2026-01-02', effective: '2026-02-03' },
      enactedBy: 'Kepala Dinas',
      legalBasis: ['UU'],
      qualifications: ['Q'],
      equipment: ['E'],
      related: ['R'],
      warnings: ['W'],
      recording: ['softcopy'],
      copies: ['softcopy'],
    });
  });

  it('reads what a maker must give and what publishing needs', () => {
    const sop = sopOf(
      sampleWith(
        [
          'requires: { media: { min: 2 }, narrative: true, caption: { max: 200 } }',
          `requires: { media: { min: 1, kinds: [document] }, public_information: true, information_class: [berkala], source: true, checklist: [Benar] }`,
        ],
        [
          'channels: [website, media_sosial]',
          'channels: [website]\n    channels_needed: any\n    accessibility: { min: 1, forms: [audio, braille] }',
        ],
      ),
    );
    expect(sop.steps[0]).toMatchObject({
      requires: {
        media: { min: 1, kinds: ['document'] },
        narrative: false,
        publicInformation: true,
        informationClass: ['berkala'],
        source: true,
        checklist: ['Benar'],
      },
    });
    expect(sop.steps[4]).toMatchObject({ channelsNeeded: 'any', accessibility: { min: 1, forms: ['audio', 'braille'] } });
  });

  it('reads what the table prints beside the rules', () => {
    const printed =
      'needs_text: [Berkas]\n    time_text: Hari H\n    output_text: Register\n    remarks: [Wajib]\n    output: [register]\n    kind: receive';
    expect(sopOf(sampleWith(['kind: receive', printed])).steps[1]).toMatchObject({
      needsText: ['Berkas'],
      timeText: 'Hari H',
      outputText: 'Register',
      remarks: ['Wajib'],
      output: ['register'],
    });
  });
});

describe('A fault in an SOP file', () => {
  it.each<[string, [string, string], string]>([
    ['a missing title', ['title: Alur Contoh\n', ''], '1 title: wajib ada; isi dengan teks.'],
    ['an unknown key', ['title:', 'titel:'], '2 titel: kunci "titel" tidak dikenal. Mungkin maksud Anda "title"?'],
    ['a title over two lines', ['title: Alur Contoh', 'title: "a\\nb"'], '2 title: memuat tanda kendali'],
    [
      'a title that is too long',
      ['title: Alur Contoh', `title: ${'a'.repeat(201)}`],
      '2 title: terlalu panjang; paling banyak 200 karakter.',
    ],
    ['an empty title', ['title: Alur Contoh', 'title: " "'], '2 title: tidak boleh kosong'],
    ['a title that is a number', ['title: Alur Contoh', 'title: 7'], '2 title: harus berupa teks.'],
    ['an id with capitals', ['id: contoh', 'id: Contoh'], '1 id: hanya boleh huruf kecil'],
    ['an id that is too long', ['id: contoh', `id: ${'a'.repeat(65)}`], '1 id: terlalu panjang; paling banyak 64'],
    ['a role with a bad name', ['  admin: Admin', '  admin: Admin\n  9x: Sembilan'], '8 roles.9x: nama peran "9x" hanya boleh'],
    [
      'roles that are no mapping',
      ['roles:\n  pembuat: Pembuat\n  pemeriksa: Pemeriksa\n  admin: Admin', 'roles: [a]'],
      '4 roles: harus berupa kelompok peran',
    ],
    [
      'no roles',
      ['roles:\n  pembuat: Pembuat\n  pemeriksa: Pemeriksa\n  admin: Admin', 'roles: {}'],
      '4 roles: isi paling sedikit satu peran.',
    ],
    ['an unknown role in a step', ['role: admin', 'role: admni'], '32 steps[4].role: peran "admni" tidak ada di roles'],
    ['a step id twice', ['id: periksa', 'id: serahkan'], '20 steps[2].id: id "serahkan" sudah dipakai langkah ke-1'],
    ['an unknown kind', ['kind: decide', 'kind: decied'], '21 steps[2].kind: "decied" bukan jenis langkah. Mungkin maksud Anda "decide"?'],
    ['a step without kind', ['    kind: decide\n', ''], '20 steps[2].kind: wajib ada; pilih prepare, receive'],
    ['a step that is a text', ['  - id: jadwalkan', '  - teks\n  - id: jadwalkan'], '25 steps[3]: harus berupa kelompok kunci'],
    [
      'a first step that receives',
      ['kind: prepare\n    role: pembuat', 'kind: receive\n    role: pembuat'],
      '10 steps[0].kind: langkah pertama harus prepare atau assign',
    ],
    ['a last step that receives', ['kind: publish', 'kind: receive'], '31 steps[4].kind: langkah terakhir harus publish'],
    ['no prepare step', ['kind: prepare', 'kind: assign'], '8 steps: tidak ada langkah prepare'],
    [
      'an assignment without a prepare step',
      ['kind: prepare', 'kind: assign'],
      '9 steps[0].assign_to: tidak ada langkah prepare sesudahnya',
    ],
    ['a decision without a prepare step', ['kind: prepare', 'kind: assign'], '20 steps[2].reject_to: tidak ada langkah prepare sebelumnya'],
    [
      'a key of another kind of step',
      ['kind: receive', 'kind: receive\n    channels: [website]'],
      '17 steps[1].channels: kunci "channels" tidak dikenal.',
    ],
    ['no due', ['    due: tentative\n', ''], '25 steps[3].due: wajib ada; tulis waktu langkah ini'],
    ['a due that is an unknown word', ['due: tentative', 'due: besok'], '29 steps[3].due: bukan waktu yang dikenal'],
    [
      'a due without its length',
      ['due: { within: 15m, from: step }', 'due: { from: step }'],
      '24 steps[2].due: belum menyebut lamanya; tulis',
    ],
    [
      'a misspelt length',
      ['due: { within: 15m, from: step }', 'due: { witin: 15m, from: step }'],
      'belum menyebut lamanya (kunci "witin" tidak dikenal)',
    ],
    [
      'two lengths',
      ['due: { within: 15m, from: step }', 'due: { within: 15m, days: 1, from: step }'],
      '24 steps[2].due: hanya satu dari days, within',
    ],
    ['a length without unit', ['within: 15m', 'within: 15'], '24 steps[2].due.within: harus berupa lama waktu, misalnya 15m.'],
    [
      'seconds of working time',
      ['within: 15m', 'within: 15s'],
      '24 steps[2].due.within: "15s" bukan lama waktu; tulis bilangan dan satuan (m, h, d)',
    ],
    ['a length of zero', ['within: 15m', 'within: 0m'], '"0m" bukan lama waktu'],
    [
      'a clock without base',
      ['{ within: 15m, from: step }', '{ within: 15m }'],
      '24 steps[2].due.from: wajib ada; isi dengan salah satu dari event',
    ],
    ['an unknown base', ['from: step', 'from: stpe'], '24 steps[2].due.from: "stpe" tidak dikenal. Mungkin maksud Anda "step"?'],
    [
      'an hour on working minutes',
      ['{ within: 15m, from: step }', '{ within: 15m, from: step, at: day-end }'],
      '24 steps[2].due.at: kunci "at" tidak dikenal.',
    ],
    ['half a day', ['days: 1,', 'days: 1.5,'], '19 steps[1].due.days: harus bilangan bulat 0 sampai 366.'],
    ['days as text', ['days: 1,', 'days: satu,'], '19 steps[1].due.days: harus bilangan bulat 0 sampai 366.'],
    ['days below zero', ['days: 1,', 'days: -1,'], '19 steps[1].due.days: harus bilangan bulat 0 sampai 366.'],
    ['a year and a day', ['days: 1,', 'days: 367,'], '19 steps[1].due.days: harus bilangan bulat 0 sampai 366.'],
    ['no number of days', ['days: 1,', 'days: ,'], '19 steps[1].due.days: wajib ada; isi bilangan bulat'],
    [
      'a flag that is a word',
      ['{ days: 1, from: handover }', '{ days: 1, from: handover, calendar: ya }'],
      '19 steps[1].due.calendar: harus berupa true atau false.',
    ],
    [
      'a schedule before it is made',
      ['{ within: 15m, from: step }', '{ within: 15m, from: schedule }'],
      '24 steps[2].due.from: from: schedule hanya dapat',
    ],
    [
      'the hand-in before it happened',
      ['{ days: 0, from: event, at: day-end }', '{ days: 0, from: handover }'],
      '14 steps[0].due.from: belum ada penyerahan',
    ],
    [
      'an event before anybody named it',
      ['steps:\n', 'steps:\n  - { id: t, kind: assign, role: admin, activity: T, due: { days: 1, from: event } }\n'],
      '9 steps[0].due.from: tanggal kegiatan belum diketahui',
    ],
    [
      'a rejection to nowhere',
      ['kind: decide', 'kind: decide\n    reject_to: serahkn'],
      '22 steps[2].reject_to: langkah "serahkn" tidak ada. Mungkin maksud Anda "serahkan"?',
    ],
    [
      'a rejection forwards',
      ['kind: decide', 'kind: decide\n    reject_to: tayang'],
      '22 steps[2].reject_to: langkah "tayang" tidak mendahului langkah ini',
    ],
    [
      'a rejection to itself',
      ['kind: decide', 'kind: decide\n    reject_to: periksa'],
      '22 steps[2].reject_to: langkah "periksa" tidak mendahului langkah ini',
    ],
    [
      'a rejection to who only receives',
      ['kind: decide', 'kind: decide\n    reject_to: terima'],
      '22 steps[2].reject_to: pada langkah "terima" (receive) konten tidak dapat diperbaiki',
    ],
    ['a rejection that is no text', ['kind: decide', 'kind: decide\n    reject_to: 5'], '22 steps[2].reject_to: harus berupa nama pendek'],
    [
      'an assignment to a decision',
      ['steps:\n', 'steps:\n  - { id: t, kind: assign, role: admin, activity: T, due: tentative, assign_to: periksa }\n'],
      '9 steps[0].assign_to: "periksa" bukan langkah prepare sesudah langkah ini.',
    ],
    [
      'an assignment that is no text',
      ['steps:\n', 'steps:\n  - { id: t, kind: assign, role: admin, activity: T, due: tentative, assign_to: 5 }\n'],
      '9 steps[0].assign_to: harus berupa nama pendek',
    ],
    [
      'needs of an unknown word',
      ['kind: decide', 'kind: decide\n    needs: semua'],
      '22 steps[2].needs: "semua" tidak dikenal. Yang dikenal: any, all.',
    ],
    [
      'needs of nobody',
      ['kind: decide', 'kind: decide\n    needs: { count: 0 }'],
      '22 steps[2].needs.count: harus bilangan bulat 1 sampai 20.',
    ],
    ['needs that are a number', ['kind: decide', 'kind: decide\n    needs: 2'], '22 steps[2].needs: harus any, all, atau { count: 2 }.'],
    [
      'labels that are equal',
      ['kind: decide', 'kind: decide\n    labels: { accept: Tolak }'],
      '22 steps[2].labels: accept dan reject sama',
    ],
    [
      'labels that swap the defaults',
      ['kind: decide', 'kind: decide\n    labels: { reject: terima }'],
      '22 steps[2].labels: accept dan reject sama',
    ],
    [
      'a label that is the name of another button',
      ['kind: decide', 'kind: decide\n    labels: { accept: Diterima, reject: tolak }'],
      '22 steps[2].labels.accept: "Diterima" sudah menjadi nama tombol lain; beri kata yang berbeda.',
    ],
    [
      'a label longer than a button',
      ['kind: decide', `kind: decide\n    labels: { accept: ${'a'.repeat(25)} }`],
      '22 steps[2].labels.accept: terlalu panjang',
    ],
    ['more files than a case holds', ['min: 2', 'min: 31'], '13 steps[0].requires.media.min: harus bilangan bulat 0 sampai 30.'],
    ['an unknown kind of file', ['min: 2', 'min: 2, kinds: [foto]'], '13 steps[0].requires.media.kinds[0]: "foto" tidak dikenal.'],
    ['a caption of no character', ['max: 200', 'max: 0'], '13 steps[0].requires.caption.max: harus bilangan bulat 1 sampai 4000.'],
    [
      'information that may not be shown',
      ['narrative: true', 'information_class: [dikecualikan]'],
      'information_class[0]: "dikecualikan" tidak dikenal.',
    ],
    ['no channel', ['channels: [website, media_sosial]', 'channels: []'], '35 steps[4].channels: isi paling sedikit 1 butir.'],
    [
      'a channel twice',
      ['channels: [website, media_sosial]', 'channels: [website, website]'],
      '35 steps[4].channels[1]: "website" ditulis dua kali',
    ],
    ['channels that are no list', ['channels: [website, media_sosial]', 'channels: website'], '35 steps[4].channels: harus berupa daftar'],
    ['no channels', ['    channels: [website, media_sosial]\n', ''], '30 steps[4].channels: wajib ada; isi dengan daftar'],
    [
      'more forms than there are',
      ['kind: publish', 'kind: publish\n    accessibility: { min: 2, forms: [audio] }'],
      '32 steps[4].accessibility.min: meminta 2 bentuk',
    ],
    ['a day that does not exist', ['id: contoh', 'dates: { made: 2026-02-30 }\nid: contoh'], '1 dates.made: bukan tanggal yang ada'],
    ['a date in other words', ['id: contoh', 'dates: { made: 5 Agustus 2024 }\nid: contoh'], '1 dates.made: bukan tanggal yang ada'],
    ['a month that does not exist', ['id: contoh', 'dates: { made: 2026-13-01 }\nid: contoh'], '1 dates.made: bukan tanggal yang ada'],
    ['an empty list of steps', [SAMPLE.slice(SAMPLE.indexOf('steps:')), 'steps: []\n'], '8 steps: isi paling sedikit 1 butir.'],
  ])('names %s with its line', (_what, change, expected) => {
    expect(faults(change).join('\n')).toContain(expected);
  });

  it.each([
    ['kind: 7', 'steps[0].kind: wajib ada'],
    ['kind: publish, accessibility: { min: x, forms: [audio] }, channels: [w]', 'steps[0].accessibility.min: harus bilangan bulat'],
    ['kind: publish, accessibility: { min: 1 }, channels: [w]', 'steps[0].accessibility.forms: wajib ada'],
  ])('keeps its other checks going over a step that says { %s }', (written, expected) => {
    const found = faultsOf(readSop(`steps: [{ id: a, role: r, activity: x, due: tentative, ${written} }]`)).join('\n');
    expect(found).toContain(expected);
    expect(found).toContain('steps: tidak ada langkah prepare');
  });

  it('comes together with all the others, in the order of the text', () => {
    const found = readSop(
      sampleWith(['title:', 'titel:'], ['role: pembuat', 'role: pembuta'], ['from: schedule', 'from: jadwal'], ['days: 1', 'days: x']),
    );
    expect(found.ok ? [] : found.faults.map(({ line, column, path }) => [line, column, path])).toEqual([
      [1, 1, 'title'],
      [2, 1, 'titel'],
      [11, 5, 'steps[0].role'],
      [19, 12, 'steps[1].due.days'],
      [34, 25, 'steps[4].due.from'],
    ]);
  });

  it('does not trip over steps without an id, nor judge the keys of an unknown kind', () => {
    const found = faultsOf(
      readSop(`steps:
  - { kind: prepare }
  - { kind: prepare }
  - { kind: assign, assign_to: x }
  - { kind: decide, reject_to: x }
  - { kind: tayang, channels: [website], labels: {} }
  - { kind: assign, assign_to: y }
  - { kind: prepare }
  - { id: z, kind: prepare }
`),
    );
    expect(found).toContain('5 steps[3].reject_to: langkah "x" tidak ada.');
    expect(found).toContain('7 steps[5].assign_to: "y" bukan langkah prepare sesudah langkah ini. Mungkin maksud Anda "z"?');
    expect(found.filter((line) => line.includes('tidak dikenal.') || line.includes('sudah dipakai'))).toEqual([]);
  });

  it('is found in an assignment to a prepare step that is already over', () => {
    const late =
      '  - { id: t, kind: assign, role: admin, activity: T, due: tentative, assign_to: serahkan }\n  - { id: p, kind: prepare, role: admin, activity: P, due: tentative }\n';
    expect(faults(['  - id: jadwalkan\n', `${late}  - id: jadwalkan\n`])).toEqual([
      '25 steps[3].assign_to: "serahkan" bukan langkah prepare sesudah langkah ini. Yang dikenal: p.',
    ]);
  });

  it('of the writing itself is told alone, because nothing else can be relied on', () => {
    expect(faultsOf(readSop('id: [1\ntitle: 2'))).toEqual([expect.stringContaining('jorokan baris tidak sejajar')]);
  });

  it('refuses an SOP that is right but for a key that stands twice', () => {
    expect(faultsOf(readSop(`${SAMPLE}id: lagi\n`))).toEqual(['36 : kunci ini ditulis dua kali; hapus salah satu.']);
  });

  it('of a whole file that is no mapping is one sentence', () => {
    expect(faultsOf(readSop('- a'))).toEqual([expect.stringContaining('1 : harus berupa kelompok kunci (id, title,')]);
    expect(faultsOf(readSop(''))).toEqual([expect.stringContaining('1 : wajib ada; isi dengan kelompok kunci')]);
    expect(faultsOf(readSop('steps: 5'))).toContainEqual(expect.stringContaining('1 steps: harus berupa daftar'));
  });
});
