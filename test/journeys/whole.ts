// A case that was walked while things were killed: it is there once, as it was handed in and decided, and every invariant holds.
import { afterEach, expect } from 'vitest';
import { openTrial, type Trial, type TrialOptions } from '../support/service.ts';
import { OFFICE_TEXT } from './walk.ts';

/** Of each kind; thousands: npm run proof:kills */
export const KILLS = 25;

/** A service that has started; what is opened with this is closed after its test. */
export function startedService(): (options?: Pick<TrialOptions, 'embedded'>) => Promise<Trial> {
  let trial: Trial | null = null;
  afterEach(() => trial?.close());
  return async (options = {}) => {
    trial = await openTrial({ ...options, office: OFFICE_TEXT });
    await trial.start();
    return trial;
  };
}

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
