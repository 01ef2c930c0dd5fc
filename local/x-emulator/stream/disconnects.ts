import type { Answer } from '../http/answers.ts';

/** What X says at the end of a stream (X's OpenAPI descriptions up to 2022 list these; newer ones do not). */
export const disconnectTypes = [
  'OperationalDisconnect',
  'UpstreamOperationalDisconnect',
  'ForceDisconnect',
  'UpstreamUncleanDisconnect',
  'SlowReader',
  'InternalError',
] as const;
export type DisconnectType = (typeof disconnectTypes)[number];

/** In place of an event, as the last line (docs.x.com handling disconnections). */
export function disconnectLine(type: DisconnectType): string {
  const error = {
    title: 'operational-disconnect',
    disconnect_type: type,
    detail: 'This stream has been disconnected upstream for operational reasons.',
    type: 'https://api.x.com/2/problems/operational-disconnect',
  };
  return JSON.stringify({ errors: [error] });
}

/** For a connection more than X allows (docs.x.com handling disconnections); `code` and `message` make it valid as the description's `Error`. */
export const tooManyConnections: Answer = {
  status: 429,
  contentType: 'application/json',
  body: {
    code: 88,
    message: 'This stream is currently at the maximum allowed connection limit.',
    title: 'ConnectionException',
    detail: 'This stream is currently at the maximum allowed connection limit.',
    connection_issue: 'TooManyConnections',
    type: 'https://api.x.com/2/problems/streaming-connection',
  },
};
