// Files whose bytes are still on their way.
import { sql } from 'drizzle-orm';
import type { MediaId } from '../src/case/case.ts';
import type { ChannelName } from '../src/office/office.ts';
import type { PendingMedia } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { Run } from './line.ts';
import { type Session, within } from './session.ts';
import { instantParam } from './values.ts';

/** Counted before the work: a crash counts too. */
export async function claimMedia(session: Session, media: MediaId, now: Instant): Promise<PendingMedia | null> {
  const [owner] = await session.run<{ office: string; case: string }>(sql`select office, "case" from alur_case_of_media(${media})`);
  if (!owner) return null;
  const [row] = await within<{ attempts: number }>(
    session,
    owner.office,
    sql`update media set attempts = attempts + 1, tried_at = ${instantParam(now)} where id = ${media} and state = 'pending' returning attempts`,
  );
  return row ? { id: media, office: owner.office, case: owner.case, attempts: row.attempts } : null;
}

/** Asked before the office is known: whoever holds that channel fetches the file. */
export async function channelOfMedia(run: Run, media: MediaId): Promise<ChannelName | null> {
  const [row] = await run<{ channel: ChannelName | null }>(sql`select alur_channel_of_media(${media}) as channel`);
  return row?.channel ?? null;
}
