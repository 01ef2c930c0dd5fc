import { list, member } from '../../../shared/domain/json.ts';
import { invalidRequest, ok } from '../http/answers.ts';
import { pageOf } from '../http/paging.ts';
import { appRoute, type Route } from '../http/route.ts';
import type { ConnectionRecord, StreamConnections } from '../stream/stream-connections.ts';

const base = '/2/connections';
const mostUuids = 100;
const fields = ['client_ip', 'connected_at', 'disconnect_reason', 'disconnected_at', 'endpoint_name', 'id'];
/** OpenAPI 2.167 does not name the activity stream among its endpoints: the name is a guess by the others'. */
const activityStream = 'activity_stream';
const endpoints = [
  activityStream,
  'filtered_stream',
  'sample_stream',
  'sample10_stream',
  'firehose_stream',
  'tweets_compliance_stream',
  'users_compliance_stream',
  'tweet_label_stream',
  'firehose_stream_lang_en',
  'firehose_stream_lang_ja',
  'firehose_stream_lang_ko',
  'firehose_stream_lang_pt',
  'likes_firehose_stream',
  'likes_sample10_stream',
  'likes_compliance_stream',
];
const statuses = ['active', 'inactive', 'all'];

function shown({ uuid, clientIp, connectedAtMs, disconnectedAtMs, reason }: ConnectionRecord) {
  return {
    id: uuid,
    endpoint_name: activityStream,
    client_ip: clientIp,
    connected_at: new Date(connectedAtMs).toISOString(),
    ...(disconnectedAtMs !== undefined && { disconnected_at: new Date(disconnectedAtMs).toISOString() }),
    ...(reason !== undefined && { disconnect_reason: reason }),
  };
}

function pick(value: object, wanted: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => wanted.includes(name)));
}

/** Comma-separated names; a stranger among them is the fault. */
function namesIn(query: URLSearchParams, name: string, known: readonly string[]) {
  const names = query.get(name)?.split(',') ?? known;
  const stranger = names.find((one) => !known.includes(one));
  return {
    names,
    fault: stranger === undefined ? undefined : `${name}: ${stranger} is not one of [${known.join(', ')}]`,
  };
}

/** The app's streaming connections, shown and ended (OpenAPI 2.167; no page describes them). */
export function connectionRoutes(connections: Pick<StreamConnections, 'list' | 'end'>): readonly Route[] {
  const active = () => connections.list().filter(({ disconnectedAtMs }) => disconnectedAtMs === undefined);
  const kill = (uuids: readonly string[]) => {
    const results = uuids.map((uuid) =>
      connections.end(uuid, 'ForceDisconnect')
        ? { uuid, success: true }
        : { uuid, success: false, error_message: 'Connection not found' },
    );
    const successful = results.filter(({ success }) => success).length;
    return ok({ data: { successful_kills: successful, failed_kills: results.length - successful, results } });
  };

  return [
    appRoute(`GET ${base}`, ({ query }) => {
      const status = query.get('status') ?? 'active';
      const wanted = namesIn(query, 'endpoints', endpoints);
      const displayed = namesIn(query, 'connection.fields', fields);
      if (!statuses.includes(status)) return invalidRequest(`status: ${status} is not one of [${statuses.join(', ')}]`);
      const fault = wanted.fault ?? displayed.fault;
      if (fault !== undefined) return invalidRequest(fault);
      const fitting = connections
        .list()
        .filter(
          ({ disconnectedAtMs }) => status === 'all' || (status === 'active') === (disconnectedAtMs === undefined),
        )
        .filter(() => wanted.names.includes(activityStream));
      const page = pageOf(fitting, query, { usual: 10, largest: 100 });
      if ('refusal' in page) return page.refusal;
      const { items, nextToken } = page;
      return ok({
        data: items.map((record) => pick(shown(record), displayed.names)),
        meta: { result_count: items.length, ...(nextToken !== undefined && { next_token: nextToken }) },
      });
    }),

    appRoute(`DELETE ${base}`, ({ body }) => {
      const uuids = list(member(body, 'uuids')).filter((uuid) => typeof uuid === 'string');
      if (uuids.length < 1 || uuids.length > mostUuids) {
        return invalidRequest(`$.uuids: must have 1 to ${mostUuids} entries`);
      }
      return kill(uuids);
    }),

    appRoute(`DELETE ${base}/all`, () => kill(active().map(({ uuid }) => uuid))),

    appRoute(`DELETE ${base}/:endpoint_id`, ({ param }) => {
      const endpoint = param('endpoint_id');
      if (!endpoints.includes(endpoint)) return invalidRequest(`endpoint_id: ${endpoint} is not known`);
      return kill(endpoint === activityStream ? active().map(({ uuid }) => uuid) : []);
    }),
  ];
}
