// Who, role, decision, time and hash stand with each decision; so do the channel and the message it was made on.
import { expect, test } from 'vitest';
import { caseJson } from '../../bin/case-json.ts';
import { KARTIKA, Phones, RAHMAT } from '../support/phones.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';
import { KARTIKA_WA, officeOn, WhatsAppPhones } from '../support/whatsapp-phones.ts';

test('a tap is kept with the card that it was made on, a reason with the message that gave it', async () => {
  const p = new Phones();
  await p.toChecker();
  const card = p.platform.button(KARTIKA, 'TERIMA')?.message;
  await p.must(KARTIKA, 'TERIMA');
  await p.must(RAHMAT, 'TOLAK');
  await p.text(RAHMAT, 'Foto ketiga buram, mohon diganti');
  const { decisions } = p.case;
  expect(decisions[1]?.via).toEqual({ channel: 'telegram', message: card });
  expect(decisions[2]).toMatchObject({ verdict: 'reject', via: { channel: 'telegram', message: expect.stringMatching(/^\d+$/) } });
  expect(decisions[2]?.via?.message).not.toBe(card);
  const history = p.store.tables.history.filter(({ event }) => event.type === 'decided');
  expect(history.map(({ event }) => (event.type === 'decided' ? event.via?.channel : null))).toEqual(Array(3).fill('telegram'));
});

test('a word on WhatsApp is kept with the message of ours that it answers, and the case shows it', async () => {
  const p = new WhatsAppPhones(officeOn({ kartika: KARTIKA_WA }));
  await p.says(KARTIKA_WA, 'bantuan');
  await p.handIn();
  await p.must('1002', 'DITERIMA');
  const { id } = p.card(KARTIKA_WA);
  await p.says(KARTIKA_WA, 'terima');
  expect(p.case.decisions.at(-1)?.via).toEqual({ channel: 'whatsapp', message: id });
  const shown = caseJson({ case: p.case, sop: sopNamed(MEDSOS), office: sampleOffice(), now: p.now });
  expect(shown.decisions.map(({ via }) => via?.channel)).toEqual(['telegram', 'whatsapp']);
});
