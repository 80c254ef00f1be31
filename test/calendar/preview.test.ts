import { expect, test } from 'vitest';
import { previewOf } from '../../src/calendar/preview.ts';
import type { Due, Sop, Step } from '../../src/sop/sop.ts';
import { local, officeTime } from './local-time.ts';

const closing = (days: number, from: 'event' | 'handover' | 'step'): Due => ({
  kind: 'days',
  days,
  from,
  calendar: false,
  at: 'office-close',
});
const within = (amount: number, unit: 'm' | 'h' | 'd', from: 'step' | 'schedule' = 'step'): Due => ({ kind: 'within', amount, unit, from });
const step = (kind: 'prepare' | 'receive' | 'assign' | 'schedule' | 'publish', due: Due): Step => {
  const common = { id: kind, role: `peran_${kind}`, activity: '', due, output: [] };
  if (kind === 'prepare') return { ...common, kind, requires: { narrative: true } };
  if (kind === 'publish') return { ...common, kind, channels: [] };
  return { ...common, kind };
};
const sopOf = (...steps: Step[]): Sop => ({
  id: 'contoh',
  version: '',
  title: '',
  agency: '',
  roles: {},
  steps,
  dates: {},
  legalBasis: [],
  qualifications: [],
  equipment: [],
  related: [],
  warnings: [],
  recording: [],
});
const dues = (...steps: Step[]) =>
  previewOf(sopOf(...steps), officeTime(), { event: '2026-11-20', handover: local('2026-11-20 14:00') }).map((row) => row.due);

test('each step is named with its role and its deadline', () => {
  const rows = previewOf(
    sopOf(
      step('prepare', { kind: 'days', days: 0, from: 'event', calendar: false, at: 'day-end' }),
      step('receive', closing(1, 'handover')),
      step('publish', closing(1, 'event')),
    ),
    officeTime(),
    { event: '2026-11-19', handover: local('2026-11-20 14:00') },
  );
  expect(rows).toEqual([
    { step: 'prepare', role: 'peran_prepare', due: local('2026-11-19 23:59:59') },
    { step: 'receive', role: 'peran_receive', due: local('2026-11-23 16:00') },
    { step: 'publish', role: 'peran_publish', due: local('2026-11-20 16:30') },
  ]);
});

test('behind the first prepare step the hand-in is the entry, whatever time the step was given', () => {
  expect(dues(step('prepare', within(1, 'd')), step('receive', within(1, 'h')))).toEqual([
    local('2026-11-23 14:00'),
    local('2026-11-20 15:00'),
  ]);
});

test('every other step enters when the steps before it are due at the latest', () => {
  expect(
    dues(
      step('assign', within(15, 'm')),
      step('prepare', within(1, 'd')),
      step('receive', within(2, 'h')),
      step('prepare', within(1, 'h')),
      step('publish', within(15, 'm')),
    ),
  ).toEqual([
    local('2026-11-20 14:15'),
    local('2026-11-23 14:15'),
    local('2026-11-20 16:00'),
    local('2026-11-23 08:00'),
    local('2026-11-23 08:15'),
  ]);
});

test('a step that is due earlier than the one before it does not turn time back', () => {
  expect(dues(step('receive', closing(1, 'handover')), step('assign', closing(0, 'event')), step('publish', within(30, 'm')))).toEqual([
    local('2026-11-23 16:00'),
    local('2026-11-20 16:30'),
    local('2026-11-24 08:00'),
  ]);
});

test('a tentative step has no deadline and leaves the entry of the next as it is', () => {
  expect(dues(step('receive', within(1, 'h')), step('assign', { kind: 'tentative' }), step('publish', within(30, 'm')))).toEqual([
    local('2026-11-20 15:00'),
    null,
    local('2026-11-20 15:30'),
  ]);
});

test('publishing counts from the deadline of the schedule step, and is open as long as that is', () => {
  expect(dues(step('receive', within(1, 'h')), step('schedule', within(15, 'm')), step('publish', within(15, 'm', 'schedule')))).toEqual([
    local('2026-11-20 15:00'),
    local('2026-11-20 15:15'),
    local('2026-11-20 15:30'),
  ]);
  expect(dues(step('schedule', { kind: 'tentative' }), step('publish', within(15, 'm', 'schedule')))).toEqual([null, null]);
});

test('without a schedule step publishing counts from the approval', () => {
  expect(dues(step('receive', within(1, 'h')), step('publish', within(15, 'm', 'schedule')))).toEqual([
    local('2026-11-20 15:00'),
    local('2026-11-20 15:15'),
  ]);
});
