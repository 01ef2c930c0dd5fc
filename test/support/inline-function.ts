import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjustableClock } from '../../local/clock/adjustable-clock.ts';
import { FunctionRunner } from '../../local/lambda/function-runner.ts';
import type { FunctionSpec } from '../../local/lambda/function-spec.ts';

export interface InlineFunction {
  readonly runner: FunctionRunner;
  readonly logFile: string;
  readonly failures: readonly string[];
  close(): Promise<void>;
}

interface InlineOptions {
  readonly spec?: Partial<FunctionSpec>;
  readonly clock?: AdjustableClock;
  readonly maxProcesses?: number;
  readonly waitMs?: number;
}

/** A function whose bundle is the given source, in processes of its own as any other. */
export async function startInlineFunction(source: string, options: InlineOptions = {}): Promise<InlineFunction> {
  const codeDir = await mkdtemp(join(tmpdir(), 'gapless-function-'));
  await writeFile(join(codeDir, 'index.mjs'), source);
  const logFile = join(codeDir, 'function.log');
  const failures: string[] = [];
  const runner = new FunctionRunner({
    spec: {
      name: 'Test-Inline',
      logicalId: 'Inline',
      codeDir,
      handler: 'index.handler',
      timeoutSeconds: 10,
      memoryMb: 128,
      environment: {},
      logGroup: '/aws/lambda/Test-Inline',
      ...options.spec,
    },
    clock: options.clock ?? new AdjustableClock(),
    logFile,
    extraEnvironment: {},
    onFailure: (sentence) => failures.push(sentence),
    ...(options.maxProcesses === undefined ? {} : { maxProcesses: options.maxProcesses }),
    ...(options.waitMs === undefined ? {} : { waitMs: options.waitMs }),
  });
  return {
    runner,
    logFile,
    failures,
    async close() {
      await runner.close();
      await rm(codeDir, { recursive: true });
    },
  };
}
