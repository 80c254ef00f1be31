// Pushes updates to a webhook: one at a time per chat (for taps: per person), again until it is answered with 2xx or too old.
import { wayOut } from '../../bots/way-out.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import { isRecord } from './params.ts';
import type { QueuedUpdate, Updates } from './updates.ts';
import type { Answer } from './wire.ts';
import { done, refuse } from './wire.ts';

export interface WebhookSetting {
  url: string;
  secret: string | null;
  maxConnections: number;
}

const ANSWER_AWAITED_MS = 60_000;
const WAIT_MAX_STEPS = 6;

export interface WebhookParts {
  updates: Updates;
  clock: Clock;
  /** The first pause after a failure, doubled up to 64 times. */
  retryMs: number;
  /** A method named in the answer's body is called, as Telegram does. */
  call(method: string, fields: Record<string, unknown>): Promise<void>;
}

export class Webhook {
  private readonly parts: WebhookParts;
  private setting: WebhookSetting | null = null;
  private readonly busy = new Set<string>();
  private readonly failures = new Map<string, number>();
  private lastError: { date: number; message: string } | null = null;
  private readonly stopped = new AbortController();

  constructor(parts: WebhookParts) {
    this.parts = parts;
    parts.updates.onAdd(() => this.pump());
  }

  isSet(): boolean {
    return this.setting !== null;
  }

  current(): WebhookSetting | null {
    return this.setting;
  }

  set(url: string, secret: string | null, maxConnections: number): Answer {
    if (url === '') {
      this.setting = null;
      return done(true);
    }
    let parsed: URL;
    try {
      parsed = new URL(url);
    } catch {
      return refuse(400, 'bad webhook: invalid webhook URL specified');
    }
    const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname);
    if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && loopback)) {
      return refuse(400, 'bad webhook: An HTTPS URL must be provided for webhook');
    }
    if (secret !== null && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) return refuse(400, 'secret token contains unallowed characters');
    this.setting = { url, secret, maxConnections };
    this.pump();
    return done(true);
  }

  info(): Record<string, unknown> {
    const { updates } = this.parts;
    return {
      url: this.setting?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: updates.pending().length,
      ...(this.setting ? { max_connections: this.setting.maxConnections } : {}),
      ...(this.lastError ? { last_error_date: this.lastError.date, last_error_message: this.lastError.message } : {}),
      ...(updates.allowedKinds() ? { allowed_updates: updates.allowedKinds() } : {}),
    };
  }

  close(): void {
    this.stopped.abort();
  }

  private pump(): void {
    const setting = this.setting;
    if (!setting || this.stopped.signal.aborted) return;
    for (const queued of this.parts.updates.pending()) {
      if (this.busy.size >= setting.maxConnections) return;
      if (this.busy.has(queued.lane)) continue;
      this.busy.add(queued.lane);
      void this.push(queued, setting);
    }
  }

  private async push(queued: QueuedUpdate, setting: WebhookSetting): Promise<void> {
    const outcome = await this.post(queued, setting);
    if (this.stopped.signal.aborted) return;
    if (outcome.ok) {
      this.failures.delete(queued.lane);
      this.parts.updates.drop(queued.update.update_id);
    } else {
      this.lastError = { date: Math.floor(this.parts.clock.now() / 1000), message: outcome.why };
      const failed = this.failures.get(queued.lane) ?? 0;
      this.failures.set(queued.lane, failed + 1);
      // The first retry comes at once.
      const pauseMs = failed === 0 ? 0 : this.parts.retryMs * 2 ** Math.min(failed, WAIT_MAX_STEPS);
      await pause(Math.max(pauseMs, outcome.afterMs), this.stopped.signal);
    }
    this.busy.delete(queued.lane);
    this.pump();
  }

  private async post(queued: QueuedUpdate, setting: WebhookSetting): Promise<{ ok: true } | { ok: false; why: string; afterMs: number }> {
    try {
      const response = await wayOut([setting.url])(new URL(setting.url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(setting.secret !== null ? { 'x-telegram-bot-api-secret-token': setting.secret } : {}),
        },
        body: JSON.stringify(queued.update),
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(ANSWER_AWAITED_MS)]),
      });
      const text = await response.text();
      if (response.ok) {
        await this.callNamed(text);
        return { ok: true };
      }
      const retryAfter = Number(response.headers.get('retry-after'));
      const afterMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : 0;
      return { ok: false, why: `Wrong response from the webhook: ${response.status} ${response.statusText}`, afterMs };
    } catch (error) {
      return { ok: false, why: error instanceof Error ? error.message : String(error), afterMs: 0 };
    }
  }

  private async callNamed(text: string): Promise<void> {
    if (!text.startsWith('{')) return;
    try {
      const body: unknown = JSON.parse(text);
      if (isRecord(body) && typeof body['method'] === 'string') await this.parts.call(body['method'], body);
    } catch {
      // A body that is no method call is no fault: Telegram ignores it too.
    }
  }
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopped.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
