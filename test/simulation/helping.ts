// Faults have stopped, and everybody does what is asked of him: the case's next step is done by somebody who may, on the card that stands for it.
import type { Case } from '../../src/case/case.ts';
import { formsWanted, isOffline } from '../../src/case/decide-announce.ts';
import { isOpen } from '../../src/case/decide-collect.ts';
import { mayFinish } from '../../src/case/decide-publish.ts';
import { draftKey } from '../../src/case/draft-key.ts';
import { draftStep, stepAt } from '../../src/case/facts.ts';
import { cardKeyText, type Question } from '../../src/case/outgoing.ts';
import { missingOf } from '../../src/draft/missing.ts';
import type { DecideStep, PublishStep, Step } from '../../src/sop/sop.ts';
import type { Corridor } from '../support/corridor.ts';
import type { Shown } from '../support/fake-platform.ts';
import { buttonOf, type People } from './people.ts';
import { goodAnswer } from './words.ts';
import type { World } from './worlds.ts';

type Bring = (send: () => Promise<void>) => Promise<void>;
type Open = Case & { state: { status: 'draft' | 'returned' | 'making'; step: string; round: number } };

export class Helping {
  private readonly corridor: Corridor;
  private readonly people: People;
  private readonly world: World;
  private readonly bring: Bring;
  /** What people help along, where its class is asked for, must be announced at once. */
  atOnce = false;

  constructor(corridor: Corridor, people: People, world: World, bring: Bring) {
    this.corridor = corridor;
    this.people = people;
    this.world = world;
    this.bring = bring;
  }

  async along(c: Case): Promise<void> {
    if (isOpen(c)) return this.maker(c);
    if (!('step' in c.state)) return;
    const step = stepAt(this.world.sop, c.state.step);
    switch (step.kind) {
      case 'assign':
      case 'prepare':
        return this.press(c, this.takers(c, step), 'KERJAKAN');
      case 'receive':
        return this.press(c, this.deciders(c, step), 'DITERIMA');
      case 'decide':
        return this.press(c, this.deciders(c, step), (step as DecideStep).labels.accept);
      case 'schedule':
        return this.asked(c, step, 'schedule', 'ATUR JADWAL');
      case 'publish':
        return this.publish(c, step);
    }
  }

  private accounts(role: string, except: (person: string) => boolean = () => false): string[] {
    const people = this.people.holdersNow.filter(({ id, roles }) => roles.includes(role) && !except(id));
    return people.flatMap(({ telegram }) => telegram ?? []);
  }

  /** Nobody who made it, and nobody who has decided already. */
  private deciders(c: Case, { role, id }: Step): string[] {
    const round = c.rounds[id];
    const made = c.revisions.filter(({ repaired }) => !repaired).map(({ by }) => by);
    const voted = c.decisions
      .filter((one) => one.step === id && one.round === round)
      .flatMap(({ person, onBehalfOf }) => [person, onBehalfOf]);
    return this.accounts(role, (person) => person === c.maker || made.includes(person) || voted.includes(person));
  }

  private takers(c: Case, { role }: Step): string[] {
    const assigned = c.state.status === 'making' ? c.state.assigned : null;
    const named = this.accounts(role, (person) => person !== assigned);
    return named.length > 0 ? named : this.accounts(role);
  }

  private standing(chat: string, key: string): Shown | undefined {
    const card = this.corridor.store.tables.cards.get(`telegram:${chat}|${key}`);
    return this.corridor.chat(chat).find(({ id }) => id === card?.message);
  }

  /** Presses the card that stands for this step; a second copy, left by an answer that was lost, is passed over. */
  private async press({ id, state }: Case, accounts: string[], word: string): Promise<void> {
    const { corridor, world } = this;
    if (!('step' in state)) return;
    const key = cardKeyText({ card: 'step', case: id, step: state.step, round: state.round });
    const places = [...accounts.map((user) => ({ user, chat: user })), ...accounts.map((user) => ({ user, chat: world.group.id }))];
    for (const { user, chat } of places) {
      const card = this.standing(chat, key);
      const tap = card && buttonOf(card, word);
      if (card && tap) return this.bring(() => corridor.tap(user, tap, card.id, chat));
    }
  }

  private asking(user: string): Question | null {
    return this.corridor.store.tables.conversations.get(`telegram:${user}|${user}`)?.asking ?? null;
  }

  /** Answers what one of them was asked about this case, or presses the button that asks. */
  private async asked(c: Case, { role }: Step, ask: Question['ask'], word: string): Promise<void> {
    const accounts = this.accounts(role);
    const user = accounts.find((one) => this.asking(one)?.ask === ask && this.asking(one)?.case === c.id);
    const question = user === undefined ? null : this.asking(user);
    if (user === undefined || question === null) return this.press(c, accounts, word);
    await this.answer(user, question);
  }

  private async publish(c: Case, step: PublishStep): Promise<void> {
    const facts = { now: this.corridor.now, office: this.people.officeNow, sop: this.world.sop };
    if (formsWanted(c, facts)) return this.asked(c, step, 'form', 'Serahkan audio');
    if (mayFinish(c, facts)) return this.press(c, this.accounts(step.role), 'SELESAI');
    await this.asked(c, step, 'link', 'SUDAH TAYANG');
  }

  private photo(user: string): Promise<void> {
    const next = this.corridor.takeUpdateId();
    return this.bring(() => this.corridor.file(user, { kind: 'photo', bytes: `tambahan ${next}` }));
  }

  private answer(user: string, question: Question): Promise<void> {
    if (question.ask === 'media' || (question.ask === 'link' && isOffline(question.channel))) return this.photo(user);
    return this.bring(() => this.corridor.textOnly(user, goodAnswer(question, { assignee: this.assignee, atOnce: this.atOnce })));
  }

  private get assignee(): string {
    const step = this.world.sop.steps.find(({ kind }) => kind === 'prepare');
    return this.people.holdersNow.find(({ roles }) => roles.includes(step?.role ?? ''))?.name ?? '';
  }

  /** Whatever the draft lacks, and then SERAHKAN on its own card. */
  private async maker(c: Open): Promise<void> {
    const { corridor, world } = this;
    const home = c.home.id;
    const card = this.standing(home, cardKeyText(draftKey(c, world.sop)));
    const handIn = card && (buttonOf(card, 'SERAHKAN') ?? buttonOf(card, 'TUGASKAN'));
    if (card && handIn) return this.bring(() => corridor.tap(home, handIn, card.id));
    const focus = corridor.store.tables.conversations.get(`telegram:${home}|${home}`)?.focus;
    if (focus !== c.id) return this.resume(c, card);
    const asking = this.asking(home);
    const [missing] = missingOf(c.content, draftStep(world.sop, c.state.step));
    if (asking?.case === c.id && asking.ask !== 'what-is-it') return this.answer(home, asking);
    if (missing?.part === 'media') return this.photo(home);
    if (asking?.ask === 'what-is-it') return this.pressNewest(home, 'Jadikan nama kegiatan');
    // Beside what came back, it would begin other content.
    if (c.state.status !== 'draft') return this.resume(c, card);
    await this.bring(() => corridor.textOnly(home, '/kirim'));
  }

  /** The draft comes before his eyes again: by the message that it came back with, or by changing something on its card. */
  private async resume(c: Open, card: Shown | undefined): Promise<void> {
    const { corridor } = this;
    const home = c.home.id;
    const again = corridor
      .chat(home)
      .findLast((one) => one.text.includes(c.number?.text ?? '-') && buttonOf(one, 'Perbaiki sekarang') !== null);
    const tap = again && buttonOf(again, 'Perbaiki sekarang');
    if (c.state.status === 'returned' && again && tap) return this.bring(() => corridor.tap(home, tap, again.id));
    const change = card && buttonOf(card, 'Ubah nama kegiatan');
    if (card && change) await this.bring(() => corridor.tap(home, change, card.id));
  }

  private async pressNewest(user: string, word: string): Promise<void> {
    const shown = this.corridor.chat(user).findLast((one) => buttonOf(one, word) !== null);
    const tap = shown && buttonOf(shown, word);
    if (shown && tap) await this.bring(() => this.corridor.tap(user, tap, shown.id));
  }
}
