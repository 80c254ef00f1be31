// The people of a run: makers, reviewers and a publisher who mostly do what is asked of them and sometimes anything; and the office that
// changes its mind about them.
import { settleDeputies } from '../../bots/deputies.ts';
import { reseat } from '../../bots/reseat.ts';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { addDays } from '../../src/calendar/dates.ts';
import { holdersOf } from '../../src/office/deputies.ts';
import type { Chat, Deputy, Office, Person } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { LocalDate } from '../../src/time.ts';
import type { Corridor } from '../support/corridor.ts';
import { lettersOf, type Shown } from '../support/fake-platform.ts';
import type { Seeded } from '../support/seeded.ts';

/** Andi writes as well as he checks: his own content must wait for somebody else. */
const MAKERS = ['1001', '1006'];
const REVIEWERS = ['1002', '1003', '1004', '1006', '1007', '1008'];
const EVERYBODY = ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008', '6666'];
const WORDS = ['SERAHKAN', 'DITERIMA', 'TERIMA', 'TOLAK', 'TANGGAPAN', 'SUDAH TAYANG', 'Hari ini', 'Perbaiki sekarang', 'Pakai alasan ini'];
export const GROUP: Chat = { channel: 'telegram', id: '-100200' };
/** The publisher decides for the head of the section while she is away. */
const STANDING_IN = { kind: 'plh', by: 'maya', for: 'kartika', roles: ['ketua_ppid_pembantu'] } as const;
const NEWCOMER: Person = { id: 'dina', name: 'Dina', roles: ['ketua_ppid_pembantu'], telegram: '1008' };

/** The sample office with a group of its receivers and somebody who does two things. */
export function busyOffice(office: Office): Office {
  const people = office.people.map((person) =>
    person.id === 'andi' ? { ...person, roles: [...person.roles, 'tim_pertimbangan'] } : person,
  );
  return { ...office, people, groups: [{ role: 'tim_pertimbangan', chat: GROUP }] };
}

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

export class People {
  readonly offices: { from: number; office: Office }[];
  private readonly corridor: Corridor;
  private readonly chance: Seeded;
  private readonly base: Office;
  private readonly sops: Sop[];
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

  constructor(corridor: Corridor, chance: Seeded, office: Office, sops: Sop[], bring: Bring, enforce: Enforce) {
    this.corridor = corridor;
    this.chance = chance;
    this.base = office;
    this.sops = sops;
    this.bring = bring;
    this.enforce = enforce;
    this.offices = [{ from: 0, office }];
    this.strict = chance.chance(0.3);
  }

  officeAt(row: number): Office {
    return this.offices.findLast(({ from }) => from <= row)?.office ?? this.base;
  }

  /** One thing that somebody does. */
  async act(): Promise<void> {
    const { chance } = this;
    const roll = chance.below(20);
    if (roll < 8) await this.maker(chance.pick(MAKERS));
    else if (roll < 14) await this.onward();
    else if (roll < 16) await this.reviewer(chance.pick(REVIEWERS));
    else if (roll < 17) await this.admin();
    else if (roll < 18) await this.tapAnything(chance.pick(EVERYBODY), chance.pick([...EVERYBODY, GROUP.id, GROUP.id]));
    else if (roll < 19) await this.edit();
    else await this.change();
  }

  private async maker(user: string): Promise<void> {
    const { corridor, chance } = this;
    const mine = corridor.cases.filter((c) => c.home.id === user && (c.state.status === 'draft' || c.state.status === 'returned'));
    const c = mine.find(({ state }) => state.status === 'returned') ?? mine[0];
    if (chance.chance(0.15)) return this.press(user, chance.pick(WORDS));
    if (!c || c.content.media.length < 4 || chance.chance(0.1)) return this.album(user);
    if (c.content.title === null) return this.say(user, chance.chance(0.1) ? 'x'.repeat(151) : `Kegiatan ${chance.below(100)}`);
    if (c.content.eventDate === null) return chance.chance(0.2) ? this.say(user, 'entah kapan') : this.press(user, 'Hari ini');
    if (c.content.narrative === null) return this.say(user, `Narasi berita tentang kegiatan nomor ${chance.below(100)}.`);
    // Two taps in a row, before the card has followed the first.
    if (chance.chance(0.1)) await this.press(user, 'Batal');
    return this.press(user, chance.chance(0.8) ? 'SERAHKAN' : 'Perbaiki sekarang');
  }

  private say(user: string, text: string): Promise<void> {
    return this.bring(() => this.corridor.textOnly(user, text));
  }

  private album(user: string): Promise<void> {
    const { corridor, chance } = this;
    const album = `a${this.albums++}`;
    return this.bring(async () => {
      for (let i = 0; i < 2 + chance.below(4); i += 1) {
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
    if (chance.chance(this.strict ? 0.4 : 0.1)) await this.tapForOther(chance.pick(this.tapped), chance.pick(EVERYBODY));
  }

  /** What was pressed before; who turns much down presses above all what he has once accepted. */
  private accepting(): Tapped[] {
    const accepted = this.tapped.filter(({ word }) => word === 'DITERIMA' || word === 'TERIMA');
    return this.strict && accepted.length > 0 ? accepted : this.tapped;
  }

  /** An old card is pressed once more: by whoever pressed it, or in the group by another who may receive. */
  async again(): Promise<void> {
    const { chance } = this;
    const received = this.accepting().filter(({ chat, word }) => chat === GROUP.id && word === 'DITERIMA');
    if (received.length > 0 && chance.chance(0.7)) await this.tapForOther(chance.pick(received), chance.pick(['1002', '1006', '1007']));
    else if (this.tapped.length > 0) await this.tap(chance.pick(this.accepting()));
  }

  /** In a group anybody may press; a private button reaches somebody else only by force, in his own chat. */
  private tapForOther(tapped: Tapped, who: string): Promise<void> {
    return this.tap({ ...tapped, who, chat: tapped.chat === GROUP.id ? GROUP.id : who });
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
    if (all.length > 0) await this.tap({ word: '', who: chat === GROUP.id ? who : chat, ...chance.pick(all), chat });
  }

  private asked(user: string): string | null {
    return this.corridor.store.tables.conversations.get(`telegram:${user}|${user}`)?.asking?.ask ?? null;
  }

  /** Somebody whose turn it is does what is wanted of him, or turns it down. */
  private async onward(): Promise<void> {
    const { corridor, chance } = this;
    const waiting = corridor.cases.filter(({ state }) => state.status === 'running' || state.status === 'approved');
    if (waiting.length === 0) return this.maker(chance.pick(MAKERS));
    if (this.strict && chance.chance(0.3)) return this.again();
    const { state } = chance.pick(waiting);
    if (state.status === 'approved') return this.admin();
    const role = state.status === 'running' ? state.role : '';
    const users = holdersOf(this.officeNow, role, corridor.now).flatMap(({ telegram }) => telegram ?? []);
    if (users.length > 0) await this.reviewer(chance.pick(users));
  }

  private async reviewer(user: string): Promise<void> {
    const { chance } = this;
    const asked = this.asked(user);
    if (asked === 'reason' && chance.chance(0.8))
      return this.say(user, chance.chance(0.2) ? 'pendek' : 'Foto ketiga buram, mohon diganti.');
    if (asked === 'response' && chance.chance(0.5)) return this.say(user, 'Sesuai, mohon segera ditayangkan.');
    const likely = this.strict ? ['DITERIMA', 'TERIMA', 'TOLAK', 'TOLAK'] : ['DITERIMA', 'TERIMA', 'TERIMA', 'TOLAK'];
    const offered = likely.filter((word) => this.corridor.chat(user).some((shown) => buttonOf(shown, word) !== null));
    const word = offered.length > 0 && chance.chance(0.8) ? chance.pick(offered) : chance.pick(WORDS);
    await this.press(user, word, chance.chance(this.strict ? 0.5 : 0.2) ? GROUP.id : user);
  }

  private async admin(): Promise<void> {
    const { chance } = this;
    if (this.asked('1005') === 'link' && chance.chance(0.8))
      await this.say('1005', chance.chance(0.1) ? 'sudah ya' : `https://contoh.go.id/p/${chance.below(1000)}`);
    else await this.press('1005', 'SUDAH TAYANG');
  }

  /** Somebody loses his role or leaves, somebody comes to stay, stands in for another, or a day near by becomes free. */
  private async change(): Promise<void> {
    const { base, chance, corridor } = this;
    const roll = chance.below(6);
    if (roll === 3) this.newcomer = true;
    const today = calendarOf(base).dateOf(corridor.now);
    if (roll === 4) this.freeDay = this.freeDay === null ? addDays(today, 1 + chance.below(4)) : null;
    if (roll === 5)
      this.deputy =
        this.deputy === null
          ? { ...STANDING_IN, roles: [...STANDING_IN.roles], from: addDays(today, chance.below(2)), to: addDays(today, 3) }
          : null;
    const stay = roll === 1 ? base.people.filter(({ id }) => id !== 'citra') : base.people;
    const without = (id: string) =>
      (roll === 0 && id === 'citra') || (roll === 2 && id === 'kartika' && this.newcomer) || (roll === 1 && id === 'budi');
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
    const { corridor, sops, officeNow: before } = this;
    const { store, clock } = corridor;
    const now: Office = {
      ...office,
      people: this.newcomer ? [...office.people, NEWCOMER] : office.people,
      holidays: this.freeDay === null ? office.holidays : [...office.holidays, { date: this.freeDay, name: 'Libur kantor', open: false }],
      ...(this.deputy ? { deputies: [this.deputy] } : {}),
    };
    store.addOffice(now, sops);
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
