import { describe, expect, test } from 'vitest';
import { cardMessage } from '../../bots/wording/card.ts';
import { LABELS } from '../../bots/wording/labels.ts';
import { plain } from '../../bots/wording/text.ts';
import type { CardView, StepView } from '../../src/case/card-view.ts';
import { NARRATIVE_IN_CARD_MAX } from '../../src/case/notices.ts';
import type { Action } from '../../src/conversation/reference.ts';
import { ACTIONS } from '../../src/conversation/reference.ts';
import { isFixedWord, lettersOf } from '../../src/sop/fixed-words.ts';
import type { MediaKind } from '../../src/sop/sop.ts';
import { CASE, cards, context, draftView, stepView } from './samples.ts';

const text = (view: CardView) => plain(cardMessage(view, context).runs);
const rows = (view: CardView) => cardMessage(view, context).buttons.map((row) => row.map(({ label }) => lettersOf(label)));
const all: [string, CardView][] = Object.entries(cards);

test.each(all)('the card %s has no hole', (_, view) => {
  expect(text(view)).not.toMatch(/undefined|null|NaN|\[object|\n\n/);
  expect(text(view)).toMatch(/^\p{Extended_Pictographic}\ufe0f? /u);
});

describe("the maker's card", () => {
  test('shows what is there and what is not', () => {
    const words = text(cards.draft);
    for (const word of ['Pasar Murah Jekan Raya', 'Jumat, 20 November 2026', '3 dari minimal 4', '44/200', 'Masih kurang: 1 dokumentasi'])
      expect(words).toContain(word);
    expect(words).toContain('hari ini pukul 23.59 WIB');
    expect(words).toContain('1 sedang disimpan');
  });
  test('an empty one says so part by part', () => {
    expect(text(cards.empty)).toContain('(nama kegiatan belum ada)');
    expect(text(cards.empty)).toContain('0 dari minimal 4');
    expect(text(cards.empty)).toContain('nama kegiatan, tanggal kegiatan, 4 dokumentasi, caption, dan narasi');
    expect(rows(cards.empty)).toEqual([]);
  });
  test('what an SOP does not ask for is not called missing', () => {
    const words = text({
      ...cards.empty,
      captionMax: null,
      narrativeNeeded: false,
      media: { ...cards.empty.media, min: null },
      missing: [],
    });
    expect(words).not.toMatch(/caption|narasi|minimal/i);
  });
  test('files that the chosen SOP does not take are named apart while it is open, and a long caption is to be shortened', () => {
    const unfit = { photos: 0, videos: 0, documents: 4, takes: ['photo', 'video'] as MediaKind[] };
    const missing = [{ part: 'caption', max: 200, length: 450 } as const];
    expect(text({ ...draftView, unfit, missing })).toMatch(
      /4 dokumen tidak dihitung.*foto dan video\.[\s\S]*Masih kurang: caption yang lebih pendek\./,
    );
    expect(text({ ...draftView, unfit, missing, ended: 'withdrawn' })).not.toContain('tidak dihitung');
  });
  test('a complete one carries SERAHKAN alone on top and the way out at the bottom', () => {
    expect(rows(cards.complete)[0]).toEqual(['SERAHKAN']);
    expect(rows(cards.complete).at(-1)).toEqual(['BATAL']);
    expect(text(cards.complete)).toContain('120 kata');
    expect(text(cards.complete)).not.toContain('Masih kurang');
  });
  test('nobody is told to tap SERAHKAN while it is not there', () => {
    const words = text({ ...cards.complete, buttons: draftView.buttons });
    expect(words).not.toContain('tekan SERAHKAN');
    expect(words).toContain('setelah semua berkas tersimpan');
  });
  test('a returned one repeats the reason and marks the lateness', () => {
    expect(text(cards.returned)).toContain('"Nama Kepala Dinas keliru; foto ke-3 buram."');
    expect(text(cards.returned)).toContain('revisi ke-2');
    expect(text(cards.returned)).toContain('TERLAMBAT');
  });
  test.each(['handed-in', 'withdrawn'] as const)('%s: it has no buttons any more', (ended) => {
    const view = { ...cards.complete, ended };
    expect(rows(view)).toEqual([]);
    expect(text(view)).not.toMatch(/Masih kurang|Tenggat|tekan SERAHKAN/);
  });
});

describe("the reviewer's card", () => {
  test('has all that a decision needs', () => {
    const words = text(cards.decide);
    for (const word of [
      '0042/REG-KONTEN/DISDAGPERIN/XI/2026',
      'Pasar Murah Jekan Raya',
      'Kamis, 19 November 2026',
      'Sari Dewi',
      '(terlambat)',
      '5 foto, 1 video',
      'revisi ke-2',
      'Yang berubah: caption dan dokumentasi.',
      'Caption (44/200)',
      '#PasarMurah',
      'Warga datang sejak pagi.',
      'Budi Santoso (Tim Pertimbangan Pelayanan Informasi): diterima. "Sesuai, tanpa catatan"',
      '"Sudah baik, lanjutkan."',
      'Tenggat: Senin, 23 November 2026, pukul 16.00 WIB',
      'Langkah 3 dari 5: Memeriksa dokumentasi',
    ])
      expect(words).toContain(word);
    expect(rows(cards.decide)).toEqual([['TERIMA', 'TOLAK'], ['TANGGAPAN']]);
    expect(rows(cards.receive)).toEqual([['DITERIMA'], ['TANGGAPAN']]);
  });
  test('the buttons are bound to what was shown', () => {
    expect(cardMessage(cards.decide, context).buttons[0]?.[0]?.does).toEqual({ tap: `accept/${CASE}/2/1/1/-` });
  });
  test("an SOP's labels rename the decision, on the buttons and afterwards", () => {
    const labels = { accept: 'YA', reject: 'TIDAK' };
    expect(rows({ ...stepView, labels })[0]).toEqual(['YA', 'TIDAK']);
    expect(text({ ...cards.accepted, labels })).toMatch(/^✅ YA oleh/);
    expect(text({ ...cards.rejected, labels })).toMatch(/^❌ TIDAK oleh/);
  });
  test('a long narrative is cut and says where the whole of it is; one that fits is whole', () => {
    const long = text({ ...stepView, narrative: 'kata '.repeat(NARRATIVE_IN_CARD_MAX) });
    expect(long).toContain('…\n(narasi lengkap di pesan di atas)');
    const fits = `a${'b'.repeat(NARRATIVE_IN_CARD_MAX - 2)}z`;
    expect(text({ ...stepView, narrative: fits })).toContain(`${fits}\n`);
    expect(text({ ...stepView, narrative: fits })).not.toContain('pesan di atas');
  });
  test('a late one says so, one without a deadline too', () => {
    expect(text({ ...stepView, late: true })).toContain('TERLAMBAT: tenggat');
    expect(text({ ...stepView, dueAt: null })).toContain('Tanpa tenggat');
  });
  test('several earlier responses all have their place', () => {
    const [remark] = stepView.earlier;
    if (!remark) throw new Error('the sample has an earlier remark');
    const earlier = ['satu', 'dua', 'tiga'].map((note) => ({ ...remark, note: `${note} ${'x'.repeat(480)}` }));
    const words = text({ ...stepView, earlier });
    for (const note of ['"satu', '"dua', '"tiga']) expect(words).toContain(note);
    expect(words).toContain('Warga datang sejak pagi.');
  });
});

describe('a card that is over', () => {
  test('says who decided what and when', () => {
    expect(text(cards.received)).toMatch(
      /^✅ DITERIMA oleh Budi Santoso \(Tim Pertimbangan Pelayanan Informasi\), Jumat, 20 November 2026, pukul 14\.05 WIB/,
    );
    expect(text(cards.accepted)).toMatch(/^✅ TERIMA oleh Budi Santoso .*\nTanggapan: "Sesuai, tanpa catatan"/);
    expect(text(cards.rejected)).toMatch(/^❌ TOLAK oleh Budi Santoso \(.*, a\.n\. Kartika\), .*\nAlasan: "Nama Kepala Dinas/);
    expect(text(cards.published)).toMatch(/^✅ SELESAI\. Ditayangkan oleh Maya, .*pukul 14\.05 WIB/);
  });
  test.each(['received', 'accepted', 'rejected', 'published', 'overtaken'] as const)(
    '%s: its buttons are gone, its number stays',
    (name) => {
      expect(rows(cards[name])).toEqual([]);
      expect(text(cards[name])).toContain('0042/REG-KONTEN');
      expect(text(cards[name])).not.toContain('Tenggat');
    },
  );
  test.each(['returned', 'withdrawn', 'moved-on'] as const)('%s: it says why it counts no more', (why) => {
    expect(text({ ...stepView, outcome: { is: 'overtaken', why } })).toMatch(/dikembalikan|ditarik|berlanjut/);
  });
});

describe("the publisher's card", () => {
  test('has the caption to copy, the channels with their marks, and SUDAH TAYANG', () => {
    const { buttons } = cardMessage(cards.publish, context);
    expect(rows(cards.publish)).toEqual([['SUDAHTAYANG'], ['SALINCAPTION'], ['LEWATIMEDIASOSIAL']]);
    expect(buttons[1]?.[0]?.does).toEqual({ copy: stepView.caption?.text });
    expect(text(cards.publish)).toContain('✅ Website: https://contoh.go.id/1');
    expect(text(cards.publish)).toContain('▫️ Media sosial: belum tayang');
    expect(text(cards.publish)).toContain('siap disalin');
  });
  test('a caption that a button cannot copy whole is not copied by a button', () => {
    const publish = (text: string): StepView => ({ ...cards.publish, caption: { text, length: 1, max: 200 } });
    expect(rows(publish('x'.repeat(256)))).toContainEqual(['SALINCAPTION']);
    expect(rows(publish('x'.repeat(257)))).not.toContainEqual(['SALINCAPTION']);
    expect(rows({ ...cards.publish, caption: null })).not.toContainEqual(['SALINCAPTION']);
  });
});

test.each(Object.keys(ACTIONS) as Action[])('the action %s may stand on any card, and only its own word is a fixed one', (action) => {
  for (const view of [draftView, cards.decide, cards.publish]) {
    const labels = rows({ ...view, buttons: [{ action }] })
      .flat()
      .filter((label) => label !== 'SALINCAPTION');
    expect(labels).toEqual([lettersOf(LABELS[action])]);
    expect(labels.some(isFixedWord)).toBe(isFixedWord(LABELS[action]));
  }
});
