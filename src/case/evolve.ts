// How each event changes a case. Nothing is judged here: what happened, happened.
import type { Instant } from '../time.ts';
import type { Case, CaseEvent, Content, DetailPart, Media, MediaId, State, Stay, Text, Told } from './case.ts';

const EMPTY: Content = { title: null, eventDate: null, caption: null, narrative: null, media: [] };

function opened(event: CaseEvent & { type: 'opened' }): Case {
  const maker = event.by;
  return {
    id: event.id,
    office: event.office,
    sop: event.sop,
    maker,
    home: event.home,
    openedAt: event.at,
    number: null,
    content: EMPTY,
    revisions: [],
    rounds: { [event.step]: 1 },
    decisions: [],
    responses: [],
    publications: [],
    proofs: [],
    told: [],
    stays: [],
    handedInLate: false,
    state: { status: 'draft', step: event.step, role: event.role, round: 1, enteredAt: event.at, dueAt: event.dueAt },
  };
}

/** The stay that ends when the case leaves its step. */
function stayed(c: Case, at: Instant): Stay[] {
  if (!('step' in c.state)) return c.stays;
  const { step, role, round, enteredAt, dueAt } = c.state;
  return [...c.stays, { step, role, round, enteredAt, dueAt, leftAt: at }];
}

function enters(c: Case, at: Instant, state: State & { step: string; round: number }): Case {
  return { ...c, stays: stayed(c, at), responses: [], rounds: { ...c.rounds, [state.step]: state.round }, state };
}

/** Whoever has the case in hand now has made what lies at its step. */
function makersWith(c: Case): NonNullable<Case['makers']> {
  const step = 'step' in c.state ? c.state.step : '';
  return { ...c.makers, [step]: { person: c.maker, home: c.home } };
}

/** The material stays readable in its revision; the draft begins with what everybody already knows of the event. */
function taken(c: Case, { by, home }: CaseEvent & { type: 'taken' }): Case {
  if (c.state.status !== 'making') return c;
  const { kept: half, ...state } = c.state;
  const { title, eventDate, details } = c.content;
  const content = half ? c.content : { ...EMPTY, title, eventDate, ...(details === undefined ? {} : { details }) };
  const after: Case = { ...c, maker: by, home, content };
  return { ...after, makers: makersWith(after), state: { ...state, taken: by } };
}

/** A draft waits for its new maker with everything in it; at any other step somebody more may act. */
function reassigned(c: Case, { step, round, to, by, at }: CaseEvent & { type: 'reassigned' }): Case {
  const after = { ...c, reassigned: [...(c.reassigned ?? []), { step, round, person: to, by, at }] };
  const { state } = c;
  if (state.status === 'making') {
    const kept = state.taken === null ? {} : ({ kept: true } as const);
    return { ...after, state: { ...state, ...kept, assigned: to, taken: null } };
  }
  if (state.status !== 'returned') return after;
  const { by: from, reason, ...here } = state;
  return { ...after, state: { ...here, status: 'making', assigned: to, taken: null, kept: true, back: { ...from, reason } } };
}

function toldOf({ step, round, rung, dueAt, due, at, digest }: CaseEvent & { type: 'told' }): Told {
  return { step, round, rung, dueAt, due, at, ...(digest ? { digest } : {}) };
}

function withMedia(content: Content, id: MediaId, change: (media: Media) => Media | null): Content {
  return { ...content, media: content.media.map((media) => (media.id === id ? change(media) : media)).filter((media) => media !== null) };
}

function kept(media: Media, event: CaseEvent & { type: 'media-kept' }): Media {
  const { sha256, bytes, mime, kind } = event;
  return { ...media, kind, state: 'kept', sha256, bytes, mime };
}

function withContent(c: Case, content: Partial<Content>): Case {
  return { ...c, content: { ...c.content, ...content } };
}

function withoutDetails({ details, ...content }: Content, dropped: DetailPart[]): Content {
  const kept = { ...details };
  for (const part of dropped) delete kept[part];
  return Object.keys(kept).length > 0 ? { ...content, details: kept } : content;
}

function withDue(c: Case, dueAt: Instant | null): Case {
  return 'step' in c.state ? { ...c, state: { ...c.state, dueAt } } : c;
}

function withoutMedia(c: Case, id: MediaId): Case {
  return { ...c, content: withMedia(c.content, id, () => null), proofs: c.proofs.filter((proof) => proof.id !== id) };
}

export function evolve(before: Case | null, event: CaseEvent): Case {
  if (event.type === 'opened') return opened(event);
  if (before === null) throw new Error(`A case begins with 'opened', not with '${event.type}'`);
  const c = before;
  switch (event.type) {
    case 'sop-chosen': {
      const { step, role, dueAt, at, dropped = [] } = event;
      const content = withoutDetails(c.content, dropped);
      return {
        ...c,
        content,
        sop: event.sop,
        rounds: { [step]: 1 },
        state: { status: 'draft', step, role, round: 1, enteredAt: at, dueAt },
      };
    }
    case 'titled':
      return withContent(c, { title: event.title });
    case 'dated':
      return withDue(withContent(c, { eventDate: event.eventDate }), event.dueAt);
    case 'detailed':
      return withContent(c, { details: { ...c.content.details, [event.part]: event.text } });
    case 'captioned':
      return withContent(c, { caption: event.caption });
    case 'narrated':
      return withContent(c, { narrative: event.narrative });
    case 'media-added':
      return event.media.proofOf === undefined && event.media.formOf === undefined
        ? withContent(c, { media: [...c.content.media, event.media] })
        : { ...c, proofs: [...c.proofs, event.media] };
    case 'media-kept':
      return withContent(
        { ...c, proofs: c.proofs.map((proof) => (proof.id === event.media ? kept(proof, event) : proof)) },
        {
          media: withMedia(c.content, event.media, (media) => kept(media, event)).media,
        },
      );
    case 'media-doubled':
    case 'media-refused':
    case 'media-dropped':
      return withoutMedia(c, event.media);
    case 'handed-in':
      return { ...c, number: event.number, revisions: [...c.revisions, event.revision], handedInLate: c.handedInLate || event.late };
    case 'handed-on': {
      const { step, role, round, dueAt, at, assigned } = event;
      const on = enters(c, at, { status: 'making', assigned, taken: null, step, role, round, enteredAt: at, dueAt });
      return { ...on, makers: makersWith(c) };
    }
    case 'taken':
      return taken(c, event);
    case 'repaired': {
      const { revision } = event;
      const text = (words: string | null, old: Text | null) => (words === null || words === old?.text ? old : { text: words });
      const { caption, narrative } = c.content;
      const content = { caption: text(revision.caption, caption), narrative: text(revision.narrative, narrative) };
      return withContent({ ...c, revisions: [...c.revisions, revision] }, content);
    }
    case 'scheduled':
      return { ...c, schedule: event.schedule };
    case 'form-provided': {
      const { form, text, file, by, at } = event;
      return { ...c, forms: [...(c.forms ?? []), { form, text, file, person: by, at }] };
    }
    case 'entered': {
      const { step, role, round, dueAt, at, status, back } = event;
      const there = { step, role, round, enteredAt: at, dueAt };
      return enters(c, at, status === 'approved' ? { status, ...there } : { status, back, ...there });
    }
    case 'responded': {
      const { step, round, text } = event;
      const others = c.responses.filter((response) => response.person !== event.by);
      return { ...c, responses: [...others, { step, round, person: event.by, text }] };
    }
    case 'decided': {
      const { type: _, by, ...decision } = event;
      return { ...c, decisions: [...c.decisions, { ...decision, person: by }] };
    }
    case 'returned': {
      const { step, role, round, dueAt, at, by, from, reason } = event;
      const back = enters(c, at, { status: 'returned', step, role, round, enteredAt: at, dueAt, by: { person: by, ...from }, reason });
      const made = c.makers?.[step];
      return made === undefined ? back : { ...back, maker: made.person, home: made.home };
    }
    case 'announced':
      return { ...c, publications: [...c.publications, { ...event.publication, person: event.by, at: event.at }] };
    case 'closed':
      return { ...c, stays: stayed(c, event.at), state: { status: 'published', at: event.at } };
    case 'withdrawn':
      return { ...c, stays: stayed(c, event.at), state: { status: 'withdrawn', at: event.at, by: event.by } };
    case 'told':
      return { ...c, told: [...c.told, toldOf(event)] };
    case 'nudged': {
      const { step, round, by, at } = event;
      return { ...c, nudged: { step, round, person: by, at } };
    }
    case 'reassigned':
      return reassigned(c, event);
    case 'due-moved':
      return withDue(c, event.dueAt);
  }
}
