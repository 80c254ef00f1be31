// The five SOPs that come with Alur, held against what their offices wrote.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainSop } from '../../src/sop/explain.ts';
import type { Due, Sop } from '../../src/sop/sop.ts';
import { sopOf } from './sample.ts';

const folder = new URL('../../sops/', import.meta.url);
const read = (id: string): Sop => sopOf(readFileSync(new URL(`${id}.yaml`, folder), 'utf8'));

const A = 'kalteng-disdagperin-pengumuman';
const B = 'kalteng-disdagperin-upload-medsos';
const C = 'gunungkidul-dpmptsp-upload-web-medsos';
const D = 'kalbar-diskominfo-pengumuman';
const E = 'kalbar-dishub-penayangan';

const days = (n: number, from: 'event' | 'handover', at: 'office-close' | 'day-end' = 'office-close'): Due => ({
  kind: 'days',
  days: n,
  from,
  calendar: false,
  at,
});
const within = (amount: number, unit: 'm' | 'h' | 'd', from: 'step' | 'schedule' = 'step'): Due => ({ kind: 'within', amount, unit, from });
const way = (sop: Sop) => sop.steps.map(({ id, kind, role }) => `${id} ${kind} ${role}`);
const rejections = (sop: Sop) =>
  sop.steps.flatMap((step) => (step.kind === 'decide' ? [[step.id, step.rejectTo, step.labels.accept, step.labels.reject]] : []));
const correcting = (sop: Sop) => sop.steps.flatMap((step) => (step.kind === 'decide' && step.mayCorrect ? [step.id] : []));

describe('The SOP files', () => {
  it('are five, each named after its id', () => {
    const names = readdirSync(folder).map((name) => name.replace('.yaml', ''));
    expect(names.toSorted()).toEqual([A, B, C, D, E].toSorted());
    for (const name of names) expect(read(name).id).toBe(name);
  });

  it('name no official and no NIP, only the position that enacted them', () => {
    for (const id of [A, B, C, D, E]) {
      const text = readFileSync(new URL(`${id}.yaml`, folder), 'utf8');
      expect(text).not.toMatch(/\d{8} ?\d{6} ?\d ?\d{3}|NIP|S\.Sos|M\.Si|S\.E\./);
      expect(read(id).enactedBy).toMatch(/^Kepala Dinas /);
    }
  });

  it('are explained within 140 columns', () => {
    for (const id of [A, B, C, D, E])
      expect(
        Math.max(
          ...explainSop(read(id))
            .split('\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(140);
  });
});

describe('SOP A, Standar Pengumuman Informasi Publik', () => {
  const sop = read(A);
  it('announces, then spreads, both without a time of their own', () => {
    expect(way(sop)).toEqual(['umumkan prepare ppid_pelaksana', 'sebarluaskan publish petugas_ppid']);
    expect(sop.steps.map(({ due }) => due)).toEqual([{ kind: 'tentative' }, { kind: 'tentative' }]);
  });
  it('asks for the public-information entry, at least one of five channels and at least one accessible form', () => {
    expect(sop.steps[0]).toMatchObject({
      requires: { media: { min: 1 }, publicInformation: true, informationClass: ['berkala', 'serta_merta', 'setiap_saat'] },
    });
    expect(sop.steps[1]).toMatchObject({
      channels: ['papan_pengumuman', 'website', 'media_sosial', 'portal_satu_data', 'aplikasi'],
      channelsNeeded: 'any',
      accessibility: { min: 1, forms: ['audio', 'visual', 'braille'] },
    });
    expect(sop.steps.map(({ remarks }) => remarks?.length)).toEqual([4, 7]);
  });
  it('has its four duties of language and accessibility declared with the hand-in', () => {
    expect(sop.steps[0]).toMatchObject({
      requires: {
        checklist: [
          'Aksesibilitas bagi penyandang disabilitas diperhatikan',
          'Menggunakan Bahasa Indonesia yang baik dan benar',
          'Mudah dipahami',
          'Bahasa yang digunakan penduduk setempat dipertimbangkan',
        ],
      },
    });
  });
  it('is kept as softcopy and hardcopy', () => {
    expect(sop.copies).toEqual(['softcopy', 'hardcopy']);
  });
});

describe('SOP B, Alur Upload Konten Media Sosial', () => {
  const sop = read(B);
  it('has its five steps, roles and clocks', () => {
    expect(way(sop)).toEqual([
      'serahkan prepare tim_pelaksana',
      'terima-berkas receive tim_pertimbangan',
      'periksa decide ketua_ppid_pembantu',
      'putuskan decide atasan_ppid_pembantu',
      'unggah publish admin_medsos',
    ]);
    expect(sop.steps.map(({ due }) => due)).toEqual([
      days(0, 'event', 'day-end'),
      days(1, 'handover'),
      days(1, 'handover'),
      days(1, 'handover'),
      days(1, 'event'),
    ]);
  });
  it('asks for four files, a narrative and a caption of 200 characters, and sends rejections to the maker', () => {
    expect(sop.steps[0]).toMatchObject({
      requires: { media: { min: 4, kinds: ['photo', 'video'] }, narrative: true, caption: { max: 200 } },
      output: ['register'],
    });
    expect(rejections(sop)).toEqual([
      ['periksa', 'serahkan', 'TERIMA', 'TOLAK'],
      ['putuskan', 'serahkan', 'TERIMA', 'TOLAK'],
    ]);
    expect(correcting(sop)).toEqual(['periksa']);
    expect(sop.steps.slice(1, 4).map(({ output }) => output)).toEqual(Array(3).fill(['written-response']));
    expect(sop.steps[4]).toMatchObject({ channels: ['media_sosial'] });
  });
});

describe('SOP C, Alur Upload Konten Website & Media Sosial', () => {
  const sop = read(C);
  it('is all done on the day, with the secretary in the third step', () => {
    expect(way(sop)).toEqual([
      'serahkan prepare tim_pelaksana',
      'terima-berkas receive tim_pertimbangan',
      'periksa decide sekretaris_ppid_pembantu',
      'putuskan decide atasan_ppid_pembantu',
      'unggah publish admin_medsos',
    ]);
    expect(sop.steps.map(({ due }) => due)).toEqual([days(0, 'event', 'day-end'), ...Array(4).fill(days(0, 'handover'))]);
  });
  it('asks for five files and both channels, and lists what its cover lists', () => {
    expect(sop.steps[0]).toMatchObject({ requires: { media: { min: 5 }, narrative: true, caption: { max: 200 } } });
    expect(sop.steps[4]).toMatchObject({ channels: ['website', 'media_sosial'] });
    expect([sop.legalBasis.length, sop.qualifications.length, sop.equipment.length, sop.related.length, sop.warnings.length]).toEqual([
      6, 4, 4, 0, 0,
    ]);
    expect(sop.number).toBeUndefined();
    expect(rejections(sop).map(([, to]) => to)).toEqual(['serahkan', 'serahkan']);
    expect(correcting(sop)).toEqual(['periksa']);
  });
});

describe('SOP D, Pengumuman Informasi Publik', () => {
  const sop = read(D);
  it('assigns, drafts, is checked three times and is announced', () => {
    expect(way(sop)).toEqual([
      'tugaskan assign kabid_kasubag',
      'susun prepare fungsional_pelaksana',
      'periksa-kabid decide kabid_kasubag',
      'periksa-sekretaris decide sekretaris',
      'setujui decide kepala_dinas',
      'umumkan publish fungsional_pelaksana',
    ]);
    expect(sop.steps.map(({ due }) => due)).toEqual([
      within(15, 'm'),
      within(1, 'd'),
      within(1, 'h'),
      within(1, 'h'),
      within(10, 'm'),
      within(15, 'm'),
    ]);
  });
  it('sends rejections as its sentences say, and lets the Kabid repair', () => {
    expect(rejections(sop)).toEqual([
      ['periksa-kabid', 'susun', 'YA', 'TIDAK'],
      ['periksa-sekretaris', 'periksa-kabid', 'YA', 'TIDAK'],
      ['setujui', 'periksa-kabid', 'YA', 'TIDAK'],
    ]);
    expect(sop.steps[2]).toMatchObject({ mayRepair: true });
  });
  it('needs a disposition, the class of the information, and proof online and offline', () => {
    expect(sop.steps[0]).toMatchObject({ assignTo: 'susun', disposition: true });
    expect(sop.steps[1]).toMatchObject({ requires: { informationClass: ['berkala', 'serta_merta'] } });
    expect(sop.steps[5]).toMatchObject({ channels: ['media_online', 'papan_pengumuman'], channelsNeeded: 'all' });
  });
  it('keeps number, date and lists of its cover', () => {
    expect([sop.number, sop.dates]).toEqual(['190/SOP/DISKOMINFO.IP/2024', { made: '2024-08-05' }]);
    expect([sop.legalBasis.length, sop.qualifications.length, sop.equipment.length, sop.warnings.length, sop.recording.length]).toEqual([
      8, 3, 6, 3, 2,
    ]);
  });
});

describe('SOP E, Mekanisme Penayangan Konten', () => {
  const sop = read(E);
  it('collects, designs, is checked twice, is scheduled and is shown', () => {
    expect(way(sop)).toEqual([
      'kumpulkan prepare petugas',
      'desain prepare pembuat_konten',
      'verifikasi decide pejabat_pengawas',
      'setujui decide pejabat_administrator',
      'jadwalkan schedule pejabat_pengawas',
      'unggah publish pengelola_web_medsos',
    ]);
    expect(sop.steps.map(({ due }) => due)).toEqual([
      within(1, 'd'),
      within(6, 'h'),
      within(1, 'h'),
      within(1, 'h'),
      within(15, 'm'),
      within(15, 'm', 'schedule'),
    ]);
  });
  it('takes documents, sends rejections to the designer and keeps softcopies only', () => {
    expect(sop.steps[0]).toMatchObject({ requires: { media: { min: 1, kinds: ['photo', 'video', 'document', 'audio'] }, source: true } });
    expect(rejections(sop)).toEqual([
      ['verifikasi', 'desain', 'YA', 'TIDAK'],
      ['setujui', 'desain', 'YA', 'TIDAK'],
    ]);
    expect(sop.copies).toEqual(['softcopy']);
    expect([sop.legalBasis.length, sop.qualifications.length, sop.equipment.length, sop.warnings.length]).toEqual([5, 4, 3, 1]);
    expect(sop.steps[5]).toMatchObject({ channels: ['website', 'media_sosial'] });
  });
});
