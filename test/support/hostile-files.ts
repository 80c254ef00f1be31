// Files made to do harm, from a seed: the same seed makes the same bytes. Every kind of trick once, and whole files with bytes turned round.
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { type Seeded, seeded } from './seeded.ts';

export interface HostileFile {
  trick: string;
  bytes: Buffer;
  /** How it must end, where a trick has one right ending; `null`: any of the three. */
  ends: 'damaged' | 'refused' | 'photo' | null;
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

interface Whole {
  name: string;
  bytes: Buffer;
}

const wholes = new Map<number, Promise<Whole[]>>();

/** Small true files of the three kinds that are opened, with noise so that no compression hides a change. */
function wholeFiles(): Promise<Whole[]> {
  const made = wholes.get(0) ?? makeWholes();
  wholes.set(0, made);
  return made;
}

async function makeWholes(): Promise<Whole[]> {
  const [width, height] = [96, 64];
  const noise = Buffer.from(seeded(7).bytes(width * height * 3));
  const picture = () => sharp(noise, { raw: { width, height, channels: 3 } });
  return [
    { name: 'jpeg', bytes: await picture().jpeg({ quality: 80 }).toBuffer() },
    { name: 'progressive jpeg', bytes: await picture().jpeg({ progressive: true }).toBuffer() },
    { name: 'png', bytes: await picture().png().toBuffer() },
    { name: 'interlaced png', bytes: await picture().png({ progressive: true }).toBuffer() },
    { name: 'webp', bytes: await picture().webp().toBuffer() },
    { name: 'docx', bytes: docx('<w/>') },
  ];
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([latin(type), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
}

/** Of one colour, so that a few kilobytes unfold to any number of pixels. */
function bombPng(width: number, height: number): Buffer {
  const head = Buffer.concat([u32(width), u32(height), Buffer.from([8, 6, 0, 0, 0])]);
  const rows = deflateSync(Buffer.alloc(Math.min(2_000_000, width * 4 + 1)), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', head),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A zip of one stored file per name, with its list at the end. `says`: the unfolded size that the list claims for each. */
export function zipOf(entries: Record<string, string>, says?: number): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let from = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = latin(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([latin('PK\u0003\u0004'), common, latin(name), content]);
    const listed = Buffer.from(common);
    listed.writeUInt32LE(says ?? content.length, 18);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(from, 10);
    list.push(Buffer.concat([latin('PK\u0001\u0002\u0014\u0000'), listed, tail, latin(name)]));
    parts.push(local);
    from += local.length;
  }
  const listing = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(list.length, 8);
  end.writeUInt16LE(list.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(from, 16);
  return Buffer.concat([...parts, listing, end]);
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export function docx(text: string, says?: number): Buffer {
  const types = `<Types><Override PartName="/word/document.xml" ContentType="${WORD}.main+xml"/></Types>`;
  return zipOf({ '[Content_Types].xml': types, 'word/document.xml': text }, says);
}

/** The header of 30 bytes of an ASF file whose parts have no length: a reader that goes on by lengths never ends. */
function endlessAsf(chance: Seeded): Buffer {
  const guid = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex');
  return Buffer.concat([guid, Buffer.alloc(14), Buffer.from(chance.bytes(16)), Buffer.alloc(chance.below(40))]);
}

type Trick = (chance: Seeded, wholes: Whole[]) => Omit<HostileFile, 'trick'>;

const named = (wholes: Whole[], name: string): Buffer => wholes.find((one) => one.name === name)?.bytes ?? Buffer.alloc(0);
const photoOf = (chance: Seeded, all: Whole[]): Buffer => named(all, chance.pick(['jpeg', 'png', 'webp']));

const TRICKS: Record<string, Trick> = {
  'pixel bomb, PNG': (chance) => ({ bytes: bombPng(20_000 + chance.below(40_000), 20_000 + chance.below(40_000)), ends: 'damaged' }),
  'pixel bomb below the limit, cut off': (chance) => ({ bytes: bombPng(14_000, 12_000 + chance.below(2_000)), ends: 'damaged' }),
  'pixel bomb, JPEG': (chance, all) => {
    const bytes = Buffer.from(named(all, 'jpeg'));
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(60_000 + chance.below(5_000), frame + 5);
    bytes.writeUInt16BE(60_000 + chance.below(5_000), frame + 7);
    return { bytes, ends: 'damaged' };
  },
  'cut off': (chance, all) => {
    const bytes = photoOf(chance, all);
    return { bytes: bytes.subarray(0, Math.floor(bytes.length * (0.3 + chance.random() * 0.5))), ends: 'damaged' };
  },
  'head alone': (chance, all) => ({ bytes: photoOf(chance, all).subarray(0, 12 + chance.below(20)), ends: null }),
  'photo and zip in one': (chance, all) => ({ bytes: Buffer.concat([photoOf(chance, all), docx('<w/>')]), ends: 'photo' }),
  'photo and page in one': (chance, all) => ({
    bytes: Buffer.concat([photoOf(chance, all), latin('<html><script>alert(1)</script>')]),
    ends: 'photo',
  }),
  'drawing that names a file': () => ({
    bytes: latin(
      '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
    ),
    ends: 'refused',
  }),
  'drawing that unfolds': () => ({
    bytes: latin(
      `<!DOCTYPE s [<!ENTITY a "${'a'.repeat(50)}">${'bcdefgh'.replace(/./g, (x) => `<!ENTITY ${x} "${`&${String.fromCharCode(x.charCodeAt(0) - 1)};`.repeat(10)}">`)}]><svg>&h;</svg>`,
    ),
    ends: 'refused',
  }),
  'page named like a photo': (chance) => ({
    bytes: latin(`<!doctype html><p>${chance.below(1e6)}<script>fetch("/")</script>`),
    ends: 'refused',
  }),
  program: (chance) => ({ bytes: Buffer.concat([latin('MZ'), Buffer.from(chance.bytes(600))]), ends: 'refused' }),
  script: () => ({ bytes: latin('#!/bin/sh\nrm -rf "$HOME"\n'), ends: 'refused' }),
  'nothing at all': () => ({ bytes: Buffer.alloc(0), ends: 'refused' }),
  noise: (chance) => ({ bytes: Buffer.from(chance.bytes(chance.below(4_000))), ends: null }),
  'document that unfolds without end': (chance) => ({ bytes: docx('<w/>', 900_000_000 + chance.below(1_000_000_000)), ends: 'damaged' }),
  'document whose list leads away': (chance) => {
    const bytes = docx('<w/>');
    bytes.writeUInt32LE(chance.below(2 ** 31), bytes.length - 6);
    return { bytes, ends: 'damaged' };
  },
  'document cut off': () => {
    const bytes = docx('<w/>'.repeat(200));
    return { bytes: bytes.subarray(0, bytes.length - 60), ends: 'damaged' };
  },
  'types that unfold': () => ({
    bytes: zipOf({ '[Content_Types].xml': `<Types>${' '.repeat(3_000_000)}</Types>`, 'word/document.xml': '' }),
    ends: null,
  }),
  'endless header': (chance) => ({ bytes: endlessAsf(chance), ends: null }),
  GIF: (chance) => ({ bytes: Buffer.concat([latin('GIF89a'), Buffer.from(chance.bytes(300))]), ends: 'refused' }),
  'TIFF in a circle': (chance) => ({
    bytes: Buffer.concat([latin('II*\u0000'), Buffer.from([8, 0, 0, 0]), Buffer.from(chance.bytes(200))]),
    ends: 'refused',
  }),
  'own picture format of the reader': (chance) => ({
    bytes: Buffer.concat([Buffer.from([0x08, 0xf2, 0xa6, 0xb6]), Buffer.from(chance.bytes(200))]),
    ends: 'refused',
  }),
  'video with a box of no end': (chance) => ({
    bytes: Buffer.concat([u32(0xffffffff), latin('ftypisom'), Buffer.from(chance.bytes(100))]),
    ends: null,
  }),
  'long tag before a song': (chance) => ({
    bytes: Buffer.concat([latin('ID3'), Buffer.from([4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f]), Buffer.from(chance.bytes(64))]),
    ends: null,
  }),
  'gzip in gzip': (chance) => ({
    bytes: Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from(chance.bytes(400))]),
    ends: 'refused',
  }),
  'matroska without lengths': (chance) => ({
    bytes: Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0xff]), Buffer.from(chance.bytes(300))]),
    ends: null,
  }),
};

export const TRICK_NAMES = Object.keys(TRICKS);

export async function trickFile(seed: number): Promise<HostileFile> {
  const trick = TRICK_NAMES[seed % TRICK_NAMES.length] ?? '';
  const made = TRICKS[trick]?.(seeded(seed), await wholeFiles());
  if (!made) throw new Error('no such trick');
  return { trick, ...made };
}

/** A true file with a few bytes turned round, taken out, doubled or put elsewhere. */
export async function mutatedFile(seed: number): Promise<HostileFile> {
  const chance = seeded(seed);
  const whole = chance.pick(await wholeFiles());
  let bytes: Buffer = Buffer.from(whole.bytes);
  for (let times = 1 + chance.below(8); times > 0; times -= 1) bytes = mutated(bytes, chance);
  return { trick: `${whole.name}, changed`, bytes, ends: null };
}

function mutated(bytes: Buffer, chance: Seeded): Buffer {
  // Half of all changes hit the head, where the lengths stand.
  const at = chance.below(Math.max(1, chance.chance(0.5) ? Math.min(80, bytes.length) : bytes.length));
  const length = 1 + chance.below(40);
  switch (chance.below(5)) {
    case 0:
      bytes[at] = chance.below(256);
      return bytes;
    case 1:
      bytes.fill(chance.pick([0, 0xff, 0x7f, 0x80]), at, Math.min(at + 1 + chance.below(4), bytes.length));
      return bytes;
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(chance.bytes(length)), bytes.subarray(at + length)]);
  }
}
