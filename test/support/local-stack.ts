import { join } from 'node:path';
import { synthesize } from '../../infra/synthesize.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/stack.ts';
import type { TemplateLocation } from '../../local/template/read-template.ts';
import { makeTemporaryDirectory } from '../../local/temporary-directory.ts';
import { connectToX } from '../../local/x/connect-to-x.ts';

export const signing = { consumerSecret: 'test-consumer-secret', clientSecret: 'test-client-secret' };
export const bearerToken = 'test-bearer-token';

let synthesized: Promise<TemplateLocation> | undefined;

/** Synthesizes once for all tests of a file, since it takes seconds; what it made goes with the test's process. */
export function synthesizeOnce(): Promise<TemplateLocation> {
  synthesized ??= makeTemporaryDirectory().then(({ path }) =>
    synthesize({ outDir: join(path, 'cdk.out'), bundleDir: join(path, 'functions') }),
  );
  return synthesized;
}

/**
 * The stack with its real bundles on free ports, its X quiet and on the stack's clock. Close it after use.
 * With `connected` the webhook is registered and accounts are subscribed, as `npm start` does it.
 */
export async function startTestStack(
  options: Partial<LocalStackOptions> & { readonly connected?: boolean } = {},
): Promise<LocalStack> {
  const { connected = false, ...stackOptions } = options;
  const stack = await startLocalStack({
    synthesize: synthesizeOnce,
    signing,
    x: { port: 0, bearerToken },
    faults: true,
    ...stackOptions,
  });
  if (connected) {
    await connectToX(stack, { bearerToken, traffic: false }).catch(async (error: unknown) => {
      await stack.close();
      throw error;
    });
  }
  return stack;
}
