import assert from 'node:assert/strict';
import type { Watched } from './driver.ts';

/**
 * Steps a minute and kills the watcher at the nth write of its tick: `applied`, the table still takes the write, and
 * otherwise it never sees it. Resolves with false when the tick writes less often.
 */
export async function killAtWrite({ stack, minutes }: Watched, nth: number, applied: boolean): Promise<boolean> {
  assert.ok(stack.faults);
  const { dynamodb } = stack.faults;
  const watcher = stack.functions.named('WatchGaps');
  const held = Promise.withResolvers<void>();
  let seen = 0;
  let killed = false;
  const respond = { holdUntil: held.promise };
  const kill = () => {
    seen += 1;
    if (seen !== nth) return 1;
    killed = true;
    watcher.kill();
    if (applied) setImmediate(held.resolve);
    return 0;
  };
  const rules = ['PutItem', 'TransactWriteItems'].map((target) =>
    dynamodb.add({ target, bodyIncludes: '"watch#default"', probability: 0.5, random: kill, respond }),
  );
  await minutes(1);
  for (const remove of rules) remove();
  return killed;
}
