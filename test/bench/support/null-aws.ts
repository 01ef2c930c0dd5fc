import { createHash, randomUUID } from 'node:crypto';
import { readBody } from '../../../local/http-body.ts';
import { listenOnLoopback } from '../../../local/loopback-server.ts';

// AWS that keeps nothing and says yes, in a process of its own: what it costs is nobody's. Argument: the app's client
// secret. The SDK compares the digest of a message's body, so there is one.
const secret = JSON.stringify({ clientSecrets: [{ value: process.argv[2] ?? '' }], consumerSecrets: [] });

function answer(target: string, body: Buffer): object {
  if (target.endsWith('GetSecretValue')) return { ARN: 'arn', Name: 'bench', SecretString: secret };
  if (!target.endsWith('SendMessage')) return {};
  const { MessageBody = '' }: { MessageBody?: string } = JSON.parse(body.toString());
  return { MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}

const server = await listenOnLoopback(async (request, response) => {
  const body = await readBody(request);
  const target = String(request.headers['x-amz-target']);
  response.writeHead(200, { 'content-type': String(request.headers['content-type']) });
  response.end(JSON.stringify(answer(target, body)));
});
process.once('disconnect', () => process.exit(0));
process.send?.(server.url);
