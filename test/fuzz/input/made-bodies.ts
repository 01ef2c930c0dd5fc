import { accountOf } from '../../../local/x-emulator/payloads/account.ts';
import { createSnowflakes } from '../../../local/x-emulator/payloads/snowflake.ts';
import { toXJson } from '../../../local/x-emulator/payloads/x-json.ts';
import { seededRandom } from '../../../local/x-emulator/random.ts';
import { emptyState } from '../../../local/x-emulator/state/x-state.ts';
import { knownKinds, outletsOf } from '../../../local/x-emulator/traffic/outlets.ts';
import { createScene } from '../../../local/x-emulator/traffic/scene.ts';

const createdAt = '2026-11-21T10:00:00.000Z';
const account = accountOf('2244994945');

/** One body of every kind that the X emulator makes, as X writes it. */
export function madeBodies(): readonly string[] {
  const activitySubscriptions = knownKinds
    .filter((kind) => kind.startsWith('xaa.'))
    .map((kind, index) => ({
      id: String(index),
      eventType: kind.slice('xaa.'.length),
      filter: kind === 'xaa.news.new' ? { keyword: 'ferries' } : { user_id: account.id },
      webhookId: '1',
      createdAt,
      updatedAt: createdAt,
    }));
  const outlets = outletsOf({
    ...emptyState,
    accountSubscriptions: [{ webhookId: '1', userId: account.id }],
    activitySubscriptions,
    streamLinks: [{ webhookId: '1', createdAt }],
  });
  const random = seededRandom(1);
  const nextId = createSnowflakes(0);
  return outlets.map(({ make }) =>
    toXJson(make(createScene({ account, atMs: Date.parse(createdAt), random, nextId })).body),
  );
}
