import { explain } from '../framework/explain.ts';
import type { Setup, Standing, Step } from './setup.ts';

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
    const standing = await step.look(setup).catch((error: unknown): Standing => {
      if (changed === 0) throw error;
      return { kind: 'there', line: `not known before that is done (${explain(error).split('\n')[0] ?? ''})` };
    });
    if (standing.kind === 'todo') changed += 1;
    if (standing.kind === 'there') await tell(setup, step, 'there', standing.line);
    else await tell(setup, step, 'would', standing.would);
  }
}

function tell({ terminal }: Setup, { name }: Step, mark: 'there' | 'done' | 'would', line: string): Promise<void> {
  const shown = terminal.style(mark === 'there' ? 'dim' : 'green', mark.padEnd(5));
  return terminal.print(`${shown}  ${name.padEnd(nameWidth)}  ${line}`);
}
