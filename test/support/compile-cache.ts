import { enableCompileCache } from 'node:module';
import { compileCacheDir } from '../../local/processes/compile-cache.ts';

// For `node --test --import`: hundreds of test processes load the same modules. Nothing is tested with it that is not without.
enableCompileCache(compileCacheDir);
