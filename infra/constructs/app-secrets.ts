import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/**
 * Two secrets for each X app. They are created without a value and the template never has one: with `SecretString` or
 * `GenerateSecretString` a later deploy could overwrite what the operator filled in. Until then the receiver answers 503.
 */
export class AppSecrets extends Construct {
  /** What proves deliveries; read by the receiver. App → ARN. */
  readonly signatures: Readonly<Record<string, string>>;
  /** What speaks to X's API; the receiver, which the whole internet reaches, cannot read it. App → ARN. */
  readonly apiTokens: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: { readonly apps: readonly string[] }) {
    super(scope, id);
    this.signatures = this.secretPerApp(
      props.apps,
      'Signatures',
      (app) => `Gapless: what signs X app ${app}'s webhooks`,
    );
    this.apiTokens = this.secretPerApp(props.apps, 'ApiTokens', (app) => `Gapless: tokens of X app ${app} for X's API`);
  }

  private secretPerApp(apps: readonly string[], kind: string, describe: (app: string) => string) {
    const group = new Construct(this, kind);
    return Object.fromEntries(
      apps.map((app) => {
        const secret = new CfnSecret(group, app, { description: `${describe(app)} (${Stack.of(this).stackName})` });
        secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
        acknowledge(secret, {
          'AwsSolutions-SMG4':
            "X issues these values and has no API to rotate them. An operator rotates by adding an entry to the secret's lists.",
        });
        return [app, secret.ref];
      }),
    );
  }
}
