// What a draft still lacks, in the order in which it is asked for.
import { type Content, DETAIL_PARTS, type DetailPart, type Media } from '../case/case.ts';
import type { Missing } from '../case/command.ts';
import type { AssignStep, InformationClass, MediaKind, PrepareStep, Requirements } from '../sop/sop.ts';

/** Files that count: their bytes are kept and their kind is one the SOP takes. Doubles never get here: they are taken out on arrival. */
export function keptMedia(content: Content): (Media & { state: 'kept' })[] {
  return content.media.filter((media): media is Media & { state: 'kept' } => media.state === 'kept');
}

/** Files whose bytes are still on their way. */
export function pendingMedia(content: Content): Media[] {
  return content.media.filter((media) => media.state === 'pending');
}

/** What this step asks for beside the content. */
export function detailsAsked(step: PrepareStep | AssignStep): DetailPart[] {
  const asked: DetailPart[] = [];
  if (step.kind === 'assign') return step.disposition ? ['disposition', 'assignee'] : ['assignee'];
  const { informationClass, publicInformation, source } = step.requires;
  if (informationClass) asked.push('class');
  if (publicInformation) asked.push('dip', 'sk');
  if (source) asked.push('source');
  return asked;
}

/** The classes of information that a step takes; none where no class is asked for. */
export function classesAllowed(step: PrepareStep | AssignStep): InformationClass[] {
  return step.kind === 'prepare' ? (step.requires.informationClass ?? []) : [];
}

function missingDetails(content: Content, step: PrepareStep | AssignStep): Missing[] {
  const asked = detailsAsked(step);
  return DETAIL_PARTS.filter((part) => asked.includes(part) && content.details?.[part] === undefined).map((part) =>
    part === 'class' ? { part, allowed: classesAllowed(step) } : { part },
  );
}

export function missingOf(content: Content, step: PrepareStep | AssignStep): Missing[] {
  const title: Missing[] = content.title === null ? [{ part: 'title' }] : [];
  const ofContent = step.kind === 'prepare' ? missingContent(content, step.requires) : [];
  return [...title, ...ofContent, ...missingDetails(content, step)];
}

function missingContent(content: Content, requires: Requirements): Missing[] {
  const missing: Missing[] = [];
  if (content.eventDate === null) missing.push({ part: 'date' });
  const min = requires.media?.min ?? 0;
  const have = keptMedia(content).length;
  if (have < min) missing.push({ part: 'media', have, min, pending: pendingMedia(content).length, ...otherKinds(requires) });
  if (requires.caption && content.caption === null) missing.push({ part: 'caption', max: requires.caption.max });
  if (requires.narrative && content.narrative === null) missing.push({ part: 'narrative' });
  return missing;
}

function otherKinds({ media }: Requirements): { kinds?: MediaKind[] } {
  return media?.kinds.some((kind) => kind === 'document' || kind === 'audio') ? { kinds: media.kinds } : {};
}

/** What to ask for now: files that are still on their way are waited for, not asked for. */
export function nextToAsk(missing: Missing[]): Missing | null {
  return missing.find((part) => part.part !== 'media' || part.have + part.pending < part.min) ?? null;
}

/** Kinds of file that a step takes; a prepare step that asks for none takes pictures and videos all the same, a task takes none. */
export function allowedKinds(step: PrepareStep | AssignStep): MediaKind[] {
  return step.kind === 'assign' ? [] : (step.requires.media?.kinds ?? ['photo', 'video', 'document']);
}
