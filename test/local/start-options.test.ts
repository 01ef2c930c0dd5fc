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
      stream: false,
      speed: 1,
      epoch: undefined,
      once: false,
      help: false,
    });
  });

  test('can all be given', () => {
    const flags = '--port 0 --x-port 9 --data here --no-traffic --stream --speed 1.5 --epoch 1700000000000 --help';
    assert.deepEqual(parseStartOptions(flags.split(' ')), {
      port: 0,
      xPort: 9,
      dataDir: resolve('here'),
      traffic: false,
      stream: true,
      speed: 1.5,
      epoch: 1_700_000_000_000,
      once: false,
      help: true,
    });
  });

  test('of one story are free ports and a fast clock, unless others are given', () => {
    const { once, port, xPort, speed } = parseStartOptions(['--once']);
    assert.deepEqual([once, port, xPort, speed], [true, 0, 0, 30]);
    assert.equal(parseStartOptions(['--once', '--speed', '60', '--port', '8787']).speed, 60);
    assert.equal(parseStartOptions(['--once', '--speed', '60', '--port', '8787']).port, 8787);
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
    '--once --data here',
    '--once --no-traffic',
  ];
  for (const flags of wrong) {
    test(`do not have ${flags}`, () => {
      assert.throws(() => parseStartOptions(flags.split(' ')), { code: 'USAGE' });
    });
  }
});
