import { GaplessError } from '../../shared/errors.ts';
import type { Terminal } from './terminal.ts';

/** Resolves when the person says yes. Throws `USAGE` where nobody can be asked, `DECLINED` for any other answer. */
export async function confirm(question: string, { ask }: Terminal): Promise<void> {
  if (ask === undefined)
    throw new GaplessError('USAGE', 'nobody is here to be asked; give --yes to do it all the same');
  const answer = await ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new GaplessError('DECLINED', 'Nothing was changed.');
}
