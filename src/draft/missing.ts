// What a draft still lacks, in the order in which it is asked for.
import { type Content, DETAIL_PARTS, type DetailPart, type Media } from '../case/case.ts';
import type { Missing } from '../case/command.ts';
import type { AssignStep, InformationClass, MediaKind, PrepareStep, Requirements, Step } from '../sop/sop.ts';
import { lengthOf } from '../text/count.ts';

type Kept = Media & { state: 'kept' };

/** Files whose bytes are kept. Doubles never get here: they are taken out on arrival. */
export function keptMedia(content: Content): Kept[] {
  return content.media.filter((media): media is Kept => media.state === 'kept');
}

/** Those of them that count and are handed in: of a kind that the step takes. */
export function countedMedia(content: Content, step: PrepareStep | AssignStep): Kept[] {
  const allowed = allowedKinds(step);
  return keptMedia(content).filter(({ kind }) => allowed.includes(kind));
}

/** The others: sent under an SOP that takes them, before another was chosen. They wait for its being chosen again. */
export function unfitMedia(content: Content, step: Step | undefined): Kept[] {
  const allowed = allowedKinds(step);
  return keptMedia(content).filter(({ kind }) => !allowed.includes(kind));
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
  const ofContent = step.kind === 'prepare' ? missingContent(content, step) : [];
  return [...title, ...ofContent, ...missingDetails(content, step)];
}

function missingContent(content: Content, step: PrepareStep): Missing[] {
  const { requires } = step;
  const missing: Missing[] = [];
  if (content.eventDate === null) missing.push({ part: 'date' });
  const min = requires.media?.min ?? 0;
  const have = countedMedia(content, step).length;
  if (have < min) missing.push({ part: 'media', have, min, pending: pendingMedia(content).length, ...otherKinds(requires) });
  missing.push(...missingCaption(content, requires));
  if (requires.narrative && content.narrative === null) missing.push({ part: 'narrative' });
  return missing;
}

/** Also one that is too long: it was written under an SOP that takes longer ones. */
function missingCaption({ caption }: Content, requires: Requirements): Missing[] {
  if (!requires.caption) return [];
  const { max } = requires.caption;
  if (caption === null) return [{ part: 'caption', max }];
  const length = lengthOf(caption.text);
  return length > max ? [{ part: 'caption', max, length }] : [];
}

function otherKinds({ media }: Requirements): { kinds?: MediaKind[] } {
  return media?.kinds.some((kind) => kind === 'document' || kind === 'audio') ? { kinds: media.kinds } : {};
}

/** What to ask for now: files that are still on their way are waited for, not asked for. */
export function nextToAsk(missing: Missing[]): Missing | null {
  return missing.find((part) => part.part !== 'media' || part.have + part.pending < part.min) ?? null;
}

/** Kinds of file that a step takes; a prepare step that asks for none takes pictures and videos all the same, a task takes none. */
export function allowedKinds(step: Step | undefined): MediaKind[] {
  return step?.kind !== 'prepare' ? [] : (step.requires.media?.kinds ?? ['photo', 'video', 'document']);
}
