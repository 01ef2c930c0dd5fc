import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEventLines } from '../../../cli/output/event-lines.ts';
import { localTime } from '../../../cli/output/local-time.ts';
import { createRecordingTerminal } from '../recording-terminal.ts';
import { sampleEvent } from './sample-event.ts';

const linesOf = (columns: number | undefined, ...events: readonly Parameters<typeof sampleEvent>[0][]) => {
  const terminal = createRecordingTerminal(columns === undefined ? {} : { columns });
  const lines = createEventLines(terminal, false);
  return lines(events.map(sampleEvent));
};

describe('events for people', () => {
  test('say when, what, for whom, who and the text, and below the id', () => {
    const [head, id] = linesOf(undefined, { type: 'post.reply.create', actor: '88', target: '710' });

    assert.equal(
      head,
      `${localTime('2026-11-21T10:00:00.000Z')}  post.reply.create  710  88 → 710  Hello from the harbour`,
    );
    assert.equal(id, '  default:xaa:post.create:710:1850000000000000001');
  });

  test('stand in columns, which do not shrink on a later page', () => {
    const lines = createEventLines(createRecordingTerminal(), false);

    const [first = '', , second = ''] = lines([
      sampleEvent({ type: 'like.create' }),
      sampleEvent({ type: 'post.mention.create' }),
    ]);
    const [third = ''] = lines([sampleEvent()]);

    for (const line of [second, third]) {
      assert.equal(line.indexOf('710'), first.indexOf('710'));
      assert.equal(line.indexOf('Hello'), first.indexOf('Hello'));
    }
  });

  test('cut the text to the window, by characters and not by halves of one', () => {
    const [head = ''] = linesOf(80, { text: '🌊'.repeat(200) });

    assert.equal([...head].length, 80);
    assert.match(head, /🌊…$/u);
  });

  test('do not show private text', () => {
    const [head] = linesOf(undefined, { type: 'dm.received', wireType: 'dm.received', text: 'a secret' });

    assert.match(head ?? '', /\(private\)$/);
  });

  test('have a dash for what an event does not have', () => {
    const { account: _account, actor: _actor, text: _text, ...bare } = sampleEvent();

    const [head = ''] = createEventLines(createRecordingTerminal(), false)([bare]);

    assert.match(head, /post\.create {2}- {2}-$/);
  });

  test('let no character through that commands a terminal, breaks a line or turns the reading round', () => {
    const nasty = 'a\u001b[31m\u009b2J\u0007\r\nb\u202ec\u2066d\u2028e\u007f';

    const lines = linesOf(undefined, { text: nasty, account: nasty, eventId: nasty, type: nasty, actor: nasty });

    for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\u2028\u202e\u2066]/u);
  });
});
