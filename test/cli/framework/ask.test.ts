import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { createAsk } from '../../../cli/framework/ask.ts';

function refuse(): void {
  assert.fail('not interrupted');
}

describe('a question to the person', () => {
  const ask = (hidden: boolean, typed: string, interrupt: () => void = refuse) => {
    const input = new PassThrough();
    const output = new PassThrough();
    const shown = text(output);
    const answer = createAsk(input, output, interrupt)('secret: ', { hidden }).finally(() => output.end());
    input.write(typed);
    return { answer, shown };
  };

  test('shows what is typed, unless it is hidden', async () => {
    const open = ask(false, 'typed\r');
    const hidden = ask(true, 'typx\u007fed\r');

    assert.deepEqual([await open.answer, await hidden.answer], ['typed', 'typed']);
    assert.match(await open.shown, /typed/);
    assert.equal(await hidden.shown, 'secret: \n');
  });

  test('is given up with Ctrl-C, which ends the program', async () => {
    let interrupted = 0;
    const { answer } = ask(true, 'typ\u0003', () => {
      interrupted += 1;
    });

    assert.equal(await answer, '');
    assert.equal(interrupted, 1);
  });
});
