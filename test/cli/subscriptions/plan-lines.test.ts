import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppPlan } from '../../../cli/subscriptions/plan-app.ts';
import { planLines } from '../../../cli/subscriptions/plan-lines.ts';
import { createRecordingTerminal } from '../recording-terminal.ts';

test('a plan names a few subscriptions of others one by one and tells how many there are of more', () => {
  const foreign = ['1', '2', '3', '4', '5'].map((userId) => ({
    subscriptionId: `9${userId}`,
    type: 'spaces.start',
    filter: { userId },
    ...(userId === '5' ? {} : { webhookId: '77' }),
  }));
  const appPlan: AppPlan = {
    app: 'default',
    webhookId: '66',
    plan: { creates: [], updates: [], deletes: [], keeps: [], foreign },
    wantedKeys: [],
    uses: [],
    fees: [],
    missingLogins: [],
  };

  assert.deepEqual(planLines(appPlan, createRecordingTerminal()).slice(1), [
    '  ! 4 subscriptions for webhook 77 stay as they are; subscriptions list shows them',
    '  ! xaa spaces.start 5  is for the stream and stays',
  ]);
});
