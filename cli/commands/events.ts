import { parseLimit } from '../arguments/limit.ts';
import { findEvents } from '../events/filter.ts';
import { parseListing } from '../events/listing.ts';
import { type Layout, type Shown, showEvents } from '../events/show-events.ts';
import { defineCommand } from '../framework/define-command.ts';
import { eventJson } from '../output/event-json.ts';
import { createEventLines } from '../output/event-lines.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { withReader } from '../target/with-reader.ts';

/** As many as a person reads; a program that reads JSON gets everything unless it says how many. */
const limitForPeople = 20;
/** Their columns are aligned page by page. */
const pageForPeople = 100;

export const eventsCommand = defineCommand({
  name: 'events',
  summary: 'list stored events, newest first by when they occurred',
  details: [
    'Without --from and --to all time is listed, the future included. Filters add up.',
    'TIME is an ISO time or date, in the time zone of this machine unless it names one, or how long ago: 30m, 2h, 7d, now.',
    'Direct messages and chats come without text and payload unless --show-private is given.',
  ],
  options: {
    ...targetOptions,
    account: { type: 'string', value: 'A', summary: 'of this subscribed account: its id, or the keyword' },
    type: { type: 'string', value: 'T', summary: 'of this type, such as post.create or like.create' },
    post: { type: 'string', value: 'P', summary: 'that carry this post: about it, or with it inside' },
    from: { type: 'string', value: 'TIME', summary: 'that occurred at this time or later' },
    to: { type: 'string', value: 'TIME', summary: 'that occurred before this time' },
    limit: { type: 'string', value: 'N', summary: 'at most so many, or all (default: 20; with --json: all)' },
    cursor: { type: 'string', value: 'C', summary: 'go on after the event with this cursor' },
    'show-private': { type: 'boolean', summary: 'show what people wrote to each other' },
    json: { type: 'boolean', summary: 'one JSON object a line, payload with every digit as sent' },
  },
  examples: [
    { line: 'gapless events --local --limit 5', effect: 'the newest five of the stack on this machine' },
    { line: 'gapless events --account 2244994945 --from 2h', effect: 'what happened to an account in two hours' },
    { line: 'gapless events --post 1850000000000000001', effect: 'everything that must go when the post is deleted' },
    { line: 'gapless events --type like.create --json', effect: 'every like, for a program' },
  ],
  async run({ values }, terminal) {
    const { json = false, 'show-private': showPrivate = false, account, post } = values;
    const limit =
      values.limit === undefined ? (json ? Number.POSITIVE_INFINITY : limitForPeople) : parseLimit(values.limit);
    const listingAt = parseListing(values);
    const target = await resolveTarget(values, terminal);
    const filter = { account, post, listing: listingAt(target.clock) };
    const layout: Layout = json
      ? { pageSize: 1, linesOf: (page) => page.map((event) => eventJson(event, showPrivate)) }
      : { pageSize: pageForPeople, linesOf: createEventLines(terminal, showPrivate) };
    // One more than is shown tells whether there are more.
    const shown = await withReader(target, ({ events }) =>
      showEvents(findEvents(events, filter, limit + 1), limit, layout, terminal),
    );
    for (const hint of hints(shown, json, showPrivate)) terminal.note(hint);
  },
});

/** What else a person can ask for; a program is told only what it could not know: that there are more. */
function hints(shown: Shown, json: boolean, showPrivate: boolean): readonly string[] {
  const more =
    shown.moreAfter === undefined
      ? []
      : [`There are more: give --limit N or --limit all, or go on with --cursor '${shown.moreAfter}'.`];
  if (json) return more;
  if (shown.all === 0) return ['No stored event fits.'];
  const hidden =
    shown.private === 0 || showPrivate ? [] : [`The text of ${shown.private} is private: --show-private shows it.`];
  return [...more, ...hidden, 'gapless event ID shows one whole; --json shows every field of all.'];
}
