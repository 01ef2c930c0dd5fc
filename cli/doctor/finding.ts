/** What became of one check. `skipped`: nothing was looked at, for the reason in `seen`. */
export type Status = 'ok' | 'warn' | 'fail' | 'skipped';

export interface Finding {
  readonly status: Status;
  /** One line: what was seen. Never a body or a secret. */
  readonly seen: string;
  /** The command or the page that mends it. */
  readonly mend?: string;
}

export const ok = (seen: string): Finding => ({ status: 'ok', seen });
export const warn = (seen: string, mend?: string): Finding => found('warn', seen, mend);
export const fail = (seen: string, mend?: string): Finding => found('fail', seen, mend);
export const skipped = (seen: string): Finding => ({ status: 'skipped', seen });

function found(status: Status, seen: string, mend: string | undefined): Finding {
  return { status, seen, ...(mend === undefined ? {} : { mend }) };
}
