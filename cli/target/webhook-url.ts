import type { Target } from './target.ts';

/** The app's own address: below that of the default app. */
export function webhookUrlOf({ outputs }: Target, app: string): string {
  return app === 'default' ? outputs.webhookUrl : `${outputs.webhookUrl}/${encodeURIComponent(app)}`;
}
