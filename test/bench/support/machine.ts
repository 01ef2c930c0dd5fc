import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const projectDir = join(import.meta.dirname, '../../..');

/** What a figure was taken on; it means nothing without. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
}

export interface Surroundings {
  readonly machine: Machine;
  /** `2026-11-22`. */
  readonly date: string;
  /** By package, this project's own and Node's included. */
  readonly versions: Readonly<Record<string, string>>;
}

const measuredPackages = ['@aws-sdk/client-sqs', '@aws-sdk/client-dynamodb', '@middy/core', 'esbuild', 'fauxqs'];

export function readSurroundings(now = new Date()): Surroundings {
  const [first] = cpus();
  return {
    machine: {
      cpu: first?.model.trim() ?? 'unknown CPU',
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 1024 ** 3),
      platform: `${process.platform} ${process.arch}`,
    },
    date: now.toISOString().slice(0, 10),
    versions: {
      node: process.versions.node,
      gapless: versionIn('.'),
      ...Object.fromEntries(measuredPackages.map((name) => [name, versionIn(join('node_modules', name))])),
    },
  };
}

function versionIn(folder: string): string {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(join(projectDir, folder, 'package.json'), 'utf8'));
  return typeof version === 'string' ? version : 'unknown';
}

/** `Intel Xeon, 2 cores, 24 GiB, linux x64; 2026-11-22; node 24.21.0, …`. */
export function describeSurroundings({ machine, date, versions }: Surroundings): string {
  const { cpu, cores, memoryGiB, platform } = machine;
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}; ${date}; ${packages.join(', ')}`;
}
