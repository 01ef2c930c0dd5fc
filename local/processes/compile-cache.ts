import { join } from 'node:path';

/**
 * Where Node keeps compiled code, types stripped, between processes (docs: module compile cache): it saves every process
 * after the first a tenth of a second. Safe to remove; where it cannot be written Node does without.
 */
export const compileCacheDir = join(import.meta.dirname, '../../node_modules/.cache/gapless');

/** For the environment of a child. */
export const compileCacheVariable = { NODE_COMPILE_CACHE: compileCacheDir };
