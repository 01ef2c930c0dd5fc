/** A route of an HTTP API that fits a request. */
export interface RouteMatch<Route> {
  readonly route: Route;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route that API Gateway chooses: a path without a greedy variable before one with it, fixed parts before variables,
 * the very method before ANY, `$default` last (docs: routes for HTTP APIs). A trailing slash makes another path.
 */
export function matchRoute<Route extends { readonly routeKey: string }>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  let best: (RouteMatch<Route> & { readonly rank: number }) | undefined;
  for (const route of routes) {
    const candidate = matchOne(route, method, path.split('/').slice(1));
    if (candidate !== undefined && (best === undefined || candidate.rank > best.rank)) best = candidate;
  }
  return best;
}

function matchOne<Route extends { readonly routeKey: string }>(route: Route, method: string, parts: readonly string[]) {
  if (route.routeKey === '$default') return { route, pathParameters: {}, rank: -1 };
  const [routeMethod = '', routePath = ''] = route.routeKey.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const wanted = routePath.split('/').slice(1);
  const greedy = wanted.at(-1)?.endsWith('+}') === true;
  if (greedy ? parts.length < wanted.length : parts.length !== wanted.length) return undefined;

  const pathParameters: Record<string, string> = {};
  let rank = greedy ? 0 : 1_000_000;
  for (const [index, part] of wanted.entries()) {
    const isLast = index === wanted.length - 1;
    const found = greedy && isLast ? parts.slice(index).join('/') : (parts[index] ?? '');
    const name = /^\{([^}+]+)\+?\}$/.exec(part)?.[1];
    if (name === undefined ? part !== found : found === '') return undefined;
    if (name === undefined) rank += 10;
    else pathParameters[name] = decode(found);
  }
  return { route, pathParameters, rank: routeMethod === 'ANY' ? rank : rank + 1 };
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
