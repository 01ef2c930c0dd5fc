import type { Gap, GapReason, GapState, StoryLine } from '../../shared/domain/gaps/gap.ts';
import { minuteMs } from '../../shared/domain/gaps/interval.ts';
import type { Terminal } from '../framework/terminal.ts';
import { counted } from '../output/counted.ts';
import { localTime } from '../output/local-time.ts';
import { plainText } from '../output/plain-text.ts';
import { lostLines, stateStyles } from './gap-lines.ts';

const reasonMeanings: Readonly<Record<GapReason, string>> = {
  heartbeat: 'nothing proved that X’s deliveries reach the table',
  invalid: 'X itself said that it does not deliver',
  refusals: 'X’s deliveries were refused',
  subscriptions: 'what should be subscribed at X was not; X replays nothing for it',
  silence: 'unusually quiet; a hint for a person, never replayed',
  manual: 'a person asked for it',
  stream: 'X’s stream was not connected; no replay of the webhook fills that',
};

const stateMeanings: Readonly<Record<GapState, string>> = {
  suspected: 'not decided yet',
  open: 'to be replayed, once X may be asked and the outage is over',
  replaying: 'X was asked for at least a part of it',
  healed: 'replayed in full',
  unproven: 'X says that it replayed all, but nothing that was expected came',
  lost: 'a part of it cannot come back',
};

/** The story says how. */
const healedWithoutReplay = 'nothing of it is missing; no replay was needed';

/** A gap for people: what it is, then its story line by line. */
export function gapStory(gap: Gap, terminal: Terminal): readonly string[] {
  const { reason, state, app, webhookId, attempts, recovered, replayed } = gap;
  const meaning = state === 'healed' && attempts === 0 ? healedWithoutReplay : stateMeanings[state];
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['gap', plainText(gap.gapId)],
    ['app', `${app}, webhook ${plainText(webhookId ?? 'unknown')}`],
    ['bounds', bounds(gap)],
    ['reason', `${reason}: ${reasonMeanings[reason]}`],
    ['state', `${terminal.style(stateStyles[state], state)}: ${meaning}`],
    [
      'replays',
      `${attempts} asked for, ${counted(replayed, 'delivery', 'deliveries')} came, ${counted(recovered, 'event was', 'events were')} missing and ${recovered === 1 ? 'is' : 'are'} back`,
    ],
  ];
  return [
    ...facts.map(([name, value]) => `${terminal.style('bold', name.padEnd(8))} ${value}`),
    ...lostLines(gap).map((line) => terminal.style('red', line)),
    '',
    ...gap.story.map((line) => storyLine(line, terminal)),
  ];
}

/** Some lines hold what X answered. */
export function storyLine({ atMs, line }: StoryLine, terminal: Terminal): string {
  return `${terminal.style('dim', localTime(atMs))}  ${plainText(line)}`;
}

function bounds({ fromMs, toMs }: Gap): string {
  if (toMs === null) return `since ${localTime(fromMs)}, goes on`;
  return `${localTime(fromMs)} to ${localTime(toMs)}, ${Math.ceil((toMs - fromMs) / minuteMs)} min`;
}
