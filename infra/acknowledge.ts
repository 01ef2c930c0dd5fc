import { Stack, Validations } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Says why findings of cdk-nag do not hold for a resource: rule id → reason, which cdk-nag writes into the template. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  const rules = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(construct.node.defaultChild ?? construct).acknowledge(...rules);
}

/** The finding that a policy names all objects under a prefix: only this one, so that another wildcard is still found. */
export function allObjectsFinding(bucket: Bucket, prefix: string): string {
  const { 'Fn::GetAtt': attribute } = Stack.of(bucket).resolve(bucket.bucketArn);
  return `AwsSolutions-IAM5[Resource::<${attribute.join('.')}>/${prefix}*]`;
}
