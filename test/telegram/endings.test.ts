import { describe, expect, test } from 'vitest';
import type { Failed } from '../../bots/telegram/api.ts';
import { sentOf } from '../../bots/telegram/endings.ts';

const said = (code: number, description: string, more: Partial<Failed> = {}): Failed => ({
  ...{ ok: false, cause: 'platform', code, description, retryAfterMs: null, migrateTo: null },
  ...more,
});

describe('every ending of a call means one thing for the message', () => {
  test.each([
    [said(429, 'Too Many Requests: retry after 7', { retryAfterMs: 7000 }), { sent: 'later', afterMs: 7000 }],
    [said(502, 'Bad Gateway'), { sent: 'later' }],
    [said(400, 'Bad Request: message is not modified: specified new message content …'), { sent: 'unchanged' }],
    [said(400, 'Bad Request: message to edit not found'), { sent: 'gone' }],
    [said(400, "Bad Request: message can't be edited"), { sent: 'gone' }],
    [said(400, 'Bad Request: message to be replied not found'), { sent: 'gone' }],
    [said(400, 'Bad Request: there is no text in the message to edit'), { sent: 'gone' }],
    [said(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'), { sent: 'gone' }],
    [said(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrateTo: '-1009' }), { sent: 'moved', to: '-1009' }],
    [said(403, 'Forbidden: bot was blocked by the user'), { sent: 'unreachable' }],
    [said(403, "Forbidden: bot can't initiate conversation with a user"), { sent: 'unreachable' }],
    [said(400, 'Bad Request: chat not found'), { sent: 'unreachable' }],
    [said(400, 'Bad Request: not enough rights to send text messages to the chat'), { sent: 'unreachable' }],
    [said(400, 'Bad Request: message is too long'), { sent: 'refused', why: 'Bad Request: message is too long' }],
    [said(413, 'Request Entity Too Large'), { sent: 'refused' }],
    [said(401, 'Unauthorized'), { sent: 'later', whole: true }],
    [said(404, 'Not Found'), { sent: 'later', whole: true }],
    [said(302, 'HTTP 302 without an answer of the Bot API'), { sent: 'later', whole: true }],
  ])('%o', (failed, sent) => {
    expect(sentOf(failed)).toMatchObject(sent);
  });

  test.each(['network', 'timeout', 'aborted', 'garbled', 'unreadable'] as const)('a call that ended by %s is tried again', (cause) => {
    expect(sentOf(said(200, 'x', { cause }))).toMatchObject({ sent: 'later' });
  });
});
