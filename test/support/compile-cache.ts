import { enableCompileCache } from 'node:module';
import { compileCacheDir } from '../../local/processes/compile-cache.ts';

// For `node --test --import`: hundreds of test processes load the same modules. It changes how fast they start, and nothing else.
enableCompileCache(compileCacheDir);
