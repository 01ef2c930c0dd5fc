import type { Clock } from '../../../shared/ports.ts';
import type { Store } from '../state/store.ts';

export const outageModes = ['silent', 'dead-url', 'invalid', 'api-down'] as const;
export type OutageMode = (typeof outageModes)[number];

/** `untilMs` (Unix ms of the emulator's clock): default, until it is ended. */
export type Outage =
  /** Nothing reaches the receiver, CRCs neither: as if X's DNS led elsewhere. Attempts are made, and fail. */
  | { readonly mode: 'silent'; readonly untilMs?: number | undefined }
  /** X really connects, to a port where nobody listens. */
  | { readonly mode: 'dead-url'; readonly untilMs?: number | undefined }
  /** All webhooks become invalid. The next check that passes makes one valid again, but none before `untilMs`. */
  | { readonly mode: 'invalid'; readonly untilMs?: number | undefined }
  /** X's own API answers `status` (default 503) on all paths that begin with `path` (default all of `/2/`). */
  | {
      readonly mode: 'api-down';
      readonly untilMs?: number | undefined;
      readonly status?: number | undefined;
      readonly path?: string | undefined;
    };

export type OutageOf<Mode extends OutageMode> = Extract<Outage, { mode: Mode }>;

export interface Outages {
  /** Takes the place of one of the same mode. */
  start(outage: Outage): void;
  /** Without a mode: all. What became invalid stays so until a check passes. */
  end(mode?: OutageMode): void;
  current(): readonly Outage[];
}

export function createOutages(clock: Clock, store: Store): Outages {
  const started = new Map<OutageMode, Outage>();
  return {
    start(outage) {
      if (outage.mode === 'invalid') {
        store.change((state) => ({
          ...state,
          webhooks: state.webhooks.map((webhook) => ({ ...webhook, valid: false })),
        }));
        // Without an end it is over as soon as a check passes: the webhooks' own state says all.
        if (outage.untilMs === undefined) return;
      }
      started.set(outage.mode, outage);
    },
    end(mode) {
      if (mode === undefined) started.clear();
      else started.delete(mode);
    },
    current: () => [...started.values()].filter(({ untilMs }) => untilMs === undefined || clock.now() < untilMs),
  };
}

/** The present outage of one mode. */
export function outageOf<Mode extends OutageMode>(
  outages: Pick<Outages, 'current'>,
  mode: Mode,
): OutageOf<Mode> | undefined {
  return outages.current().find((outage): outage is OutageOf<Mode> => outage.mode === mode);
}
