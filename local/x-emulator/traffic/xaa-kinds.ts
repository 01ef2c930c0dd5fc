import type { ActivityType } from '../activity-types.ts';
import type { XaaMake } from './xaa-make.ts';
import { xaaMessages } from './xaa-messages.ts';
import { xaaPeople } from './xaa-people.ts';
import { xaaPosts } from './xaa-posts.ts';
import { xaaPublic } from './xaa-public.ts';

/** One maker for every type that can be subscribed. */
export const xaaKinds: Readonly<Record<ActivityType, XaaMake>> = {
  ...xaaPosts,
  ...xaaPeople,
  ...xaaMessages,
  ...xaaPublic,
};
