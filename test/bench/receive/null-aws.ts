import { createHash, randomUUID } from 'node:crypto';
import { readBody } from '../../../local/http-body.ts';
import { listenOnLoopback } from '../../../local/loopback-server.ts';

// SQS and Secrets Manager that keep nothing, in a process of their own: what they cost is nobody's. The SDK compares the
// digest of the body, so there is one.
const secret = JSON.stringify({ clientSecrets: [{ value: process.argv[2] ?? '' }], consumerSecrets: [] });

function answer(target: string, body: Buffer): object {
  if (target.endsWith('GetSecretValue')) return { ARN: 'arn', Name: 'bench', SecretString: secret };
  const { MessageBody = '' }: { MessageBody?: string } = JSON.parse(body.toString());
  return { MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}

const server = await listenOnLoopback(async (request, response) => {
  const body = await readBody(request);
  const target = String(request.headers['x-amz-target']);
  const type = target.startsWith('AmazonSQS') ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
  response.writeHead(200, { 'content-type': type });
  response.end(JSON.stringify(answer(target, body)));
});
process.once('disconnect', () => process.exit(0));
process.send?.(server.url);
