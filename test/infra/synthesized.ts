import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { Template } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../infra/synthesize.ts';

/** As CDK's own assertions see one: JSON of any depth. */
export type Resource = ReturnType<Template['findResources']>[string];

export interface SynthesizedTemplate {
  readonly text: string;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: ReturnType<Template['findOutputs']>;
  ofType(type: string): readonly Resource[];
}

/** The template as a deploy with these settings would send it. Cleans up after the test file. */
export async function synthesized(context: Readonly<Record<string, unknown>> = {}): Promise<SynthesizedTemplate> {
  const dir = await mkdtemp(join(tmpdir(), 'gapless-synth-'));
  after(() => rm(dir, { recursive: true, force: true }));
  const { templatePath } = await synthesize({ outDir: join(dir, 'out'), bundleDir: join(dir, 'functions'), context });
  const text = await readFile(templatePath, 'utf8');
  const template = Template.fromString(text);
  const resources = new Map<string, Resource>(Object.entries(template.toJSON().Resources));
  return {
    text,
    resources,
    outputs: template.findOutputs('*'),
    ofType: (type) => [...resources.values()].filter((resource) => resource.Type === type),
  };
}
