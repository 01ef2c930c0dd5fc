import { GaplessError } from '../../shared/errors.ts';
import type { LocalStack } from '../stack.ts';
import { openReaders } from '../stack-readers.ts';
import { createNarrator } from './narrator.ts';
import { createStage } from './stage.ts';
import { playStory } from './story.ts';

/** What is said while everything starts. */
export const introduction = (speed: number): string => `
Gapless, in one story. X, the webhook, the queue, the functions and the table all run on this
machine, on a clock that is ${speed} times as fast as yours: the times at the left are its.
It takes about two minutes. Starting all of it ...`;

/**
 * `npm start -- --once`: plays the whole story on a running stack and tells it. Throws `LOCAL_STORY_FAILED` unless every
 * event that X sent is stored exactly once; rejects with the signal's reason when it aborts.
 */
export async function playOnce(stack: LocalStack, print: (line: string) => void, signal: AbortSignal): Promise<void> {
  const { emulator, clock } = stack;
  if (emulator === undefined) throw new GaplessError('USAGE', '--once needs the built-in X');
  const readers = openReaders(stack);
  try {
    const stage = createStage(stack, emulator, readers, signal);
    const { sent, stored, duplicates, lost, missing } = await playStory(stage, createNarrator(clock, print));
    for (const eventId of missing.slice(0, 10)) print(`missing: ${eventId}`);
    print(`\nsent ${sent}, stored ${stored}, duplicates ${duplicates}, lost ${lost}`);
    if (lost > 0 || duplicates > 0) {
      throw new GaplessError('LOCAL_STORY_FAILED', 'Not every event that X sent is stored exactly once.');
    }
  } finally {
    readers.close();
  }
}
