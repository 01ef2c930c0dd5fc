import type { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { appOfPath } from '../../shared/domain/webhook-path.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock, DeliveryQueue, HeartbeatQueue, SecretSource } from '../../shared/ports.ts';
import { answerCrc } from '../../shared/use-cases/answer-crc.ts';
import { createPassHeartbeat } from '../../shared/use-cases/pass-heartbeat.ts';
import { receiveDelivery } from '../../shared/use-cases/receive-delivery.ts';
import { type SignatureClaims, signatureHeaders } from '../../shared/x/signature.ts';
import type { TellAnswer } from './answer-log.ts';
import { type Answer, answers } from './answers.ts';
import { createSampledLog } from './sampled-log.ts';

export interface HandlerDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly queue: DeliveryQueue & HeartbeatQueue;
  /** App → its secrets. An app that is not in it has no webhook. */
  readonly secretsOf: ReadonlyMap<string, SecretSource>;
  readonly tellAnswer: TellAnswer;
}

/**
 * HTTP API or function URL (both payload format 2.0) ↔ the two use cases. It looks at the path itself: a function URL has
 * no routes, and passes everything on.
 */
export function createHandler({ clock, logger, queue, secretsOf, tellAnswer }: HandlerDeps) {
  const report = createSampledLog({
    clock,
    write: ({ reason, fields }) => logger.warn('trouble with a request', { reason, ...fields }),
    summarize: (leftOut) => logger.warn('trouble with more requests', { leftOut }),
  });
  const passHeartbeat = createPassHeartbeat({ clock, queue });

  const answer = async (event: APIGatewayProxyEventV2): Promise<Answer> => {
    const app = appOfPath(event.rawPath);
    const secrets = secretsOf.get(app ?? '');
    if (app === undefined || secrets === undefined) return answers.unknownApp();
    const traceId = event.requestContext.requestId;
    const signatures = readSignatureHeaders(event.headers);

    const unavailable = ({ code, message }: GaplessError): Answer => {
      report({ reason: code, fields: { app, traceId, detail: message } });
      return answers.unavailable();
    };

    switch (event.requestContext.http.method) {
      case 'GET': {
        const { rawQueryString } = event;
        const answered = await answerCrc({ clock, secrets, passHeartbeat }, { app, rawQueryString, signatures });
        if (answered.kind === 'answered') {
          const { heartbeat, responseToken } = answered;
          if (heartbeat.kind === 'lost') {
            report({ reason: 'heartbeat-lost', fields: { app, traceId, detail: heartbeat.reason } });
          }
          return answers.crc(responseToken);
        }
        if (answered.kind === 'secrets-unavailable') return unavailable(answered.error);
        report({ reason: 'bad-crc-token', fields: { app, traceId, detail: answered.reason } });
        return answers.badToken();
      }
      case 'POST': {
        const receipt = await receiveDelivery(
          { clock, secrets, queue },
          { app, traceId, signatures, body: readBody(event) },
        );
        if (receipt.kind === 'accepted') return answers.accepted();
        if (receipt.kind !== 'refused') return unavailable(receipt.error);
        report({ reason: receipt.reason, fields: { app, traceId } });
        return answers.refused();
      }
      default:
        return answers.methodNotAllowed();
    }
  };

  const tell = ({ rawPath, requestContext }: APIGatewayProxyEventV2, { statusCode = 500 }: Answer) => {
    const app = appOfPath(rawPath);
    // Only of apps that there are: a stranger can make up paths.
    if (app !== undefined && secretsOf.has(app) && requestContext.http.method === 'POST') tellAnswer(app, statusCode);
  };

  return middy<APIGatewayProxyEventV2, Answer>()
    .after(({ event, response }) => tell(event, response ?? answers.failed()))
    .onError((request) => {
      // By name only: what the message of somebody else's error quotes, nobody knows.
      const { error } = request;
      const code = error instanceof GaplessError ? error.code : undefined;
      report({
        reason: 'unexpected-error',
        fields: { error: code ?? error?.name ?? 'unknown', traceId: request.event.requestContext.requestId },
      });
      request.response = answers.failed();
      tell(request.event, request.response);
    })
    .handler(answer);
}

/** The exact bytes that came in: HTTP API hands over binary content types as base64, the others as text. */
function readBody({ body, isBase64Encoded }: APIGatewayProxyEventV2): Uint8Array {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

function readSignatureHeaders(headers: APIGatewayProxyEventV2['headers']): SignatureClaims {
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const oauth2 = values.get(signatureHeaders.oauth2);
  const legacy = values.get(signatureHeaders.legacy);
  return { ...(oauth2 !== undefined && { oauth2 }), ...(legacy !== undefined && { legacy }) };
}
