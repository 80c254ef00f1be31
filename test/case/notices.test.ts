import { describe, expect, test } from 'vitest';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { albumsOf, announce, cardsFor } from '../../src/case/notices.ts';
import { cardKeyText, type Outgoing } from '../../src/case/outgoing.ts';
import {
  accept,
  add,
  CASE,
  caption,
  caseOf,
  DRAFTING,
  date,
  factsAt,
  given,
  handIn,
  history,
  keep,
  narrate,
  open,
  photos,
  publish,
  REASON,
  receive,
  reject,
  SENT_BACK,
  seen,
  TO_CHECKER,
  TO_END,
  TO_HEAD,
  TO_PUBLISHER,
  TO_RECEIVER,
  title,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

/** Each thing that goes out, in a few words. */
function told(out: Outgoing[]): string[] {
  const to = (one: Outgoing) => ('to' in one ? ('person' in one.to ? one.to.person : one.to.chat.id) : 'wherever it stands');
  return out.map((one) => {
    if (one.out === 'say') return `${one.notice.notice} → ${to(one)}`;
    if (one.out === 'answer') return `answer ${one.tap}`;
    if (one.out === 'text') return `${one.part} → ${to(one)}`;
    if (one.out === 'album') return `${one.media.length} files → ${to(one)}`;
    return `${one.out} ${cardKeyText(one.key).replace(`${CASE}/`, '')} → ${to(one)}`;
  });
}

const drafted = history(DRAFTING);
const office = sampleOffice({ groups: [{ role: 'tim_pertimbangan', chat: { channel: 'telegram', id: '-100' } }] });
const facts = factsAt(FRIDAY_9, { office });

describe('while a draft is open', () => {
  const changes: Command[] = [
    open(),
    title(),
    date(),
    caption(),
    narrate(),
    add(1),
    keep(1),
    { type: 'drop-media', media: 'm1', by: 'sari' },
  ];
  test.each(changes.map((command, i) => ({ type: command.type, before: changes.slice(0, i), command })))(
    '$type brings its one card up to date',
    ({ before, command }) => {
      expect(told(given(...history(before)).when(command).sends)).toEqual(['show draft/1 → 1001']);
    },
  );

  test('a double and a file that cannot be used are told of by name', () => {
    const two = history([open(), ...photos(1), add(2, { name: 'foto.jpg' })]);
    expect(told(given(...two).when(keep(2, { sha256: keep(1).sha256 })).sends)).toEqual(['show draft/1 → 1001', 'media-doubled → 1001']);
    const { says } = given(...two).when(keep(2, { bytes: 0 }));
    expect(says).toMatchObject([{ to: '1001', notice: { notice: 'media-fault', name: 'foto.jpg', why: { fault: 'empty' } } }]);
    const nameless = given(...history([open(), add(1)])).when(keep(1, { bytes: 0 }));
    expect(nameless.says).toMatchObject([{ notice: { name: null } }]);
  });

  test('withdrawing takes its buttons away', () => {
    expect(told(given(...drafted).when({ type: 'withdraw', by: 'sari' }).sends)).toEqual(['refresh draft/1 → wherever it stands']);
  });

  test('another SOP shows on the same card', () => {
    const event: CaseEvent = {
      type: 'sop-chosen',
      at: FRIDAY_9,
      by: 'sari',
      sop: { id: 'lain', version: '1' },
      step: 'serahkan',
      role: 'tim_pelaksana',
      dueAt: null,
    };
    expect(told(announce(caseOf(drafted), [event], factsAt()))).toEqual(['show draft/1 → 1001']);
  });
});

describe('handing in', () => {
  test('gives the maker a receipt with the number and what comes next, and every holder and group the files and a card', () => {
    const { sends, says } = given(...drafted).when(handIn(), facts);
    expect(told(sends)).toEqual([
      'refresh draft/1 → wherever it stands',
      'receipt → 1001',
      '4 files → budi',
      'show step/terima-berkas/1 → budi',
      '4 files → citra',
      'show step/terima-berkas/1 → citra',
      '4 files → -100',
      'show step/terima-berkas/1 → -100',
    ]);
    expect(says[0]?.notice).toMatchObject({
      named: { number: '0001/REG-KONTEN/DISDAGPERIN/XI/2026', title: 'Pasar murah', timezone: 'Asia/Jakarta' },
      revision: 1,
      next: { label: 'Tim Pertimbangan Pelayanan Informasi', dueAt: Date.parse('2026-11-23T16:00:00+07:00') },
      late: null,
    });
  });

  test('after the day of the event says so', () => {
    const late = given(...drafted).when(handIn(), factsAt(FRIDAY_9 + 24 * 3_600_000));
    expect(late.says[0]?.notice).toMatchObject({ late: { eventDate: '2026-11-20' } });
  });

  test('as the only step of an SOP closes the case', () => {
    const sop = withStep('serahkan', {});
    const alone = { ...sop, steps: sop.steps.slice(0, 1) };
    const { says } = given(...drafted).when(handIn(), factsAt(FRIDAY_9, { sop: alone }));
    expect(says).toMatchObject([
      { notice: { notice: 'receipt', next: { label: '', dueAt: null } } },
      { to: '1001', notice: { notice: 'closed', publications: [], late: false } },
    ]);
  });

  test('to a role that nobody holds tells the supervisors', () => {
    const nobody = factsAt(FRIDAY_9, {
      office: { ...office, people: office.people.filter(({ roles }) => !roles.includes('tim_pertimbangan')) },
    });
    const { sends, says } = given(...drafted).when(handIn(), nobody);
    expect(told(sends).slice(2)).toEqual(['4 files → -100', 'show step/terima-berkas/1 → -100', 'no-holder → rahmat']);
    expect(says.at(-1)?.notice).toMatchObject({ notice: 'no-holder', role: 'Tim Pertimbangan Pelayanan Informasi' });
  });
});

describe('after a decision', () => {
  test('the card shows it, the maker hears it with the response, the next holder gets his card', () => {
    const { sends, says } = given(...history(TO_RECEIVER)).when(receive());
    expect(told(sends)).toEqual([
      'refresh step/terima-berkas/1 → wherever it stands',
      'passed → 1001',
      '4 files → kartika',
      'show step/periksa/1 → kartika',
    ]);
    expect(says[0]?.notice).toMatchObject({
      verdict: 'receive',
      person: 'Budi Santoso',
      note: 'Sesuai, tanpa catatan',
      next: 'Ketua PPID Pembantu',
    });
  });

  test('one of several is told as such, without a next step', () => {
    const more = { ...office, people: [...office.people, { id: 'dewi', name: 'Dewi', roles: ['ketua_ppid_pembantu'] }] };
    const all = factsAt(FRIDAY_9, { office: more, sop: withStep('periksa', { needs: 'all' }) });
    const { says } = given(...history(TO_CHECKER)).when(accept(), all);
    expect(says).toMatchObject([{ notice: { notice: 'passed', next: null } }]);
  });

  test('the publisher gets the files, the narrative and the caption ready to copy', () => {
    const { sends } = given(...history(TO_HEAD)).when(accept('putuskan'));
    expect(told(sends).slice(2)).toEqual(['4 files → maya', 'narrative → maya', 'caption → maya', 'show step/unggah/1 → maya']);
  });

  test('a response shows on the card it will go with', () => {
    const respond: Command = { type: 'respond', seen: seen('terima-berkas'), text: 'Lengkap', by: 'budi' };
    expect(told(given(...history(TO_RECEIVER)).when(respond).sends)).toEqual(['refresh step/terima-berkas/1 → wherever it stands']);
  });
});

describe('after a rejection', () => {
  test('the maker hears the reason and gets the draft again; whoever decided earlier hears it too', () => {
    const { sends, says } = given(...history(TO_CHECKER)).when(reject());
    expect(told(sends)).toEqual([
      'refresh step/periksa/1 → wherever it stands',
      'returned → 1001',
      'show draft/2 → 1001',
      'sent-back → budi',
    ]);
    expect(says[0]?.notice).toMatchObject({
      reason: REASON,
      person: 'Kartika',
      role: 'Ketua PPID Pembantu',
      index: { round: 2, revision: 1, step: 0 },
    });
  });

  test('back to an earlier decider: he gets the card again, the others hear it', () => {
    const sop = withStep('putuskan', { rejectTo: 'periksa' });
    const { sends } = given(...history(TO_HEAD)).when(reject('putuskan'), factsAt(FRIDAY_9, { sop }));
    expect(told(sends)).toEqual([
      'refresh step/putuskan/1 → wherever it stands',
      '4 files → kartika',
      'show step/periksa/2 → kartika',
      'sent-back → budi',
    ]);
  });

  test('the draft of the new round is the one that is brought up to date', () => {
    expect(told(given(...history(SENT_BACK)).when(title('Lain')).sends)).toEqual(['show draft/2 → 1001']);
    const { sends } = given(...history(SENT_BACK)).when(handIn(2));
    expect(told(sends)[0]).toBe('refresh draft/2 → wherever it stands');
  });
});

test('the next revision goes out with its own files, and its own time counts', () => {
  const again = history([...SENT_BACK, ...photos(5)]);
  const { sends, says } = given(...again).when(handIn(2), factsAt(Date.parse('2026-11-24T09:00:00+07:00')));
  expect(told(sends)).toContain('5 files → budi');
  expect(says[0]?.notice).toMatchObject({ revision: 2, next: { dueAt: Date.parse('2026-11-25T16:00:00+07:00') } });
});

describe('the end', () => {
  test('is told to the maker and to everybody who decided or published, once each', () => {
    const { sends, says } = given(...history(TO_PUBLISHER)).when(publish());
    expect(told(sends)).toEqual([
      'refresh step/unggah/1 → wherever it stands',
      'closed → 1001',
      'closed → budi',
      'closed → kartika',
      'closed → rahmat',
      'closed → maya',
    ]);
    expect(says[0]?.notice).toMatchObject({ publications: [{ channel: 'media_sosial', link: 'https://example.org/p/1' }], late: false });
  });

  test('is late when any step was', () => {
    const late = given(...history(TO_PUBLISHER)).when(publish(), factsAt(Date.parse('2026-11-25T09:00:00+07:00')));
    expect(late.says[0]?.notice).toMatchObject({ notice: 'closed', late: true });
    const lateHandIn = history(TO_PUBLISHER.slice(DRAFTING.length), factsAt(Date.parse('2026-11-21T09:00:00+07:00')), drafted);
    expect(given(...lateHandIn).when(publish(), factsAt(Date.parse('2026-11-23T09:00:00+07:00'))).says[0]?.notice).toMatchObject({
      late: true,
    });
  });

  test('a step without a deadline is never the late one', () => {
    const c = caseOf(history(TO_PUBLISHER));
    const state = { ...c.state, dueAt: null } as Case['state'];
    const free: Case = { ...c, state, stays: c.stays.map((stay) => ({ ...stay, dueAt: null })) };
    const closed: CaseEvent = { type: 'closed', at: FRIDAY_9, by: 'maya' };
    const said = (of: Case) => announce(of, [closed], factsAt()).find(({ out }) => out === 'say');
    expect(said(free)).toMatchObject({ notice: { notice: 'closed', late: null } });
    const one: Case = {
      ...free,
      stays: free.stays.with(0, { ...(free.stays[0] as Case['stays'][number]), dueAt: Number.MAX_SAFE_INTEGER }),
    };
    expect(said(one)).toMatchObject({ notice: { notice: 'closed', late: false } });
  });
});

describe('files that come late or as proof', () => {
  const album = { album: 'g1' };
  const handedIn = history([
    open(),
    title(),
    date(),
    caption(),
    narrate(),
    ...[1, 2, 3, 4].flatMap((n) => [add(n, album), keep(n)]),
    handIn(),
  ]);
  test('a late member of an album is told of, its arrival is not', () => {
    expect(told(given(...handedIn).when(add(5, album)).sends)).toEqual(['media-late → 1001']);
    const late = history([add(5, album)], factsAt(), handedIn);
    expect(told(given(...late).when(keep(5)).sends)).toEqual([]);
    expect(told(given(...late).when(keep(5, { sha256: keep(1).sha256 })).sends)).toEqual(['media-doubled → 1001']);
    expect(told(given(...late).when(keep(5, { bytes: 0 })).sends)).toEqual(['media-fault → 1001']);
  });
  test('a proof that cannot be used is told to its sender, not to the maker', () => {
    const proof = add(9, { proofOf: 'media_sosial', sentBy: 'maya' }, 'maya');
    const approved = history(TO_PUBLISHER);
    expect(told(given(...approved).when(proof).sends)).toEqual([]);
    expect(told(given(...history([proof], factsAt(), approved)).when(keep(9, { bytes: 0 })).sends)).toEqual(['media-fault → maya']);
    const asked = { ...proof.media, askedIn: { chat: { channel: 'telegram', id: '-100' }, account: '1005' } } as const;
    const there = given(...history([{ ...proof, media: asked }], factsAt(), approved)).when(keep(9, { bytes: 0 }));
    expect(there.says).toMatchObject([{ to: '-100', notice: { notice: 'media-fault', of: 'proof' } }]);
    const form = add(9, { formOf: 'audio', sentBy: 'maya' }, 'maya');
    expect(given(...history([form], factsAt(), approved)).when(keep(9, { bytes: 0 })).says).toMatchObject([{ notice: { of: 'form' } }]);
  });
  test('a file that nobody knows any more has no name', () => {
    const event: CaseEvent = { type: 'media-refused', at: FRIDAY_9, by: 'system', media: 'gone', why: { fault: 'gone' } };
    expect(announce(caseOf(drafted), [event], factsAt())[0]).toMatchObject({ notice: { notice: 'media-fault', name: null } });
  });
});

describe('cards', () => {
  test('are made only for a case that waits somewhere with something handed in', () => {
    expect(cardsFor(caseOf(drafted), { person: 'budi' }, factsAt())).toEqual([]);
    expect(cardsFor(caseOf(history(TO_END)), { person: 'budi' }, factsAt())).toEqual([]);
  });
  test('a narrative of more than 900 units goes out whole before its card, a shorter one does not', () => {
    const of = (length: number) => {
      const events = history([
        ...DRAFTING.map((command) => (command.type === 'narrate' ? narrate('a'.repeat(length)) : command)),
        handIn(),
      ]);
      return told(cardsFor(caseOf(events), { person: 'budi' }, factsAt()));
    };
    expect(of(900)).toEqual(['4 files → budi', 'show step/terima-berkas/1 → budi']);
    expect(of(901)).toEqual(['4 files → budi', 'narrative → budi', 'show step/terima-berkas/1 → budi']);
  });
  test('without narrative and caption the publisher gets the files alone', () => {
    const c = caseOf(history(TO_PUBLISHER));
    const bare = { ...c, revisions: c.revisions.map((revision) => ({ ...revision, caption: null, narrative: null })) };
    expect(told(cardsFor(bare, { person: 'maya' }, factsAt()))).toEqual(['4 files → maya', 'show step/unggah/1 → maya']);
  });
  test('albums hold ten files at the most; documents and sound have their own', () => {
    const many = (n: number, kind: 'photo' | 'video' | 'document' | 'audio') =>
      Array.from({ length: n }, (_, i) => ({ id: `${kind}${i}`, kind }));
    expect(
      albumsOf([...many(11, 'photo'), ...many(1, 'video'), ...many(1, 'document'), ...many(1, 'audio')]).map((album) => album.length),
    ).toEqual([10, 2, 1, 1]);
    expect(albumsOf([])).toEqual([]);
  });
  test('have names that tell draft and step, round and case apart', () => {
    expect(cardKeyText({ card: 'draft', case: 'c', round: 2 })).toBe('draft/c/2');
    expect(cardKeyText({ card: 'step', case: 'c', step: 'periksa', round: 1 })).toBe('step/c/periksa/1');
  });
});

describe('a deadline that was moved', () => {
  const moved: CaseEvent = { type: 'due-moved', at: FRIDAY_9, by: 'system', step: 'terima-berkas', round: 1, dueAt: null };
  test('is told to the holders, and their card shows it', () => {
    const out = announce(caseOf(history(TO_RECEIVER)), [moved], factsAt());
    expect(told(out)).toEqual(['due-moved → budi', 'due-moved → citra', 'refresh step/terima-berkas/1 → wherever it stands']);
  });
  test('of a draft shows on its card', () => {
    expect(told(announce(caseOf(drafted), [{ ...moved, step: 'serahkan' }], factsAt()))).toEqual(['show draft/1 → 1001']);
  });
  test('to none at all has no rungs to tell', () => {
    const rung: CaseEvent = {
      type: 'told',
      at: FRIDAY_9,
      by: 'system',
      step: 'terima-berkas',
      round: 1,
      rung: 'overdue',
      dueAt: 0,
      due: 0,
      silent: false,
    };
    expect(announce(caseOf([...history(TO_RECEIVER), moved]), [rung], factsAt())).toEqual([]);
    expect(announce(caseOf(history(TO_END)), [rung], factsAt())).toEqual([]);
  });
});
