import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AdjustableClock } from '../../local/clock/adjustable-clock.ts';
import type { LocalStack } from '../../local/stack.ts';
import { parseStackOutputs } from '../../shared/aws/stack-outputs.ts';
import { createReader, type ListedEvent } from '../../shared/index.ts';
import { createXClient } from '../../shared/x/api/client.ts';
import { listWebhooks } from '../../shared/x/api/webhooks.ts';
import { clientConfig } from '../support/emulators.ts';
import { bearerToken, startTestStack } from '../support/local-stack.ts';

const start = Date.UTC(2026, 10, 21, 12);
const frozen = () => new AdjustableClock({ realAt: Date.now(), localAt: start, speed: 0 });

async function started(t: TestContext, options: Parameters<typeof startTestStack>[0] = {}): Promise<LocalStack> {
  const stack = await startTestStack({ connected: true, ...options });
  t.after(() => stack.close());
  return stack;
}

async function stored({ outputs, endpoints }: LocalStack): Promise<readonly ListedEvent[]> {
  const clients = {
    dynamodb: clientConfig(endpoints.dynamodb),
    s3: { ...clientConfig(endpoints.s3), forcePathStyle: true },
  };
  const reader = createReader({ ...parseStackOutputs(outputs, 'The test stack'), clients });
  try {
    return await Array.fromAsync(reader.events.between());
  } finally {
    reader.close();
  }
}

/** Has X send the body to the stack's webhook, and waits until it is recorded. Returns the status that X got. */
async function deliver(stack: LocalStack, body: string): Promise<unknown> {
  assert.ok(stack.emulator);
  const x = createXClient({ baseUrl: stack.xApiUrl, bearerToken, timeoutMs: 10_000 });
  const webhooks = await listWebhooks(x);
  const webhookId = webhooks.ok ? webhooks.value[0]?.webhookId : undefined;
  assert.ok(webhookId);
  const { attempts } = await stack.emulator.emit({ body, webhookId, retry: false });
  await stack.settled(AbortSignal.timeout(60_000));
  const attempt = attempts[0];
  return attempt !== undefined && 'status' in attempt ? attempt.status : attempt;
}

const like = (id: string, at = start) =>
  JSON.stringify({
    data: {
      filter: { user_id: '29010112' },
      event_type: 'like.create',
      event_uuid: id,
      payload: {
        tweet_id: `2124291120312615${id}`,
        user_id: '1042333000000000001',
        created_at: new Date(at).toISOString(),
      },
    },
  });

test('what X delivers is stored by the real functions, at the time of the local clock', async (t) => {
  const stack = await started(t, { clock: frozen() });
  await stack.clock.advance(3_600_000);

  assert.equal(await deliver(stack, like('951')), 200);

  const events = await stored(stack);
  assert.deepEqual(
    events.map(({ type, receivedAt }) => [type, receivedAt]),
    [['like.create', '2026-11-21T13:00:00.000Z']],
  );
});

test('a fault of SQS reaches the receiver and nobody else, and ends when it is removed', async (t) => {
  const stack = await started(t);
  const remove = stack.faults?.sqs.add({ target: 'SendMessage', respond: { status: 500 } });
  assert.equal(await deliver(stack, like('952')), 503);

  remove?.();
  assert.equal(await deliver(stack, like('952')), 200);
  assert.equal((await stored(stack)).length, 1);
});

test('a recorder that is killed in its work loses nothing', async (t) => {
  const stack = await started(t, { clock: frozen() });
  const recorder = stack.functions.named('RecordEvents');
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const hold = { holdUntil: new Promise<void>(() => {}) };
  const remove = stack.faults?.dynamodb.add({
    target: 'PutItem',
    times: 1,
    random: () => {
      resolve();
      return 0;
    },
    respond: hold,
  });

  assert.ok(stack.emulator);
  const delivering = deliver(stack, like('953'));
  await reached;
  recorder.kill();
  remove?.();
  await stack.clock.advance(3_600_000);

  assert.equal(await delivering, 200);
  assert.equal((await stored(stack)).length, 1);
});

test('with a data directory the next start has what the last one stored, and X knows the webhook', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'gapless-test-data-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const first = await startTestStack({ connected: true, dataDir });
  const port = Number(new URL(first.webhookUrl).port);
  await deliver(first, like('954'));
  const before = await stored(first);
  await first.close();

  const second = await started(t, { dataDir, port });

  assert.deepEqual(await stored(second), before);
  assert.equal(await deliver(second, like('954')), 200);
  assert.deepEqual(await stored(second), before);
  assert.ok((await readdir(second.logsDir)).length > 0);
});

test('a stack that is closed leaves no process, no directory and no port', async (t) => {
  const stack = await started(t);
  await deliver(stack, like('955'));
  const pids = [...stack.functions.byName.values()].flatMap((runner) => runner.pids);
  assert.ok(pids.length >= 2);
  await stack.close();

  for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  assert.equal(existsSync(stack.logsDir), false);
  for (const url of [stack.webhookUrl, stack.xApiUrl, ...Object.values(stack.endpoints)]) {
    await assert.rejects(fetch(url), TypeError);
  }
});

test('a stack that cannot start says why and leaves nothing', async () => {
  const error = new Error('no template');
  await assert.rejects(startTestStack({ synthesize: () => Promise.reject(error) }), error);
});
