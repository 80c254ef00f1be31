import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Opened, telegramChannel } from '../../bots/telegram/telegram.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { KeptLog, TestClock, TOKEN } from './hands.ts';

let platform: BotApi;
let log: KeptLog;
let waits: number[];

beforeEach(async () => {
  platform = await startBotApi({ token: TOKEN, clock: new TestClock(), botUsername: 'AlurContohBot' });
  log = new KeptLog();
  waits = [];
});
afterEach(() => platform.close());

function open(
  more: { token?: string; signal?: AbortSignal; apiRoot?: string; sleep?: (ms: number) => Promise<void> } = {},
): Promise<Opened> {
  const sleep = async (ms: number) => void waits.push(ms);
  return telegramChannel({
    token: TOKEN,
    apiRoot: platform.root,
    clock: new TestClock(),
    log,
    jitter: () => 0,
    timeoutMs: 1000,
    sleep,
    ...more,
  });
}

describe('opening', () => {
  test('the channel knows who it is and invites to itself', async () => {
    const opened = await open();
    if (opened.opened === 'no') throw new Error(opened.why);
    expect(opened.channel).toMatchObject({ name: 'telegram', account: '777', username: 'AlurContohBot', textMax: 4096 });
    expect(opened.channel.invitation('aB-_9')).toBe('https://t.me/AlurContohBot?start=aB-_9');
    expect(opened.channel.invitation('a b&c')).toBeNull();
  });

  test('a command in a group reaches it under its own name only', async () => {
    const opened = await open();
    if (opened.opened === 'no') throw new Error(opened.why);
    const message = (text: string) => ({ update_id: 1, message: { message_id: 1, chat: { id: -5, type: 'group' }, text } });
    expect(opened.channel.translate(message('/status@AlurContohBot'), 1).what).toMatchObject({ text: '/status' });
    expect(opened.channel.translate(message('/status@LainBot'), 1).what).toEqual({ kind: 'nothing' });
  });

  test('the menu of commands is told, in Indonesian', async () => {
    await open();
    const told = platform.calls.find((call) => call.method === 'setMyCommands')?.params['commands'];
    expect(told).toHaveLength(9);
    expect(told).toContainEqual({ command: 'antrean', description: 'Konten yang menunggu Anda' });
  });

  test('a menu that is not taken keeps nobody from work', async () => {
    platform.faults.next('setMyCommands', { status: 500 });
    expect(await open()).toMatchObject({ opened: 'yes' });
    expect(log.lines).toHaveLength(1);
  });
});

describe('a Telegram that cannot be reached yet', () => {
  test('is asked again, longer each time, and spoken of once', async () => {
    platform.faults.next('getMe', { drop: true, times: 2 });
    platform.faults.next('getMe', { retryAfter: 9 });
    platform.faults.next('getMe', { body: '{"ok":true,"result":{}}' });
    expect(await open()).toMatchObject({ opened: 'yes' });
    expect(waits).toEqual([1000, 2000, 9000, 8000]);
    expect(log.lines).toHaveLength(1);
  });

  test('a stop ends the waiting', async () => {
    const stop = new AbortController();
    platform.faults.next('getMe', { drop: true, times: 99 });
    const opened = await open({ signal: stop.signal, sleep: async () => stop.abort() });
    expect(opened).toMatchObject({ opened: 'no', reason: 'stopped' });
  });
});

test('a wrong token is told at once, without being named', async () => {
  const token = '777:AAHwrong-canary_000000000000000';
  const opened = await open({ token });
  expect(opened).toEqual({ opened: 'no', reason: 'refused', why: 'Unauthorized' });
  expect(inspect([opened, log.lines], { depth: 10 })).not.toContain('canary');
});
