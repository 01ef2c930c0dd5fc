import { GaplessError } from '../../shared/errors.ts';
import { defineCommand } from '../framework/define-command.ts';
import { eventDetails } from '../output/event-details.ts';
import { eventJson } from '../output/event-json.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { withReader } from '../target/with-reader.ts';

export const eventCommand = defineCommand({
  name: 'event',
  summary: 'show one stored event, with its payload as sent',
  details: [
    'ID is the eventId that gapless events shows. Fails when no such event is stored.',
    'A direct message or a chat comes without text and payload unless --show-private is given.',
  ],
  operands: { placeholder: 'ID', min: 1, max: 1 },
  options: {
    ...targetOptions,
    'show-private': { type: 'boolean', summary: 'show what people wrote to each other' },
    json: { type: 'boolean', summary: 'one JSON object on one line, payload with every digit as sent' },
  },
  examples: [
    {
      line: 'gapless event --local default:xaa:post.create:710:1850000000000000001',
      effect: 'all that is stored of it',
    },
  ],
  async run({ values, operands: [eventId = ''] }, terminal) {
    const { json = false, 'show-private': showPrivate = false } = values;
    const target = await resolveTarget(values, terminal);
    const event = await withReader(target, ({ events }) => events.get(eventId));
    if (event === undefined) {
      throw new GaplessError('NOT_FOUND', `${target.name} has no event ${eventId}. gapless events lists what it has.`);
    }
    for (const line of json ? [eventJson(event, showPrivate)] : eventDetails(event, terminal, showPrivate)) {
      await terminal.print(line);
    }
  },
});
