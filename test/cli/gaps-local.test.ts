import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { localTime } from '../../cli/output/local-time.ts';
import { type Gap, tell } from '../../shared/domain/gaps/gap.ts';
import { detectedGap, type GapProject, minutesAgo, startGapProject } from './gap-project.ts';

const healed = tell(
  detectedGap(300, 270, { state: 'healed', attempts: 2, recovered: 41, replayed: 50 }),
  minutesAgo(200),
  'replayed in full; 41 events were missing and are back',
);
const lost = detectedGap(2000, 1000, {
  reason: 'refusals',
  state: 'lost',
  gapId: 'second-refusals-1',
  app: 'second',
  lostParts: [{ fromMs: minutesAgo(2000), toMs: minutesAgo(1500), why: 'older than X replays' }],
});
const ongoing = tell(
  detectedGap(20, null, { gapId: 'default-heartbeat-2' }),
  minutesAgo(5),
  'X refused: \u001b[2Jnot today',
);
const { webhookId: _unknown, ...suspicion } = detectedGap(8, null, {
  state: 'suspected',
  gapId: 'default-heartbeat-3',
});

describe('the gaps of the ledger', () => {
  let project: GapProject;
  before(async () => {
    project = await startGapProject();
    await save('default', [healed, ongoing, suspicion]);
    await save('second', [lost]);
  });
  after(() => project.close());

  const save = async (app: string, gaps: readonly Gap[]) => {
    const before = await project.ledger.load(app);
    const saved = await project.ledger.save(before, { ...before, gaps });
    assert.ok(saved);
  };

  test('are lines of JSON with the fields that others rely on, newest first', async () => {
    const { code, out, notes } = await project.gapless(['gaps', '--json']);

    assert.deepEqual([code, notes], [0, '']);
    assert.deepEqual(
      out.map((line) => JSON.parse(line)),
      [
        {
          gapId: 'default-heartbeat-3',
          app: 'default',
          webhookId: null,
          from: '2026-11-21T11:52:00.000Z',
          to: null,
          reason: 'heartbeat',
          state: 'suspected',
          attempts: 0,
          recovered: 0,
        },
        {
          gapId: 'default-heartbeat-2',
          app: 'default',
          webhookId: '7',
          from: '2026-11-21T11:40:00.000Z',
          to: null,
          reason: 'heartbeat',
          state: 'open',
          attempts: 0,
          recovered: 0,
        },
        {
          gapId: 'default-heartbeat-20261121T070000000Z',
          app: 'default',
          webhookId: '7',
          from: '2026-11-21T07:00:00.000Z',
          to: '2026-11-21T07:30:00.000Z',
          reason: 'heartbeat',
          state: 'healed',
          attempts: 2,
          recovered: 41,
        },
        {
          gapId: 'second-refusals-1',
          app: 'second',
          webhookId: '7',
          from: '2026-11-20T02:40:00.000Z',
          to: '2026-11-20T19:20:00.000Z',
          reason: 'refusals',
          state: 'lost',
          attempts: 0,
          recovered: 0,
          lost: [{ from: '2026-11-20T02:40:00.000Z', to: '2026-11-20T11:00:00.000Z', why: 'older than X replays' }],
        },
      ],
    );
  });

  test('can be asked for by state and by app', async () => {
    const ids = async (...args: readonly string[]) => {
      const { out } = await project.gapless(['gaps', '--json', ...args]);
      return out.map((line) => JSON.parse(line).gapId);
    };

    assert.deepEqual(await ids('--state', 'healed'), [healed.gapId]);
    assert.deepEqual(await ids('--app', 'second'), [lost.gapId]);
    assert.deepEqual(await ids('--app', 'second', '--state', 'open'), []);
  });

  test('are a table for people, with what is lost below its gap', async () => {
    const { code, out, notes } = await project.gapless(['gaps']);

    assert.equal(code, 0);
    assert.match(out[0] ?? '', /^from +to +reason +state +attempts +recovered +gap$/);
    assert.match(out[1] ?? '', new RegExp(`^${localTime(suspicion.fromMs)}  goes on +heartbeat  suspected +0 +0  `));
    const bounds = `${localTime(minutesAgo(300))}  ${localTime(minutesAgo(270))}`;
    assert.match(out[3] ?? '', new RegExp(`^${bounds}  heartbeat  healed +2 +41  ${healed.gapId}$`));
    assert.equal(
      out[5],
      `  lost ${localTime(minutesAgo(2000))} to ${localTime(minutesAgo(1500))}: older than X replays`,
    );
    assert.match(notes, /gapless gaps show GAP/);
  });

  test('that are none: says so beside the result', async () => {
    assert.deepEqual(await project.gapless(['gaps', '--state', 'unproven']), {
      code: 0,
      out: [],
      notes: 'No gap is unproven.',
    });
  });

  test('of a state or an app that does not exist: which there are', async () => {
    const state = await project.gapless(['gaps', '--state', 'closed']);
    const app = await project.gapless(['gaps', '--app', 'third']);

    assert.deepEqual([state.code, app.code], [2, 1]);
    assert.match(state.notes, /--state "closed" is none of suspected, open, replaying, healed, unproven, lost/);
    assert.match(app.notes, /has no app "third"; it has: default, second\./);
  });

  test('each tell their story, whatever app they are of', async () => {
    const { code, out } = await project.gapless(['gaps', 'show', healed.gapId]);

    assert.equal(code, 0);
    const text = out.join('\n');
    assert.match(text, /^app +default, webhook 7$/m);
    assert.match(text, /^bounds .*, 30 min$/m);
    assert.match(text, /^state +healed: replayed in full$/m);
    assert.match(text, /^replays +2 asked for, 50 deliveries came, 41 events were missing and are back$/m);
    assert.deepEqual(out.slice(-2), [
      `${localTime(minutesAgo(290))}  no heartbeat came`,
      `${localTime(minutesAgo(200))}  replayed in full; 41 events were missing and are back`,
    ]);
    assert.match(
      (await project.gapless(['gaps', 'show', lost.gapId])).out.join('\n'),
      /^lost .*older than X replays$/m,
    );
  });

  test('tell it as JSON too', async () => {
    const { out } = await project.gapless(['gaps', 'show', healed.gapId, '--json']);

    const { story, openedAt, replayed, state } = JSON.parse(out.join(''));
    assert.deepEqual([openedAt, replayed, state], ['2026-11-21T07:10:00.000Z', 50, 'healed']);
    assert.deepEqual(story, [
      { at: '2026-11-21T07:10:00.000Z', line: 'no heartbeat came' },
      { at: '2026-11-21T08:40:00.000Z', line: 'replayed in full; 41 events were missing and are back' },
    ]);
  });

  test('show nothing of what X wrote that could command a terminal', async () => {
    const { out } = await project.gapless(['gaps', 'show', ongoing.gapId]);

    assert.equal(out.at(-1), `${localTime(minutesAgo(5))}  X refused:  [2Jnot today`);
  });

  test('that are not in the ledger: what may have become of them', async () => {
    const { code, notes } = await project.gapless(['gaps', 'show', 'default-heartbeat-0']);

    assert.equal(code, 1);
    assert.match(notes, /has no gap default-heartbeat-0: it was withdrawn, has expired, or never was\. gapless gaps/);
  });
});
