// What is said between the service and the process that looks into files. The answer comes from where a hostile file may have been at work:
// it is checked like anybody's words.
import { z } from 'zod';

export interface Job {
  does: 'kind' | 'thumbnail';
  path: string;
}

const pixels = z.number().int().min(1).max(1_000_000);

export const Answer = z.union([
  z.strictObject({
    inspected: z.union([z.strictObject({ mime: z.string().max(200).nullable() }), z.strictObject({ damaged: z.literal(true) })]),
  }),
  z.strictObject({
    thumbnail: z
      .strictObject({
        jpeg: z
          .string()
          .max(100_000)
          .regex(/^\/9j\/[A-Za-z0-9+/]+={0,2}$/),
        size: z.strictObject({ width: pixels, height: pixels }).nullable(),
      })
      .nullable(),
  }),
  /** The system's code for why it could not be read. */
  z.strictObject({ unreadable: z.string().max(40) }),
]);
export type Answer = z.infer<typeof Answer>;
