// An office: its time, its people and who holds which role. Read from the office file; kept in the database.
import type { Instant, LocalDate, LocalTime } from '../time.ts';

export type PersonId = string;
export type ChannelName = 'telegram' | 'whatsapp';

export interface Chat {
  channel: ChannelName;
  /** The platform's own chat id, as text (64 bits on Telegram). */
  id: string;
}

/** Groups of Telegram have a negative number, those of WhatsApp a server of their own. */
export function isGroupChat({ channel, id }: Chat): boolean {
  return channel === 'telegram' ? id.startsWith('-') : id.endsWith('@g.us');
}

export interface Person {
  id: PersonId;
  name: string;
  roles: string[];
  nip?: string;
  position?: string;
  /** SOP id → the numbers of its qualifications that he has, from 1. */
  qualifications?: Record<string, number[]>;
  /** Accounts bound by the file itself. */
  telegram?: string;
  whatsapp?: string;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export interface Span {
  from: LocalTime;
  to: LocalTime;
}
/** Opening spans of each weekday, in order; an absent day is closed. `always`: every minute of every day counts. */
export type Hours = 'always' | Partial<Record<Weekday, Span[]>>;

export interface Holiday {
  date: LocalDate;
  name: string;
  /** `true` makes a listed free day a working day. */
  open: boolean;
}

/** What the calendar needs to know of an office. */
export interface OfficeTime {
  /** IANA zone. */
  timezone: string;
  hours: Hours;
  seasons: { from: LocalDate; to: LocalDate; hours: Hours }[];
  /** On top of the national table. */
  holidays: Holiday[];
  /** No reminders between these times; `from` may be later than `to` (over midnight). */
  quiet: Span | null;
}

/** The rungs of the ladder after the deadline, in working time (for `elapsed` clocks the step's own length counts instead). */
export interface Ladder {
  /** A reminder when this part of the time is left. */
  remindAtPart: number;
  remindMinMs: number;
  escalateAfterMs: number[];
  /** When the daily digest is told on working days; left out: a quarter of an hour after opening. `false`: never. */
  daily?: LocalTime | false;
}

/** Plh: in the absence of somebody who holds the role. Plt: of a role that nobody holds. */
export type Capacity = 'plt' | 'plh';

/** Somebody acts in another's stead, on the days from `from` to `to`, both included; `null`: until further notice. */
export interface Deputy {
  kind: Capacity;
  by: PersonId;
  /** `null`: the role has nobody. */
  for: PersonId | null;
  roles: string[];
  from: LocalDate;
  to: LocalDate | null;
  /** Number of the letter that says so. */
  letter?: string;
  /** Set in a chat by the person himself, not by the office file. `id`: a UUID. */
  chat?: { id: string; at: Instant };
}

export interface Office extends OfficeTime {
  id: string;
  name: string;
  /** Pattern of the register number, such as `{number:4}/REG-KONTEN/DISDAGPERIN/{roman_month}/{year}`. */
  register: string;
  ladder: Ladder;
  /** Ids of the SOPs, in the file's order. */
  sops: string[];
  /** Who is told when a step is late, nearest level first. */
  supervisors: PersonId[][];
  people: Person[];
  groups: { role: string; chat: Chat }[];
  /** Those of the file, then those set in chats. */
  deputies?: Deputy[];
}

export function personOf(office: Office, id: PersonId): Person | undefined {
  return office.people.find((person) => person.id === id);
}

/** Who has no role of his own may look after those who have, or act for one of them. */
export function isOfTheOffice(office: Office, { id, roles }: Person): boolean {
  return roles.length > 0 || isSupervisor(office, id) || (office.deputies ?? []).some(({ by }) => by === id);
}

export function isSupervisor(office: Office, id: PersonId): boolean {
  return office.supervisors.some((level) => level.includes(id));
}
