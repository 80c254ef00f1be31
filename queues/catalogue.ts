// The one catalogue of queues: what each job carries, when two jobs are the same job, and how it is run. File name = job name = queue name.
import { z } from 'zod';

interface Entry<P> {
  /** Parsed on arrival: a job may be older than the program. Jobs carry ids only. */
  payload: z.ZodType<P>;
  /** What the job is about: while a job about the same thing waits, it is the same job. */
  about(payload: P): string;
  /** Jobs of this queue that run side by side in one process. */
  concurrency: number;
  attempts: number;
  /** First pause before a failed job runs again; it doubles each time. */
  backoffMs: number;
  /** What a job for later has to do with a job for now about the same thing. */
  later: Later;
}

export type Later =
  /** The same job: now pulls it forward, another instant moves it. */
  | 'moves'
  /** The same job: it stays where it is until its time. */
  | 'stays'
  /** Another job: now does not touch it. */
  | 'apart';

const entry = <P>(of: Entry<P>): Entry<P> => of;

const id = z.string().min(1).max(512);

export const catalogue = {
  /** A lane has post: hear it until nothing is left. */
  hear: entry({
    payload: z.object({ lane: id }),
    about: ({ lane }) => lane,
    concurrency: 8,
    attempts: 3,
    backoffMs: 250,
    later: 'moves',
  }),
  /** A timer is due: judge it again under the lock. */
  wake: entry({
    payload: z.object({ timer: id }),
    about: ({ timer }) => timer,
    concurrency: 4,
    attempts: 3,
    backoffMs: 500,
    later: 'moves',
  }),
  /** A chat has deliveries. Mostly waiting for the platform, therefore many side by side. A pause that the platform asked for outlives new deliveries. */
  deliver: entry({
    payload: z.object({ channel: z.enum(['telegram', 'whatsapp']), chat: id }),
    about: ({ channel, chat }) => `${channel}:${chat}`,
    concurrency: 16,
    attempts: 3,
    backoffMs: 500,
    later: 'apart',
  }),
  /** A file is to be kept. Few at once: each is a stream onto the disk. The reconciler must not shorten the pause between tries. */
  'keep-media': entry({
    payload: z.object({ media: id }),
    about: ({ media }) => media,
    concurrency: 3,
    attempts: 3,
    backoffMs: 1_000,
    later: 'stays',
  }),
};

export type QueueName = keyof typeof catalogue;
export type Payload<N extends QueueName> = z.infer<(typeof catalogue)[N]['payload']>;

export const QUEUE_NAMES = ['hear', 'wake', 'deliver', 'keep-media'] as const satisfies readonly QueueName[];

/** Jobs that failed for good and are kept for a look; the rows they are about are untouched. */
const FAILED_KEPT = 100;

export interface AddOptions {
  /** Not before so many milliseconds. */
  delayMs?: number;
  /** 0 (or none) goes first, then 1, 2 … */
  priority?: number;
}

/**
 * The name of what a job is about: the same for the same payload, free of `:` and never all digits, which BullMQ refuses in ids.
 */
export function jobKey<N extends QueueName>(name: N, payload: Payload<N>): string {
  const about = (catalogue[name] as unknown as Entry<Payload<N>>).about(payload);
  return `${name}-${Buffer.from(about, 'utf8').toString('base64url')}`;
}

/** The pause that stands beside the work itself has a key of its own. */
function keyFor<N extends QueueName>(name: N, payload: Payload<N>, delayMs: number): string {
  const key = jobKey(name, payload);
  return delayMs > 0 && catalogue[name].later === 'apart' ? `${key}-later` : key;
}

/**
 * Everything BullMQ is told about a job, nothing left to defaults.
 *
 * @param instance tells this run of the program from the one before: the half-done jobs of a killed process come back only when their
 * locks run out, and must not pass for jobs that are on their way.
 */
export function jobOptions<N extends QueueName>(name: N, payload: Payload<N>, options: AddOptions, instance: string) {
  const { attempts, backoffMs, later } = catalogue[name];
  const delay = Math.max(0, Math.ceil(options.delayMs ?? 0));
  return {
    delay,
    priority: options.priority ?? 0,
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: { count: FAILED_KEPT },
    deduplication: {
      id: `${instance}-${keyFor(name, payload, delay)}`,
      // A wake-up that comes while the job runs is kept, and runs after it.
      keepLastIfActive: true,
      reschedule: later !== 'stays',
    },
  };
}
