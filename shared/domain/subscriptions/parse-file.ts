import { object } from '../json.ts';
import { readJsonc } from './jsonc.ts';
import { subscriptionKey } from './keys.ts';
import { type Problem, type Report, reportStrangers } from './problem.ts';
import { type Entry, readEntry } from './read-entry.ts';
import type { Wanted } from './wanted.ts';

/** What the file asks for, per app, in the order of the file and each once. */
export type WantedByApp = ReadonlyMap<string, readonly Wanted[]>;

export type FileReading =
  | { readonly kind: 'wanted'; readonly byApp: WantedByApp }
  | { readonly kind: 'faulty'; readonly problems: readonly Problem[] };

/** Reads `subscriptions.json`: JSON, in which comments and trailing commas may stand. Never throws. */
export function parseSubscriptionsFile(text: string): FileReading {
  const json = readJsonc(text);
  if (json.kind === 'faulty') {
    const place = `line ${json.fault.line}, column ${json.fault.column}`;
    const says = 'is no JSON; a comma, a quote or a bracket is missing here or before, or there is one too many';
    return { kind: 'faulty', problems: [{ place, says }] };
  }
  const problems: Problem[] = [];
  const report: Report = (place, says, misspelt) => {
    problems.push({ place, says, ...(misspelt && { misspelt }) });
  };
  const byApp = gather(readEntries(json.value, report), report);
  return problems.length > 0 ? { kind: 'faulty', problems } : { kind: 'wanted', byApp };
}

function readEntries(value: unknown, report: Report): readonly Entry[] {
  const file = object(value);
  if (file === undefined || !Array.isArray(file.accounts)) {
    report('accounts', 'is not a list; write {"accounts": [{"id": "2244994945", "events": ["posts"]}]}');
    return [];
  }
  reportStrangers(file, ['$schema', 'accounts'], '', report);
  return file.accounts.flatMap((value: unknown, index) => {
    const place = `accounts[${index}]`;
    const entry = object(value);
    if (entry !== undefined) return readEntry(entry, place, report) ?? [];
    report(place, 'is not an object; write {"id": "2244994945", "events": ["posts"]}');
    return [];
  });
}

interface Placed {
  readonly wanted: Wanted;
  readonly place: string;
}

/** What several entries ask for is asked for once. Two tags cannot both be had. */
function gather(entries: readonly Entry[], report: Report): WantedByApp {
  const byApp = new Map<string, Map<string, Placed>>();
  for (const { app, wanted, place } of entries) {
    const known = byApp.get(app) ?? new Map<string, Placed>();
    byApp.set(app, known);
    for (const one of wanted) {
      const key = subscriptionKey(one);
      const before = known.get(key);
      if (before === undefined) known.set(key, { wanted: one, place });
      else if (tagOf(before.wanted) !== tagOf(one)) {
        report(place, `asks for ${key} with another tag than ${before.place}; X has one subscription with one tag`);
      }
    }
  }
  return new Map([...byApp].map(([app, known]) => [app, [...known.values()].map(({ wanted }) => wanted)]));
}

const tagOf = (wanted: Wanted) => (wanted.product === 'xaa' ? wanted.tag : undefined);
