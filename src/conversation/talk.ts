// The working copy of one message's hearing: commands are carried out on it one after the other, answers are collected on it.
import type { Case, CaseEvent } from '../case/case.ts';
import type { Command, Refusal } from '../case/command.ts';
import { named } from '../case/facts.ts';
import type { Named, Notice, Outgoing, Question } from '../case/outgoing.ts';
import { turn } from '../case/turn.ts';
import type { Office, Person } from '../office/office.ts';
import { personOf } from '../office/office.ts';
import type { RefusalRecord } from '../ports/store.ts';
import type { Sop } from '../sop/sop.ts';
import type { Conversation } from './conversation.ts';
import type { DeputyChange, Outcome, Situation, Startable } from './situation.ts';

/** Taps that are confirmed with a message of its own when they were made in words. */
const ALOUD: Extract<Notice, { notice: 'tap-taken' }>['what'][] = ['received', 'accepted', 'rejected'];

export class Talk {
  readonly situation: Situation;
  person: Person | null;
  case: Case | null;
  sop: Sop | null;
  office: Office | null;
  conversation: Conversation;
  private before: Case | null;
  private readonly events: CaseEvent[] = [];
  private readonly out: Outgoing[] = [];
  private readonly refusals: RefusalRecord[] = [];
  private readonly deputies: DeputyChange[] = [];
  private answered = false;

  constructor(situation: Situation) {
    this.situation = situation;
    this.before = situation.subject?.case ?? null;
    this.case = this.before;
    this.sop = situation.subject?.sop ?? null;
    this.office = situation.subject?.office ?? situation.memberships[0]?.office ?? null;
    // Only the very next message may be the rest of the one before.
    const { piece, ...conversation } = situation.conversation;
    this.conversation = piece ? conversation : situation.conversation;
    const member = situation.memberships.find(({ office }) => office.id === this.office?.id);
    this.person = member && this.office ? (personOf(this.office, member.person.id) ?? null) : null;
  }

  /** Who speaks, as the office knows him. */
  get by(): string | null {
    return this.person?.id ?? null;
  }

  /** A new case is about to begin here, in place of the one that was looked up. */
  begin({ office, sop, person }: Startable): void {
    this.before = null;
    this.case = null;
    this.office = office;
    this.sop = sop;
    this.person = person;
  }

  get named(): Named | null {
    return this.case && this.office ? named(this.case, this.office) : null;
  }

  say(notice: Notice): void {
    this.out.push({ out: 'say', to: { chat: this.situation.heard.chat }, notice });
  }

  /** A matter of this office, and of nobody's case. */
  enter(office: Office, person: Person): void {
    this.office = office;
    this.person = person;
  }

  change(change: DeputyChange): void {
    this.deputies.push(change);
  }

  /** Says something of the case at hand, if there is one. */
  sayOf(notice: (named: Named) => Notice): void {
    const { named } = this;
    if (named) this.say(notice(named));
  }

  send(...outgoing: Outgoing[]): void {
    this.out.push(...outgoing);
  }

  ask(question: Question, more: Partial<Extract<Notice, { notice: 'question' }>> = {}): void {
    if (!this.named) return;
    // The newest question is the one that is answered.
    this.conversation = { focus: this.conversation.focus, asking: question };
    this.say({ notice: 'question', question, named: this.named, ...more });
  }

  /** Every tap is answered, once. */
  answer(notice: Notice | null, alert = false): void {
    const { what, chat, account } = this.situation.heard;
    if (what.kind !== 'tap' || this.answered) return;
    this.answered = true;
    if (what.spoken) return this.answerAloud(notice);
    this.out.push({ out: 'answer', tap: what.tap, chat, account, notice, alert });
  }

  /** In words, where the tap was made in words: what was decided, and what was refused. Everything else shows of itself. */
  private answerAloud(notice: Notice | null): void {
    if (notice === null || (notice.notice === 'tap-taken' && !ALOUD.includes(notice.what))) return;
    const { named } = this;
    this.say(notice.notice === 'tap-taken' && named ? { ...notice, named } : notice);
  }

  /** The reason or response that came along with a tap in words. */
  get spokenText(): string | null {
    const { what } = this.situation.heard;
    const spoken = what.kind === 'tap' && what.spoken;
    return spoken ? spoken.text : null;
  }

  /** Carries out a command; a refusal is recorded and handed back, not said. */
  /** A decision says where it was made: on the message that was tapped, or in the one that said it. */
  private signed(command: Command): Command {
    if (command.type !== 'receive' && command.type !== 'accept' && command.type !== 'reject') return command;
    const { chat, what } = this.situation.heard;
    return { ...command, via: { channel: chat.channel, message: 'message' in what ? what.message : null } };
  }

  act(command: Command): Refusal | null {
    const { sop, office } = this;
    if (!sop || !office) return this.refused({ refused: 'nothing-open' }, command.type);
    const { now, serial } = this.situation;
    const turned = turn(this.case, this.signed(command), { now, office, sop, serial });
    if (!turned.ok) return this.refused(turned.refusal, command.type);
    this.case = turned.after;
    this.events.push(...turned.events);
    this.out.push(...turned.outgoing);
    return null;
  }

  refused(refusal: Refusal, wanted: string): Refusal {
    const { heard, now } = this.situation;
    this.refusals.push({
      office: this.office?.id ?? null,
      case: this.case?.id ?? null,
      account: `${heard.chat.channel}:${heard.from?.id ?? ''}`,
      person: this.by,
      refused: refusal.refused,
      wanted,
      at: now,
    });
    return refusal;
  }

  /** Says a refusal where the message came from: as an alert on a tap, as a message otherwise. */
  sayRefusal(refusal: Refusal): void {
    const notice: Notice = { notice: 'refusal', refusal, named: this.named };
    if (this.situation.heard.what.kind === 'tap') this.answer(notice, true);
    else this.say(notice);
  }

  outcome(ending: Outcome['ending']): Outcome {
    this.answer(null);
    const { sop, office } = this;
    const saved =
      this.case && sop && office && this.events.length > 0
        ? { subject: { case: this.case, sop, office }, before: this.before, events: this.events }
        : null;
    const { out: outgoing, refusals, conversation, deputies } = this;
    return { ending, saved, outgoing, office: office?.id ?? null, conversation, refusals, deputies };
  }
}
