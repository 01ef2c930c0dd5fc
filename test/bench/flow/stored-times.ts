import type { Invoked } from '../../../local/lambda/function-runner.ts';
import { list, member } from '../../../shared/domain/json.ts';
import { postIdIn } from '../support/bodies.ts';

/** When each delivery's event was in the table: when the recorder's invocation that had it came to a good end. */
export interface StoredTimes {
  note(invoked: Invoked): void;
  /** Unix milliseconds by post id. What a record's function reported as failed is not in it. */
  read(): ReadonlyMap<string, number>;
}

/** Notes only, and reads later: while it measures, the front shares this process. */
export function createStoredTimes(functionId: string): StoredTimes {
  const notes: { readonly invoked: Invoked; readonly at: number }[] = [];
  return {
    note(invoked) {
      if (invoked.functionId.startsWith(functionId)) {
        notes.push({ invoked, at: performance.timeOrigin + performance.now() });
      }
    },
    read() {
      const stored = new Map<string, number>();
      for (const { invoked, at } of notes) {
        for (const postId of postIdsIn(invoked)) if (!stored.has(postId)) stored.set(postId, at);
      }
      return stored;
    },
  };
}

function postIdsIn({ payload, result }: Invoked): readonly string[] {
  if (result.kind !== 'success') return [];
  const failures = list(member(JSON.parse(result.payload), 'batchItemFailures'));
  const failed = new Set(failures.map((failure) => member(failure, 'itemIdentifier')));
  return list(member(JSON.parse(payload), 'Records'))
    .filter((record) => !failed.has(member(record, 'messageId')))
    .flatMap((record) => postIdIn(String(member(record, 'body'))) ?? []);
}
