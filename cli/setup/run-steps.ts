import type { Setup, Step } from './setup.ts';

const nameWidth = 13;

/** Takes the steps one after the other and tells each. Returns how many changed something. Throws what the first that cannot be done throws. */
export async function runSteps(steps: readonly Step[], setup: Setup): Promise<number> {
  let changed = 0;
  for (const step of steps) {
    const standing = await step.look(setup);
    const line = standing.kind === 'there' ? standing.line : await standing.act();
    if (standing.kind === 'todo') changed += 1;
    await tell(setup, step, standing.kind === 'there' ? 'there' : 'done', line);
  }
  return changed;
}

/** Says what would be done. A step behind one that is not done yet may not be able to tell. */
export async function foretellSteps(steps: readonly Step[], setup: Setup): Promise<void> {
  let changed = 0;
  for (const step of steps) {
    const standing = await step.look(setup).catch((error: unknown) => {
      if (changed === 0) throw error;
      return 'unknown' as const;
    });
    if (standing === 'unknown') {
      await tell(setup, step, 'later', 'not known before that is done');
      continue;
    }
    if (standing.kind === 'todo') changed += 1;
    if (standing.kind === 'there') await tell(setup, step, 'there', standing.line);
    else await tell(setup, step, 'would', standing.would);
  }
}

function tell(
  { terminal }: Setup,
  { name }: Step,
  mark: 'there' | 'done' | 'would' | 'later',
  line: string,
): Promise<void> {
  const shown = terminal.style(mark === 'there' || mark === 'later' ? 'dim' : 'green', mark.padEnd(5));
  return terminal.print(`${shown}  ${name.padEnd(nameWidth)}  ${line}`);
}
