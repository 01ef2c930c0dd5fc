import type { Report } from './problem.ts';
import { reportStrangers } from './problem.ts';
import { type NamedEvents, readAccountId, readApp, readChoice, readEvents, readText } from './read-members.ts';
import { isInAccountActivity, rulesOf, type SubscribableType } from './subscribable-types.ts';
import { directions, type Wanted } from './wanted.ts';

/** What an entry of `accounts` asks for. */
export interface Entry {
  readonly app: string;
  readonly wanted: readonly Wanted[];
  readonly place: string;
}

type Members = Readonly<Record<string, unknown>>;

const keywordMembers = ['keyword', 'events', 'app', 'tag'] as const;
const accountMembers = ['id', 'events', 'app', 'product', 'direction', 'tag'] as const;

/** `undefined` after a problem that leaves nothing to ask for. */
export function readEntry(entry: Members, place: string, report: Report): Entry | undefined {
  const app = readApp(entry.app, `${place}.app`, report);
  const wanted = 'keyword' in entry ? readNews(entry, place, report) : readAccount(entry, place, report);
  return app === undefined || wanted === undefined ? undefined : { app, wanted, place };
}

function readNews(entry: Members, place: string, report: Report): readonly Wanted[] | undefined {
  reportStrangers(entry, keywordMembers, place, report);
  const keyword = readText(entry.keyword, 150, `${place}.keyword`, report);
  const tag = readText(entry.tag, 200, `${place}.tag`, report);
  const { events = ['news.new'] } = entry;
  if (!Array.isArray(events) || events.some((name) => name !== 'news.new')) {
    report(`${place}.events`, 'a keyword is for news only; write ["news.new"] or leave it out');
  }
  if (keyword === undefined) return undefined;
  return [{ product: 'xaa', type: 'news.new', filter: { keyword }, ...(tag !== undefined && { tag }) }];
}

function readAccount(entry: Members, place: string, report: Report): readonly Wanted[] | undefined {
  const known = 'event_types' in entry ? [...accountMembers, 'event_types'] : accountMembers;
  reportStrangers(entry, known, place, report);
  const userId = readAccountId(entry.id, `${place}.id`, report);
  const product = readChoice(entry.product, ['xaa', 'aaa'], `${place}.product`, report);
  const events = readEvents(entry, place, report);
  if (product === 'aaa') checkAccountActivity(entry, events, place, report);
  if (userId === undefined || events === undefined) return undefined;
  return product === 'aaa' ? [{ product, userId }] : readActivities(entry, userId, events, place, report);
}

function readActivities(
  entry: Members,
  userId: string,
  events: readonly NamedEvents[],
  place: string,
  report: Report,
): readonly Wanted[] {
  const direction = readChoice(entry.direction, directions, `${place}.direction`, report);
  const tag = readText(entry.tag, 200, `${place}.tag`, report);
  const types = [...new Set(events.flatMap((named) => named.types))];
  for (const named of events) {
    if (!named.types.includes('news.new')) continue;
    report(named.place, 'news is about no account; write an entry {"keyword": "…"} for it');
  }
  const isNarrowed = (type: SubscribableType) => direction !== undefined && rulesOf(type).directed;
  if (direction !== undefined && !types.some(isNarrowed)) {
    report(`${place}.direction`, 'narrows none of these events, only likes and follows; leave it out');
  }
  return types.map((type) => ({
    product: 'xaa',
    type,
    filter: { userId, ...(direction !== undefined && isNarrowed(type) && { direction }) },
    ...(tag !== undefined && { tag }),
  }));
}

/** X has one subscription to all there; a name that it never delivers would be waited for in vain. */
function checkAccountActivity(
  entry: Members,
  events: readonly NamedEvents[] | undefined,
  place: string,
  report: Report,
): void {
  for (const name of ['direction', 'tag'] as const) {
    if (name in entry) report(`${place}.${name}`, `the Account Activity API knows no ${name}; leave it out`);
  }
  for (const named of events ?? []) {
    if (named.name === 'all' || named.types.some(isInAccountActivity)) continue;
    report(named.place, 'the Account Activity API delivers none of these; use "product": "xaa" for them');
  }
}
