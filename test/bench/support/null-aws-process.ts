import { join } from 'node:path';
import { startChild } from './child.ts';
import type { Parts } from './with-parts.ts';

/** Starts AWS that keeps nothing; resolves with its URL. */
export async function startNullAws({ own }: Parts, clientSecret: string): Promise<string> {
  return String(own(await startChild(join(import.meta.dirname, 'null-aws.ts'), [clientSecret])).greeting);
}
