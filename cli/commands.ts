import { eventCommand } from './commands/event.ts';
import { eventsCommand } from './commands/events.ts';
import { sendCommand } from './commands/send.ts';
import { statusCommand } from './commands/status.ts';
import { subscriptionsApplyCommand } from './commands/subscriptions-apply.ts';
import { subscriptionsListCommand } from './commands/subscriptions-list.ts';
import { subscriptionsPlanCommand } from './commands/subscriptions-plan.ts';
import type { Command } from './framework/command.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  eventsCommand,
  eventCommand,
  statusCommand,
  sendCommand,
  subscriptionsPlanCommand,
  subscriptionsApplyCommand,
  subscriptionsListCommand,
];
