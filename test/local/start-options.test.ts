import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { parseStartOptions } from '../../local/start-options.ts';

describe('the options of npm start', () => {
  test('have defaults', () => {
    assert.deepEqual(parseStartOptions([]), {
      port: 8787,
      xPort: 8788,
      dataDir: undefined,
      traffic: true,
      speed: 1,
      epoch: undefined,
      help: false,
    });
  });

  test('can all be given', () => {
    const flags = '--port 0 --x-port 9 --data here --no-traffic --speed 1.5 --epoch 1700000000000 --help';
    assert.deepEqual(parseStartOptions(flags.split(' ')), {
      port: 0,
      xPort: 9,
      dataDir: resolve('here'),
      traffic: false,
      speed: 1.5,
      epoch: 1_700_000_000_000,
      help: true,
    });
  });

  const wrong = [
    '--bogus',
    'word',
    '--port',
    '--port x',
    '--port 65536',
    '--port -1',
    '--port 1.5',
    '--speed 0',
    '--speed -2',
    '--speed fast',
    '--epoch 1.5',
    '--once',
  ];
  for (const flags of wrong) {
    test(`do not have ${flags}`, () => {
      assert.throws(() => parseStartOptions(flags.split(' ')), { code: 'USAGE' });
    });
  }
});
