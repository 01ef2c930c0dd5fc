import { join } from 'node:path';
import { bundleFunctions, type FunctionBundle } from '../../../infra/bundle.ts';
import { synthesize } from '../../../infra/synthesize.ts';
import { readTemplate } from '../../../local/template/read-template.ts';
import { interpretTemplate, type StackModel } from '../../../local/template.ts';

/** The functions as they are deployed: the bundles, and the variables of the template. */
export interface BuiltStack {
  readonly model: StackModel;
  /** What AWS sets for every function, with every service at one address. */
  readonly variables: Readonly<Record<string, string>>;
  /** By the function's folder; those that the settings leave out are not there. */
  readonly functions: ReadonlyMap<string, BuiltFunction>;
}

export interface BuiltFunction {
  readonly bundle: FunctionBundle;
  readonly environment: Readonly<Record<string, string>>;
}

const services = ['SQS', 'DYNAMODB', 'S3', 'SECRETS_MANAGER', 'CLOUDWATCH'];

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
  const variables = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, awsUrl])),
  };
  const built = (await bundleFunctions({ outDir: bundleDir })).flatMap((bundle): readonly BuiltFunction[] => {
    const spec = model.functions.find(({ logicalId }) => logicalId.startsWith(logicalName(bundle.name)));
    return spec === undefined ? [] : [{ bundle, environment: { ...spec.environment, ...variables } }];
  });
  return { model, variables, functions: new Map(built.map((one) => [one.bundle.name, one])) };
}

/** `receive-webhook` → `ReceiveWebhook`, with which its logical id begins. */
const logicalName = (folder: string): string =>
  folder.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
