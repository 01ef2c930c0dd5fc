import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { httpEvent } from '../../functions/receive-webhook/http-event.ts';
import type { RequestRecipe } from './request-recipe.ts';

const oauth2 = 'x-twitter-webhooks-signature-oauth2';
const legacy = 'x-twitter-webhooks-signature';

type Headers = Readonly<Record<string, string>>;

const hmac = (secret: string, bytes: Uint8Array) => createHmac('sha256', secret).update(bytes).digest();
const signature = (secret: string, bytes: Uint8Array) => `sha256=${hmac(secret, bytes).toString('base64')}`;

function signedHeaders(signing: RequestRecipe['signing'], shop: boolean, bytes: Uint8Array): Headers {
  const consumer = shop ? 'shop-consumer' : 'consumer';
  const other = shop ? 'consumer' : 'shop-consumer';
  switch (signing) {
    case 'legacy':
      return { [legacy]: signature(consumer, bytes) };
    case 'oauth2':
      return { [oauth2]: signature('client', bytes) };
    case 'both':
      return { [legacy]: signature(consumer, bytes), [oauth2]: signature('client', bytes) };
    case 'oauth2 with the consumer secret':
      return { [oauth2]: signature(consumer, bytes) };
    case 'legacy with the client secret':
      return { [legacy]: signature('client', bytes) };
    case 'secret that ends soon':
      return { [legacy]: signature('late-consumer', bytes) };
    case 'secret not known yet':
      return { [oauth2]: signature('new-client', bytes) };
    case 'ended secret':
      return { [legacy]: signature('old-consumer', bytes), [oauth2]: signature('old-client', bytes) };
    case 'secret of another app':
      return { [legacy]: signature(other, bytes) };
    case 'guessed secret':
      return { [legacy]: signature('a guess', bytes), [oauth2]: signature('undefined', bytes) };
    case 'empty secret':
      return { [legacy]: signature('', bytes), [oauth2]: signature('', bytes) };
    case 'other bytes':
      return { [legacy]: signature(consumer, Buffer.concat([bytes, Buffer.from('\n')])) };
    case 'text of the bytes':
      return { [legacy]: signature(consumer, Buffer.from(Buffer.from(bytes).toString())) };
    case 'not padded':
      return { [legacy]: signature(consumer, bytes).slice(0, -1) };
    case 'in hexadecimal':
      return { [legacy]: `sha256=${hmac(consumer, bytes).toString('hex')}` };
    case 'no prefix':
      return { [legacy]: signature(consumer, bytes).slice('sha256='.length) };
    case 'nothing':
      return {};
  }
}

const wrong = signature('a guess', Buffer.from('something'));

function dressed(style: RequestRecipe['headers'], headers: Headers): Headers {
  const each = (change: (name: string, value: string) => readonly [string, string]): Headers =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => change(name, value)));
  switch (style) {
    case 'as API Gateway':
      return { 'content-type': 'application/json', ...headers };
    case 'capitals':
      return each((name, value) => [name.toUpperCase(), value]);
    case 'good after bad':
      return each((name, value) => [name, `${wrong},${value}`]);
    case 'bad after good':
      return each((name, value) => [name, `${value}, sha256=, ,${wrong}`]);
    case 'spaces':
      return each((name, value) => [name, `  ${value}\t`]);
    case 'huge':
      return { ...each((name, value) => [name, `${`${wrong},`.repeat(100)}${value}`]), cookie: 'x'.repeat(8_000) };
    case 'odd names':
      return { ...headers, '': 'x', constructor: 'x', 'x-twitter-webhooks-signature-': wrong, '\u0130': 'x' };
  }
}

type Carried = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>;

function carried(encoding: RequestRecipe['encoding'], bytes: Uint8Array): Carried {
  const [text, base64] = [Buffer.from(bytes).toString(), Buffer.from(bytes).toString('base64')];
  switch (encoding) {
    case 'base64':
      return { body: base64, isBase64Encoded: true };
    case 'text':
      return { body: text, isBase64Encoded: false };
    case 'base64 said to be text':
      return { body: base64, isBase64Encoded: false };
    case 'text said to be base64':
      return { body: text, isBase64Encoded: true };
    case 'absent':
      return { isBase64Encoded: false };
  }
}

/** The request as an HTTP API hands it over. */
export function requestEvent(recipe: RequestRecipe, bytes: Uint8Array): APIGatewayProxyEventV2 {
  const { method, app, query, headers, signing, encoding } = recipe;
  return httpEvent({
    method,
    query,
    ...(app !== undefined && { app }),
    headers: dressed(headers, signedHeaders(signing, app === 'shop', bytes)),
    ...carried(encoding, bytes),
  });
}
