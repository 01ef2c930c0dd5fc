import assert from 'node:assert/strict';
import { test } from 'node:test';
import { starterFile } from '../../../cli/setup/starter-file.ts';
import { parseSubscriptionsFile } from '../../../shared/domain/subscriptions/parse-file.ts';
import { accountOf } from '../../../shared/domain/subscriptions/wanted.ts';

for (const app of ['default', 'brand']) {
  test(`the starter file of app ${app} is one that is read without a problem, for that app and account`, () => {
    const reading = parseSubscriptionsFile(starterFile('77', app));

    assert.equal(reading.kind, 'wanted');
    const byApp = reading.kind === 'wanted' ? reading.byApp : new Map();
    assert.deepEqual([...byApp.keys()], [app]);
    assert.deepEqual(new Set((byApp.get(app) ?? []).map(accountOf)), new Set(['77']));
  });
}
