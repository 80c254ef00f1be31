// The people of a run: makers, reviewers and a publisher who mostly do what is asked of them and sometimes anything; and the office that
// changes its mind about them.
import { settleDeputies } from '../../bots/deputies.ts';
import { reseat } from '../../bots/reseat.ts';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { addDays } from '../../src/calendar/dates.ts';
import type { Case } from '../../src/case/case.ts';
import { isOpen } from '../../src/case/decide-collect.ts';
import { candidatesOf, draftStep } from '../../src/case/facts.ts';
import type { Question } from '../../src/case/outgoing.ts';
import { classesAllowed, missingOf } from '../../src/draft/missing.ts';
import { holdersOf } from '../../src/office/deputies.ts';
import type { Deputy, Office, Person } from '../../src/office/office.ts';
import type { LocalDate } from '../../src/time.ts';
import type { Corridor } from '../support/corridor.ts';
import { lettersOf, type Shown } from '../support/fake-platform.ts';
import type { Seeded } from '../support/seeded.ts';
import { allWords, answerTo, publishWords, stepsOf, turnWords } from './words.ts';
import type { World } from './worlds.ts';

type Bring = (send: () => Promise<void>) => Promise<void>;
/** Carries out what may crash until it has come to its end. */
type Enforce = (work: () => Promise<unknown>) => Promise<void>;
interface Tapped {
  word: string;
  who: string;
  tap: string;
  card: string;
  chat: string;
}

type Draft = Case & { state: { step: string } };

const STRANGER = '6666';
/** How willing people are to answer what they were asked, of ten times. */
const WILLING: Partial<Record<Question['ask'], number>> = {
  reason: 0.8,
  response: 0.5,
  link: 0.8,
  form: 0.8,
  waive: 0.8,
  schedule: 0.8,
  repair: 0.8,
};

export class People {
  readonly offices: { from: number; office: Office }[];
  private readonly corridor: Corridor;
  private readonly chance: Seeded;
  private readonly world: World;
  private readonly base: Office;
  private readonly bring: Bring;
  private readonly enforce: Enforce;
  private readonly tapped: Tapped[] = [];
  private readonly captions: { user: string; message: object }[] = [];
  private albums = 0;
  private newcomer = false;
  private freeDay: LocalDate | null = null;
  private deputy: Deputy | null = null;
  /** In some runs much is turned down, and old cards are pressed again and again. */
  private readonly strict: boolean;
  readonly makers: string[];
  private readonly reviewers: string[];
  private readonly publishers: string[];
  private readonly everybody: string[];
  private readonly members: string[];
  private readonly supervisors: string[];
  private readonly words: { all: string[]; turn: string[]; onward: string[]; publish: string[] };

  constructor(corridor: Corridor, chance: Seeded, world: World, bring: Bring, enforce: Enforce) {
    this.corridor = corridor;
    this.chance = chance;
    this.world = world;
    this.base = world.office;
    this.bring = bring;
    this.enforce = enforce;
    this.offices = [{ from: 0, office: world.office }];
    this.strict = chance.chance(0.3);
    const { sop } = world;
    const [turn, publishing] = [turnWords(sop, this.strict), publishWords(sop)];
    const accepting = turn.filter((word) => !stepsOf(sop, 'decide').some(({ labels }) => labels.reject === word));
    this.words = { all: allWords(sop), turn, onward: accepting.length > 0 ? accepting : publishing, publish: publishing };
    const people = [...world.office.people, world.newcomer];
    const accounts = (of: (roles: string[]) => boolean) =>
      people.filter(({ roles }) => of(roles)).flatMap(({ telegram }) => telegram ?? []);
    const rolesOf = (at: (kind: string, index: number) => boolean) =>
      new Set(sop.steps.filter(({ kind }, i) => at(kind, i)).map(({ role }) => role));
    const [first, publish] = [rolesOf((_, i) => i === 0), rolesOf((kind) => kind === 'publish')];
    const between = rolesOf((kind, i) => i > 0 && kind !== 'publish');
    this.makers = accounts((roles) => roles.some((role) => first.has(role)));
    this.publishers = accounts((roles) => roles.some((role) => publish.has(role)));
    const reviewers = accounts((roles) => roles.some((role) => between.has(role)));
    this.reviewers = reviewers.length > 0 ? reviewers : this.publishers;
    this.members = accounts((roles) => world.office.groups.some(({ role }) => roles.includes(role)));
    this.supervisors = world.office.supervisors.flat().flatMap((id) => people.find((one) => one.id === id)?.telegram ?? []);
    this.everybody = [...accounts(() => true), STRANGER];
  }

  officeAt(row: number): Office {
    return this.offices.findLast(({ from }) => from <= row)?.office ?? this.base;
  }

  /** One thing that somebody does. */
  async act(): Promise<void> {
    const { chance } = this;
    const roll = chance.below(20);
    const { everybody } = this;
    const group = this.world.group.id;
    const { makers, onward } = this.world.pace;
    if (roll < makers) await this.maker(chance.pick(this.makers));
    else if (roll < makers + onward) await this.onward();
    else if (roll < 16) await this.reviewer(chance.pick(this.reviewers));
    else if (roll < 17) await this.publisher(chance.pick(this.publishers));
    else if (roll < 18 && chance.chance(0.25)) await this.supervisor(chance.pick(this.supervisors));
    else if (roll < 18) await this.tapAnything(chance.pick(everybody), chance.pick([...everybody, group, group]));
    else if (roll < 19) await this.edit();
    else await this.change();
  }

  private async maker(user: string): Promise<void> {
    const { corridor, chance } = this;
    const mine = corridor.cases.filter((c): c is Draft => c.home.id === user && isOpen(c));
    const c = mine.find(({ state }) => state.status === 'returned') ?? mine[0];
    if (chance.chance(0.15)) return this.press(user, chance.pick(this.words.all));
    if (!c) return this.begin(user);
    await this.fill(user, c);
  }

  /** A file opens a draft; a task is opened by hand. */
  begin(user: string): Promise<void> {
    return this.world.sop.steps[0]?.kind === 'assign' ? this.say(user, '/kirim') : this.album(user, 4);
  }

  private async fill(user: string, c: Draft): Promise<void> {
    const { chance } = this;
    const step = draftStep(this.world.sop, c.state.step);
    const min = step.kind === 'prepare' ? (step.requires.media?.min ?? 0) : 0;
    if (c.content.media.length < min || chance.chance(step.kind === 'prepare' ? 0.1 : 0.02)) return this.album(user, min);
    const missing = missingOf(c.content, step).find(({ part }) => part !== 'media' && part !== 'caption');
    if (missing) return this.answer(user, { ask: missing.part, case: c.id } as Question, c);
    // Two taps in a row, before the card has followed the first.
    if (chance.chance(0.1)) await this.press(user, 'Batal');
    const done = step.kind === 'assign' ? 'TUGASKAN' : 'SERAHKAN';
    return this.press(user, chance.chance(0.8) ? done : 'Perbaiki sekarang');
  }

  private async answer(user: string, question: Question, c: Case | undefined): Promise<void> {
    const { chance, corridor, world } = this;
    const step = c && isOpen(c) ? draftStep(world.sop, c.state.step) : null;
    const facts = { now: corridor.now, office: this.officeNow, sop: world.sop };
    const candidates = step && c ? candidatesOf(step, c.maker, facts).map(({ name }) => name) : [];
    const assignees = candidates.length > 0 ? candidates : ['siapa saja'];
    const answer = answerTo(question, chance, { classes: step ? classesAllowed(step) : [], assignees });
    if ('text' in answer) return this.say(user, answer.text);
    if ('press' in answer) return this.press(user, answer.press);
    await this.bring(() => corridor.file(user, { kind: 'photo', bytes: `${user} ${answer.photo}` }));
  }

  private say(user: string, text: string): Promise<void> {
    return this.bring(() => this.corridor.textOnly(user, text));
  }

  /** Of so many files that it is now and then enough. */
  private album(user: string, min: number): Promise<void> {
    const { corridor, chance } = this;
    const album = `a${this.albums++}`;
    return this.bring(async () => {
      for (let i = 0; i < (min < 2 ? 1 : 2) + chance.below(4); i += 1) {
        const file = { kind: 'photo', bytes: `${user} ${chance.below(20)}` } as const;
        await corridor.file(user, file, i === 0 ? { album, caption: `Caption ${album}` } : { album });
      }
    });
  }

  /** Remembers a message with a caption, so that it can be edited later. */
  sent(user: string, body: object): void {
    if ('message' in body && JSON.stringify(body).includes('"caption"')) this.captions.push({ user, message: body.message as object });
  }

  private async edit(): Promise<void> {
    const { captions, chance } = this;
    if (captions.length === 0) return;
    const { message } = chance.pick(captions);
    await this.bring(() =>
      this.corridor.update({ edited_message: { ...message, caption: `Caption baru ${chance.below(100)}`, edit_date: 1 } }),
    );
  }

  /** Mostly the newest card that offers the word, sometimes an old one; sometimes twice; sometimes by somebody else; and once more long after. */
  async press(user: string, word: string, chat = user): Promise<void> {
    const { corridor, chance } = this;
    const cards = corridor.chat(chat).filter((shown) => buttonOf(shown, word) !== null);
    const card = chance.chance(0.8) ? cards.at(-1) : cards[0];
    const tap = card ? buttonOf(card, word) : null;
    if (!card || tap === null) return;
    await this.tap({ word, who: user, tap, card: card.id, chat });
    if (chance.chance(0.3)) await this.tap({ word, who: user, tap, card: card.id, chat });
    if (chance.chance(this.strict ? 0.5 : 0.2)) await this.tap(chance.pick(this.accepting()));
    if (chance.chance(this.strict ? 0.4 : 0.1)) await this.tapForOther(chance.pick(this.tapped), chance.pick(this.everybody));
  }

  /** What was pressed before; who turns much down presses above all what he has once accepted. */
  private accepting(): Tapped[] {
    const accepted = this.tapped.filter(({ word }) => this.words.onward.includes(word));
    return this.strict && accepted.length > 0 ? accepted : this.tapped;
  }

  /** An old card is pressed once more: by whoever pressed it, or in the group by another of its members. */
  async again(): Promise<void> {
    const { chance } = this;
    const { group } = this.world;
    const received = this.accepting().filter(({ chat, word }) => chat === group.id && this.words.onward.includes(word));
    if (received.length > 0 && chance.chance(0.7)) await this.tapForOther(chance.pick(received), chance.pick(this.members));
    else if (this.tapped.length > 0) await this.tap(chance.pick(this.accepting()));
  }

  /** In a group anybody may press; a private button reaches somebody else only by force, in his own chat. */
  private tapForOther(tapped: Tapped, who: string): Promise<void> {
    return this.tap({ ...tapped, who, chat: tapped.chat === this.world.group.id ? tapped.chat : who });
  }

  private async tap(tapped: Tapped): Promise<void> {
    this.tapped.push(tapped);
    await this.bring(() => this.corridor.tap(tapped.who, tapped.tap, tapped.card, tapped.chat));
  }

  /** Any button of the newest messages, whatever it says. */
  private async tapAnything(who: string, chat: string): Promise<void> {
    const { corridor, chance } = this;
    const shown = corridor.chat(chat).slice(-6);
    const all = shown.flatMap(({ id, buttons }) =>
      buttons.flat().flatMap(({ does }) => ('tap' in does ? [{ tap: does.tap, card: id }] : [])),
    );
    if (all.length > 0) await this.tap({ word: '', who: chat === this.world.group.id ? who : chat, ...chance.pick(all), chat });
  }

  private asked(user: string): Question | null {
    return this.corridor.store.tables.conversations.get(`telegram:${user}|${user}`)?.asking ?? null;
  }

  /** What he was asked, mostly. `true`: he has answered. */
  private async answered(user: string): Promise<boolean> {
    const asked = this.asked(user);
    if (!asked || !this.chance.chance(WILLING[asked.ask] ?? 0)) return false;
    await this.answer(user, asked, this.corridor.store.tables.cases.get(asked.case));
    return true;
  }

  /** Somebody whose turn it is does what is wanted of him, or turns it down. */
  private async onward(): Promise<void> {
    const { corridor, chance } = this;
    const waiting = corridor.cases.filter(({ state }) => ['running', 'approved', 'making'].includes(state.status));
    if (waiting.length === 0) return this.maker(chance.pick(this.makers));
    if (this.strict && chance.chance(0.3)) return this.again();
    const c = chance.pick(waiting);
    if (isOpen(c)) return this.fill(c.home.id, c);
    const { state } = c;
    const role = 'role' in state ? state.role : '';
    const users = holdersOf(this.officeNow, role, corridor.now).flatMap(({ telegram }) => telegram ?? []);
    if (users.length === 0) return;
    await (state.status === 'approved' ? this.publisher(chance.pick(users)) : this.reviewer(chance.pick(users)));
  }

  private async reviewer(user: string): Promise<void> {
    const { chance } = this;
    if (await this.answered(user)) return;
    const offered = this.words.turn.filter((word) => this.corridor.chat(user).some((shown) => buttonOf(shown, word) !== null));
    const word = offered.length > 0 && chance.chance(0.8) ? chance.pick(offered) : chance.pick(this.words.all);
    await this.press(user, word, chance.chance(this.strict ? 0.5 : 0.2) ? this.world.group.id : user);
  }

  private async publisher(user: string): Promise<void> {
    if (await this.answered(user)) return;
    await this.press(user, this.chance.pick(this.words.publish));
  }

  /** Who supervises reminds, or gives what is late to somebody else: he is asked to whom. */
  private async supervisor(user: string): Promise<void> {
    const { chance } = this;
    const names = [...this.officeNow.people.map(({ name }) => name), 'Ingatkan', 'Alihkan', 'Alihkan'];
    const offered = names.filter((word) => this.corridor.chat(user).some((shown) => buttonOf(shown, word) !== null));
    if (offered.length > 0) await this.press(user, chance.pick(offered));
  }

  /** Somebody loses his role or leaves, somebody comes to stay, stands in for another, or a day near by becomes free. */
  private async change(): Promise<void> {
    const { base, chance, corridor, world } = this;
    const roll = chance.below(6);
    if (roll === 3) this.newcomer = true;
    const today = calendarOf(base).dateOf(corridor.now);
    if (roll === 4) this.freeDay = this.freeDay === null ? addDays(today, 1 + chance.below(4)) : null;
    if (roll === 5)
      this.deputy = this.deputy === null ? { ...world.standingIn, from: addDays(today, chance.below(2)), to: addDays(today, 3) } : null;
    const stay = roll === 1 ? base.people.filter(({ id }) => id !== world.leaving) : base.people;
    const without = (id: string) =>
      (roll === 0 && id === world.leaving) || (roll === 2 && id === world.replaced && this.newcomer) || (roll === 1 && id === world.losing);
    await this.apply({ ...base, people: stay.map((person) => (without(person.id) ? { ...person, roles: [] } : person)) });
  }

  /** Everybody has his role again; who came stays. */
  async settle(): Promise<void> {
    this.freeDay = null;
    this.deputy = null;
    await this.apply(this.base);
  }

  /** As the office's file is applied: those who act from now on get the cards that wait, and deadlines follow the calendar. */
  private async apply(office: Office): Promise<void> {
    const { corridor, world, officeNow: before } = this;
    const { store, clock } = corridor;
    const now: Office = {
      ...office,
      people: this.newcomer ? [...office.people, world.newcomer] : office.people,
      holidays: this.freeDay === null ? office.holidays : [...office.holidays, { date: this.freeDay, name: 'Libur kantor', open: false }],
      ...(this.deputy ? { deputies: [this.deputy] } : {}),
    };
    store.addOffice(now, [world.sop]);
    this.offices.push({ from: store.tables.history.length, office: now });
    await this.enforce(() => settleDeputies(store, before, now.id, corridor.now));
    await this.enforce(() => reseat({ store, clock }, now.id, true));
  }

  get officeNow(): Office {
    return this.offices.at(-1)?.office ?? this.base;
  }

  get holdersNow(): Person[] {
    return this.officeNow.people;
  }
}

export function buttonOf(shown: Shown, word: string): string | null {
  const found = shown.buttons.flat().find(({ label }) => lettersOf(label) === lettersOf(word));
  return found && 'tap' in found.does ? found.does.tap : null;
}
