// The log. Every line passes one scrubber before it leaves the process: secrets are struck out by their exact value, wherever they
// stand (messages, stacks, addresses), and phone numbers are masked.
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './settings.ts';

export type { Logger };

/** A shorter value would strike out half of every line. */
const SECRET_MIN = 4;
const STRUCK = '[rahasia]';
/** An international number with its plus sign, or an Indonesian mobile number (08…, 628…), but no bare JSON number: the line must stay JSON. */
const PHONE = /(?<!\w)\+\d{8,15}(?!\w)|(?<![\w.:,[-])(?:08|628)\d{7,12}(?!\w)/g;

// JSON leaves these as they are; in a terminal some of them move the cursor, and some turn the line round for whoever reads it.
const UNSEEN = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Returns the text without any of the secrets, also in their URL-encoded and JSON-escaped forms, and with phone numbers masked. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      if (form.length >= SECRET_MIN) forms.add(form);
    }
  }
  // Longest first: a secret that contains another one must go as a whole.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const form of ordered) clean = clean.replaceAll(form, STRUCK);
    return clean.replace(PHONE, (phone) => `${phone.slice(0, 3)}…${phone.slice(-2)}`);
  };
}

/** A pino logger whose lines go to `destination` (standard error unless said otherwise: standard output is for answers) after scrubbing. */
export function openLog(options: { level: LogLevel; secrets: readonly string[]; destination?: DestinationStream }): Logger {
  const scrub = scrubber(options.secrets);
  const destination = options.destination ?? pino.destination({ fd: 2, sync: true });
  return pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => destination.write(scrub(line).replace(UNSEEN, escaped)) },
  );
}
