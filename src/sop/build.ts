// Makes an SOP of what its file says: defaults filled in, names as the rules use them.

import type { AssignStep, DecideStep, PublishStep, Requirements, Sop, Step } from './sop.ts';
import type { Written, WrittenSop, WrittenStep } from './sop-shape.ts';
import { versionOf } from './version.ts';

/** The entries that hold something. A key without a value in the file is a key left out. */
function present<T extends object>(entries: { [K in keyof T]: T[K] | null | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined)) as Partial<T>;
}

/** What a step is called whose file does not say it. */
const ACTIVITY: Record<WrittenStep['kind'], string> = {
  prepare: 'Menyerahkan dokumentasi dan konten',
  receive: 'Menerima berkas',
  decide: 'Memeriksa dan memutuskan konten',
  assign: 'Menugaskan pengerjaan konten',
  schedule: 'Menentukan jadwal tayang',
  publish: 'Menayangkan konten',
};

export function buildSop(written: WrittenSop): Sop {
  const { dates } = written;
  const content: Omit<Sop, 'version'> = {
    id: written.id,
    title: written.title,
    agency: written.agency,
    roles: written.roles,
    steps: written.steps.map((step) => buildStep(step, written.steps)),
    dates: present<Sop['dates']>({ made: dates?.made, revised: dates?.revised, effective: dates?.effective }),
    legalBasis: written.legal_basis ?? [],
    qualifications: written.qualifications ?? [],
    equipment: written.equipment ?? [],
    related: written.related ?? [],
    warnings: written.warnings ?? [],
    recording: written.recording ?? [],
    ...present<Pick<Sop, 'number' | 'enactedBy' | 'copies'>>({
      number: written.number,
      enactedBy: written.enacted_by,
      copies: written.copies,
    }),
  };
  return { ...content, version: versionOf(content) };
}

function buildStep(step: WrittenStep, all: WrittenStep[]): Step {
  const common = {
    id: step.id,
    role: step.role,
    activity: step.activity ?? ACTIVITY[step.kind],
    due: step.due,
    output: step.output ?? [],
    ...present<Pick<Step, 'needsText' | 'timeText' | 'outputText' | 'remarks'>>({
      needsText: step.needs_text,
      timeText: step.time_text,
      outputText: step.output_text,
      remarks: step.remarks,
    }),
  };
  switch (step.kind) {
    case 'prepare':
      return { ...common, kind: 'prepare', requires: buildRequirements(step.requires) };
    case 'decide':
      return { ...common, kind: 'decide', ...buildDecide(step, all) };
    case 'assign':
      return { ...common, kind: 'assign', ...buildAssign(step, all) };
    case 'publish':
      return { ...common, kind: 'publish', ...buildPublish(step) };
    case 'receive':
    case 'schedule':
      return { ...common, kind: step.kind };
  }
}

function buildRequirements(written: Written<'prepare'>['requires']): Requirements {
  return {
    narrative: written?.narrative ?? false,
    ...present<Omit<Requirements, 'narrative'>>({
      media: written?.media,
      caption: written?.caption,
      informationClass: written?.information_class,
      publicInformation: written?.public_information,
      source: written?.source,
      checklist: written?.checklist,
    }),
  };
}

function buildDecide(
  step: Written<'decide'>,
  all: WrittenStep[],
): Pick<DecideStep, 'needs' | 'rejectTo' | 'labels' | 'acceptedAs' | 'mayRepair' | 'mayCorrect' | 'checklist'> {
  // The checks before have made sure that there is one: the maker's step, to whom a rejection goes unless the SOP says otherwise.
  const maker = all.slice(0, all.indexOf(step)).findLast(({ kind }) => kind === 'prepare');
  return {
    needs: step.needs ?? 'any',
    rejectTo: step.reject_to ?? String(maker?.id),
    labels: step.labels ?? { accept: 'TERIMA', reject: 'TOLAK' },
    ...present<Pick<DecideStep, 'acceptedAs' | 'mayRepair' | 'mayCorrect' | 'checklist'>>({
      acceptedAs: step.accepted_as,
      mayRepair: step.repair,
      mayCorrect: step.correct,
      checklist: step.checklist,
    }),
  };
}

function buildAssign(step: Written<'assign'>, all: WrittenStep[]): Pick<AssignStep, 'assignTo' | 'disposition'> {
  const next = all.slice(all.indexOf(step)).find(({ kind }) => kind === 'prepare');
  return present<Pick<AssignStep, 'assignTo' | 'disposition'>>({ assignTo: step.assign_to ?? next?.id, disposition: step.disposition });
}

function buildPublish(step: Written<'publish'>): Pick<PublishStep, 'channels' | 'channelsNeeded' | 'accessibility'> {
  return {
    channels: step.channels,
    ...present<Pick<PublishStep, 'channelsNeeded' | 'accessibility'>>({
      channelsNeeded: step.channels_needed,
      accessibility: step.accessibility,
    }),
  };
}
