import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gapless } from './gapless-process.ts';
import { type LocalProject, startLocalProject } from './local-project.ts';
import { recordBodies } from './record-bodies.ts';
import { messageBody, postBody } from './stored-bodies.ts';

const digits = ',"metrics":{"ratio":1.0,"minus":-0,"count":12345678901234567890,"tiny":1E-400}';
const posts = [
  postBody({ id: '101', at: '2026-11-19T10:00:00.000Z', text: 'oldest' }),
  postBody({ id: '102', at: '2026-11-20T10:00:00.000Z', text: 'with digits', more: digits }),
  postBody({ id: '103', at: '2026-11-20T12:00:00.000Z', account: '820', text: 'of another account' }),
  postBody({ id: '104', at: '2026-11-21T09:00:00.000Z', text: 'bell \u0007 and escape \u001b[2J\u009b2J' }),
  postBody({ id: '105', at: '2030-01-01T00:00:00.000Z', text: 'from the future' }),
  postBody({ id: '106', at: '2026-11-18T00:00:00.000Z', text: 'x'.repeat(500_000) }),
];
const message = messageBody('201', Date.parse('2026-11-21T08:00:00.000Z'), 'a secret between two');
const noJson = 'not JSON at all \u001b[2J';
const byTime = ['105', '104', '201', '103', '102', '101', '106'];

/** Whole parts of an event's id. */
const subjectsOf = (events: readonly { readonly eventId: string }[]) =>
  events.map(({ eventId }) => eventId.slice(eventId.lastIndexOf(':') + 1));
const parseLines = (out: string) =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('gapless events --local', () => {
  let project: LocalProject;
  before(async () => {
    project = await startLocalProject();
    await recordBodies(project.emulators, [...posts, message], '2026-11-21T09:30:00.000Z');
  });
  after(() => project.close());

  const events = (...args: readonly string[]) => gapless(['events', '--local', ...args], { cwd: project.directory });
  const subjects = async (...args: readonly string[]) => {
    const { code, out } = await events('--json', ...args);
    assert.equal(code, 0);
    return subjectsOf(parseLines(out));
  };

  test('lists everything, newest first, the future included', async () => {
    assert.deepEqual(await subjects(), byTime);
  });

  test('says no word beside the result when a program reads all', async () => {
    assert.equal((await events('--json')).notes, '');
  });

  test('prints the payload with its digits, from wherever it lies', async () => {
    const { out } = await events('--json');

    const lines = out.split('\n');
    assert.ok(lines[4]?.endsWith(`"payload":${posts[1]}}`));
    assert.ok(lines[6]?.endsWith(`"payload":${posts[5]}}`));
  });

  test('prints every field of an event', async () => {
    const [event] = parseLines((await events('--json', '--post', '101')).out);

    const { cursor, activityKey, ...fields } = event;
    assert.equal(typeof activityKey, 'string');
    assert.match(cursor, /^2026-11-19T10:00:00\.000Z#[0-9a-f]{16}$/);
    assert.deepEqual(fields, {
      eventId: 'default:xaa:post.create:710:101',
      app: 'default',
      product: 'xaa',
      type: 'post.create',
      wireType: 'post.create',
      account: '710',
      actor: '710',
      postId: '101',
      occurredAt: '2026-11-19T10:00:00.000Z',
      occurredAtSource: 'payload',
      receivedAt: '2026-11-21T09:30:00.000Z',
      via: 'webhook',
      eventUuid: 'uuid-101',
      payloadFormat: 'json',
      text: 'oldest',
      payload: JSON.parse(posts[0] ?? ''),
    });
  });

  test('keeps messages between people to itself', async () => {
    const { out, notes } = await events('--type', 'dm.received', '--json');
    const forPeople = await events('--type', 'dm.received');

    const [event] = parseLines(out);
    assert.equal(event.actor, '820');
    assert.ok(!('text' in event) && !('payload' in event));
    assert.match(forPeople.out, /\(private\)/);
    assert.match(forPeople.notes, /The text of 1 is private: --show-private shows it/);
    for (const text of [out, notes, forPeople.out, forPeople.notes]) assert.doesNotMatch(text, /secret/);
  });

  test('shows messages between people when asked to', async () => {
    const { out } = await events('--type', 'dm.received', '--json', '--show-private');

    const [event] = parseLines(out);
    assert.equal(event.text, 'a secret between two');
    assert.deepEqual(event.payload, JSON.parse(message));
    assert.match((await events('--show-private')).out, /a secret between two/);
  });

  test('filters by account, type, post and time, and by several at once', async () => {
    assert.deepEqual(await subjects('--account', '820'), ['103']);
    assert.deepEqual(await subjects('--account', '710', '--type', 'dm.received'), ['201']);
    assert.deepEqual(await subjects('--post', '102'), ['102']);
    assert.deepEqual(await subjects('--post', '102', '--account', '820'), []);
    assert.deepEqual(await subjects('--post', '102', '--type', 'like.create'), []);
    assert.deepEqual(await subjects('--post', '102', '--account', '710', '--from', '2026-11-20T10:00:00Z'), ['102']);
    assert.deepEqual(await subjects('--from', '2026-11-20T10:00:00Z', '--to', '2026-11-20T12:00:00Z'), ['102']);
    assert.deepEqual(await subjects('--account', '710', '--from', '2026-11-21T08:00Z', '--to', '2029-01-01T00:00Z'), [
      '104',
      '201',
    ]);
  });

  test('stops at the limit and goes on after the cursor until nothing is left', async () => {
    const seen: string[] = [];
    let cursor: readonly string[] = [];
    for (;;) {
      const { out, notes } = await events('--json', '--limit', '3', ...cursor);
      const page = parseLines(out);
      seen.push(...subjectsOf(page));
      const next = /--cursor '([^']+)'/.exec(notes)?.[1];
      assert.equal(next, page.length === 3 ? page[2].cursor : undefined);
      if (next === undefined) break;
      cursor = ['--cursor', next];
    }
    assert.deepEqual(seen, byTime);
  });

  test('says nothing of more when the limit is just enough', async () => {
    const { out, notes } = await events('--json', '--limit', '7');

    assert.equal(parseLines(out).length, 7);
    assert.equal(notes, '');
  });

  test('lets no control character of a text through', async () => {
    for (const args of [[], ['--json']]) {
      const { out } = await events(...args, '--post', '104');

      assert.match(out, /bell/);
      assert.doesNotMatch(out.replaceAll('\n', ''), /\p{Cc}/u);
    }
  });

  test('shows people two lines an event, in columns, and what else they can ask', async () => {
    const { code, out, notes } = await events('--limit', '2', '--to', '2026-11-20T13:00:00Z');

    const [first = '', id, second = ''] = out.split('\n');
    assert.equal(code, 0);
    assert.match(first, /^2026-11-20 .* {2}post\.create {2}820 {2}820 {2}of another account$/);
    assert.equal(id, '  default:xaa:post.create:820:103');
    assert.match(second, /^2026-11-20 .* {2}post\.create {2}710 {2}710 {2}with digits$/);
    assert.match(notes, /^There are more: .*--cursor '2026-11-20T10:00:00\.000Z#[0-9a-f]{16}'/);
    assert.match(notes, /gapless event ID/);
  });

  test('says so when nothing fits', async () => {
    assert.deepEqual(await events('--account', 'nobody'), { code: 0, out: '', notes: 'No stored event fits.\n' });
  });

  const wrong: readonly (readonly [args: readonly string[], complaint: RegExp])[] = [
    [['--limit', '0'], /--limit "0"/],
    [['--from', 'yesterday'], /--from "yesterday" is not a time/],
    [['--from', '1h', '--to', '2h'], /--from .* is not before --to/],
    [['--cursor', 'nonsense'], /cursor/],
    [['--account', ''], /--account has an empty value/],
    [['extra'], /"extra" is one argument too many/],
  ];
  for (const [args, complaint] of wrong) {
    test(`is wrong usage with ${args.join(' ')}`, async () => {
      const { code, out, notes } = await events(...args);

      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(notes, complaint);
    });
  }
});

describe('gapless event --local', () => {
  let project: LocalProject;
  before(async () => {
    project = await startLocalProject();
    await recordBodies(
      project.emulators,
      [posts[1] ?? '', message, noJson, Buffer.from([0xff, 0x00])],
      '2026-11-21T09:30:00.000Z',
    );
  });
  after(() => project.close());

  const event = (...args: readonly string[]) => gapless(['event', '--local', ...args], { cwd: project.directory });
  const idOf = async (type: string, format = 'json') => {
    const { out } = await gapless(['events', '--local', '--json', '--type', type], { cwd: project.directory });
    return parseLines(out).find(({ payloadFormat }) => payloadFormat === format).eventId;
  };

  test('prints one event with the digits of its payload', async () => {
    const { code, out } = await event('default:xaa:post.create:710:102', '--json');

    assert.equal(code, 0);
    assert.equal(parseLines(out).length, 1);
    assert.ok(out.endsWith(`"payload":${posts[1]}}\n`));
  });

  test('shows people its fields and its payload, indented, with its digits', async () => {
    const { code, out } = await event('default:xaa:post.create:710:102');

    assert.equal(code, 0);
    assert.match(out, /^eventId +default:xaa:post\.create:710:102$/m);
    assert.match(out, /^occurredAt +2026-11-20T10:00:00\.000Z {2}2026-11-20 .* here$/m);
    assert.match(out, /^ +"ratio": 1\.0,\n +"minus": -0,\n +"count": 12345678901234567890,\n +"tiny": 1E-400$/m);
  });

  test('keeps a message between people to itself until asked', async () => {
    const id = await idOf('dm.received');

    const [json, forPeople, asked] = await Promise.all([event(id, '--json'), event(id), event(id, '--show-private')]);

    for (const { code, out } of [json, forPeople]) {
      assert.equal(code, 0);
      assert.doesNotMatch(out, /secret/);
    }
    assert.match(forPeople.out, /--show-private/);
    assert.match(asked.out, /^text +a secret between two$/m);
  });

  test('shows bytes and texts that are not JSON', async () => {
    const [text, bytes] = await Promise.all([idOf('unknown', 'text'), idOf('unknown', 'base64')]);

    assert.equal(JSON.parse((await event(text, '--json')).out).payload, noJson);
    assert.equal(JSON.parse((await event(bytes, '--json')).out).payload, '/wA=');
    assert.match((await event(text)).out, /^not JSON at all {2}\[2J$/m);
  });

  test('fails when there is no such event', async () => {
    const { code, out, notes } = await event('default:xaa:post.create:710:999');

    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(notes, /^gapless: the local stack .* has no event default:xaa:post\.create:710:999\./);
  });
});
