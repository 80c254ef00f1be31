// The first steps through the other SOPs, as far as a test needs them behind it.
import { dishub, diskominfo, type OtherPhones, ppid } from './other-phones.ts';

export const [RIZAL, INTAN, AGUS, BAMBANG, SOFIA] = ['1401', '1402', '1403', '1404', '1405'] as const;
export const [NURDIN, TIKA, YUSUF, DARMA] = ['1301', '1302', '1303', '1304'] as const;
export const FITRI = '1101';
export const REASON = 'Data penumpang keliru, mohon diperbaiki';

/** Dishub: the material but for its source. */
export async function material(p = dishub()): Promise<OtherPhones> {
  await p.album(RIZAL, 1, undefined, 'bahan');
  await p.text(RIZAL, 'Ramp check');
  await p.must(RIZAL, 'Hari ini');
  return p;
}

/** Dishub: waits for whoever designs. */
export async function toDesigner(p = dishub()): Promise<OtherPhones> {
  await material(p);
  await p.text(RIZAL, 'Liputan sendiri');
  await p.must(RIZAL, 'SERAHKAN');
  return p;
}

/** Dishub: approved twice, waits for its schedule. */
export async function toScheduler(p = dishub()): Promise<OtherPhones> {
  await toDesigner(p);
  await p.must(INTAN, 'KERJAKAN');
  await p.photo(INTAN, 'desain');
  await p.must(INTAN, 'SERAHKAN');
  await p.must(BAMBANG, 'YA');
  await p.must(SOFIA, 'YA');
  return p;
}

/** Diskominfo: a task that has its title and nothing else. */
export async function task(p = diskominfo()): Promise<OtherPhones> {
  await p.text(NURDIN, '/kirim');
  await p.text(NURDIN, 'Pengumuman layanan aduan');
  return p;
}

/** Diskominfo: the task waits for Tika. */
export async function toMaker(p = diskominfo()): Promise<OtherPhones> {
  await task(p);
  await p.text(NURDIN, '045/2026: siapkan pengumuman');
  await p.text(NURDIN, 'tika');
  await p.must(NURDIN, 'TUGASKAN');
  return p;
}

/** Diskominfo: Tika has taken it and is at work. */
export async function making(p = diskominfo()): Promise<OtherPhones> {
  await toMaker(p);
  await p.must(TIKA, 'KERJAKAN');
  await p.must(TIKA, 'Hari ini');
  return p;
}

/** Diskominfo: the announcement waits for the head of the section. */
export async function toHeadOfSection(p = diskominfo()): Promise<OtherPhones> {
  await making(p);
  await p.photo(TIKA, 'bahan');
  await p.text(TIKA, 'Layanan aduan dibuka setiap hari kerja.');
  await p.must(TIKA, 'Berkala');
  await p.must(TIKA, 'SERAHKAN');
  return p;
}

/** PPID: a draft that lacks only SERAHKAN. */
export async function draftOfPpid(p = ppid()): Promise<OtherPhones> {
  await p.photo(FITRI, 'informasi');
  await p.text(FITRI, 'Daftar harga acuan');
  await p.must(FITRI, 'Hari ini');
  await p.must(FITRI, 'Setiap saat');
  await p.text(FITRI, '12/DIP/2026');
  await p.text(FITRI, '188/45/2026');
  return p;
}

/** PPID: waits to be published. */
export async function toPublisher(p = ppid()): Promise<OtherPhones> {
  await draftOfPpid(p);
  await p.must(FITRI, 'SERAHKAN');
  return p;
}
