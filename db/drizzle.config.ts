// For `npx drizzle-kit generate --config db/drizzle.config.ts`: migrations are made from the schema, read by a person, then kept.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'postgresql', schema: './db/schema/*.ts', out: './db/migrations' });
