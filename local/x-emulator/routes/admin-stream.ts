import { member } from '../../../shared/domain/json.ts';
import { ok } from '../http/answers.ts';
import { openRoute, type Route } from '../http/route.ts';
import { disconnectTypes } from '../stream/disconnects.ts';
import type { StreamTroubles } from '../stream/stream-troubles.ts';
import { AdminRequestError, choiceIn, explaining, flagIn, numberIn, textIn } from './admin-fields.ts';

const actions = [
  'disconnect',
  'cut',
  'silence',
  'speak',
  'refuse',
  'refuse-past',
  'queue-lines',
  'hold-abandoned',
] as const;

/** The emulator's own controls of the activity stream, without authentication. */
export function adminStreamRoutes(troubles: StreamTroubles): readonly Route[] {
  const act = (body: unknown): void => {
    const uuid = textIn(body, 'uuid');
    switch (choiceIn(body, 'do', actions)) {
      case 'disconnect':
        troubles.disconnect({ uuid, type: choiceIn(body, 'type', disconnectTypes) });
        break;
      case 'cut':
        troubles.cut(uuid);
        break;
      case 'silence':
        troubles.silence({ uuid, also: choiceIn(body, 'also', ['new']) });
        break;
      case 'speak':
        troubles.speak();
        break;
      case 'refuse':
        troubles.refuse({
          status: numberIn(body, 'status', 400, 599),
          times: numberIn(body, 'times', 0, 10_000),
        });
        break;
      case 'refuse-past':
        troubles.refusePast(flagIn(body, 'off') === true ? undefined : (numberIn(body, 'status', 400, 599) ?? 403));
        break;
      case 'queue-lines':
        troubles.queueLines(numberIn(body, 'lines', 1, Number.MAX_SAFE_INTEGER) ?? 100_000);
        break;
      case 'hold-abandoned':
        troubles.holdAbandoned(numberIn(body, 'ms', 0, Number.MAX_SAFE_INTEGER) ?? 60_000);
        break;
      case undefined:
        throw new AdminRequestError(`do: one of ${actions.join(', ')} expected, not ${member(body, 'do')}`);
    }
  };
  const state = () => ok({ counts: troubles.counts(), connections: troubles.connections() });

  return [
    openRoute('GET /admin/stream', state),
    openRoute(
      'POST /admin/stream',
      explaining(({ body }) => {
        act(body);
        return state();
      }),
    ),
  ];
}
