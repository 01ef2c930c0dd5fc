import type { PresentActivity } from './present.ts';

/** The webhook that subscriptions are to reach, among those that the app has. */
export interface Home {
  readonly webhookId: string;
  readonly url: string;
  readonly webhookIds: ReadonlySet<string>;
}

/**
 * `here`: it reaches the webhook. `made-for`: made for this address, whose webhook has since been registered anew.
 * `adrift`: it reaches no webhook that X still has. `elsewhere`: it reaches another one, which somebody needs.
 */
export type Standing = 'here' | 'made-for' | 'adrift' | 'elsewhere';

/** The tag of what is made for the home where the file gives none; X takes 200 characters, as many as a webhook's URL has. */
export const markOf = ({ url }: Home): string => `gapless:${url.replace(/^https?:\/\//, '')}`.slice(0, 200);

export function standingOf({ webhookId, tag }: PresentActivity, home: Home): Standing {
  if (webhookId === home.webhookId) return 'here';
  if (webhookId !== undefined && home.webhookIds.has(webhookId)) return 'elsewhere';
  return tag === markOf(home) ? 'made-for' : 'adrift';
}

/** Whether it is Gapless's to delete. */
export function isOwn(activity: PresentActivity, home: Home): boolean {
  const standing = standingOf(activity, home);
  return standing === 'here' || standing === 'made-for';
}
