// A small SOP file for the tests, and a way to change one place of it.
import { expect } from 'vitest';
import { readSop, type SopReading } from '../../src/sop/read.ts';
import type { Sop } from '../../src/sop/sop.ts';

export const SAMPLE = `id: contoh
title: Alur Contoh
agency: Dinas Contoh
roles:
  pembuat: Pembuat
  pemeriksa: Pemeriksa
  admin: Admin
steps:
  - id: serahkan
    kind: prepare
    role: pembuat
    activity: Menyerahkan konten
    requires: { media: { min: 2 }, narrative: true, caption: { max: 200 } }
    due: { days: 0, from: event, at: day-end }
  - id: terima
    kind: receive
    role: pemeriksa
    activity: Menerima konten
    due: { days: 1, from: handover }
  - id: periksa
    kind: decide
    role: pemeriksa
    activity: Memeriksa konten
    due: { within: 15m, from: step }
  - id: jadwalkan
    kind: schedule
    role: pemeriksa
    activity: Menentukan jadwal
    due: tentative
  - id: tayang
    kind: publish
    role: admin
    activity: Menayangkan konten
    due: { elapsed: 3s, from: schedule }
    channels: [website, media_sosial]
`;

/** The sample with each `[old, new]` applied; an `old` that is not there fails the test. */
export function sampleWith(...changes: [string, string][]): string {
  let text = SAMPLE;
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return text;
}

export function sopOf(text: string): Sop {
  const reading = readSop(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.sop;
}

/** `line path: message` of each fault. */
export function faultsOf(reading: SopReading): string[] {
  return reading.ok ? [] : reading.faults.map(({ line, path, message }) => `${line} ${path}: ${message}`);
}
