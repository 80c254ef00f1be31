// Kinds of columns that several tables share.
import { customType } from 'drizzle-orm/pg-core';

/** An instant as the rules speak of it, epoch milliseconds; in the database a readable timestamp. */
export const instant = customType<{ data: number; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (ms) => new Date(ms).toISOString(),
  fromDriver: (text) => new Date(text).getTime(),
});

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
