import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../local/free-port.ts';

const runModule = new URL('../../local/run.ts', import.meta.url).href;
const program = `import { run } from '${runModule}';
  const [projectDir, ...args] = process.argv.slice(1);
  process.exit(await run({ projectDir, args, env: process.env }));`;

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly projectDir: string;
  readonly localFile: string;
  /** All that it wrote so far. */
  readonly output: () => string;
  /** The line that begins so; rejects when the program ends without it. */
  line(start: string): Promise<string>;
  /** Resolves with exit code and signal. */
  readonly ended: Promise<unknown[]>;
}

/** `npm start` in a process group of its own, as a shell starts it, in a project directory of its own, where `present` is what another stack wrote. */
async function start(
  t: TestContext,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  present?: unknown,
): Promise<Started> {
  const projectDir = await mkdtemp(join(tmpdir(), 'gapless-test-project-'));
  const localFile = join(projectDir, '.gapless', 'local.json');
  if (present !== undefined) {
    await mkdir(dirname(localFile));
    await writeFile(localFile, JSON.stringify(present));
  }
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, projectDir, ...args], {
    detached: true,
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'exit');
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
    await rm(projectDir, { recursive: true });
  });
  let output = '';
  const lines: string[] = [];
  const readers: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      output += `${line}\n`;
      lines.push(line);
      for (const read of readers) read();
    });
  }
  return {
    child,
    projectDir,
    localFile,
    output: () => output,
    ended,
    line: (begin) =>
      Promise.race([
        new Promise<string>((resolve) => {
          const look = () => {
            const found = lines.find((line) => line.startsWith(begin));
            if (found !== undefined) resolve(found);
          };
          readers.push(look);
          look();
        }),
        ended.then(() => assert.fail(`It ended without a line "${begin}":\n${output}`)),
      ]),
  };
}

const freePorts = ['--port', '0', '--x-port', '0'];

function childrenOf(pid: number | undefined): readonly number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  return rows.filter(([, parent]) => parent === pid).map(([child = 0]) => child);
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Those of others, such as the compiler's service, end by themselves when their parent has ended: a moment after it. */
async function gone(children: readonly number[], isLeft: () => boolean = () => false): Promise<void> {
  const until = AbortSignal.timeout(60_000);
  while (children.some(isAlive) || isLeft()) {
    until.throwIfAborted();
    await pause(20);
  }
}

test('it says where everything is, is ready, and ends with Ctrl-C leaving nothing', async (t) => {
  const started = await start(t, freePorts);
  const ready = await started.line('ready ');
  const local = JSON.parse(await readFile(started.localFile, 'utf8'));

  assert.equal(ready, `ready ${local.webhookUrl}`);
  assert.equal(local.pid, started.child.pid);
  for (const name of ['xApiUrl', 'dynamodbEndpoint', 'sqsEndpoint', 's3Endpoint', 'secretsManagerEndpoint']) {
    assert.match(local[name], /^http:\/\/127\.0\.0\.1:\d+$/, name);
  }
  assert.equal(local.outputs.WebhookUrl, local.webhookUrl);
  assert.deepEqual(Object.keys(local.clock), ['epoch', 'realAt', 'localAt', 'speed']);
  assert.equal((await fetch(local.webhookUrl, { method: 'DELETE' })).status, 405);
  const children = childrenOf(started.child.pid);
  assert.ok(children.length >= 4, 'DynamoDB, SQS, the receiver and the reaper at least');

  // The group of the shell: as a terminal does it.
  process.kill(-(started.child.pid ?? 0), 'SIGINT');

  assert.deepEqual(await started.ended, [0, null]);
  await gone(children);
  assert.equal(existsSync(started.localFile), false);
  assert.equal(existsSync(local.logsDir), false);
  await assert.rejects(fetch(local.webhookUrl), TypeError);
});

test('when it is killed, its processes and files go too', async (t) => {
  const started = await start(t, [...freePorts, '--no-traffic']);
  await started.line('ready ');
  const local = JSON.parse(await readFile(started.localFile, 'utf8'));
  const children = childrenOf(started.child.pid);
  assert.ok(children.length >= 4);

  started.child.kill('SIGKILL');
  await started.ended;

  await gone(children, () => existsSync(local.logsDir) || existsSync(started.localFile));
});

test('a signal while it starts ends it, too', async (t) => {
  const started = await start(t, freePorts);
  await once(started.child, 'spawn');
  while (childrenOf(started.child.pid).length < 3) await pause(20);
  const children = childrenOf(started.child.pid);

  started.child.kill('SIGTERM');

  assert.deepEqual(await started.ended, [0, null]);
  await gone(children);
});

test('a taken port is told before anything else, with what to do', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.after(() => taken.close());
  const address = taken.address();
  assert.ok(typeof address === 'object' && address !== null);

  const started = await start(t, ['--port', String(address.port), '--x-port', '0']);

  assert.deepEqual(await started.ended, [1, null]);
  assert.match(started.output(), /^Port \d+ on 127\.0\.0\.1 cannot be used .* choose another with --port\.\n$/);
});

test('another X is not replaced: an X that cannot be reached is told', async (t) => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const started = await start(t, ['--port', '0'], { X_API_BASE_URL: nobody, X_BEARER_TOKEN: 'b' });

  assert.deepEqual(await started.ended, [1, null]);
  assert.match(started.output(), new RegExp(`^X at ${nobody} did not list the webhooks of the app`));
});

test('a second stack of one checkout is refused before it takes anything', async (t) => {
  const started = await start(t, freePorts, {}, { pid: process.pid });

  assert.deepEqual(await started.ended, [1, null]);
  assert.match(started.output(), new RegExp(`running already \\(process ${process.pid}\\)`));
  assert.equal(existsSync(started.localFile), true, 'the file is the other one’s');
});

test('help is shown without starting anything', async (t) => {
  const started = await start(t, ['--help']);
  assert.deepEqual(await started.ended, [0, null]);
  assert.match(started.output(), /--no-traffic/);
});

test('a wrong flag is told with the usage', async (t) => {
  const started = await start(t, ['--bogus']);
  assert.deepEqual(await started.ended, [2, null]);
  assert.match(started.output(), /Unknown option '--bogus'[\s\S]*--no-traffic/);
});
