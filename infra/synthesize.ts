import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { ASSET_RESOURCE_METADATA_ENABLED_CONTEXT } from 'aws-cdk-lib/cx-api';
import { bundleFunctions, defaultBundleDir } from './bundle.ts';
import { GaplessStack } from './gapless-stack.ts';
import { rulePacks } from './rule-packs.ts';
import { parseSettings } from './settings.ts';

const projectDir = resolve(import.meta.dirname, '..');

export interface SynthesizeOptions {
  /** Where the cloud assembly goes; default: where CDK's command line wants it, else a temporary folder. */
  readonly outDir?: string;
  readonly bundleDir?: string;
  /** Settings as `-c` would give them; they win over cdk.json. */
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface Synthesized {
  readonly stackName: string;
  /** The assembly's folder; asset paths in the template's metadata are relative to it. */
  readonly assemblyDir: string;
  readonly templatePath: string;
}

/** Bundles the functions and writes the template, checked by cdk-nag. The same without CDK's command line as with it. */
export async function synthesize(options: SynthesizeOptions = {}): Promise<Synthesized> {
  const app = new App({
    analyticsReporting: false,
    context: { ...(await contextOfCdkJson()), [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true },
    ...(options.context && { postCliContext: options.context }),
    ...(options.outDir && { outdir: options.outDir }),
  });
  const settings = parseSettings(app.node.getAllContext());
  const bundleDir = options.bundleDir ?? defaultBundleDir;
  await bundleFunctions({ outDir: bundleDir });
  const stack = new GaplessStack(app, { settings, bundleDir });
  Validations.of(app).addPlugins(...rulePacks(app));
  const assembly = app.synth();
  return {
    stackName: settings.stackName,
    assemblyDir: assembly.directory,
    templatePath: join(assembly.directory, stack.templateFile),
  };
}

/** CDK's command line hands this over by itself; without it the same feature flags must hold. */
async function contextOfCdkJson(): Promise<Record<string, unknown>> {
  const { context } = JSON.parse(await readFile(join(projectDir, 'cdk.json'), 'utf8'));
  return context;
}
