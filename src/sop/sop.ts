// What an SOP is once its file has been read: data, the same for every office that uses it.

/** What `due` counts from: the day of the event, the hand-in of the current revision, the entry of the step, the chosen schedule. */
export type Base = 'event' | 'handover' | 'step' | 'schedule';

export type Due =
  /** The n-th working day after the base's date (`calendar`: every day counts), at office closing or at 23:59:59 local. */
  | { kind: 'days'; days: number; from: Base; calendar: boolean; at: 'office-close' | 'day-end' }
  /** Working time. `m` and `h` are working minutes and hours; `d` is the same clock time on the n-th next working day, its closing at the latest. */
  | { kind: 'within'; amount: number; unit: 'm' | 'h' | 'd'; from: Base }
  /** Wall-clock time. */
  | { kind: 'elapsed'; ms: number; from: Base }
  /** No time of its own: a person may choose one. */
  | { kind: 'tentative' };

export type MediaKind = 'photo' | 'video' | 'document' | 'audio';

export type InformationClass = 'berkala' | 'serta_merta' | 'setiap_saat';
export type AccessibleForm = 'audio' | 'visual' | 'braille';
export type Copy = 'softcopy' | 'hardcopy';

export interface Requirements {
  media?: { min: number; kinds: MediaKind[] };
  /** The news text. */
  narrative: boolean;
  /** `max` in characters as a reader counts them (graphemes). */
  caption?: { max: number };
  /** One of these must be chosen. What is `dikecualikan` may never be published and is never in the list. */
  informationClass?: InformationClass[];
  /** An entry of the Daftar Informasi Publik and the SK that enacted it must be named. */
  publicInformation?: boolean;
  /** Where the material comes from must be written down. */
  source?: boolean;
  /** Sentences that the maker ticks before he hands in. */
  checklist?: string[];
}

export type Needs = 'any' | 'all' | { count: number };

interface StepBase {
  id: string;
  role: string;
  activity: string;
  due: Due;
  output: string[];
  /** What the SOP's own table prints for this row: kelengkapan, waktu, output, keterangan. */
  needsText?: string[];
  timeText?: string;
  outputText?: string;
  remarks?: string[];
}

export interface PrepareStep extends StepBase {
  kind: 'prepare';
  requires: Requirements;
}
export interface ReceiveStep extends StepBase {
  kind: 'receive';
}
export interface DecideStep extends StepBase {
  kind: 'decide';
  needs: Needs;
  /** Id of the earlier step that a rejection goes back to. */
  rejectTo: string;
  labels: { accept: string; reject: string };
  /** What the content is once it is accepted here, as the SOP's own output calls it: "terverifikasi". */
  acceptedAs?: string;
  /** When the case comes back to this step, its holder may repair it himself and pass it on, or reject it further back. */
  mayRepair?: boolean;
  /** Its holder may correct caption and narrative himself before he decides, also when nothing has come back. */
  mayCorrect?: boolean;
  /** Sentences that the decider ticks. */
  checklist?: string[];
}
export interface PublishStep extends StepBase {
  kind: 'publish';
  channels: string[];
  /** `all` (the default): every channel is done or waived with a reason. `any`: one is enough. */
  channelsNeeded?: 'all' | 'any';
  /** So many of these forms must be there before the case may be published. */
  accessibility?: { min: number; forms: AccessibleForm[] };
}
/** A task with disposisi to a named holder of a later step's role. */
export interface AssignStep extends StepBase {
  kind: 'assign';
  /** Id of the later prepare step whose holder is named. */
  assignTo?: string;
  /** A disposition (number, date, text or file) must be given. */
  disposition?: boolean;
}
/** A date and time for publishing, chosen in the chat. */
export interface ScheduleStep extends StepBase {
  kind: 'schedule';
}

export type Step = PrepareStep | ReceiveStep | DecideStep | PublishStep | AssignStep | ScheduleStep;

export interface Sop {
  id: string;
  /** SHA-256 (hex) over the canonical content; a case keeps the version it began with. */
  version: string;
  title: string;
  agency: string;
  /** Role id → label as the SOP prints it. */
  roles: Record<string, string>;
  steps: Step[];
  number?: string;
  dates: { made?: string; revised?: string; effective?: string };
  enactedBy?: string;
  legalBasis: string[];
  qualifications: string[];
  equipment: string[];
  related: string[];
  warnings: string[];
  recording: string[];
  /** How each case is kept. */
  copies?: Copy[];
}
