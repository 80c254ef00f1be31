// A case that was walked while things were killed: it is there once, as it was handed in and decided, and every invariant holds.
import { expect } from 'vitest';
import type { Trial } from '../support/service.ts';

/** Of each kind; thousands: npm run proof:kills */
export const KILLS = 25;

interface Shown {
  status: string;
  media: unknown[];
  decisions: { step: string; verdict: string }[];
  publications: unknown[];
  events: { type: string }[];
}

export async function expectWhole(at: Trial, number: string): Promise<void> {
  const { out } = await at.alur('case', 'show', number, '--json');
  const shown = JSON.parse(out) as Shown;
  expect(shown.status).toBe('published');
  expect(shown.media).toHaveLength(5);
  expect(shown.decisions.map(({ step, verdict }) => `${step} ${verdict}`)).toEqual([
    'terima-berkas receive',
    'periksa reject',
    'terima-berkas receive',
    'periksa accept',
    'putuskan accept',
  ]);
  expect(shown.publications).toHaveLength(1);
  expect(shown.events.filter(({ type }) => type === 'handed-in')).toHaveLength(2);
  expect((await at.alur('audit', 'verify')).code).toBe(0);
  const { findings } = JSON.parse((await at.alur('doctor', '--json')).out) as {
    findings: { what: string; state: string; detail: string }[];
  };
  expect(findings.filter(({ what }) => what === 'pemeriksaan')).toMatchObject([{ state: 'ok' }]);
}
