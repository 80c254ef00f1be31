import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../bots/telegram/api.ts';
import { type PollOptions, poll } from '../../bots/telegram/ingest.ts';
import { backoffMs } from '../../bots/telegram/wait.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { KeptLog, MemoryInbox, startStub, TestClock, TOKEN, until } from './hands.ts';

let platform: BotApi;
let clock: TestClock;
let inbox: MemoryInbox;
let log: KeptLog;
let stop: AbortController;
let waits: number[];
let rung: string[];
let running: ReturnType<typeof poll> | null;

beforeEach(async () => {
  clock = new TestClock();
  platform = await startBotApi({ token: TOKEN, clock });
  inbox = new MemoryInbox();
  log = new KeptLog();
  stop = new AbortController();
  waits = [];
  rung = [];
  running = null;
});
afterEach(async () => {
  stop.abort();
  await running;
  await platform.close();
});

function options(more: Partial<PollOptions> = {}): PollOptions {
  return {
    api: createApi({ token: TOKEN, apiRoot: platform.root }),
    store: inbox,
    clock,
    signal: stop.signal,
    log,
    account: '777',
    jitter: () => 0,
    pollSeconds: 1,
    onPost: (lane) => void rung.push(lane),
    sleep: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    ...more,
  };
}
const start = (more: Partial<PollOptions> = {}) => {
  running = poll(options(more));
  return running;
};

describe('nothing said is lost', () => {
  test('what is heard is written down, rung for and then confirmed', async () => {
    platform.phone(1001, 'Sari').sendText('satu');
    platform.phone(1002, 'Budi').sendText('dua');
    void start();
    await until(() => inbox.rows.size === 2 && platform.pending().length === 0);
    expect(inbox.texts()).toEqual(['satu', 'dua']);
    expect(rung.sort()).toEqual(['telegram:777:1001', 'telegram:777:1002']);
    stop.abort();
    expect(await running).toEqual({ ended: 'stopped' });
  });

  test('a batch that could not be written down is not confirmed, and comes again', async () => {
    inbox.failures = 3;
    platform.phone(1001, 'Sari').sendText('satu');
    let pendingAtSuccess = -1;
    const receive = inbox.receive.bind(inbox);
    inbox.receive = async (arrivals) => {
      const answer = await receive(arrivals);
      pendingAtSuccess = platform.pending().length;
      return answer;
    };
    void start();
    await until(() => inbox.rows.size === 1);
    expect(inbox.calls).toBe(4);
    expect(pendingAtSuccess).toBe(1);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test('an update that comes twice is one row, and is rung for once', async () => {
    const sari = platform.phone(1001, 'Sari');
    sari.sendText('satu');
    const [update] = platform.pending();
    void start();
    await until(() => inbox.rows.size === 1 && platform.pending().length === 0);
    if (update) platform.redeliver(update);
    await until(() => inbox.calls === 2);
    sari.sendText('dua');
    await until(() => inbox.rows.size === 2);
    expect(rung).toEqual(['telegram:777:1001', 'telegram:777:1001']);
  });

  test('a bell that breaks does not stop the hearing', async () => {
    void start({ onPost: () => Promise.reject(new Error('queue down')) });
    platform.phone(1001, 'Sari').sendText('satu');
    await until(() => inbox.rows.size === 1);
    platform.phone(1001).sendText('dua');
    await until(() => inbox.rows.size === 2 && log.lines.length >= 2);
    expect(log.lines[0]?.text).toContain('did not ring');
  });

  test('a stop between two batches leaves the unconfirmed one to the next start, which makes no second row of it', async () => {
    platform.phone(1001, 'Sari').sendText('satu');
    const receive = inbox.receive.bind(inbox);
    inbox.receive = async (arrivals) => {
      stop.abort();
      return receive(arrivals);
    };
    expect(await start()).toEqual({ ended: 'stopped' });
    expect(platform.pending()).toHaveLength(1);
    inbox.receive = receive;
    stop = new AbortController();
    void start();
    await until(() => platform.pending().length === 0);
    expect(inbox.rows.size).toBe(1);
  });
});

describe('a platform in trouble', () => {
  test.each([
    ['a 500', { status: 500 }],
    ['a page of a gateway', { status: 502, body: '<html>' }],
    ['an answer that is no JSON', { body: '{"ok":tr' }],
    ['a list that is none', { body: '{"ok":true,"result":{}}' }],
    ['a cut connection', { drop: true }],
    ['a cut connection after the work', { dropAfterProcessing: true }],
    ['another poller', { status: 409 }],
    ['a bad request', { status: 400 }],
  ])('%s is waited out, longer each time, and said once', async (_, fault) => {
    platform.faults.next('getUpdates', { ...fault, times: 3 });
    platform.phone(1001, 'Sari').sendText('satu');
    void start();
    await until(() => inbox.rows.size === 1);
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(log.lines.filter((line) => line.level === 'warn')).toHaveLength(1);
  });

  test('retry_after is obeyed when it is longer', async () => {
    platform.faults.next('getUpdates', { retryAfter: 9 });
    platform.phone(1001, 'Sari').sendText('satu');
    void start();
    await until(() => inbox.rows.size === 1);
    expect(waits).toEqual([9000]);
  });

  test('a webhook that was left behind is taken away, and what waited is heard', async () => {
    const api = createApi({ token: TOKEN, apiRoot: platform.root });
    await api.call('setWebhook', { url: 'http://127.0.0.1:1/hook' });
    platform.phone(1001, 'Sari').sendText('satu');
    void start();
    await until(() => inbox.rows.size === 1);
    expect(platform.calls.find((call) => call.method === 'deleteWebhook')?.params['drop_pending_updates']).not.toBe(true);
  });

  test('a server that knows no webhooks is polled all the same', async () => {
    platform.faults.next('deleteWebhook', { status: 404 });
    platform.phone(1001, 'Sari').sendText('satu');
    void start();
    await until(() => inbox.rows.size === 1);
    expect(waits).toEqual([]);
  });

  test.each([401, 404])('a token answered with %i ends the hearing with a value', async (status) => {
    platform.faults.next('getUpdates', { status });
    expect(await start()).toEqual({ ended: 'unauthorised', why: `Fault ${status}` });
  });

  test('every poll is told of, answered or not, and the stop is no failure', async () => {
    const polls: string[] = [];
    platform.faults.next('getUpdates', { status: 500 });
    const ending = start({ onAnswer: () => void polls.push('answered'), onFailure: () => void polls.push('failed') });
    await until(() => polls.length >= 2);
    stop.abort();
    await ending;
    expect(polls.slice(0, 2)).toEqual(['failed', 'answered']);
    expect(polls.filter((one) => one === 'failed')).toHaveLength(1);
  });

  test('a connection that hangs is given up', async () => {
    let polls = 0;
    const stub = await startStub((request, response) => {
      const isPoll = request.url?.endsWith('getUpdates') === true;
      if (isPoll && polls++ === 0) return;
      response.end(JSON.stringify({ ok: true, result: isPoll ? [{ update_id: 1, message: { text: 'satu' } }] : true }));
    });
    const api = createApi({ token: TOKEN, apiRoot: stub.root });
    const hurried = {
      ...api,
      call: ((method, params, given) => api.call(method, params, { ...given, timeoutMs: 200 })) as typeof api.call,
    };
    void start({ api: hurried });
    await until(() => inbox.rows.size > 0);
    expect(log.lines[0]?.fields).toEqual({ why: 'timeout: no answer in time' });
    stop.abort();
    await running;
    await stub.close();
  });

  test('after six days of silence it asks without an offset, because the ids may have begun anew', async () => {
    const offsets: unknown[] = [];
    let answerNext = [{ update_id: 900, message: { text: 'satu' } }];
    const stub = await startStub((request, response, body) => {
      if (!request.url?.endsWith('getUpdates')) return void response.end('{"ok":true,"result":true}');
      offsets.push((JSON.parse(String(body)) as { offset?: number }).offset);
      const result = answerNext;
      answerNext = [];
      setTimeout(() => response.end(JSON.stringify({ ok: true, result })), 10);
    });
    void start({ api: createApi({ token: TOKEN, apiRoot: stub.root }) });
    await until(() => offsets.length >= 3);
    expect(offsets.slice(0, 3)).toEqual([undefined, 901, 901]);
    clock.pass(6 * 24 * 3_600_000 + 1);
    await until(() => offsets.at(-1) === undefined);
    stop.abort();
    await running;
    await stub.close();
  });
});

test('while too much waits, nothing more is asked for', async () => {
  let may = false;
  platform.phone(1001, 'Sari').sendText('satu');
  void start({ mayAsk: () => may });
  await until(() => waits.length >= 3);
  expect(inbox.calls).toBe(0);
  may = true;
  await until(() => inbox.rows.size === 1);
});

test('the token is in no line of the log, whatever happens', async () => {
  platform.faults.next('getUpdates', { body: `{"ok":false,"error_code":500,"description":"/bot${TOKEN}/getUpdates"}` });
  platform.faults.next('getUpdates', { drop: true });
  inbox.failures = 1;
  platform.phone(1001, 'Sari').sendText('satu');
  void start();
  await until(() => inbox.rows.size === 1);
  expect(log.lines.length).toBeGreaterThan(2);
  expect(inspect(log.lines, { depth: 10 })).not.toContain('canary');
});

test('waits double up to half a minute, and jitter only shortens them', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((failures) => backoffMs(failures, 0))).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(backoffMs(2, 0.999)).toBeGreaterThanOrEqual(1000);
});
