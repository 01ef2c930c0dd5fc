import { type Gap, isUnfinished, type StoryLine } from '../../shared/domain/gaps/gap.ts';
import { GaplessError } from '../../shared/errors.ts';

export interface FollowDeps {
  readonly read: () => Promise<Gap | undefined>;
  /** Waits before the ledger is looked at again. */
  readonly pause: () => Promise<void>;
  readonly tell: (line: StoryLine) => Promise<void>;
}

/** Tells a gap's story as it goes on, each line once, and returns the gap when it is finished. Throws `NOT_FOUND` when it vanishes. */
export async function followGap({ read, pause, tell }: FollowDeps): Promise<Gap> {
  const told = new Set<string>();
  for (;;) {
    const gap = await read();
    if (gap === undefined) {
      throw new GaplessError('NOT_FOUND', 'The gap is not in the ledger any more: somebody removed it by hand.');
    }
    for (const line of gap.story) {
      const key = `${line.atMs} ${line.line}`;
      if (told.has(key)) continue;
      told.add(key);
      await tell(line);
    }
    if (!isUnfinished(gap)) return gap;
    await pause();
  }
}
