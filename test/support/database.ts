// A fresh, migrated database for one test file or one test: a copy of the template, dropped afterwards.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { SERVER_VARIABLE, TEMPLATE } from './postgres-once.ts';

export interface FreshDatabase {
  /** As the owner; `openStore` takes the application's role on top. */
  url: string;
  close(): Promise<void>;
}

const TEMPLATE_IN_USE = '55006';

function server(): { url: URL; sql: postgres.Sql } {
  const text = process.env[SERVER_VARIABLE];
  if (text === undefined) throw new Error(`${SERVER_VARIABLE} is not set: is test/support/postgres-once.ts the global setup?`);
  return { url: new URL(text), sql: postgres(text, { max: 1, onnotice: () => {} }) };
}

async function make(template: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const { url, sql } = server();
  url.pathname = `/${name}`;
  try {
    for (let tries = 0; ; tries += 1) {
      try {
        await sql.unsafe(`create database ${name} template ${template}`);
        break;
      } catch (error) {
        if ((error as { code?: string }).code !== TEMPLATE_IN_USE || tries > 50) throw error;
        await pause(50);
      }
    }
  } finally {
    await sql.end();
  }
  return {
    url: url.href,
    close: async () => {
      const again = server();
      try {
        await again.sql.unsafe(`drop database if exists ${name} with (force)`);
      } finally {
        await again.sql.end();
      }
    },
  };
}

export function freshDatabase(): Promise<FreshDatabase> {
  return make(TEMPLATE);
}

/** Without any table: for tests of the migrations themselves. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return make('template0');
}
