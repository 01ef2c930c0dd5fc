import { type Interval, minuteMs } from '../../../../shared/domain/gaps/interval.ts';
import type { ReplayAnswer } from '../../../../shared/domain/gaps/replay-job.ts';
import type { SubscriptionListing, WebhookListing, XWebhooks } from '../../../../shared/watch-ports.ts';
import type { Recorded } from './recorded.ts';

export const webhookUrl = 'https://x.example.com/webhooks/x';

interface Job {
  readonly jobId: string;
  readonly window: Interval;
  readonly endsAtMs: number;
}

/**
 * X and the way from it to the table, as far as the watcher sees them: a validation leaves a heartbeat, a replay job
 * lasts a minute and brings one event for each minute of its window, stored late the first time.
 */
export class PlayedX implements XWebhooks {
  readonly #clock: { now(): number };
  readonly #recorded: Recorded;
  listing: WebhookListing = { kind: 'listed', webhooks: [{ webhookId: '7', url: webhookUrl, valid: true }] };
  subscribed: SubscriptionListing = { kind: 'listed', keys: [], elsewhere: 0 };
  /** Answers to the next replay calls, instead of starting a job. */
  readonly refusals: ReplayAnswer[] = [];
  readonly validated: string[] = [];
  readonly windows: Interval[] = [];
  readonly #stored = new Set<number>();
  #running: Job | undefined;

  constructor(clock: { now(): number }, recorded: Recorded) {
    this.#clock = clock;
    this.#recorded = recorded;
  }

  async list(): Promise<WebhookListing> {
    return this.listing;
  }

  async subscriptions(): Promise<SubscriptionListing> {
    return this.subscribed;
  }

  async validate(webhookId: string) {
    this.validated.push(webhookId);
    await this.#recorded.heartbeat(this.#clock.now() + 1_000);
    return { answer: 'taken' as const };
  }

  async replay(_webhookId: string, window: Interval): Promise<ReplayAnswer> {
    const refusal = this.refusals.shift();
    if (refusal) return refusal;
    if (this.#running) return { kind: 'conflict' };
    const jobId = `job-${this.windows.length}`;
    this.windows.push(window);
    this.#running = { jobId, window, endsAtMs: this.#clock.now() + minuteMs };
    return { kind: 'started', jobId };
  }

  /** What X does by itself: ends its job when it is time. */
  async pass(): Promise<void> {
    const job = this.#running;
    const nowMs = this.#clock.now();
    if (!job || nowMs < job.endsAtMs) return;
    this.#running = undefined;
    let deliveries = 0;
    for (let at = job.window.fromMs; at < job.window.toMs; at += minuteMs) {
      deliveries += 1;
      if (!this.#stored.has(at)) await this.#recorded.late(at);
      this.#stored.add(at);
    }
    await this.#recorded.minute(nowMs - minuteMs, { deliveries, replayed: deliveries });
    await this.#recorded.jobStatus(job.jobId, 'Complete', nowMs - 1_000);
  }
}
