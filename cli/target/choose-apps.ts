import { GaplessError } from '../../shared/errors.ts';
import type { Target } from './target.ts';

/** The app that was named, or every app of the stack. Throws `NOT_FOUND` for one that the stack does not have. */
export function chooseApps({ name, outputs }: Target, app?: string): readonly string[] {
  const apps = Object.keys(outputs.appSecretArns);
  if (app === undefined) return apps;
  if (apps.includes(app)) return [app];
  throw new GaplessError('NOT_FOUND', `${name} has no app ${JSON.stringify(app)}; it has: ${apps.join(', ')}.`);
}
