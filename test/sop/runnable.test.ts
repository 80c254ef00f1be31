import { describe, expect, it } from 'vitest';
import { notYetRunnable } from '../../src/sop/runnable.ts';
import { MEDSOS, sopNamed } from '../support/sample-office.ts';

describe('what the engine carries out today', () => {
  it('runs the two upload SOPs', () => {
    expect(notYetRunnable(sopNamed(MEDSOS))).toEqual([]);
    expect(notYetRunnable(sopNamed('gunungkidul-dpmptsp-upload-web-medsos'))).toEqual([]);
  });

  it('says of each other SOP what it asks for in vain', () => {
    expect(notYetRunnable(sopNamed('kalteng-disdagperin-pengumuman')).join()).toMatch(/Daftar Informasi Publik.*aksesibilitas/);
    expect(notYetRunnable(sopNamed('kalbar-diskominfo-pengumuman')).join()).toMatch(/assign.*klasifikasi.*perbaikan/);
    expect(notYetRunnable(sopNamed('kalbar-dishub-penayangan')).join()).toMatch(
      /sumber.*pembuat berikutnya.*daftar periksa pembuat.*daftar periksa pemutus.*schedule/,
    );
  });
});
