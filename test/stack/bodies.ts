import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');
/** X's documented samples, where a folder of them lies beside the project. */
const samples = join(project, '../shared/payloads');

function bodiesIn(folder: string, pattern: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** A body of every kind that X sends: the project's own, and X's samples where they are there. */
export function bodiesOfEveryKind(): readonly string[] {
  return [
    ...bodiesIn(join(project, 'test/fixtures/x'), '{aaa,xaa}/*.json'),
    ...bodiesIn(join(project, 'test/fixtures/x'), 'other/filtered_stream*.json'),
    ...bodiesIn(samples, '{aaa,xaa}/*.json'),
    ...bodiesIn(samples, 'other/{filtered_stream*,xaa.*}.json'),
  ];
}

/** The same event as another delivery of it may look: with another tag and direction, marked as replayed. */
export function retold(body: string, tag: string): string {
  const parsed: unknown = JSON.parse(body);
  const data: unknown = Reflect.get(Object(parsed), 'data');
  const filter: unknown = Reflect.get(Object(data), 'filter');
  if (typeof filter !== 'object' || filter === null) return body;
  Reflect.set(Object(data), 'tag', tag);
  Reflect.set(filter, 'direction', tag.length % 2 === 0 ? 'inbound' : 'outbound');
  return JSON.stringify({ ...Object(parsed), meta: { replay: true } });
}
