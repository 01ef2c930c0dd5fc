import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createStreamSessions } from '../../../../shared/aws/stream-sessions.ts';
import { createValidationHold, type ValidationHold } from '../../../../shared/aws/validation-hold.ts';
import { createWantedStore } from '../../../../shared/aws/wanted-subscriptions.ts';
import { createWatchLedger } from '../../../../shared/aws/watch-ledger.ts';
import { defaultWatchRules, type WatchRules } from '../../../../shared/domain/gaps/watch-rules.ts';
import type { StreamSessions } from '../../../../shared/stream-ports.ts';
import type { WantedStore } from '../../../../shared/subscription-ports.ts';
import { type WatchDeps, type WatchReport, watchApp } from '../../../../shared/use-cases/watch-app.ts';
import type { WebhookMeasures } from '../../../../shared/watch-ports.ts';
import { at } from '../../../domain/gaps/seen.ts';
import { PlayedX, webhookUrl } from './played-x.ts';
import { type Recorded, recordedFor } from './recorded.ts';

/** Stops a tick at a call of a port: before it, or after it took effect. */
export interface Stop {
  readonly call: number;
  readonly when: 'before' | 'after';
}

export class Stopped extends Error {}

/** One app on a real ledger, with X and the metrics played, watched minute by minute. */
export class WatchedApp {
  readonly app: string;
  readonly rules: WatchRules;
  readonly recorded: Recorded;
  readonly x: PlayedX;
  readonly ledger: ReturnType<typeof createWatchLedger>;
  readonly hold: ValidationHold;
  readonly wanted: WantedStore;
  readonly sessions: StreamSessions;
  /** Whether the app's stream is read, too. */
  readsStream = false;
  measures: WebhookMeasures | Error = { refusals: [], unauthorized: [], oldestMessageAgeMs: 0 };
  secretChangedAt: number | undefined | Error;
  minute = 0;
  /** Calls of ports so far. */
  calls: string[] = [];
  stop: Stop | undefined;

  constructor(client: DynamoDBClient, table: string, app: string, rules: Partial<WatchRules> = {}) {
    const clock = { now: () => this.nowMs };
    this.app = app;
    this.rules = { ...defaultWatchRules, ...rules };
    this.recorded = recordedFor(client, table, app);
    this.x = new PlayedX(clock, this.recorded);
    this.ledger = createWatchLedger({ client, table, clock, retentionDays: 30 });
    this.hold = createValidationHold({ client, ledgerTable: table, app, clock });
    this.wanted = createWantedStore(client, table);
    this.sessions = createStreamSessions({ client, table, retentionDays: 30 });
  }

  get nowMs(): number {
    return at(this.minute);
  }

  deps(): WatchDeps {
    const read = async <T>(value: T | Error): Promise<T> => {
      if (value instanceof Error) throw value;
      return value;
    };
    return {
      clock: { now: () => this.nowMs },
      ledger: this.#stopping('ledger', this.ledger),
      x: this.#stopping('x', this.x),
      metrics: this.#stopping('metrics', { read: () => read(this.measures) }),
      secretChangedAt: () => read(this.secretChangedAt),
      heldUntil: () => this.#stopping('hold', this.hold).heldUntil(),
      wanted: this.#stopping('wanted', this.wanted),
      rules: this.rules,
      webhookUrl,
      ...(this.readsStream && { stream: this.sessions }),
    };
  }

  /** A minute later: X does what it does, then the watcher ticks. */
  async tick(): Promise<WatchReport> {
    this.minute += 1;
    await this.x.pass();
    return watchApp(this.deps(), this.app, this.nowMs);
  }

  /** Ticks, each stopped where `stop` says, until no gap is unfinished. */
  async untilFinished(mostMinutes: number): Promise<void> {
    for (const last = this.minute + mostMinutes; this.minute < last; ) {
      const report = await this.tick().catch((error: unknown) => {
        if (!(error instanceof Stopped)) throw error;
      });
      if (report?.outcome === 'watched' && report.tick.gaps.length === 0) return;
    }
    throw new Error(`a gap is unfinished after ${mostMinutes} minutes`);
  }

  /** Seconds pass within a tick as little as on AWS: the clock stands. */
  #stopping<Port extends object>(name: string, port: Port): Port {
    return new Proxy(port, {
      get: (target, member) => {
        const method: unknown = Reflect.get(target, member);
        if (typeof method !== 'function') return method;
        return async (...args: readonly unknown[]) => {
          this.calls.push(`${name}.${String(member)}`);
          const isIt = this.calls.length === this.stop?.call;
          if (isIt && this.stop?.when === 'before') throw new Stopped();
          const result: unknown = await Reflect.apply(method, target, args);
          if (isIt) throw new Stopped();
          return result;
        };
      },
    });
  }
}
