import assert from 'node:assert/strict';
import http from 'node:http';
import type { TestContext } from 'node:test';
import { parseJson } from '../../../../shared/domain/json.ts';
import { asApp, type EmulatedX } from '../emulated-x.ts';

/** A reader of the emulated stream. */
export interface StreamReader {
  readonly status: number;
  /** Everything that came, keep-alives included. */
  readonly text: string;
  /** The events and errors that came, parsed. */
  readonly lines: readonly unknown[];
  /** Resolves once `holds`, or rejects when the stream ended before. */
  until(holds: () => boolean): Promise<void>;
  /** Resolves when the stream has ended: `end` as it should, `cut` in the middle. */
  readonly ended: Promise<'end' | 'cut'>;
  /** Reads nothing more until `resume`. */
  pause(): void;
  resume(): void;
  /** Goes away. */
  leave(): void;
}

function parsedLine(line: string): unknown {
  const reading = parseJson(line);
  return reading.kind === 'json' ? reading.value : assert.fail(line);
}

/** Opens the stream (`query` begins with `?`) and reads it. Leaves with the test. */
export async function readStream(
  t: TestContext,
  { x }: EmulatedX,
  query = '',
  authorization = asApp,
): Promise<StreamReader> {
  const request = http.get(`${x.url}/2/activity/stream${query}`, { agent: false, headers: { authorization } });
  t.after(() => request.destroy());
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  const chunks: string[] = [];
  const watchers = new Set<() => void>();
  const tell = () => {
    for (const look of watchers) look();
  };
  const lines: unknown[] = [];
  let unfinished = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => {
    chunks.push(chunk);
    const parts = `${unfinished}${chunk}`.split('\r\n');
    unfinished = parts.pop() ?? '';
    lines.push(...parts.filter(Boolean).map(parsedLine));
    tell();
  });
  request.on('error', () => {});
  answer.on('error', () => {});
  const ended = new Promise<'end' | 'cut'>((resolve) => {
    answer.on('close', () => resolve(answer.complete ? 'end' : 'cut'));
  });

  const textSoFar = () => chunks.join('');
  return {
    status: answer.statusCode ?? 0,
    get text() {
      return textSoFar();
    },
    lines,
    async until(holds) {
      const reached = new Promise<void>((resolve) => {
        const look = () => {
          if (!holds()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });
      const over = ended.then((how) => {
        if (!holds()) assert.fail(`the stream ended (${how}) before: ${textSoFar()}`);
      });
      await Promise.race([reached, over]);
    },
    ended,
    pause: () => void answer.pause(),
    resume: () => void answer.resume(),
    leave: () => request.destroy(),
  };
}

/** A made-up event of X's activity. */
export function activity(n: number, eventType = 'post.create'): string {
  const payload = { id: String(n), author_id: '2244', text: `n${n}` };
  return JSON.stringify({
    data: { event_uuid: String(n), filter: { user_id: '2244' }, event_type: eventType, payload },
  });
}

/** The ids of the events among the lines. */
export function idsOf(lines: readonly unknown[]): readonly string[] {
  return lines.map((line) => /"event_uuid":"(\d+)"/.exec(JSON.stringify(line))?.[1] ?? '?');
}
