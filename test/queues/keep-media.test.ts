// A file on its way into the vault: what is told to the case, and when it is tried again.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { openVault } from '../../db/vault.ts';
import { type FetchedFile, type KeepDeps, keepMediaProcessor, keepNext, type MediaArrival } from '../../queues/keep-media.ts';
import type { Case, Media } from '../../src/case/case.ts';
import type { Store } from '../../src/ports/store.ts';
import { startLooking } from '../support/look-at.ts';
import { listening } from './helpers.ts';

const NOW = 1_800_000_000_000;
const MAX = 50_000_000;
const file = { channel: 'telegram', account: '1', fileId: 'f', uniqueId: 'u', size: 70_000_000 } as const;
const pending: Media = { id: 'm', kind: 'photo', file, sentBy: 'sari', at: NOW, state: 'pending' };
type Kept = Awaited<ReturnType<KeepDeps['vault']['keep']>>;
const kept: Kept = { sha256: 'ab', bytes: 5 };

interface Stage {
  media?: Media[];
  proofs?: Media[];
  attempts?: number;
  claimed?: boolean;
  fetch?: () => Promise<FetchedFile>;
  keep?: () => Promise<Kept>;
  detect?: KeepDeps['detect'];
}

function stage(of: Stage) {
  const arrivals: [string, MediaArrival][] = [];
  const caps: number[] = [];
  const content = { title: null, eventDate: null, caption: null, narrative: null, media: of.media ?? [pending] };
  // Only the files are looked at.
  const read = { case: { id: 'c', content, proofs: of.proofs ?? [] } as unknown as Case } as Awaited<ReturnType<Store['readCase']>>;
  const deps: KeepDeps = {
    store: {
      claimMedia: () => Promise.resolve(of.claimed === false ? null : { id: 'm', office: 'o', case: 'c', attempts: of.attempts ?? 1 }),
      readCase: () => Promise.resolve(read),
    },
    clock: { now: () => NOW },
    bytesMax: MAX,
    vault: {
      keep: (_stream, { max }) => {
        caps.push(max);
        return of.keep?.() ?? Promise.resolve(kept);
      },
    },
    fetch: of.fetch ?? (() => Promise.resolve({ fetched: 'yes', stream: Readable.from(['bytes']), size: 5 })),
    detect: of.detect ?? (() => Promise.resolve({ mime: 'image/jpeg', kind: 'photo' })),
    arrived: (media, arrival) => {
      arrivals.push([media, arrival]);
      return Promise.resolve();
    },
    log: listening(),
  };
  return { deps, arrivals, caps };
}

const ended = { againAtMs: null };

test('a fetched file is kept under the cap and told to the case as what it is', async () => {
  const { deps, arrivals, caps } = stage({ detect: () => Promise.resolve({ mime: 'video/mp4', kind: 'video' }) });
  expect(await keepNext(deps, 'm')).toEqual(ended);
  expect(caps).toEqual([MAX]);
  expect(arrivals).toEqual([['m', { came: 'kept', sha256: 'ab', bytes: 5, mime: 'video/mp4', kind: 'video' }]]);
});

test('a proof of publishing is kept like any other file', async () => {
  const { deps, arrivals } = stage({ media: [], proofs: [{ ...pending, proofOf: 'instagram' }] });
  await keepNext(deps, 'm');
  expect(arrivals).toHaveLength(1);
});

test.for<[string, Stage, MediaArrival]>([
  ['an empty file', { keep: () => Promise.resolve({ sha256: 'e3', bytes: 0 }) }, { came: 'fault', why: { fault: 'empty' } }],
  [
    'a file over the cap',
    { keep: () => Promise.resolve({ tooBig: true }) },
    { came: 'fault', why: { fault: 'too-big', bytes: 70_000_000, max: MAX } },
  ],
  [
    'a file that the platform does not hand out',
    { fetch: () => Promise.resolve({ fetched: 'too-big', max: 20_000_000 }) },
    { came: 'fault', why: { fault: 'too-big', bytes: 70_000_000, max: 20_000_000 } },
  ],
  [
    'a wrong type under a friendly name',
    { detect: () => Promise.resolve(null) },
    { came: 'fault', why: { fault: 'wrong-type', found: null } },
  ],
  [
    'a file that the platform has no more',
    { fetch: () => Promise.resolve({ fetched: 'gone' }) },
    { came: 'fault', why: { fault: 'gone' } },
  ],
])('%s is a fault at once', async ([, of, arrival]) => {
  const { deps, arrivals } = stage(of);
  expect(await keepNext(deps, 'm')).toEqual(ended);
  expect(arrivals).toEqual([['m', arrival]]);
});

test.for<[string, Stage]>([
  ['already claimed to its end', { claimed: false }],
  ['dropped from the draft', { media: [] }],
  ['already kept', { media: [{ ...pending, state: 'kept', sha256: 'ab', bytes: 5, mime: 'image/jpeg' }] }],
])('nothing is fetched for a file that is %s', async ([, of]) => {
  const fetch = vi.fn();
  const { deps, arrivals } = stage({ ...of, fetch });
  expect(await keepNext(deps, 'm')).toEqual(ended);
  expect(fetch).not.toHaveBeenCalled();
  expect(arrivals).toEqual([]);
});

test('a platform that fails is asked again, ever later', async () => {
  const after = async (attempts: number) => {
    const { deps, arrivals } = stage({ attempts, fetch: () => Promise.reject(new Error('ECONNRESET')) });
    const { againAtMs } = await keepNext(deps, 'm');
    expect(arrivals).toEqual([]);
    return (againAtMs ?? 0) - NOW;
  };
  expect([await after(1), await after(4), await after(9)]).toEqual([2_000, 16_000, 300_000]);
});

test('a platform that names a longer pause is believed', async () => {
  const { deps } = stage({ fetch: () => Promise.resolve({ fetched: 'later', afterMs: 45_000, why: '429' }) });
  expect(await keepNext(deps, 'm')).toEqual({ againAtMs: NOW + 45_000 });
});

test('a stream that breaks is tried again', async () => {
  const { deps, arrivals } = stage({ keep: () => Promise.reject(new Error('aborted')) });
  expect(await keepNext(deps, 'm')).toEqual({ againAtMs: NOW + 2_000 });
  expect(arrivals).toEqual([]);
});

test('bytes that cannot be looked at now are looked at later', async () => {
  const { deps, arrivals } = stage({ detect: () => Promise.reject(new Error('EBUSY')) });
  expect(await keepNext(deps, 'm')).toEqual({ againAtMs: NOW + 2_000 });
  expect(arrivals).toEqual([]);
});

test('a platform that could not even be asked has not lost the file, however long it is away', async () => {
  const fetch = () => Promise.resolve({ fetched: 'later', afterMs: 5_000, why: 'not connected', away: true } as const);
  const { deps, arrivals } = stage({ attempts: 30, fetch });
  expect(await keepNext(deps, 'm')).toEqual({ againAtMs: NOW + 300_000 });
  expect(arrivals).toEqual([]);
});

test('the tenth failure is the last', async () => {
  const { deps, arrivals } = stage({ attempts: 10, fetch: () => Promise.reject(new Error('ECONNRESET')) });
  expect(await keepNext(deps, 'm')).toEqual(ended);
  expect(arrivals).toEqual([['m', { came: 'fault', why: { fault: 'gone' } }]]);
});

test('a full disk of our own is never told as a lost file', async () => {
  const { deps, arrivals } = stage({
    attempts: 30,
    keep: () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
  });
  expect(await keepNext(deps, 'm')).toEqual({ againAtMs: NOW + 300_000 });
  expect(arrivals).toEqual([]);
});

test('a turn that fails fails the job, and the file comes again', async () => {
  const { deps } = stage({});
  deps.arrived = () => Promise.reject(new Error('database is down'));
  await expect(keepNext(deps, 'm')).rejects.toThrow('database is down');
});

test('the processor comes back after the pause, and only then', async () => {
  const again = vi.fn(() => Promise.resolve());
  await keepMediaProcessor({ ...stage({}).deps, again })({ media: 'm' });
  expect(again).not.toHaveBeenCalled();
  await keepMediaProcessor({ ...stage({ fetch: () => Promise.reject(new Error('x')) }).deps, again })({ media: 'm' });
  expect(again.mock.calls).toEqual([['m', 2_000]]);
});

test('a photo named like a program lies in the vault as the photo it is, a program named like a photo is refused', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'alur-keep-'));
  const vault = await openVault(folder);
  const looking = startLooking();
  const photo = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer();
  const come = async (bytes: Buffer) => {
    const { deps, arrivals } = stage({
      fetch: () => Promise.resolve({ fetched: 'yes', stream: Readable.from([bytes], { objectMode: false }), size: null }),
      detect: (sha256) => looking.looker.kind(vault.place(sha256)),
    });
    await keepNext({ ...deps, vault }, 'm');
    return arrivals[0]?.[1];
  };
  const sha256 = createHash('sha256').update(photo).digest('hex');
  expect(await come(photo)).toEqual({ came: 'kept', sha256, bytes: photo.length, mime: 'image/jpeg', kind: 'photo' });
  expect(await come(Buffer.from('MZ program'))).toEqual({ came: 'fault', why: { fault: 'wrong-type', found: null } });
  expect(await come(photo.subarray(0, photo.length - 40))).toEqual({ came: 'fault', why: { fault: 'damaged' } });
  expect(await come(Buffer.alloc(0))).toEqual({ came: 'fault', why: { fault: 'empty' } });
  expect(await vault.verify(sha256)).toBe(true);
  await looking.close();
  await rm(folder, { recursive: true });
});
