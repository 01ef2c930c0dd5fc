import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { compactJson } from '../../shared/domain/compact-json.ts';
import { split } from './split.ts';

/** X's documented samples, where a folder of them lies beside the project. */
const folder = join(import.meta.dirname, '../../../shared/payloads');

describe('X’s documented samples', { skip: !existsSync(folder) && 'no folder of samples beside the project' }, () => {
  const files = (pattern: string) => globSync(pattern, { cwd: folder });

  for (const file of files('{aaa,xaa}/*.json').concat(files('other/{filtered_stream*,xaa.*}.json'))) {
    test(`${file} is one event, kept as sent`, () => {
      const body = readFileSync(join(folder, file), 'utf8');
      const { events, replayStatuses } = split(body);
      assert.equal(events.length, 1);
      assert.deepEqual(replayStatuses, []);
      assert.notEqual(events[0]?.product, 'unknown');
      assert.notEqual(events[0]?.type, 'unknown');
      assert.equal(events[0]?.payload, compactJson(body));
    });
  }

  for (const file of files('other/replay_job_status.*.json')) {
    test(`${file} is the end of a replay job`, () => {
      const { events, replayStatuses } = split(readFileSync(join(folder, file), 'utf8'));
      assert.deepEqual([events.length, replayStatuses.length], [0, 1]);
    });
  }
});
