// Runs the jobs: one worker for each queue of the catalogue, stopped within a fixed time.
import { UnrecoverableError } from 'bullmq';
import type { Queues } from './backend.ts';
import { catalogue, type Payload, QUEUE_NAMES, type QueueName } from './catalogue.ts';
import type { Consumer, RunningJob } from './engine.ts';
import type { Log } from './log.ts';
import { messageOf, within } from './within.ts';

/** Running jobs may finish for this long. With letting go and closing the queues 8 of the 10 s that a stop may take. */
const DRAIN_MS = 6_000;
const LET_GO_MS = 1_000;

export type Processors = { [N in QueueName]: (payload: Payload<N>) => Promise<void> };

export interface Workers {
  /** No new jobs, running ones may finish, then they are given back to the queue. Returns how many were. At most 7 s, whatever hangs. */
  stop(): Promise<{ givenBack: number }>;
}

/** Resolves when every worker listens. */
export async function startWorkers(queues: Queues, processors: Processors, options: { log: Log; drainMs?: number }): Promise<Workers> {
  const { log, drainMs = DRAIN_MS } = options;
  const running = makeRunning();
  const consumers = QUEUE_NAMES.map((name) =>
    queues.engine.consumer(
      name,
      (job) => running.until(() => runJob(name, job, processors, log)),
      catalogue[name].concurrency,
      (error) => log.warn({ queue: name, err: error.message }, 'queues: worker trouble'),
    ),
  );
  await Promise.all(consumers.map((consumer) => consumer.waitUntilReady()));
  let stopping: Promise<{ givenBack: number }> | undefined;
  return {
    stop() {
      stopping ??= stopAll(consumers, running, drainMs, log);
      return stopping;
    },
  };
}

async function stopAll(consumers: Consumer[], running: Running, drainMs: number, log: Log): Promise<{ givenBack: number }> {
  const closing = Promise.allSettled(consumers.map((consumer) => consumer.close()));
  if ((await within(closing, drainMs)).ended === 'in-time') return { givenBack: 0 };
  const givenBack = running.giveBack();
  log.warn({ givenBack }, 'queues: jobs did not finish in time and were given back');
  await within(closing, LET_GO_MS);
  return { givenBack };
}

async function runJob<N extends QueueName>(name: N, job: RunningJob, processors: Processors, log: Log): Promise<void> {
  const parsed = catalogue[name].payload.safeParse(job.data);
  if (!parsed.success) {
    log.error({ queue: name, job: job.id, fault: parsed.error.message }, 'queues: a job that nobody understands');
    throw new UnrecoverableError('payload');
  }
  try {
    await processors[name](parsed.data as Payload<N>);
  } catch (error) {
    log.error({ queue: name, job: job.id, err: messageOf(error) }, 'queues: a job failed');
    throw error;
  }
}

interface Running {
  until(work: () => Promise<void>): Promise<void>;
  /** Ends every running job as failed, so that BullMQ puts it back. Returns how many. */
  giveBack(): number;
}

function makeRunning(): Running {
  const breaks = new Set<(why: Error) => void>();
  return {
    async until(work) {
      let breakOff: (why: Error) => void = () => undefined;
      const broken = new Promise<never>((_, reject) => {
        breakOff = reject;
      });
      breaks.add(breakOff);
      try {
        await Promise.race([work(), broken]);
      } finally {
        breaks.delete(breakOff);
      }
    },
    giveBack() {
      const count = breaks.size;
      for (const breakOff of breaks) breakOff(new Error('the program is stopping'));
      return count;
    },
  };
}
