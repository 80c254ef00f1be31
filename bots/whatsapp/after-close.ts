// What a closed connection means: go on at once, go on after a pause, or stop and say so. A code that stops is never tried again by itself:
// trying again is what turns a warning into a ban.

/** Why it does not go on by itself. */
export type StopReason =
  /** The number was unlinked on the phone, or lost. */
  | 'logged-out'
  /** Another connection has taken this one's place. */
  | 'replaced'
  /** WhatsApp has restricted the number. */
  | 'restricted'
  /** The stored session does not fit what WhatsApp expects. */
  | 'mismatch'
  /** WhatsApp does not take this version any more. */
  | 'version'
  /** The session fails again and again. */
  | 'bad-session';

export type AfterClose = { do: 'at-once' } | { do: 'pause' } | { do: 'stop'; why: StopReason };

const STOPS: Record<number, StopReason> = {
  401: 'logged-out',
  403: 'restricted',
  405: 'version',
  411: 'mismatch',
  419: 'mismatch',
  440: 'replaced',
  463: 'restricted',
};
const RESTART = 515;
const BAD_SESSION = 500;
/** So many bad sessions in a row are no accident. */
export const BAD_SESSIONS_MAX = 8;

/** `code`: as Baileys names it; `null` when there was none. `badSessions`: how many closes in a row were one, this one included. */
export function afterClose(code: number | null, badSessions: number): AfterClose {
  const stop = code === null ? undefined : STOPS[code];
  if (stop !== undefined) return { do: 'stop', why: stop };
  if (code === RESTART) return { do: 'at-once' };
  if (code === BAD_SESSION && badSessions >= BAD_SESSIONS_MAX) return { do: 'stop', why: 'bad-session' };
  return { do: 'pause' };
}

export function isBadSession(code: number | null): boolean {
  return code === BAD_SESSION;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** 1 to 60 seconds, doubling with every failure in a row; `jitter` in [0, 1) takes away up to half. */
export function pauseMs(failures: number, jitter: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(full * (1 - jitter / 2));
}
