// What a failed call means for the message that was to go out: one table, so that nothing permanent is tried for ever and nothing passing is given up.
import type { Sent } from '../channel.ts';
import type { Failed } from './api.ts';

const RETRY_MS = 5000;
const NETWORK_RETRY_MS = 2000;
// A revoked token or a wrong server: an operator has to come, and nothing may be lost until then.
const CLOSED_RETRY_MS = 60_000;

const UNCHANGED = /message is not modified/i;
const GONE =
  /message to edit not found|message can't be edited|message to be replied not found|replied message not found|message to reply not found|message to reply to not found|there is no (text|caption|media) in the message to edit|MESSAGE_ID_INVALID|MESSAGE_NOT_FOUND|query is too old|query ID is invalid/i;
const UNREACHABLE =
  /chat not found|user not found|user is deactivated|PEER_ID_INVALID|chat_write_forbidden|have no rights to send|not enough rights to send|group chat was deactivated|bot was kicked|bot is not a member|need administrator rights/i;

export function sentOf(failed: Failed): Exclude<Sent, { sent: 'yes' }> {
  const { code, description, cause } = failed;
  if (cause === 'unreadable') return { sent: 'later', afterMs: 30_000, why: description };
  if (cause !== 'platform' || code === null) return { sent: 'later', afterMs: NETWORK_RETRY_MS, why: description };
  if (code === 429) return { sent: 'later', afterMs: failed.retryAfterMs ?? RETRY_MS, why: description };
  if (code >= 500) return { sent: 'later', afterMs: failed.retryAfterMs ?? RETRY_MS, why: description };
  if (code === 401 || code === 404 || (code >= 300 && code < 400)) {
    return { sent: 'later', afterMs: CLOSED_RETRY_MS, why: description, whole: true };
  }
  if (failed.migrateTo !== null) return { sent: 'moved', to: failed.migrateTo };
  if (code === 409) return { sent: 'later', afterMs: RETRY_MS, why: description };
  if (UNCHANGED.test(description)) return { sent: 'unchanged' };
  if (GONE.test(description)) return { sent: 'gone' };
  if (code === 403 || UNREACHABLE.test(description)) return { sent: 'unreachable', why: description };
  return { sent: 'refused', why: description };
}

/** The platform does not take the file by its reference, but would take its bytes. */
export function isBadReference(failed: Failed): boolean {
  return (
    failed.cause === 'platform' &&
    failed.code === 400 &&
    /wrong (remote )?file[ _]?id|wrong file identifier|file reference|FILE_REFERENCE|temporarily unavailable|can't use file of type|type of file mismatch|wrong type of the web page content|invalid file/i.test(
      failed.description,
    )
  );
}

/** A picture or video that cannot be shown as one, but can be sent as a file: too large in pixels or bytes, or of another kind than it says. */
export function isBadPicture(failed: Failed): boolean {
  return (
    failed.cause === 'platform' &&
    (failed.code === 400 || failed.code === 413) &&
    /PHOTO_INVALID|PHOTO_EXT_INVALID|PHOTO_SAVE_FILE_INVALID|IMAGE_PROCESS_FAILED|VIDEO_CONTENT_TYPE_INVALID|too big for a photo|too large for a photo/i.test(
      failed.description,
    )
  );
}
