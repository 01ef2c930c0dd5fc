import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import type { FunctionSpec } from '../../../local/lambda/function-spec.ts';
import { type InlineFunction, startInlineFunction } from '../../support/inline-function.ts';

const describePid = 'export const handler = async () => process.pid;';

async function start(
  t: TestContext,
  source: string,
  options: { readonly spec?: Partial<FunctionSpec>; readonly maxProcesses?: number; readonly waitMs?: number } = {},
): Promise<InlineFunction> {
  const inline = await startInlineFunction(source, options);
  t.after(() => inline.close());
  return inline;
}

async function payloadOf({ runner }: InlineFunction, event: unknown = {}): Promise<unknown> {
  const result = await runner.invoke(JSON.stringify(event));
  assert.equal(result.kind, 'success', JSON.stringify(result));
  return JSON.parse(result.payload);
}

test('an invocation that waited too long for a process is throttled, and keeps nobody waiting', async (t) => {
  const source = `let release;
    export const handler = async ({ wait }) => wait ? new Promise((resolve) => (release = resolve)) : 'served';`;
  const { runner } = await start(t, source, { maxProcesses: 1, waitMs: 200, spec: { timeoutSeconds: 2 } });

  const first = runner.invoke('{"wait":true}');
  assert.deepEqual(await runner.invoke('{}'), { kind: 'throttled' });
  assert.equal((await first).kind, 'function-error');
  assert.equal((await runner.invoke('{}')).kind, 'success');
  assert.equal(runner.running, 0);
});

test('a function gets its event and context, and answers', async (t) => {
  const source = `export const handler = async (event, context) => ({ event, name: context.functionName,
    arn: context.invokedFunctionArn, id: context.awsRequestId.length, left: context.getRemainingTimeInMillis() });`;
  const inline = await start(t, source, { spec: { timeoutSeconds: 8 } });

  const { left, ...answer } = Object(await payloadOf(inline, { a: 'ü' }));

  assert.deepEqual(answer, {
    event: { a: 'ü' },
    name: 'Test-Inline',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:Test-Inline',
    id: 36,
  });
  assert.ok(left > 0 && left <= 8000, String(left));
});

test('a function has its own variables and AWS’s, and none of the machine', async (t) => {
  process.env.GAPLESS_TEST_LEAK = 'leaked';
  t.after(() => {
    delete process.env.GAPLESS_TEST_LEAK;
  });
  const source = `export const handler = async () => [process.env.OWN, process.env.AWS_REGION, process.env.TZ,
    process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE, process.env.GAPLESS_TEST_LEAK ?? null, process.env.HOME ?? null];`;
  const inline = await start(t, source, { spec: { environment: { OWN: 'mine' } } });

  assert.deepEqual(await payloadOf(inline), ['mine', 'us-east-1', 'UTC', '128', null, null]);
});

test('nothing returned is null', async (t) => {
  assert.equal(await payloadOf(await start(t, 'export const handler = async () => {};')), null);
});

test('a process is started for the first invocation and kept for the next', async (t) => {
  const inline = await start(t, describePid);
  assert.deepEqual(inline.runner.pids, []);

  const first = await payloadOf(inline);
  assert.deepEqual(inline.runner.pids, [first]);
  assert.equal(await payloadOf(inline), first);
  assert.equal(inline.runner.invocations, 2);
});

test('invocations at once have a process each, up to the limit, and the others wait', async (t) => {
  const source = `let running = 0;
    export const handler = async () => {
      running += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return [process.pid, running--];
    };`;
  const inline = await start(t, source, { maxProcesses: 2 });

  const answers = await Promise.all(Array.from({ length: 6 }, () => payloadOf(inline)));

  assert.equal(new Set(answers.map((answer) => Object(answer)[0])).size, 2);
  assert.ok(
    answers.every((answer) => Object(answer)[1] === 1),
    'never two in one process',
  );
});

test('an error that is thrown is the function’s, and the process goes on', async (t) => {
  const source = `export const handler = async ({ fail }) => {
    if (fail) throw new RangeError('too far');
    return process.pid;
  };`;
  const inline = await start(t, source);
  const pid = await payloadOf(inline);

  const result = await inline.runner.invoke('{"fail":true}');

  assert.deepEqual(result, { kind: 'function-error', errorType: 'RangeError', errorMessage: 'too far' });
  assert.equal(await payloadOf(inline), pid);
  assert.match(await readFile(inline.logFile, 'utf8'), /RangeError: too far/);
  assert.equal(inline.failures.length, 1);
});

const deaths: readonly (readonly [how: string, statement: string, message: RegExp])[] = [
  ['exits', 'process.exit(3)', /exit code 3/],
  ['is killed', "process.kill(process.pid, 'SIGKILL')", /signal SIGKILL/],
  ['leaves a rejection unhandled', "Promise.reject(new Error('lost')); await new Promise(() => {})", /exit code 128/],
  [
    'throws where nobody catches',
    "setImmediate(() => { throw new Error('lost') }); await new Promise(() => {})",
    /exit code 129/,
  ],
];
for (const [how, statement, message] of deaths) {
  test(`a process that ${how} fails its invocation, and the next has a new one`, async (t) => {
    const source = `export const handler = async ({ die }) => { if (die) { ${statement}; } return process.pid; };`;
    const inline = await start(t, source, { maxProcesses: 1 });
    const pid = await payloadOf(inline);

    const result = await inline.runner.invoke('{"die":true}');

    assert.equal(result.kind, 'function-error');
    assert.equal(result.errorType, 'Runtime.ExitError');
    assert.match(result.errorMessage, message);
    assert.notEqual(await payloadOf(inline), pid);
  });
}

test('an invocation that runs out of time fails, even if it holds the processor, and its process is gone', async (t) => {
  const source = 'export const handler = async ({ hang }) => { while (hang); return process.pid; };';
  const inline = await start(t, source, { spec: { timeoutSeconds: 3 }, maxProcesses: 1 });
  const pid = await payloadOf(inline);

  const result = await inline.runner.invoke('{"hang":true}');

  assert.equal(result.kind, 'function-error');
  assert.equal(result.errorType, 'Sandbox.Timedout');
  assert.match(result.errorMessage, /Task timed out after 3\.00 seconds/);
  assert.notEqual(await payloadOf(inline), pid);
});

const broken: readonly (readonly [what: string, source: string, handler: string, type: string])[] = [
  ['throws while it loads', "throw new SyntaxError('no settings')", 'index.handler', 'SyntaxError'],
  ['exports no such handler', 'export const other = 1;', 'index.handler', 'Runtime.HandlerNotFound'],
  ['has no such file', '', 'elsewhere.handler', 'Runtime.ImportModuleError'],
  ['exits while it loads', 'process.exit(1)', 'index.handler', 'Runtime.ExitError'],
];
for (const [what, source, handler, type] of broken) {
  test(`a bundle that ${what} fails every invocation`, async (t) => {
    const inline = await start(t, source, { spec: { handler }, maxProcesses: 1 });
    for (const _ of [1, 2]) {
      const result = await inline.runner.invoke('{}');
      assert.equal(result.kind === 'function-error' && result.errorType, type);
    }
  });
}

test('killing a function fails what runs, and the next invocation has a new process', async (t) => {
  const inline = await start(
    t,
    'export const handler = async ({ wait }) => { if (wait) await new Promise(() => {}); return process.pid; };',
  );
  const pid = await payloadOf(inline);
  const waiting = inline.runner.invoke('{"wait":true}');

  assert.equal(inline.runner.kill(), 1);

  const result = await waiting;
  assert.equal(result.kind === 'function-error' && result.errorType, 'Runtime.ExitError');
  assert.notEqual(await payloadOf(inline), pid);
});

test('a paused function throttles until it is resumed', async (t) => {
  const inline = await start(t, describePid);
  inline.runner.pause();
  assert.deepEqual(await inline.runner.invoke('{}'), { kind: 'throttled' });

  const resumed = inline.runner.untilResumed();
  inline.runner.resume();
  await resumed;
  assert.equal((await inline.runner.invoke('{}')).kind, 'success');
});

test('an event of more than 6 MB is refused', async (t) => {
  const inline = await start(t, describePid);
  const result = await inline.runner.invoke(JSON.stringify('x'.repeat(6 * 1024 * 1024)));
  assert.equal(result.kind === 'function-error' && result.errorType, 'RequestTooLargeException');
});
