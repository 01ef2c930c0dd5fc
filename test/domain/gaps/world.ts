import { streamFrom } from '../../../shared/domain/gaps/detect-stream.ts';
import type { Gap } from '../../../shared/domain/gaps/gap.ts';
import { isUnfinished } from '../../../shared/domain/gaps/gap.ts';
import { type Interval, minuteMs, union } from '../../../shared/domain/gaps/interval.ts';
import type { JobStatus, ReplayAnswer } from '../../../shared/domain/gaps/replay-job.ts';
import { answerReplay, answerValidation, watch } from '../../../shared/domain/gaps/watch.ts';
import { defaultWatchRules, type WatchRules } from '../../../shared/domain/gaps/watch-rules.ts';
import { coverageFrom, newWatchState, type Observations, type Tick } from '../../../shared/domain/gaps/watch-state.ts';

export const start = Date.parse('2026-11-21T00:00:00.000Z');
export const rules = defaultWatchRules;

/** How an outage shows: nothing arrives, POSTs meet 5xx, X marks the webhook invalid, or the queue holds everything. */
export interface Outage extends Interval {
  readonly kind: 'silent' | 'refused' | 'invalid' | 'queued';
}

export interface WorldOptions {
  readonly outages?: readonly Outage[];
  /** Events that X makes in the minute. */
  readonly rate?: (minute: number) => number;
  /** X's ends for its jobs in order; `lost`: no message; the last one repeats. */
  readonly ends?: readonly ('Complete' | 'Incomplete' | 'lost' | 'empty')[];
  /** X's answers to the replay calls in order, `started` after them. */
  readonly answers?: readonly ReplayAnswer[];
  readonly stream?: WorldStream;
  readonly rules?: Partial<WatchRules>;
}

/** X's stream beside the webhook: it carries every event of `rate`, and fills back a break of five minutes at most. */
export interface WorldStream {
  /** When it is not connected. */
  readonly breaks?: readonly Interval[];
  /** Events of the minute that X sends by the webhook alone, as the Account Activity API's. */
  readonly webhookOnly?: (minute: number) => number;
  /** Events of the minute whose subscriptions are not on the webhook. */
  readonly streamOnly?: (minute: number) => number;
  /** A connection after a longer break recovers what it missed. */
  readonly recovers?: boolean;
}

const ways = ['webhookOnly', 'streamOnly'] as const;

/** Longer than any outage of the tests: what the watcher may still look at. */
const minutesKept = 32 * 60;

interface Job {
  readonly jobId: string;
  readonly window: Interval;
  readonly startedAtMs: number;
  readonly end: 'Complete' | 'Incomplete' | 'lost' | 'empty';
}

/** A small pure X with a webhook, events once a minute, and the watcher ticking: the ledger's whole logic without a table. */
export class World {
  readonly #options: WorldOptions;
  readonly rules: WatchRules;
  tick: Tick = { state: newWatchState('default'), gaps: [] };
  readonly finished: Gap[] = [];
  /** How many events of a gap no way had brought when it was finished; without those that only the other way carries. */
  readonly missingAtEnd = new Map<string, number>();
  readonly jobs: Job[] = [];
  minute = 0;
  /** What the newest tick saw. */
  seen: Observations | undefined;
  /** Per minute of origin: how many events, and when they were stored. */
  readonly stored = new Map<number, number>();
  /** The same of what only one way carries. */
  readonly storedAlone = new Map<string, number>();
  readonly #covered: Interval[] = [];
  readonly #lateStored = new Map<number, number>();
  readonly #deliveries = new Map<number, { deliveries: number; replayed: number }>();
  readonly #heartbeats: { receivedAtMs: number; recordedAtMs: number }[] = [];
  readonly #statuses: JobStatus[] = [];
  #validations = 0;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    this.rules = { ...rules, ...options.rules };
  }

  get nowMs(): number {
    return start + this.minute * minuteMs;
  }

  get validations(): number {
    return this.#validations;
  }

  get allGaps(): readonly Gap[] {
    return [...this.finished, ...this.tick.gaps];
  }

  sentIn(minute: number): number {
    return (this.#options.rate ?? (() => 1))(minute);
  }

  /** Events of the minutes from `from` on and before `minute` that no way brought to the table. */
  missing(minute = this.minute, from = 0, alone: readonly (typeof ways)[number][] = ways): number {
    const minutes = Array.from({ length: minute - from }, (_, index) => from + index);
    return minutes.reduce((sum, index) => sum + this.#missingIn(index, alone), 0);
  }

  #missingIn(minute: number, carriers: readonly (typeof ways)[number][]): number {
    const alone = carriers.map((way) => this.#sentAlone(way, minute) - (this.storedAlone.get(`${way} ${minute}`) ?? 0));
    return alone.reduce((sum, count) => sum + count, this.sentIn(minute) - (this.stored.get(minute) ?? 0));
  }

  #sentAlone(way: (typeof ways)[number], minute: number): number {
    return this.#options.stream?.[way]?.(minute) ?? 0;
  }

  #storeAlone(way: (typeof ways)[number], minute: number): void {
    this.storedAlone.set(`${way} ${minute}`, this.#sentAlone(way, minute));
  }

  run(minutes: number, afterTick?: (world: World) => void): this {
    for (let left = minutes; left > 0; left -= 1) {
      this.#stream();
      this.#deliver();
      this.#runJobs();
      this.#deliveries.delete(this.minute - minutesKept);
      this.minute += 1;
      this.#watch();
      afterTick?.(this);
    }
    return this;
  }

  #observe(): Observations {
    const { nowMs } = this;
    const recorded = (minute: number) => !this.#queued(minute) || !this.#queued(this.minute - 1);
    const fromMs = coverageFrom(this.tick.state, nowMs);
    const minutes = [...this.#deliveries.keys()]
      .filter((minute) => start + minute * minuteMs >= fromMs && recorded(minute))
      .sort((a, b) => a - b);
    return {
      nowMs,
      minutes: minutes.map((minute) => {
        const { deliveries, replayed } = this.#deliveries.get(minute) ?? { deliveries: 0, replayed: 0 };
        const minuteStart = start + minute * minuteMs;
        return { minuteMs: minuteStart, deliveries, replayed, lastReceivedAtMs: minuteStart + 30_000 };
      }),
      heartbeats: this.#heartbeats
        .filter(({ recordedAtMs }) => recordedAtMs <= nowMs)
        .map(({ receivedAtMs }) => ({ receivedAtMs, proven: false })),
      webhook: { kind: 'found', webhookId: '7', valid: this.#outage(this.minute - 1)?.kind !== 'invalid' },
      refusals: this.#refusals(),
      validationHeld: false,
      measured: true,
      unauthorized: [],
      oldestMessageAgeMs: this.#queueAgeMs(),
      statuses: this.#statuses,
      storedLate: new Map(this.tick.gaps.map((gap) => [gap.gapId, this.#storedLate(gap)])),
      products: new Map(minutes.length > 0 ? [['xaa', start + (minutes.at(-1) ?? 0) * minuteMs]] : []),
      ...this.#seeStream(),
    };
  }

  #seeStream(): Pick<Observations, 'stream' | 'subscriptions'> {
    const { stream } = this.#options;
    if (stream === undefined) return {};
    const keys = ['xaa like.create 1', ...(stream.webhookOnly ? ['aaa all 1'] : [])];
    const subscriptions = { wanted: keys, present: keys, elsewhere: stream.streamOnly ? 1 : 0 };
    const fromMs = streamFrom(this.tick, this.nowMs, this.rules);
    return { subscriptions, stream: union(this.#covered.filter(({ toMs }) => toMs > fromMs)) };
  }

  #outage(minute: number): Outage | undefined {
    const atMs = start + minute * minuteMs;
    return this.#options.outages?.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
  }

  #queued(minute: number): boolean {
    return this.#outage(minute)?.kind === 'queued';
  }

  #isBroken(minute: number): boolean {
    const atMs = start + minute * minuteMs;
    return this.#options.stream?.breaks?.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs) ?? false;
  }

  /** What the stream sends in this minute and fills back before it. Of two ways the first one counts, whichever it is. */
  #stream(): void {
    const { stream } = this.#options;
    if (stream === undefined || this.#isBroken(this.minute)) return;
    let first = this.minute;
    while (first > 0 && this.#isBroken(first - 1)) first -= 1;
    if (this.minute - first > 5 && !stream.recovers) first = this.minute - 5;
    for (let minute = first; minute <= this.minute; minute += 1) {
      this.stored.set(minute, this.sentIn(minute));
      this.#storeAlone('streamOnly', minute);
    }
    this.#covered.push({ fromMs: start + first * minuteMs, toMs: start + (this.minute + 1) * minuteMs });
  }

  #deliver(): void {
    const sent = this.sentIn(this.minute) + this.#sentAlone('webhookOnly', this.minute);
    const outage = this.#outage(this.minute);
    if (sent === 0 || (outage && outage.kind !== 'queued')) return;
    this.stored.set(this.minute, this.sentIn(this.minute));
    this.#storeAlone('webhookOnly', this.minute);
    const before = this.#deliveries.get(this.minute) ?? { deliveries: 0, replayed: 0 };
    this.#deliveries.set(this.minute, { ...before, deliveries: before.deliveries + sent });
  }

  #runJobs(): void {
    for (const job of this.jobs) {
      if (this.nowMs !== job.startedAtMs + 2 * minuteMs) continue;
      // What a replay sends meets the same outage, and so does the message that it ended.
      const broken = this.#outage(this.minute);
      if (broken && broken.kind !== 'queued') continue;
      if (job.end === 'Complete' || job.end === 'lost') this.#replay(job.window);
      if (job.end === 'lost') continue;
      const state = job.end === 'empty' ? 'Complete' : job.end;
      this.#statuses.push({ jobId: job.jobId, state, receivedAtMs: this.nowMs + 1000 });
    }
  }

  #replay({ fromMs, toMs }: Interval): void {
    const before = this.#deliveries.get(this.minute) ?? { deliveries: 0, replayed: 0 };
    let replayed = 0;
    for (let atMs = fromMs; atMs < toMs; atMs += minuteMs) {
      const minute = (atMs - start) / minuteMs;
      const sent = minute < 0 ? 0 : this.sentIn(minute);
      const alone = minute < 0 ? 0 : this.#sentAlone('webhookOnly', minute);
      replayed += sent + alone;
      const late = this.#storeReplayed(minute, sent) + (alone - (this.storedAlone.get(`webhookOnly ${minute}`) ?? 0));
      if (alone > 0) this.#storeAlone('webhookOnly', minute);
      if (late > 0) this.#lateStored.set(minute, late);
    }
    if (replayed === 0) return;
    const deliveries = before.deliveries + replayed;
    this.#deliveries.set(this.minute, { deliveries, replayed: before.replayed + replayed });
  }

  #storeReplayed(minute: number, sent: number): number {
    if (sent === 0 || this.stored.has(minute)) return 0;
    this.stored.set(minute, sent);
    return sent;
  }

  #refusals() {
    const minutes = Array.from({ length: 15 }, (_, index) => this.minute - 15 + index);
    return minutes
      .filter((minute) => this.#outage(minute)?.kind === 'refused')
      .filter((minute) => this.sentIn(minute) + this.#sentAlone('webhookOnly', minute) > 0)
      .map((minute) => ({ minuteMs: start + minute * minuteMs, count: 1 }));
  }

  #queueAgeMs(): number {
    const outage = this.#outage(this.minute - 1);
    return outage?.kind === 'queued' ? this.nowMs - outage.fromMs : 0;
  }

  #storedLate({ fromMs, toMs }: Gap): number {
    const inside = [...this.#lateStored].filter(([minute]) => {
      const atMs = start + minute * minuteMs;
      return atMs >= fromMs - minuteMs && atMs < (toMs ?? Number.POSITIVE_INFINITY);
    });
    return inside.reduce((sum, [, count]) => sum + count, 0);
  }

  #watch(): void {
    this.seen = this.#observe();
    const { state, gaps, effects } = watch(this.tick, this.seen, this.rules);
    this.tick = { state, gaps };
    for (const effect of effects) {
      if (effect.kind === 'validate') this.#validate();
      else this.#startJob(effect.window);
    }
    const finished = this.tick.gaps.filter((gap) => !isUnfinished(gap));
    this.finished.push(...finished);
    for (const { gapId, reason, fromMs, toMs } of finished) {
      const minuteOf = (ms: number) => Math.min(this.minute, Math.max(0, (ms - start) / minuteMs));
      const own = [reason === 'stream' ? 'streamOnly' : 'webhookOnly'] as const;
      this.missingAtEnd.set(gapId, this.missing(Math.ceil(minuteOf(toMs ?? 0)), Math.floor(minuteOf(fromMs)), own));
    }
    this.tick = { ...this.tick, gaps: this.tick.gaps.filter(isUnfinished) };
  }

  #validate(): void {
    this.#validations += 1;
    const answer = { answer: 'taken', sentAtMs: this.nowMs } as const;
    this.tick = { ...this.tick, state: answerValidation(this.tick.state, this.nowMs, answer) };
    const outage = this.#outage(this.minute);
    if (outage && outage.kind !== 'queued') return;
    const receivedAtMs = this.nowMs + 2000;
    this.#heartbeats.push({ receivedAtMs, recordedAtMs: outage ? outage.toMs + 2000 : receivedAtMs });
  }

  #startJob(window: Interval): void {
    const { nowMs } = this;
    const running = this.jobs.some(({ startedAtMs }) => nowMs < startedAtMs + 2 * minuteMs);
    if (running) throw new Error('a second job at once');
    const answer = this.#options.answers?.[this.jobs.length] ?? { kind: 'started', jobId: `job-${this.jobs.length}` };
    const ends = this.#options.ends ?? ['Complete'];
    const end = ends[Math.min(this.jobs.length, ends.length - 1)] ?? 'Complete';
    this.jobs.push({ jobId: answer.kind === 'started' ? (answer.jobId ?? '') : '', window, startedAtMs: nowMs, end });
    this.tick = answerReplay(this.tick, answer, nowMs, this.rules);
  }
}

export function outage(kind: Outage['kind'], fromMinute: number, toMinute: number): Outage {
  return { kind, fromMs: start + fromMinute * minuteMs, toMs: start + toMinute * minuteMs };
}
