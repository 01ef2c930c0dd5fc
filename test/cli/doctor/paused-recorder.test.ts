import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { commands } from '../../../cli/commands.ts';
import { run } from '../../../cli/run.ts';
import { localFile, writeLocalFile } from '../../../local/local-file.ts';
import { makeTemporaryDirectory } from '../../../local/temporary-directory.ts';
import { startWatched, type Watched } from '../../stack/gaps/driver.ts';
import { createRecordingTerminal } from '../recording-terminal.ts';

describe('while the recorder is stopped, gapless doctor', () => {
  let watched: Watched;
  before(async () => {
    watched = await startWatched();
  });
  after(() => watched.close());

  test('names the queue, and what mends it, and blames nothing else', async (t) => {
    const { path: directory, remove } = await makeTemporaryDirectory();
    t.after(remove);
    watched.stack.functions.named('RecordEvents').pause();
    await watched.minutes(17);
    t.after(await writeLocalFile(localFile(directory), watched.stack, Date.now()));
    const terminal = createRecordingTerminal({ directory, clock: { now: () => Date.now() } });

    const code = await run({ commands, version: '0' }, ['doctor', '--local'], terminal);

    const lines = terminal.printed.join('\n').split('\n');
    const failed = lines.findIndex((line) => / fail /.test(line));
    assert.equal(code, 1);
    assert.match(
      lines[failed] ?? '',
      /queue +\d+ deliveries wait or are in work, the oldest 1\d min old: nobody records them/,
    );
    assert.equal(lines[failed + 1]?.trim(), '→ gapless status --local, then docs/runbook.md#deliveries-delayed');
    assert.match(lines.join('\n'), /skipped +heartbeat +says nothing before queue is mended/);
    assert.deepEqual(lines.filter((line) => / fail /.test(line)).length, 1);
    assert.match(terminal.noted.join('\n'), /1 of 15 checks fails: queue\./);
  });
});
