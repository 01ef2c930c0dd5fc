import { GaplessError } from '../shared/errors.ts';
import { synthesize } from './synthesize.ts';

try {
  await synthesize();
} catch (error) {
  if (!(error instanceof GaplessError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
