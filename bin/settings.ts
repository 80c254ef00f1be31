// Reads the environment once into a union of modes. Every fault is collected, each with its repair, so that one start tells all of them.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { similarNames } from './similar-names.ts';

export type TelegramSettings =
  /** No token: the simulated Telegram and its page of phones. */
  | { mode: 'simulator' }
  | { mode: 'polling'; token: string; apiRoot: string }
  /** `path` is the URL's own path, where the one listener hears the updates. */
  | { mode: 'webhook'; token: string; apiRoot: string; url: string; path: string; secret: string };

export interface WhatsAppSettings {
  on: boolean;
  /** Where the gateway connects; `null`: WhatsApp. */
  url: string | null;
  /** The version the gateway says it is; `null`: the one it was made for. */
  version: [number, number, number] | null;
  /** 32 bytes; `null`: the one in the data folder. */
  key: Buffer | null;
}

export interface Settings {
  telegram: TelegramSettings;
  whatsapp: WhatsAppSettings;
  database: { kind: 'embedded' } | { kind: 'url'; url: string };
  queues: { kind: 'postgres' } | { kind: 'redis'; url: string };
  /** Absolute. */
  dataDir: string;
  http: { host: string; port: number };
  /** `sample` only with the simulator; `none`: the offices that the database already holds. */
  offices: { from: 'files'; files: string[] } | { from: 'sample' } | { from: 'none' };
  logLevel: LogLevel;
  /** What is not wrong but deserves a word at start, in Indonesian. */
  warnings: string[];
  /** Names that the environment set, in the order of the documentation, for the `configured:` line. */
  configured: string[];
  /** Exact values that must never appear in a log. */
  secrets: string[];
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const SETTING_NAMES = [
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_API_ROOT',
  'TELEGRAM_WEBHOOK_URL',
  'TELEGRAM_WEBHOOK_SECRET',
  'WHATSAPP',
  'WHATSAPP_KEY',
  'WHATSAPP_VERSION',
  'WHATSAPP_WEB_SOCKET_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'DATA_DIR',
  'HTTP_HOST',
  'HTTP_PORT',
  'OFFICE_FILE',
  'LOG_LEVEL',
] as const;
type SettingName = (typeof SETTING_NAMES)[number];

export const TELEGRAM_API = 'https://api.telegram.org';

export type ReadSettings = { ok: true; settings: Settings } | { ok: false; faults: string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is being read, with the faults and warnings found so far. */
interface Reading {
  get(name: SettingName): string | undefined;
  fault(name: SettingName, what: string): void;
  warn(text: string): void;
}

/** `isFile` is handed in by tests; a set but empty name counts as not set. */
export function readSettings(env: Environment, isFile: (path: string) => boolean = isReadableFile): ReadSettings {
  const faults: string[] = [];
  const warnings: string[] = [];
  const reading: Reading = {
    get: (name) => env[name]?.trim() || undefined,
    fault: (name, what) => faults.push(`${name}: ${what}`),
    warn: (text) => warnings.push(text),
  };
  const telegram = readTelegram(reading);
  const whatsapp = readWhatsApp(reading);
  const database = readDatabase(reading);
  const queues = readQueues(reading);
  const dataDir = resolve(reading.get('DATA_DIR') ?? './data');
  const http = readHttp(reading);
  const offices = readOffices(reading, telegram, isFile);
  const logLevel = readLogLevel(reading);
  warnings.push(...similarNames(env, SETTING_NAMES));
  if (faults.length > 0) return { ok: false, faults };
  const configured = SETTING_NAMES.filter((name) => reading.get(name) !== undefined);
  const secrets = [...secretsOf(telegram, database, queues), ...keySecrets(reading.get('WHATSAPP_KEY'), whatsapp)];
  return { ok: true, settings: { telegram, whatsapp, database, queues, dataDir, http, offices, logLevel, warnings, configured, secrets } };
}

function isReadableFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function readTelegram(reading: Reading): TelegramSettings {
  const token = reading.get('TELEGRAM_BOT_TOKEN');
  if (token !== undefined && !/^\d+:[A-Za-z0-9_-]+$/.test(token)) {
    reading.fault('TELEGRAM_BOT_TOKEN', 'bukan token bot; isi token dari @BotFather, bentuknya angka:huruf, mis. 123456789:AbC…');
  }
  const apiRoot = readApiRoot(reading);
  const webhook = readWebhook(reading, apiRoot);
  if (token === undefined) {
    if (reading.get('TELEGRAM_WEBHOOK_URL') !== undefined) {
      reading.fault(
        'TELEGRAM_BOT_TOKEN',
        'belum diisi padahal TELEGRAM_WEBHOOK_URL diisi; isi token dari @BotFather, atau kosongkan TELEGRAM_WEBHOOK_URL',
      );
    }
    if (reading.get('TELEGRAM_API_ROOT') !== undefined) {
      reading.warn('TELEGRAM_API_ROOT diabaikan karena TELEGRAM_BOT_TOKEN kosong: yang berjalan adalah simulator.');
    }
    return { mode: 'simulator' };
  }
  return webhook ? { mode: 'webhook', token, apiRoot, ...webhook } : { mode: 'polling', token, apiRoot };
}

function readApiRoot(reading: Reading): string {
  const text = reading.get('TELEGRAM_API_ROOT');
  if (text === undefined) return TELEGRAM_API;
  const url = urlOf(text, ['https:', 'http:']);
  if (url?.username !== '' || url.search !== '' || url.hash !== '') {
    reading.fault('TELEGRAM_API_ROOT', `bukan alamat server Bot API; isi http(s)://nama:port, atau kosongkan untuk ${TELEGRAM_API}`);
    return TELEGRAM_API;
  }
  return text.replace(/\/+$/, '');
}

function readWebhook(reading: Reading, apiRoot: string): { url: string; path: string; secret: string } | null {
  const text = reading.get('TELEGRAM_WEBHOOK_URL');
  const secret = reading.get('TELEGRAM_WEBHOOK_SECRET');
  const secretFits = secret === undefined || /^[A-Za-z0-9_-]{1,256}$/.test(secret);
  if (!secretFits) reading.fault('TELEGRAM_WEBHOOK_SECRET', 'tidak sah; isi 1 sampai 256 karakter dari A-Z a-z 0-9 _ -');
  if (text === undefined) {
    if (secret !== undefined) reading.warn('TELEGRAM_WEBHOOK_SECRET diabaikan karena TELEGRAM_WEBHOOK_URL kosong.');
    return null;
  }
  if (secret === undefined) {
    reading.fault(
      'TELEGRAM_WEBHOOK_SECRET',
      'belum diisi padahal TELEGRAM_WEBHOOK_URL diisi; isi 1 sampai 256 karakter acak dari A-Z a-z 0-9 _ -',
    );
  }
  const url = urlOf(text, ['https:', 'http:']);
  if (url?.username !== '' || url.hash !== '') {
    reading.fault('TELEGRAM_WEBHOOK_URL', 'bukan alamat web; isi alamat lengkap, mis. https://alur.contoh.go.id/telegram');
    return null;
  }
  // Telegram itself refuses plain HTTP; only a Bot API server of one's own accepts it.
  if (url.protocol === 'http:' && apiRoot === TELEGRAM_API) {
    reading.fault('TELEGRAM_WEBHOOK_URL', 'harus https://; http:// hanya dengan server Bot API sendiri (TELEGRAM_API_ROOT)');
  }
  return secret === undefined ? null : { url: text, path: url.pathname, secret };
}

function readWhatsApp(reading: Reading): WhatsAppSettings {
  const word = reading.get('WHATSAPP');
  if (word !== undefined && word !== 'on' && word !== 'off') {
    reading.fault('WHATSAPP', `"${word}" tidak dikenal; isi on atau off, atau kosongkan`);
  }
  const on = word === 'on';
  const key = readWhatsAppKey(reading);
  if (on && key === null && reading.get('DATABASE_URL') !== undefined) {
    reading.warn(
      'WHATSAPP_KEY kosong: kunci gateway ada di berkas whatsapp.key di DATA_DIR. Cadangkan berkas itu; di beberapa mesin, isi WHATSAPP_KEY yang sama.',
    );
  }
  return { on, url: readWebSocket(reading), version: readVersion(reading), key };
}

function readWhatsAppKey(reading: Reading): Buffer | null {
  const text = reading.get('WHATSAPP_KEY');
  if (text === undefined) return null;
  const key = keyOf(text);
  if (key === null) {
    const how = 'isi 32 byte acak sebagai hex atau base64, mis. hasil `openssl rand -hex 32`, dan simpan di luar database';
    reading.fault('WHATSAPP_KEY', `bukan kunci 32 byte; ${how}`);
  }
  return key;
}

/** 32 bytes written as hex or base64; `null` when it is anything else. */
export function keyOf(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null;
}

function readWebSocket(reading: Reading): string | null {
  const text = reading.get('WHATSAPP_WEB_SOCKET_URL');
  if (text === undefined) return null;
  if (!urlOf(text, ['ws:', 'wss:'])) reading.fault('WHATSAPP_WEB_SOCKET_URL', 'bukan alamat ws:// atau wss://; kosongkan untuk WhatsApp');
  reading.warn(
    'WHATSAPP_WEB_SOCKET_URL diisi: hanya untuk uji coba. Gateway TIDAK tersambung ke WhatsApp; kosongkan untuk pemakaian nyata.',
  );
  return text;
}

function readVersion(reading: Reading): WhatsAppSettings['version'] {
  const text = reading.get('WHATSAPP_VERSION');
  if (text === undefined) return null;
  const [, major, minor, patch] = /^(\d{1,3})\.(\d{1,6})\.(\d{1,12})$/.exec(text) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    reading.fault('WHATSAPP_VERSION', `"${text}" bukan versi; isi tiga bilangan bertitik, mis. 2.3000.1043857760, atau kosongkan`);
    return null;
  }
  return [Number(major), Number(minor), Number(patch)];
}

function readDatabase(reading: Reading): Settings['database'] {
  const text = reading.get('DATABASE_URL');
  if (text === undefined) return { kind: 'embedded' };
  if (!urlOf(text, ['postgres:', 'postgresql:'])) {
    reading.fault(
      'DATABASE_URL',
      'bukan alamat PostgreSQL; isi postgres://pengguna:sandi@host:5432/alur, atau kosongkan untuk PostgreSQL bawaan',
    );
  }
  return { kind: 'url', url: text };
}

function readQueues(reading: Reading): Settings['queues'] {
  const text = reading.get('REDIS_URL');
  if (text === undefined) return { kind: 'postgres' };
  if (!urlOf(text, ['redis:', 'rediss:'])) {
    reading.fault(
      'REDIS_URL',
      'bukan alamat Redis; isi redis://host:6379 (atau rediss://), atau kosongkan agar antrean memakai PostgreSQL',
    );
  }
  return { kind: 'redis', url: text };
}

function readHttp(reading: Reading): Settings['http'] {
  const host = reading.get('HTTP_HOST') ?? '127.0.0.1';
  if (!/^[A-Za-z0-9.:_-]+$/.test(host))
    reading.fault('HTTP_HOST', `"${host}" bukan nama atau alamat host; isi mis. 127.0.0.1 atau 0.0.0.0`);
  const text = reading.get('HTTP_PORT') ?? '8080';
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    reading.fault('HTTP_PORT', `"${text}" bukan nomor port; isi bilangan 0 sampai 65535, mis. 8080`);
  }
  return { host, port };
}

function readOffices(reading: Reading, telegram: TelegramSettings, isFile: (path: string) => boolean): Settings['offices'] {
  const text = reading.get('OFFICE_FILE');
  if (text === undefined) return { from: telegram.mode === 'simulator' ? 'sample' : 'none' };
  const files = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (files.length === 0) reading.fault('OFFICE_FILE', 'tidak berisi nama berkas; isi nama berkas instansi, pisahkan dengan koma');
  for (const file of files) {
    if (!isFile(resolve(file))) reading.fault('OFFICE_FILE', `berkas "${file}" tidak ditemukan; periksa nama dan letaknya`);
  }
  return { from: 'files', files: files.map((file) => resolve(file)) };
}

function readLogLevel(reading: Reading): LogLevel {
  const text = reading.get('LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) reading.fault('LOG_LEVEL', `"${text}" tidak dikenal; isi salah satu dari ${LOG_LEVELS.join(', ')}`);
  return level ?? 'info';
}

function urlOf(text: string, protocols: string[]): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return protocols.includes(url.protocol) && url.hostname !== '' ? url : null;
}

function secretsOf(telegram: TelegramSettings, database: Settings['database'], queues: Settings['queues']): string[] {
  const found: string[] = [];
  if (telegram.mode !== 'simulator') found.push(telegram.token);
  if (telegram.mode === 'webhook') found.push(telegram.secret);
  if (database.kind === 'url') found.push(...passwordsOf(database.url));
  if (queues.kind === 'redis') found.push(...passwordsOf(queues.url));
  return [...new Set(found)];
}

function keySecrets(written: string | undefined, { key }: WhatsAppSettings): string[] {
  if (key === null || written === undefined) return [];
  return [...new Set([written, key.toString('hex'), key.toString('base64'), key.toString('base64url')])];
}

/** The password of a URL, as it is written there and as it is meant. */
export function passwordsOf(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const { password } = new URL(text);
  return password === '' ? [] : [...new Set([password, decoded(password)])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
