import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';

/** The rules of cdk-nag that the stack is held to. Reasons for exceptions go into the template, by one pack for both. */
export function rulePacks(app: App): readonly NagPack[] {
  return [new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }), new ServerlessChecks(app)];
}
