// What a back-up says of itself. It stands last in the archive, so that an archive that was cut off has none.
import { z } from 'zod';

export const MANIFEST = 'manifest.json';
/** Its SHA-256, hex: everything else is checked by the manifest. */
export const MANIFEST_SUM = 'manifest.sha256';

/** Names become SQL: what the tables of Alur are called, and nothing else. */
const Name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

export const Manifest = z.object({
  format: z.literal('alur-backup'),
  version: z.literal(1),
  /** When the snapshot was taken, by the database's clock. */
  at: z.iso.datetime(),
  /** The migrations that had made the tables, in order; SHA-256 of each, and the time it carries. */
  migrations: z.array(z.object({ hash: Sha256, at: z.number() })).min(1),
  /** In an order in which they can be filled again. */
  tables: z.array(
    z.object({ name: Name, columns: z.array(Name).min(1), rows: Count, parts: z.array(z.object({ bytes: Count, sha256: Sha256 })) }),
  ),
  sequences: z.array(z.object({ name: Name, last: Count })),
  /** The end of each office's history. */
  chains: z.array(z.object({ office: z.string(), seq: Count, hash: Sha256 })),
  /** Files of the vault that the rows name. */
  files: z.array(z.object({ sha256: Sha256, bytes: Count })),
  /** Files that the rows name and the vault did not have. */
  missing: z.array(Sha256),
  /** Tables that held something and are never carried. */
  leftOut: z.array(Name),
});
export type Manifest = z.infer<typeof Manifest>;

export const partName = (table: string, part: number): string => `tables/${table}/${String(part).padStart(6, '0')}.jsonl`;
export const fileName = (sha256: string): string => `vault/${sha256}`;
