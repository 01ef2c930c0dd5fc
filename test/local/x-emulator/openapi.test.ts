import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { list, member } from '../../../shared/domain/json.ts';
import { type ApiAnswer, asUser, startX } from './emulated-x.ts';

/** X's own description (https://api.x.com/2/openapi.json, v2.167) where it lies beside the project. */
const file = join(import.meta.dirname, '../../../../shared/facts/openapi.json');
const skip = existsSync(file) ? false : 'X’s OpenAPI description is not here';

const webhook = '/2/account_activity/webhooks/{webhook_id}/subscriptions';

test('every answer has the shape of X’s OpenAPI description', { skip }, async (t) => {
  const { x, api, register, receiver } = await startX(t, { webhookLimit: 3 });
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')), 'x');
  const succeeded = new Set<string>();

  /** `operation` is `METHOD /path/{template}`; checks the answer against the operation's schema for its status and type. */
  const check = (operation: string, { status, contentType, body }: ApiAnswer) => {
    const [method = '', path = ''] = operation.split(' ');
    const type = contentType.replace('; charset=utf-8', '');
    const parts = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      status === 200 ? '200' : 'default',
      'content',
      type,
      'schema',
    ];
    const pointer = parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    const isValid = ajv.compile({ $ref: `x#/${pointer}` });
    assert.ok(isValid(body), `${operation} → ${status}: ${ajv.errorsText(isValid.errors)}\n${JSON.stringify(body)}`);
    if (status === 200) succeeded.add(operation);
  };
  const call = async (operation: string, path: string, body?: unknown, authorization?: string) => {
    const answer = await api(`${operation.split(' ')[0]} ${path}`, body, authorization);
    check(operation, answer);
    return answer.body;
  };

  // What X refuses.
  await call('GET /2/webhooks', '/2/webhooks', undefined, 'Bearer wrong');
  await call('GET /2/webhooks', '/2/webhooks', undefined, asUser('1'));
  await call('GET /2/webhooks', '/2/webhooks?webhook_config.fields=x');
  await call('POST /2/webhooks', '/2/webhooks', {});
  await call('POST /2/webhooks', '/2/webhooks', { url: 'http://receiver.example' });
  await call('PUT /2/webhooks/{webhook_id}', '/2/webhooks/1');
  await call('POST /2/webhooks/replay', '/2/webhooks/replay', {});
  await call(`POST ${webhook}/all`, '/2/account_activity/webhooks/1/subscriptions/all', {}, asUser('1'));
  await call('POST /2/activity/subscriptions', '/2/activity/subscriptions', { event_type: 'x' });
  await call('DELETE /2/activity/subscriptions/{subscription_id}', '/2/activity/subscriptions/1');

  // What X does.
  const id = await register();
  await call('POST /2/webhooks', '/2/webhooks', { url: `${receiver.url}/second` });
  await call('GET /2/webhooks', '/2/webhooks');
  await call('PUT /2/webhooks/{webhook_id}', `/2/webhooks/${id}`);
  const [from_date, to_date] = ['202611211100', '202611211130'];
  await call('POST /2/webhooks/replay', '/2/webhooks/replay', { webhook_id: id, from_date, to_date: '202611211200' });
  await call('POST /2/webhooks/replay', '/2/webhooks/replay', { webhook_id: id, from_date, to_date });
  for (const status of [429, 500, 503]) {
    x.outages.start({ mode: 'api-down', status });
    await call('GET /2/webhooks', '/2/webhooks');
  }
  x.outages.end();
  const subscriptions = `/2/account_activity/webhooks/${id}/subscriptions`;
  await call(`POST ${webhook}/all`, `${subscriptions}/all`, {}, asUser('1'));
  await call(`GET ${webhook}/all`, `${subscriptions}/all`, undefined, asUser('1'));
  await call(`GET ${webhook}/all/list`, `${subscriptions}/all/list`);
  await call('GET /2/account_activity/subscriptions/count', '/2/account_activity/subscriptions/count');
  await call(`DELETE ${webhook}/{user_id}/all`, `${subscriptions}/1/all`);
  const activity = '/2/activity/subscriptions';
  const ids: unknown[] = [];
  for (const user_id of ['1', '2', '3']) {
    const request = { event_type: 'post.create', filter: { user_id }, tag: 't', webhook_id: id };
    ids.push(member(await call(`POST ${activity}`, activity, request), 'data', 'subscription', 'subscription_id'));
  }
  assert.equal(list(member(await call(`GET ${activity}`, `${activity}?max_results=2`), 'data')).length, 2);
  await call(`PUT ${activity}/{subscription_id}`, `${activity}/${ids[0]}`, { tag: 'u' });
  await call(`DELETE ${activity}/{subscription_id}`, `${activity}/${ids[0]}`);
  await call(`DELETE ${activity}`, `${activity}?ids=${ids[1]},1`);
  const stream = '/2/tweets/search/webhooks';
  await call(`POST ${stream}/{webhook_id}`, `${stream}/${id}`);
  await call(`GET ${stream}`, stream);
  await call(`DELETE ${stream}/{webhook_id}`, `${stream}/${id}`);
  await call('DELETE /2/webhooks/{webhook_id}', `/2/webhooks/${id}`);

  assert.equal(succeeded.size, 18);
});
