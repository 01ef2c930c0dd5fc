import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';

/** What AWS answers, in its AWS JSON 1.1 protocol. */
export interface AwsJsonAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const ok = (body: Readonly<Record<string, unknown>>): AwsJsonAnswer => ({ status: 200, body });
const refuse = (type: string, message: string): AwsJsonAnswer => ({
  status: 400,
  body: { __type: type, Message: message, message },
});
const notFound = (message: string) => refuse('ResourceNotFoundException', message);

const known = ['GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'UpdateSecretVersionStage'];
const stages = ['AWSCURRENT', 'AWSPREVIOUS'];
const stagesOf = ({ versions }: Secret): Record<string, readonly string[]> =>
  Object.fromEntries(
    stages.flatMap((stage, index) => versions.slice(index, index + 1).map((at) => [at.versionId, [stage]])),
  );
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The calls that the stack and its operators make, with the errors that AWS gives. */
export function answerSecretsCall(
  secrets: SecretStore,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): AwsJsonAnswer {
  if (operation === 'CreateSecret') return create(secrets, input);
  const secret = secrets.find(text(input.SecretId) ?? '');
  if (!known.includes(operation)) {
    return refuse('UnknownOperationException', `The local Secrets Manager does not know ${operation}.`);
  }
  if (secret === undefined) return notFound("Secrets Manager can't find the specified secret.");
  const { arn: ARN, name: Name } = secret;
  if (operation === 'DescribeSecret') {
    return ok({ ARN, Name, CreatedDate: secret.createdAt / 1000, VersionIdsToStages: stagesOf(secret) });
  }
  if (operation === 'GetSecretValue') return value(secret, input);
  if (operation === 'UpdateSecretVersionStage') {
    const moved = secrets.makeCurrent(secret, text(input.MoveToVersionId) ?? '');
    return moved ? ok({ ARN, Name }) : notFound("Secrets Manager can't find the specified secret version.");
  }
  const secretString = text(input.SecretString);
  if (secretString === undefined) return refuse('InvalidRequestException', 'You must provide SecretString.');
  const version = secrets.put(secret, secretString, text(input.ClientRequestToken));
  if (version === undefined) {
    return refuse('ResourceExistsException', 'A version with this ClientRequestToken has another value.');
  }
  const { versionId } = version;
  return ok({ ARN, Name, VersionId: versionId, VersionStages: stagesOf(secrets.find(ARN) ?? secret)[versionId] ?? [] });
}

function create(secrets: SecretStore, input: Readonly<Record<string, unknown>>): AwsJsonAnswer {
  const name = text(input.Name);
  if (name === undefined) return refuse('InvalidParameterException', 'Name must be provided.');
  if (secrets.find(name) !== undefined) {
    return refuse('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
  }
  const secret = secrets.create(name);
  const secretString = text(input.SecretString);
  const version =
    secretString === undefined ? undefined : secrets.put(secret, secretString, text(input.ClientRequestToken));
  return ok({ ARN: secret.arn, Name: name, ...(version === undefined ? {} : { VersionId: version.versionId }) });
}

function value(secret: Secret, input: Readonly<Record<string, unknown>>): AwsJsonAnswer {
  const wantedId = text(input.VersionId);
  const stage = text(input.VersionStage) ?? 'AWSCURRENT';
  const version: SecretVersion | undefined =
    wantedId === undefined
      ? secret.versions[stages.indexOf(stage)]
      : secret.versions.find(({ versionId }) => versionId === wantedId);
  if (version === undefined) {
    const wanted = wantedId === undefined ? `staging label: ${stage}` : `VersionId: ${wantedId}`;
    return notFound(`Secrets Manager can't find the specified secret value for ${wanted}`);
  }
  return ok({
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.versionId,
    SecretString: version.secretString,
    VersionStages: stagesOf(secret)[version.versionId],
    CreatedDate: secret.createdAt / 1000,
  });
}
