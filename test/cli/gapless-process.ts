import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface GaplessRun {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

export interface GaplessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Arguments for Node itself. */
  readonly nodeArguments?: readonly string[];
}

/** Makes this Node say that it is an old one. */
export const oldNode = `--import=data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })",
)}`;

export const gaplessFile = join(import.meta.dirname, '..', '..', 'cli', 'gapless.mjs');

/** Nothing of the machine's own AWS set-up, and no search for credentials beyond this machine. */
export const bareEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  TZ: 'UTC',
  AWS_EC2_METADATA_DISABLED: 'true',
};

export function startGapless(
  args: readonly string[],
  { cwd, env = {}, input = '', nodeArguments = [] }: GaplessOptions = {},
) {
  const child = spawn(process.execPath, [...nodeArguments, gaplessFile, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...bareEnvironment, ...env },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  return child;
}

/** Runs the real program to its end. */
export async function gapless(args: readonly string[], options?: GaplessOptions): Promise<GaplessRun> {
  const child = startGapless(args, options);
  const [out, notes] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, notes };
}
