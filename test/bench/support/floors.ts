import { join } from 'node:path';
import { bundleFunctions, type FunctionBundle } from '../../../infra/bundle.ts';

const floorsDir = join(import.meta.dirname, '../floors');

/** What a function could be at the least: the folders of `test/bench/floors`, bundled as the functions are. */
export async function bundleFloors(outDir: string): Promise<ReadonlyMap<string, FunctionBundle>> {
  const bundles = await bundleFunctions({ functionsDir: floorsDir, outDir });
  return new Map(bundles.map((bundle) => [bundle.name, bundle]));
}
