// One case's whole way through the real service: every kind of hearing, both queue backends, with everything checked that should remain.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisServer, startRedis, type TestRedis } from '../support/redis.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { NUMBER, OFFICE_TEXT, people, walk } from './walk.ts';

interface Shown {
  number: string;
  status: string;
  revision: number;
  round: number;
  submitter: string;
  late: boolean;
  caption: string;
  narrative: string;
  media: { kind: string; sha256: string; bytes: number }[];
  decisions: { step: string; role: string; person: string; verdict: string; note: string }[];
  publications: { channel: string; link: string; person: string }[];
  events: { seq: number; type: string; hash: string }[];
}

function journey(name: string, hearing: 'polling' | 'webhook', redis: () => TestRedis | null) {
  describe(name, () => {
    let trial: Trial;
    beforeAll(async () => {
      trial = await openTrial({ office: OFFICE_TEXT, hearing, redisUrl: redis()?.url });
      await trial.start();
    });
    afterAll(() => trial.close());

    it('goes from a photo in a chat to the register, through a rejection, and everybody hears the end', async () => {
      const { number, photos, reason } = await walk(trial.api);
      expect(number).toMatch(NUMBER);
      const { code, out, err } = await trial.alur('case', 'show', number, '--json');
      expect(err).toBe('');
      expect(code).toBe(0);
      const shown = JSON.parse(out) as Shown;
      expect(shown).toMatchObject({ number, status: 'published', revision: 2, submitter: 'sari', late: false });
      expect(shown.decisions.map(({ step, person, verdict, note }) => [step, person, verdict, note])).toEqual([
        ['terima-berkas', 'budi', 'receive', 'Sesuai, tanpa catatan'],
        ['periksa', 'kartika', 'reject', reason],
        ['terima-berkas', 'budi', 'receive', 'Sesuai, tanpa catatan'],
        ['periksa', 'kartika', 'accept', 'Sudah baik, lanjutkan.'],
        ['putuskan', 'rahmat', 'accept', 'Sesuai, tanpa catatan'],
      ]);
      expect(shown.publications).toMatchObject([
        { channel: 'media_sosial', link: 'https://www.instagram.com/p/pasar-murah', person: 'maya' },
      ]);
      // The vault holds every byte under its own hash.
      expect(shown.media).toHaveLength(5);
      for (const { sha256, bytes } of shown.media) {
        const place = join(trial.env['DATA_DIR'] ?? '', 'vault', sha256.slice(0, 2), sha256);
        expect(existsSync(place)).toBe(true);
        const kept = readFileSync(place);
        expect(kept.length).toBe(bytes);
        expect(createHash('sha256').update(kept).digest('hex')).toBe(sha256);
      }
      const [first] = photos;
      expect(shown.media.map(({ sha256 }) => sha256)).toContain(
        createHash('sha256')
          .update(first ?? '')
          .digest('hex'),
      );
      const seqs = shown.events.map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(shown.events[0]?.type).toBe('opened');
      expect(shown.events.at(-1)?.type).toBe('closed');
    });

    it('has its row in the register, and the audit trail holds', async () => {
      const register = await trial.alur('register', 'export', '--format', 'json');
      const rows = JSON.parse(register.out) as { number: string; status: string }[];
      expect(rows.map(({ status }) => status)).toEqual(['published']);
      const csv = await trial.alur('register', 'export', '--format', 'csv');
      expect(csv.out).toContain(rows[0]?.number ?? 'none');
      expect((await trial.alur('audit', 'verify')).code).toBe(0);
      // Every stay of both rounds is in the report, planned beside actual.
      const report = JSON.parse((await trial.alur('report', 'punctuality', '--format', 'json')).out) as {
        step: string;
        stays: number;
        late: number;
      }[];
      expect(Object.fromEntries(report.map(({ step, stays }) => [step, stays]))).toEqual({
        serahkan: 2,
        'terima-berkas': 2,
        periksa: 2,
        putuskan: 1,
        unggah: 1,
      });
      expect(report.every(({ late }) => late === 0)).toBe(true);
    });

    it('leaves no button that still works, and says so to whoever taps an old one', async () => {
      const { kartika, sari } = people(trial.api);
      for (const phone of Object.values(people(trial.api))) {
        const live = phone.messages().flatMap((message) => message.buttons.flat().map(({ label }) => label));
        expect(live.filter((label) => /SERAHKAN|DITERIMA|TERIMA$|TOLAK$|SUDAH TAYANG/.test(label))).toEqual([]);
      }
      expect(await kartika.pressData('1.ac.AAAAAAAAAAAAAAAAAAAAAA.2.1.1.0.AAAAAAAAAAAA', kartika.messages().at(-1)?.id ?? 0)).toMatch(
        /tombol/i,
      );
      expect(sari.messages().some(({ text }) => text?.includes('SELESAI'))).toBe(true);
    });

    it('stops cleanly within ten seconds', async () => {
      expect(await trial.stop()).toBe(0);
    });
  });
}

const program = redisServer();
const redis: TestRedis | null = program === null ? null : await startRedis(program);
afterAll(() => redis?.stop());

journey('by polling, queues on PostgreSQL', 'polling', () => null);
journey('by webhook, queues on PostgreSQL', 'webhook', () => null);
if (redis) {
  journey('by polling, queues on Redis', 'polling', () => redis);
  journey('by webhook, queues on Redis', 'webhook', () => redis);
}
