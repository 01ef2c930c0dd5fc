import type { Client } from '@xdevplatform/xdk';
import type { Interval } from '../../domain/gaps/interval.ts';
import type { ReplayAnswer } from '../../domain/gaps/replay-job.ts';
import { ask, type XOutcome } from './client.ts';
import { readFailure, type XFailure } from './failure.ts';

export interface Webhook {
  readonly webhookId: string;
  readonly url: string;
  readonly valid: boolean;
}

/** `GET /2/webhooks`: the webhooks of the app. */
export async function listWebhooks(client: Client): Promise<XOutcome<readonly Webhook[]>> {
  const answer = await ask(() => client.webhooks.get({ webhookConfigFields: ['id', 'url', 'valid', 'created_at'] }));
  if (!answer.ok) return answer;
  const { data, errors = [] } = answer.value;
  // With 200 and errors instead of data X says that it does not know, not that there is no webhook.
  if (data === undefined && errors.length > 0)
    return { ok: false, failure: readFailure({ status: 200, body: answer.value }) };
  const webhooks = (data ?? []).flatMap(({ id, url, valid }) =>
    typeof id === 'string' && typeof url === 'string' ? [{ webhookId: id, url, valid: valid === true }] : [],
  );
  return { ok: true, value: webhooks };
}

/** `POST /2/webhooks`: X plays a CRC against the address first. Returns the webhook's id. */
export async function createWebhook(client: Client, url: string): Promise<XOutcome<string>> {
  const answer = await ask(() => client.webhooks.create({ url }));
  if (!answer.ok) return answer;
  const id = member(answer.value.data, 'id');
  return typeof id === 'string'
    ? { ok: true, value: id }
    : { ok: false, failure: { detail: "X's answer has no webhook id" } };
}

/** `DELETE /2/webhooks/:id`, with the Account Activity subscriptions it has. X's documents show 200 with a body and 204 without. */
export async function deleteWebhook(client: Client, webhookId: string): Promise<XOutcome<void>> {
  const path = `/2/webhooks/${encodeURIComponent(webhookId)}`;
  // `raw`: the SDK takes an empty body for a broken answer.
  const answer = await ask(() => client.request('DELETE', path, { raw: true, security: [{ BearerToken: [] }] }));
  return answer.ok ? { ok: true, value: undefined } : answer;
}

/** `PUT /2/webhooks/:id`: X sends a CRC. Success says that it was asked for, not that it passed (facts differ; see `valid`). */
export async function validateWebhook(client: Client, webhookId: string): Promise<XOutcome<void>> {
  const answer = await ask(() => client.webhooks.validate(webhookId));
  return answer.ok ? { ok: true, value: undefined } : answer;
}

/** `POST /2/webhooks/replay`. Not idempotent: an answer that never came may have started a job. */
export async function startReplay(
  client: Client,
  webhookId: string,
  window: Interval,
  nowMs: number,
): Promise<ReplayAnswer> {
  const body = { webhookId, fromDate: replayDate(window.fromMs), toDate: replayDate(window.toMs) };
  const answer = await ask(() => client.webhooks.createWebhookReplayJob(body));
  if (!answer.ok) return toReplayAnswer(answer.failure, nowMs);
  const jobId = jobIdOf(answer.value);
  return { kind: 'started', ...(jobId === undefined ? {} : { jobId }) };
}

/** `yyyymmddhhmm`, UTC. */
export function replayDate(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:T]/g, '').slice(0, 12);
}

const defaultPauseMs = 15 * 60_000;

function toReplayAnswer(failure: XFailure, nowMs: number): ReplayAnswer {
  const { status, reason, detail, retryAtMs } = failure;
  if (reason === 'ReplayConflictError') return { kind: 'conflict' };
  if (reason === 'CrcValidationFailed') return { kind: 'crc-failed' };
  if (status === 429) return { kind: 'limited', untilMs: retryAtMs ?? nowMs + defaultPauseMs };
  if (status === undefined || status >= 500) return { kind: 'unknown', why: detail };
  return { kind: 'refused', why: detail };
}

/** X's documents show three shapes: `{data:{job_id}}`, `{job_id}` and `{replay_event:{job_id}}`; the SDK turns names to camel case. */
function jobIdOf(value: unknown): string | undefined {
  const places = [member(value, 'data'), value, member(value, 'replayEvent')];
  return places.map((place) => member(place, 'jobId')).find((id) => typeof id === 'string');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
