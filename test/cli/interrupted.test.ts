import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { oldNode, startGapless } from './gapless-process.ts';
import { type LocalProject, startLocalProject } from './local-project.ts';
import { recordBodies } from './record-bodies.ts';
import { postBody } from './stored-bodies.ts';

/** More than a pipe holds. */
const longText = 'x'.repeat(200_000);

describe('gapless events', () => {
  let project: LocalProject;
  before(async () => {
    project = await startLocalProject();
    const body = (id: string) => postBody({ id, at: '2026-11-20T10:00:00.000Z', text: longText });
    await recordBodies(project.emulators, ['1', '2', '3'].map(body), '2026-11-20T10:00:01.000Z');
  });
  after(() => project.close());

  const start = (nodeArguments: readonly string[] = []) =>
    startGapless(['events', '--local', '--json'], { cwd: project.directory, nodeArguments });

  test('is done, without a word, when its reader has seen enough', async () => {
    const child = start();
    const notes = text(child.stderr);

    await once(child.stdout, 'data');
    child.stdout.destroy();

    const [code] = await once(child, 'close');
    assert.equal(code, 0);
    assert.equal(await notes, '');
  });

  for (const [where, nodeArguments] of [
    ['', []],
    [' on the Node of the project', [oldNode]],
  ] as const) {
    test(`ends at Ctrl-C${where}, while it waits for an answer`, async () => {
      const called = Promise.withResolvers<void>();
      const answers = Promise.withResolvers<void>();
      const remove = project.emulators.faults.dynamodb.add({
        probability: 1,
        random: () => {
          called.resolve();
          return 0;
        },
        respond: { holdUntil: answers.promise },
      });
      const child = start(nodeArguments);
      await called.promise;

      child.kill('SIGINT');

      const [code, signal] = await once(child, 'close');
      remove();
      answers.resolve();
      assert.deepEqual([code, signal], [null, 'SIGINT']);
    });
  }
});
