import { missingScope, type Reply, unauthorized, unsupportedAuthentication } from './answers.ts';
import { type Caller, lacksScope } from './caller.ts';

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

const appOnly = 'OAuth 2.0 Application-Only';
const oauth1User = 'OAuth 1.0a User Context';
const oauth2User = 'OAuth 2.0 User Context';

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
    if (caller.kind !== 'app') return unsupportedAuthentication(appOnly);
    return handle({ ...request, caller });
  });
}

/** For a user's token only. `scopes`: what the user must have allowed, by OAuth 2.0. */
export function userRoute(spec: string, scopes: readonly string[], handle: Handle<User>): Route {
  return route(spec, ({ caller, ...request }) => {
    if (caller.kind === 'nobody') return unauthorized;
    if (caller.kind !== 'user') return unsupportedAuthentication(`${oauth1User}, ${oauth2User}`);
    return lacksScope(caller, scopes) ? missingScope : handle({ ...request, caller });
  });
}

/** For the app's token and for a user's. */
export function anyRoute(spec: string, scopes: readonly string[], handle: Handle<App | User>): Route {
  return route(spec, ({ caller, ...request }) => {
    if (caller.kind === 'nobody') return unauthorized;
    return lacksScope(caller, scopes) ? missingScope : handle({ ...request, caller });
  });
}

/** For the app's token and for a user's by OAuth 1.0a. */
export function appOrOAuth1Route(spec: string, handle: Handle<App | User>): Route {
  return route(spec, ({ caller, ...request }) => {
    if (caller.kind === 'nobody') return unauthorized;
    const isOAuth2 = caller.kind === 'user' && caller.scopes !== undefined;
    return isOAuth2 ? unsupportedAuthentication(`${oauth1User}, ${appOnly}`) : handle({ ...request, caller });
  });
}
