import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { localTime } from '../../cli/output/local-time.ts';
import { type Gap, tell } from '../../shared/domain/gaps/gap.ts';
import { remaining } from '../../shared/domain/gaps/plan-replay.ts';
import { defaultReplayRules } from '../../shared/domain/gaps/replay-rules.ts';
import { newWatchState } from '../../shared/domain/gaps/watch-state.ts';
import { type GapProject, minutesAgo, nowMs, startGapProject } from './gap-project.ts';
import { recordBodies } from './record-bodies.ts';
import { postBody } from './stored-bodies.ts';

describe('gapless replay', () => {
  let project: GapProject;
  before(async () => {
    project = await startGapProject();
    const start = { state: newWatchState('default'), gaps: [] };
    const state = { ...start.state, webhookId: '7', watchedAtMs: nowMs };
    assert.ok(await project.ledger.save(start, { ...start, state }));
    const received = new Date(minutesAgo(330)).toISOString();
    const bodies = ['1', '2', '3'].map((id) => postBody({ id, at: received }));
    await recordBodies(project.emulators, bodies, received);
  });
  after(() => project.close());
  beforeEach(async () => {
    const tick = await project.ledger.load('default');
    await project.ledger.save(tick, { ...tick, gaps: [] });
  });

  const span = ['--from', '2026-11-21T07:00:00Z', '--to', '2026-11-21T11:30:00Z'];
  const gaps = () => project.ledger.list('default');

  test('opens a gap that the watcher replays from its next tick on', async () => {
    const { code, out } = await project.gapless(['replay', ...span, '--yes']);

    assert.equal(code, 0);
    const { gaps: unfinished } = await project.ledger.load('default');
    const { story, ...gap } = unfinished[0] ?? assert.fail('no gap');
    assert.deepEqual(gap, {
      gapId: 'default-manual-20261121T070000000Z',
      app: 'default',
      webhookId: '7',
      reason: 'manual',
      state: 'open',
      fromMs: minutesAgo(300),
      toMs: minutesAgo(30),
      openedAtMs: nowMs,
      attempts: 0,
      recovered: 0,
      replayed: 0,
      expectedPerMinute: 3 / 60,
      lostParts: [],
    });
    assert.deepEqual(story, [{ atMs: nowMs, line: 'a person asked for a replay' }]);
    assert.deepEqual(remaining(unfinished, [], defaultReplayRules), [
      { fromMs: minutesAgo(302), toMs: minutesAgo(28) },
    ]);
    assert.equal(out.at(-1), `opened ${gap.gapId}`);
  });

  test('says first what X will be asked, and that everybody’s events come again', async () => {
    const { code, out, notes } = await project.gapless(['replay', ...span, '--dry-run']);

    assert.deepEqual([code, notes], [0, 'Nothing was done.']);
    assert.deepEqual(await gaps(), []);
    const text = out.join('\n');
    assert.match(text, /in 3 jobs, each when the one before has ended/);
    assert.equal(out.filter((line) => line.endsWith('at one of its next ticks')).length, 3);
    assert.match(text, /every event of the webhook in that time again, for everybody/);
  });

  test('asks, and does nothing unless the answer is yes', async () => {
    const no = await project.gapless(['replay', ...span], { answer: 'n' });
    assert.deepEqual([no.code, await gaps()], [1, []]);
    assert.match(no.notes, /Nothing was changed/);

    const yes = await project.gapless(['replay', ...span], { answer: 'y' });
    assert.deepEqual([yes.code, (await gaps()).length], [0, 1]);
  });

  test('does nothing where nobody can be asked', async () => {
    const { code, notes } = await project.gapless(['replay', ...span]);

    assert.deepEqual([code, await gaps()], [2, []]);
    assert.match(notes, /--yes/);
  });

  test('opens the same time twice only when the first is finished, under another id', async () => {
    await project.gapless(['replay', ...span, '--yes']);
    const again = await project.gapless(['replay', ...span, '--yes']);
    assert.equal(again.code, 2);
    assert.match(again.notes, /being replayed already; gapless gaps show default-manual-20261121T070000000Z/);

    const tick = await project.ledger.load('default');
    const [first] = tick.gaps;
    assert.ok(first);
    await project.ledger.save(tick, { ...tick, gaps: [{ ...first, state: 'unproven' }] });
    const { out } = await project.gapless(['replay', ...span, '--yes']);

    assert.equal(out.at(-1), 'opened default-manual-20261121T070000000Z-2');
    assert.deepEqual((await gaps()).map(({ state }) => state).sort(), ['open', 'unproven']);
    await removeAll();
  });

  /** A finished gap stays until it expires; these tests start without any. */
  const removeAll = async () => {
    const tick = await project.ledger.load('default');
    const finished = await gaps();
    await project.ledger.save({ ...tick, gaps: finished }, { ...tick, gaps: [] });
  };

  for (const [end, code] of [
    ['healed', 0],
    ['lost', 1],
    ['unproven', 1],
  ] as const) {
    test(`follows the gap until it is ${end}, and ends with ${code}`, async () => {
      const { code: exit, out } = await project.gapless(['replay', ...span, '--yes', '--follow'], {
        reads: (line) => actAsWatcher(line, end),
      });

      assert.equal(exit, code);
      assert.match(out.join('\n'), /a person asked for a replay\n.* asking X to replay\n.* X replayed it/);
      assert.equal(out.at(-1), `${end}: 5 events were missing and are back`);
      await removeAll();
    });
  }

  /** Asks X once the gap is open, and finishes it when that has been told. */
  const actAsWatcher = async (line: string, end: Gap['state']) => {
    const [opened, asked] = [line.startsWith('opened'), line.endsWith('asking X to replay')];
    if (!opened && !asked) return;
    const tick = await project.ledger.load('default');
    const [gap = assert.fail('no gap')] = tick.gaps;
    const next = opened
      ? tell({ ...gap, state: 'replaying' }, nowMs, 'asking X to replay')
      : tell({ ...gap, state: end, recovered: 5 }, nowMs, 'X replayed it');
    assert.ok(await project.ledger.save(tick, { ...tick, gaps: [next] }));
  };

  test('warns when the watcher is away or knows no webhook', async () => {
    const { code, notes } = await project.gapless(['replay', ...span, '--app', 'second', '--dry-run']);

    assert.equal(code, 0);
    assert.match(notes, /watcher has not looked at this app yet/);
    assert.match(notes, /not known to have a webhook of this app/);
  });

  /** The horizon, the watcher's minute, and five until X is asked. */
  const earliest = localTime(minutesAgo(24 * 60 - 6));
  const refused: readonly (readonly [args: readonly string[], complaint: RegExp])[] = [
    [['--from', '2h'], /give both/],
    [['--to', 'now'], /give both/],
    [['--from', 'soon', '--to', 'now'], /--from "soon" is not a time/],
    [['--from', '1h', '--to', '2h'], /is not before --to/],
    [['--from', '1h', '--to', '1h'], /is not before --to/],
    [['--from', '1h', '--to', '2026-11-21T12:00:01Z'], /lies in the future/],
    [['--from', '3d', '--to', '2d'], /nothing of it can come back/],
    [['--from', '25h', '--to', '2h'], new RegExp(`last 24 hours only; give --from '${earliest}' or later`)],
  ];
  for (const [args, complaint] of refused) {
    test(`refuses ${args.join(' ')}`, async () => {
      const { code, out, notes } = await project.gapless(['replay', ...args, '--yes']);

      assert.deepEqual([code, out, await gaps()], [2, [], []]);
      assert.match(notes, complaint);
    });
  }
});
