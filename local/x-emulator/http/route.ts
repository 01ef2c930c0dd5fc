import { type Reply, unauthorized, unsupportedAuthentication } from './answers.ts';
import type { Caller } from './caller.ts';

export interface XRequest<Authenticated extends Caller = Caller> {
  readonly caller: Authenticated;
  /** The headers of these names. */
  readonly authorization: string | undefined;
  readonly host: string | undefined;
  readonly query: URLSearchParams;
  /** The body as it came. */
  readonly text: string;
  /** The parsed JSON body; `undefined` when it is empty or not JSON. */
  readonly body: unknown;
  /** A part of the path, by its name in the pattern. */
  param(name: string): string;
}

export interface Route {
  readonly method: string;
  readonly pattern: URLPattern;
  answer(request: XRequest): Reply | Promise<Reply>;
}

type Handle<Authenticated extends Caller> = (request: XRequest<Authenticated>) => Reply | Promise<Reply>;
type App = Extract<Caller, { kind: 'app' }>;
type User = Extract<Caller, { kind: 'user' }>;

function route(spec: string, answer: Route['answer']): Route {
  const [method = '', pathname = ''] = spec.split(' ');
  return { method, pattern: new URLPattern({ pathname }), answer };
}

/** For anybody on this machine: the admin's routes. `spec` is `METHOD /path/:name`. */
export function openRoute(spec: string, handle: Handle<Caller>): Route {
  return route(spec, handle);
}

/** For the app's bearer token only. */
export function appRoute(spec: string, handle: Handle<App>): Route {
  return route(spec, ({ caller, ...request }) => {
    if (caller.kind === 'nobody') return unauthorized;
    if (caller.kind !== 'app') return unsupportedAuthentication('OAuth 2.0 Application-Only');
    return handle({ ...request, caller });
  });
}

/** For a user's token only. */
export function userRoute(spec: string, handle: Handle<User>): Route {
  return route(spec, ({ caller, ...request }) => {
    if (caller.kind === 'nobody') return unauthorized;
    if (caller.kind !== 'user') {
      return unsupportedAuthentication('OAuth 1.0a User Context, OAuth 2.0 User Context');
    }
    return handle({ ...request, caller });
  });
}

/** For the app's token and for a user's. */
export function anyRoute(spec: string, handle: Handle<App | User>): Route {
  return route(spec, ({ caller, ...request }) =>
    caller.kind === 'nobody' ? unauthorized : handle({ ...request, caller }),
  );
}
