import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { eventOf, type Reading, startReading } from './aws/reading.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const tsc = join(root, 'node_modules/.bin/tsc');

/** What another package may write: what must compile, and what must not. */
const consumer = `
import { createReader, type ListedEvent, parsePayload } from 'gapless';

const [endpoint = '', ...names] = process.argv.slice(2);
const [eventsTable = '', carriedPostsTable = '', ledgerTable = '', bodiesBucket = ''] = names;
const dynamodb = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const reader = createReader({ eventsTable, carriedPostsTable, ledgerTable, bodiesBucket, clients: { dynamodb } });

const seen: (string | undefined)[] = [];
let last: ListedEvent | undefined;
for await (const event of reader.events.byAccount('9001', { order: 'oldest-first', limit: 2 })) {
  const typed = parsePayload(event);
  if (typed.product === 'xaa' && typed.type === 'like.create') {
    seen.push(typed.payload.data.payload.id);
    // @ts-expect-error A like has no such member.
    seen.push(typed.payload.data.payload.nonsense);
  }
  last = event;
}
// @ts-expect-error A cursor is a text.
const wrong = { cursor: 7 } satisfies Parameters<typeof reader.events.between>[0];
console.log(JSON.stringify({ seen, hasCursor: last?.cursor !== undefined, wrong }));
reader.close();
`;

describe('the library', () => {
  let folder: string;
  let reading: Reading;

  before(async () => {
    reading = await startReading();
    folder = await mkdtemp(join(tmpdir(), 'gapless-library-'));
    const installed = join(folder, 'node_modules/gapless');
    await mkdir(installed, { recursive: true });
    await cp(join(root, 'package.json'), join(installed, 'package.json'));
    await run(tsc, ['-p', join(root, 'tsconfig.build.json'), '--outDir', join(installed, 'dist')]);
    // What npm would install beside it.
    for (const scope of ['@aws-sdk', '@smithy', '@types']) {
      await symlink(join(root, 'node_modules', scope), join(folder, 'node_modules', scope));
    }
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'main.ts'), consumer);
  });
  after(async () => {
    await reading.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('compiles strictly in another package and runs there as plain JavaScript', async () => {
    const like = (id: string) =>
      eventOf('9001', id, '2026-11-21T10:00:00.000Z', {
        payload: JSON.stringify({ data: { event_type: 'like.create', payload: { id } } }),
      });
    await reading.store(like('a1'), eventOf('9001', 'follow', '2026-11-21T10:00:01.000Z', { type: 'follow.follow' }));

    const options = ['--target', 'es2024', '--module', 'nodenext', '--strict', '--types', 'node'];
    await run(tsc, ['main.ts', ...options], { cwd: folder });
    const { eventsTable, carriedPostsTable, ledgerTable, bucket } = reading.emulators.names;
    const { endpoint } = reading.emulators.dynamodb;
    const { stdout } = await run(
      process.execPath,
      ['main.js', endpoint, eventsTable, carriedPostsTable, ledgerTable, bucket],
      { cwd: folder },
    );
    assert.deepEqual(JSON.parse(stdout), { seen: ['a1', null], hasCursor: true, wrong: { cursor: 7 } });
  });
});
