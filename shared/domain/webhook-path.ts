/** The app of `/webhooks/x`; the others are named by their path, `/webhooks/x/<app>`. */
export const defaultApp = 'default';

const root = '/webhooks/x';

/** What X is told to send an app's deliveries to, without the host. */
export function webhookPath(app: string): string {
  return app === defaultApp ? root : `${root}/${app}`;
}

/** The app that a request is for; `undefined`: the path is no webhook's. The default app answers under its name, too. */
export function appOfPath(path: string): string | undefined {
  if (path === root) return defaultApp;
  return /^\/webhooks\/x\/([^/]+)$/.exec(path)?.[1];
}
