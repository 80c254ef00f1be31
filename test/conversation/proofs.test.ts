// A proof of publishing, or an accessible form, that cannot be used or comes as an album: its publisher always knows what to send, and where.
import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../src/case/case.ts';
import { askedAgain } from '../../src/conversation/asked-again.ts';
import { toPublisher as toPublisherOfPpid } from '../support/other-walks.ts';
import { GROUP, MAYA, Phones } from '../support/phones.ts';
import { add, caseOf, factsAt, history, publish, TO_END, TO_PUBLISHER, withStep } from '../support/rules.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const SOP = sopNamed(MEDSOS);
/** Publishes at the PPID. */
const FITRI = '1103';

/** Maya is asked for the proof. */
async function asked(phones = new Phones()): Promise<Phones> {
  await phones.toPublisher();
  await phones.must(MAYA, 'SUDAH TAYANG');
  return phones;
}

const channels = (...names: string[]) => new Phones(sampleOffice(), [withStep('unggah', { channels: names }, SOP)]);
const published = (phones: Phones) => phones.case.publications.map(({ channel }) => channel);

async function video(phones: Phones, more: { album?: string } = {}): Promise<void> {
  await phones.file(MAYA, { kind: 'video', bytes: 'layar' }, more);
  await phones.settle();
}

describe('a proof', () => {
  test('that is a video is refused when it is sent, and the question stands', async () => {
    const phones = await asked();
    await video(phones);
    expect(phones.last(MAYA)).toMatch(/video tidak dapat menjadi bukti tayang[\s\S]*foto atau dokumen/);
    expect(phones.case.proofs).toEqual([]);
    await phones.photo(MAYA, 'tangkapan layar');
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });

  test('that turns out to be useless is asked for again, with what counts', async () => {
    const phones = await asked();
    await phones.photo(MAYA, '');
    expect(phones.last(MAYA, 2)).toMatch(/kosong[\s\S]*Bukti tayang: foto[\s\S]*tautan/);
    expect(phones.last(MAYA)).toMatch(/kirim tautan tayangan/);
    expect(phones.said(MAYA, /diminta SOP ini/)).toBeUndefined();
    await phones.photo(MAYA, 'tangkapan layar');
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });

  test('that turns out to be useless while another channel is asked for comes round after it', async () => {
    const phones = await asked(channels('website', 'instagram'));
    await phones.photo(MAYA, '');
    expect(phones.chat(MAYA).filter(({ text }) => /kirim tautan tayangan/.test(text))).toHaveLength(2);
    await phones.text(MAYA, 'https://www.instagram.com/p/1');
    expect(phones.last(MAYA)).toMatch(/situs|website/i);
    await phones.photo(MAYA, 'tangkapan layar');
    expect(published(phones)).toEqual(['instagram', 'website']);
  });

  test('from a group is asked for again there', async () => {
    const phones = new Phones(sampleOffice({ groups: [{ role: 'admin_medsos', chat: { channel: 'telegram', id: GROUP } }] }));
    await phones.toPublisher();
    await phones.must(MAYA, 'SUDAH TAYANG', GROUP);
    const reply_to_message = { message_id: 1, date: 1, from: { id: 7000, is_bot: true }, chat: { id: Number(GROUP), type: 'supergroup' } };
    const photo = (id: string) => ({ photo: [{ file_id: id, file_unique_id: id, width: 1, height: 1 }], reply_to_message });
    await phones.sends(MAYA, photo('empty'), GROUP);
    expect(phones.last(GROUP, 2)).toMatch(/kosong[\s\S]*kirim tautan tayangan[\s\S]*Balas pesan ini/);
    phones.platform.files.set('full', Buffer.from('tangkapan layar'));
    await phones.sends(MAYA, photo('full'), GROUP);
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });
});

describe('an accessible form that turns out to be useless', () => {
  test('is asked for again, with what counts', async () => {
    const p = await toPublisherOfPpid();
    await p.must(FITRI, 'Serahkan audio');
    await p.photo(FITRI, '');
    expect(p.last(FITRI, 2)).toMatch(/kosong[\s\S]*Bentuk aksesibel: [\s\S]*audio/);
    expect(p.last(FITRI)).toMatch(/kirim bentuk audio/);
    await p.text(FITRI, 'Naskah audio daftar harga acuan');
    expect(p.case.forms).toMatchObject([{ form: 'audio', text: 'Naskah audio daftar harga acuan' }]);
  });
});

describe('an album', () => {
  test('of proofs answers like one photo, and its sender hears once that the rest is not used', async () => {
    const phones = await asked();
    const before = phones.chat(MAYA).length;
    await phones.album(MAYA, 3);
    expect(phones.case.state).toMatchObject({ status: 'published' });
    expect(phones.case.proofs).toHaveLength(1);
    expect(phones.cases).toHaveLength(1);
    expect(phones.store.tables.refusals).toEqual([]);
    expect(
      phones
        .chat(MAYA)
        .slice(before)
        .map(({ text }) => text),
    ).toEqual([expect.stringMatching(/berkas lainnya tidak ikut/), expect.stringMatching(/SELESAI/)]);
  });

  test('is the proof of one channel, not of the next one as well', async () => {
    const phones = await asked(channels('website', 'instagram'));
    await phones.album(MAYA, 3);
    expect(published(phones)).toEqual(['website']);
    expect(phones.last(MAYA)).toMatch(/instagram/i);
    await phones.album(MAYA, 2, undefined, 'lain');
    expect(published(phones)).toEqual(['website', 'instagram']);
  });

  test('begins no draft of somebody who makes content as well', async () => {
    const office = sampleOffice();
    const people = office.people.map((one) => (one.id === 'maya' ? { ...one, roles: [...one.roles, 'tim_pelaksana'] } : one));
    const phones = await asked(new Phones({ ...office, people }));
    await phones.album(MAYA, 2);
    expect(phones.cases).toHaveLength(1);
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });

  test('that was going into a draft goes on into it, whatever is asked meanwhile', async () => {
    const office = sampleOffice();
    const people = office.people.map((one) => (one.id === 'maya' ? { ...one, roles: [...one.roles, 'tim_pelaksana'] } : one));
    const phones = new Phones({ ...office, people });
    await phones.toPublisher();
    await phones.photo(MAYA, 'satu', { album: 'g' });
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.photo(MAYA, 'dua', { album: 'g' });
    expect(phones.case.content.media).toHaveLength(2);
    expect(phones.cases[0]?.state).toMatchObject({ status: 'approved' });
  });

  test('whose video cannot be a proof may hold a photo that can', async () => {
    const phones = await asked();
    await video(phones, { album: 'g' });
    await phones.photo(MAYA, 'tangkapan layar', { album: 'g' });
    expect(phones.case.state).toMatchObject({ status: 'published' });
  });

  test('of an accessible form gives its first file', async () => {
    const p = await toPublisherOfPpid();
    await p.must(FITRI, 'Serahkan visual');
    await p.album(FITRI, 2);
    expect(p.case.forms).toMatchObject([{ form: 'visual', text: null }]);
    expect(p.cases).toHaveLength(1);
  });
});

describe('what could not be used is asked for again', () => {
  const facts = factsAt(undefined, { sop: withStep('unggah', { channels: ['website', 'instagram'] }) });
  const approved = history(TO_PUBLISHER);
  const { media: website } = add(9, { proofOf: 'website', sentBy: 'maya' }, 'maya');
  const { media: audio } = add(9, { formOf: 'audio', sentBy: 'maya' }, 'maya');
  const again = (media: typeof website, ...events: CaseEvent[]) => askedAgain(caseOf([...approved, ...events]), media, facts);

  test('as long as it is wanted', () => {
    expect(again(website)).toEqual({ ask: 'link', case: caseOf(approved).id, step: 'unggah', round: 1, revision: 1, channel: 'website' });
    expect(again(audio)).toMatchObject({ ask: 'form', form: 'audio' });
  });

  test('but not when its channel is done, another proof of it is on its way, the form was given, or all is over', () => {
    const at = facts.now;
    expect(askedAgain(caseOf(history([publish('website')], facts, approved)), website, facts)).toBeNull();
    expect(again(website, { type: 'media-added', at, by: 'maya', media: { ...website, id: 'm10' } })).toBeNull();
    expect(again(audio, { type: 'form-provided', at, by: 'maya', form: 'audio', text: 'naskah', file: null })).toBeNull();
    expect(askedAgain(caseOf(history(TO_END)), website, factsAt())).toBeNull();
  });

  test('and a file of the content is none of it', () => {
    expect(again(add(5).media)).toBeNull();
  });
});
