import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

const projectDir = resolve(import.meta.dirname, '..');

/** Where the bundles lie unless told otherwise; one folder per function. */
export const defaultBundleDir = join(projectDir, 'build', 'functions');

/** One function's bundle. */
export interface FunctionBundle {
  /** The folder's name below `functions/`. */
  readonly name: string;
  /** Absolute path of the folder that Lambda gets. */
  readonly dir: string;
  /** Bytes that every cold start loads: the entry and the chunks that it imports statically. */
  readonly initBytes: number;
  /** Bytes of each file, by its path in `dir`; chunks loaded on demand included. */
  readonly files: Readonly<Record<string, number>>;
}

/** What Lambda runs: one self-contained ES module, and a chunk of its own for whatever is imported dynamically. */
const options = {
  absWorkingDir: projectDir,
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  entryNames: 'index',
  chunkNames: 'chunks/[name]-[hash]',
  outExtension: { '.js': '.mjs' },
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles every `functions/<name>/index.ts` to `<outDir>/<name>/`. The same sources give the same bytes, and a file
 * that has them already is not touched: runs beside each other do not disturb one another, and a deploy sees no change.
 * Rejects with esbuild's `BuildFailure` when a function does not compile.
 */
export async function bundleFunctions(
  paths: { readonly functionsDir?: string; readonly outDir?: string } = {},
): Promise<readonly FunctionBundle[]> {
  const functionsDir = paths.functionsDir ?? join(projectDir, 'functions');
  const outDir = paths.outDir ?? defaultBundleDir;
  const folders = await readdir(functionsDir, { withFileTypes: true });
  const names = folders.filter((folder) => folder.isDirectory()).map((folder) => folder.name);
  return Promise.all(names.sort().map((name) => bundleFunction(join(functionsDir, name), join(outDir, name))));
}

async function bundleFunction(sourceDir: string, dir: string): Promise<FunctionBundle> {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: [join(sourceDir, 'index.ts')],
    outdir: dir,
  });
  const outputs = outputFiles.map(({ path, contents }) => ({ path: relative(dir, path), contents }));
  await removeAllBut(new Set(outputs.map(({ path }) => path)), dir);
  await Promise.all(outputs.map(({ path, contents }) => writeIfChanged(join(dir, path), contents)));
  const files = Object.fromEntries(outputs.map(({ path, contents }) => [path, contents.byteLength]));
  return { name: basename(sourceDir), dir, initBytes: bytesOfInit(metafile, dir), files };
}

function bytesOfInit({ outputs }: Metafile, dir: string): number {
  const loaded = new Set([join(relative(projectDir, dir), 'index.mjs')]);
  // A set's iteration also visits what is added to it on the way.
  for (const path of loaded) {
    const imports = outputs[path]?.imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
    for (const imported of imports ?? []) loaded.add(imported.path);
  }
  return [...loaded].reduce((bytes, path) => bytes + (outputs[path]?.bytes ?? 0), 0);
}

async function removeAllBut(wanted: ReadonlySet<string>, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const present = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = present.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const stale = files.filter((file) => !wanted.has(relative(dir, file)) && !file.endsWith('.tmp'));
  await Promise.all(stale.map((file) => rm(file, { force: true })));
}

/** The rename makes a reader see either the old file or the new one, never half of it. */
async function writeIfChanged(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, contents);
  await rename(draft, path);
}
