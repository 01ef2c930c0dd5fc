/** One Lambda function of the template, with every reference resolved. */
export interface FunctionSpec {
  /** `Gapless-ReceiveWebhookFunctionB86A14BC`: the stack's name and the logical id. */
  readonly name: string;
  readonly logicalId: string;
  /** The folder that Lambda would get as a zip. */
  readonly codeDir: string;
  /** `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  /** `undefined`: as many at once as the machine allows. */
  readonly reservedConcurrency?: number;
}

export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
