import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What is not JSON has its text as the body. */
  readonly contentType:
    | 'application/json'
    | 'application/problem+json'
    | 'application/x-www-form-urlencoded'
    | 'text/html';
  readonly headers?: Readonly<Record<string, string>>;
}

/** The connection is cut, or stays open and silent: whatever X did, the caller does not hear of it. */
export type NoAnswer = 'cut' | 'hang';

/** Goes on after the head: `stream` writes the body, and ends it some day. */
export interface StreamedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  stream(outgoing: ServerResponse): void;
}

export type Reply = Answer | NoAnswer | StreamedAnswer;

/** Why X refuses a request about a webhook or a subscription: a prefix of the message, not a member of its own. */
export type Reason =
  | 'CrcValidationFailed'
  | 'UrlValidationFailed'
  | 'DuplicateUrlFailed'
  | 'WebhookLimitExceeded'
  | 'WebhookIdInvalid'
  | 'DuplicateSubscriptionFailed'
  | 'SubscriptionLimitExceeded'
  | 'SubscriptionNotFound'
  | 'QueryParamInvalid'
  | 'ReplayConflictError';

export function ok(body: unknown): Answer {
  return { status: 200, body, contentType: 'application/json' };
}

/** A page for a person. */
export function html(status: number, text: string): Answer {
  return { status, body: text, contentType: 'text/html' };
}

/** A 400 in X's shape: `errors[].message` beside the members of a problem (RFC 9457). */
export function invalidRequest(message: string): Answer {
  return {
    status: 400,
    contentType: 'application/problem+json',
    body: {
      errors: [{ message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.x.com/2/problems/invalid-request',
    },
  };
}

export function refused(reason: Reason, detail = ''): Answer {
  return invalidRequest(`${reason}: ${detail}`);
}

export function notFound(resourceType: string, id: string): Answer {
  return {
    status: 404,
    contentType: 'application/problem+json',
    body: {
      title: 'Not Found Error',
      detail: `Could not find ${resourceType} with id: [${id}].`,
      type: 'https://api.x.com/2/problems/resource-not-found',
      resource_type: resourceType,
      resource_id: id,
      parameter: 'id',
      value: id,
    },
  };
}

/**
 * X's problems without a type in its OpenAPI description. `code` and `message` make them valid as its `Error`; the
 * members of a problem are what X really sends.
 */
function untyped(status: number, code: number, title: string, detail: string): Answer {
  const body = { code, message: detail, title, detail, type: 'about:blank', status };
  return { status, body, contentType: 'application/json' };
}

export const unauthorized = untyped(401, 32, 'Unauthorized', 'Unauthorized');
export const noSuchRoute = untyped(404, 34, 'Not Found', 'There is no such endpoint.');

/** What X's older API says of a token that was ended (POST oauth/invalidate_token). */
export const endedToken: Answer = {
  status: 401,
  body: { errors: [{ code: 89, message: 'Invalid or expired token.' }] },
  contentType: 'application/json',
};

/** The credential is good but of the wrong kind for this endpoint. */
export function unsupportedAuthentication(supported: string): Answer {
  const detail = `Authenticating this way is forbidden for this endpoint. Supported authentication types are [${supported}].`;
  return untyped(403, 220, 'Unsupported Authentication', detail);
}

/** The user did not allow what this needs. X says no more (seen in many reports, 403 since 2022). */
export const missingScope = untyped(403, 220, 'Forbidden', 'Forbidden');

/** A private event is for the account's own token only. */
export function notPermitted(eventType: string): Answer {
  return untyped(403, 220, 'Forbidden', `${eventType} requires user authentication by the account of the filter.`);
}

const failures: Readonly<Record<number, { readonly code: number; readonly title: string }>> = {
  429: { code: 88, title: 'Too Many Requests' },
  500: { code: 131, title: 'Internal Server Error' },
  503: { code: 130, title: 'Service Unavailable' },
};

/** Whatever is asked, X's API is not able or not willing. */
export function apiFailure(status: number): Answer {
  const { code, title } = failures[status] ?? { code: status, title: `Error ${status}` };
  return untyped(status, code, title, title);
}
