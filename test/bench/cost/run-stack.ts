import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { synthesize } from '../../../infra/synthesize.ts';
import { readTemplate } from '../../../local/template/read-template.ts';
import { interpretTemplate } from '../../../local/template.ts';
import { createAccessLog } from '../../../local/triggers/access-log.ts';
import { startRunningStack } from '../../support/running-stack.ts';
import { prices } from '../support/aws-prices.ts';
import type { Parts } from '../support/with-parts.ts';
import type { Log, Measured } from './bill.ts';
import { Counter } from './counter.ts';

export interface Variant {
  readonly payloadEncoding: 'plain' | 'compact';
  readonly frontDoor: 'http-api' | 'function-url';
}

/** Billed for a call that waits for SQS, and for a batch of ten whose events, counts and coverage are written one after the other. */
const receiverMs = 10;
const recorderMs = 30;

const warmUps = 12;

/** A request as the access log has it. */
const answered = {
  requestId: 'a4b0e3c8-6d0d-4a6e-9d11-3f0a3d7f7a10',
  method: 'POST',
  path: '/webhooks/x',
  sourceIp: '203.0.113.199',
  userAgent: 'Go-http-client/1.1',
  receivedAt: Date.UTC(2026, 10, 22),
  status: 200,
  latencyMs: 12,
  integrationError: undefined,
};

/** Delivers each list of bodies to a stack of its own settings, and counts. */
export async function runStack(
  { directory }: Parts,
  variant: Variant,
  batches: readonly (readonly Uint8Array[])[],
): Promise<readonly Measured[]> {
  const dir = await directory();
  const location = await synthesize({
    outDir: join(dir, 'cdk.out'),
    bundleDir: join(dir, 'functions'),
    context: { ...variant },
  });
  const counter = new Counter();
  const stack = await startRunningStack({
    synthesize: async () => location,
    onCall: (call) => counter.onCall(call),
    onInvoked: (invoked) => counter.onInvoked(invoked),
    maxProcesses: 1,
  });
  const { accessLog, eventSources, functions } = interpretTemplate(await readTemplate(location), {
    sqsEndpoint: '',
    apiUrl: '',
    secretArn: (name) => name,
  });
  const [receiver, recorder] = ['ReceiveWebhook', 'RecordEvents'].map((start) =>
    functions.find(({ logicalId }) => logicalId.startsWith(start)),
  );
  if (receiver === undefined || recorder === undefined) throw new Error('The template lacks a function.');
  const entry = accessLog && JSON.stringify(createAccessLog(accessLog)(answered));

  const measure = async (bodies: readonly Uint8Array[]): Promise<Measured> => {
    const logs = await Promise.all([receiver, recorder].map(({ name }) => followLog(stack.logsDir, name)));
    counter.start(stack.names);
    for (const body of bodies) {
      const status = await stack.post(body);
      if (status !== 200) throw new Error(`A delivery was answered with ${status}.`);
    }
    await stack.settled(AbortSignal.timeout(60_000));
    const [receiverLog = noLog, recorderLog = noLog] = await Promise.all(logs.map((added) => added()));
    return {
      counts: counter.counts,
      receiverLog: entry === undefined ? receiverLog : addLines(receiverLog, bodies.length, entry),
      recorderLog,
      receiver: { memoryMb: receiver.memoryMb, milliseconds: receiverMs, architecture: 'arm64' },
      recorder: { memoryMb: recorder.memoryMb, milliseconds: recorderMs, architecture: 'arm64' },
      batchSize: eventSources[0]?.batchSize ?? 1,
      front: variant.frontDoor === 'http-api' ? prices.httpApiRequest : 0,
    };
  };

  try {
    const measured: Measured[] = [];
    // What a process does once in its life is no cost of a delivery.
    for (const bodies of batches) {
      await measure(bodies.slice(0, warmUps));
      measured.push(await measure(bodies.slice(warmUps)));
    }
    return measured;
  } finally {
    await stack.close();
  }
}

const noLog: Log = { lines: 0, bytes: 0 };
const addLines = ({ lines, bytes }: Log, count: number, line: string): Log => ({
  lines: lines + count,
  bytes: bytes + count * (line.length + 1),
});

/** Returns how to ask what came to a function's log since now. */
async function followLog(dir: string, name: string): Promise<() => Promise<Log>> {
  const read = () => readFile(join(dir, `${name}.log`), 'utf8').catch(() => '');
  const start = (await read()).length;
  return async () => {
    // The pipe of a process brings its last lines a moment after its answer.
    for (let seen = await read(); ; ) {
      await pause(200);
      const now = await read();
      const added = now.slice(start);
      if (now === seen) return { lines: added.split('\n').length - 1, bytes: Buffer.byteLength(added) };
      seen = now;
    }
  };
}
