import { join } from 'node:path';
import { bundleFunctions, type FunctionBundle } from '../../../infra/bundle.ts';
import { synthesize } from '../../../infra/synthesize.ts';
import { readTemplate } from '../../../local/template/read-template.ts';
import { interpretTemplate, type StackModel } from '../../../local/template.ts';

/** The functions as they are deployed: the bundles, and the variables of the template. */
export interface BuiltStack {
  readonly model: StackModel;
  readonly bundles: readonly FunctionBundle[];
  /** Of the function whose logical id begins so. */
  functionOf(start: string): BuiltFunction;
}

export interface BuiltFunction {
  readonly entry: string;
  /** What AWS would set beside the template's own, with every service at one address. */
  readonly environment: Readonly<Record<string, string>>;
}

const services = ['SQS', 'DYNAMODB', 'S3', 'SECRETS_MANAGER', 'CLOUDWATCH'];

/** For a process that speaks to nothing but `awsUrl`. */
export const awsEnvironment = (awsUrl: string): Readonly<Record<string, string>> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, awsUrl])),
});

/** Bundles and synthesizes into `dir`. `context`: settings as `-c` gives them. */
export async function buildStack(
  dir: string,
  awsUrl: string,
  context: Readonly<Record<string, unknown>> = {},
): Promise<BuiltStack> {
  const bundleDir = join(dir, 'functions');
  const location = await synthesize({ outDir: join(dir, 'cdk.out'), bundleDir, context });
  const places = { sqsEndpoint: awsUrl, apiUrl: awsUrl, secretArn: (name: string) => name };
  const model = interpretTemplate(await readTemplate(location), places);
  return {
    model,
    bundles: await bundleFunctions({ outDir: bundleDir }),
    functionOf(start) {
      const spec = model.functions.find(({ logicalId }) => logicalId.startsWith(start));
      if (spec === undefined) throw new Error(`No function of the template begins with ${start}.`);
      return {
        entry: join(spec.codeDir, 'index.mjs'),
        environment: { ...spec.environment, ...awsEnvironment(awsUrl) },
      };
    },
  };
}
