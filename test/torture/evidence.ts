import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenStage } from './open-stage.ts';
import { type Plan, planLines } from './plan.ts';
import type { Verdict } from './verdict.ts';

const projectDir = join(import.meta.dirname, '../..');

/** Keeps what a failure is looked into with: the plan, the diary, all logs, and the story of each event that differs. Returns where. */
export async function keepEvidence(
  { logsDir, x }: OpenStage,
  plan: Plan,
  { comparison, healed, checks, books }: Verdict,
): Promise<string> {
  const directory = join(projectDir, 'build', 'torture', `seed-${plan.seed}-${Date.now()}`);
  await mkdir(directory, { recursive: true });
  await cp(join(logsDir, 'data', 'logs'), join(directory, 'logs'), { recursive: true });
  await cp(join(logsDir, 'diary.log'), join(directory, 'diary.log'));
  const write = (name: string, content: unknown) =>
    writeFile(join(directory, name), `${JSON.stringify(content, null, 2)}\n`);
  await writeFile(join(directory, 'plan.txt'), `${planLines(plan).join('\n')}\n`);
  const sent = new Map(comparison.missing.map((eventId) => [eventId, storyOf(x, eventId)]));
  await write('missing.json', Object.fromEntries(sent));
  await write('surplus.json', comparison.surplus);
  await write('gaps.json', healed.gaps);
  await write('jobs.json', x.replays.list());
  await write('checks.json', { checks, books });
  const logs = await Promise.all(
    (await readdir(join(directory, 'logs'))).map(
      async (name) => [name, await readFile(join(directory, 'logs', name), 'utf8')] as const,
    ),
  );
  const about = logs.flatMap(([name, text]) =>
    text
      .split('\n')
      .filter((line) => /error|fail/i.test(line))
      .slice(-200)
      .map((line) => `${name}: ${line}`),
  );
  await writeFile(join(directory, 'troubles.log'), `${about.join('\n')}\n`);
  return directory;
}

/** Every attempt that X made at the event. */
function storyOf({ sent }: OpenStage['x'], eventId: string): unknown {
  const subject = eventId.split(':').at(-1) ?? '';
  const event = [...sent.events.values()].find(
    ({ key, body }) => key.includes(subject) || (body !== undefined && Buffer.from(body).includes(subject)),
  );
  if (event === undefined) return 'not in the record of X by this subject';
  const { body: _, ...story } = event;
  const at = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return {
    ...story,
    createdAt: at(event.createdAtMs),
    firstAt: at(event.firstAtMs),
    attempts: event.attempts.map((attempt) => ({ ...attempt, at: at(attempt.atMs) })),
  };
}
