import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asApp, asUser, startX } from './emulated-x.ts';

describe('X’s rate limits', () => {
  for (const [path, most] of [
    ['/2/webhooks', 450],
    ['/2/activity/subscriptions', 500],
  ] as const) {
    test(`let ${most} calls of each method to ${path} pass in 15 minutes`, async (t) => {
      const { x, clock } = await startX(t);
      const call = async (method: string, authorization: string) => {
        const answer = await fetch(`${x.url}${path}`, { method, headers: { authorization } });
        await answer.body?.cancel();
        return answer;
      };
      const resetAt = String((clock.now() + 15 * 60_000) / 1000);

      const first = await call('GET', asApp);
      await call('GET', 'Bearer wrong');
      const uncounted = await call('GET', asApp);
      // All users of the app share its limit.
      for (let left = most - 2; left > 0; left -= 1) await call('GET', left % 2 === 0 ? asUser('7') : asUser('8'));
      const limited = await call('GET', asApp);
      const other = await call('POST', asApp);
      clock.advance(15 * 60_000);
      const later = await call('GET', asApp);

      const remaining = [first, uncounted, limited, other, later].map((answer) =>
        answer.headers.get('x-rate-limit-remaining'),
      );
      assert.deepEqual(remaining.map(Number), [most - 1, most - 2, 0, most - 1, most - 1]);
      assert.deepEqual([first.status, limited.status, later.status], [200, 429, 200]);
      assert.equal(limited.headers.get('x-rate-limit-limit'), String(most));
      assert.equal(limited.headers.get('x-rate-limit-reset'), resetAt);
    });
  }
});
