// What a person reads when something nobody planned for has happened: one clear sentence, never a secret.
import { scrubber } from './log.ts';
import { type Environment, passwordsOf } from './settings.ts';

/** Reads the raw environment, because the settings themselves may be what is wrong. */
export function unplanned(error: unknown, env: Environment): string {
  const scrub = scrubber(rawSecrets(env));
  const text = reasonOf(error);
  const debug = env['LOG_LEVEL'] === 'debug' || env['LOG_LEVEL'] === 'trace';
  return scrub(debug && error instanceof Error ? `${text}\n${error.stack ?? ''}` : text);
}

function rawSecrets(env: Environment): string[] {
  const values = [
    env['TELEGRAM_BOT_TOKEN'],
    env['TELEGRAM_WEBHOOK_SECRET'],
    ...passwordsOf(env['DATABASE_URL'] ?? ''),
    ...passwordsOf(env['REDIS_URL'] ?? ''),
  ];
  return values.flatMap((value) => (value === undefined || value === '' ? [] : [value]));
}

const KNOWN: Record<string, string> = {
  ECONNREFUSED: 'tidak ada yang mendengarkan di alamat itu',
  ENOTFOUND: 'nama host tidak ditemukan',
  CONNECT_TIMEOUT: 'tidak menjawab',
  ETIMEDOUT: 'tidak menjawab',
  '28P01': 'sandi ditolak',
  '28000': 'pengguna ditolak',
  '3D000': 'database itu tidak ada',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `Gagal: ${String(error)}`;
  const code = codeOf(error);
  const known = code === undefined ? undefined : KNOWN[code];
  if (known !== undefined) return `Database tidak dapat dipakai: ${known} (${code}). Periksa DATABASE_URL.`;
  return `Gagal: ${error.message}`;
}

/** The code of the error or of what caused it. */
function codeOf(error: Error): string | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code ?? (error.cause instanceof Error ? codeOf(error.cause) : undefined);
}
