import { doctorCommand } from './commands/doctor.ts';
import { eventCommand } from './commands/event.ts';
import { eventsCommand } from './commands/events.ts';
import { gapsCommand } from './commands/gaps.ts';
import { gapsShowCommand } from './commands/gaps-show.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { sendCommand } from './commands/send.ts';
import { setupCommand } from './commands/setup.ts';
import { statusCommand } from './commands/status.ts';
import { subscriptionsApplyCommand } from './commands/subscriptions-apply.ts';
import { subscriptionsListCommand } from './commands/subscriptions-list.ts';
import { subscriptionsPlanCommand } from './commands/subscriptions-plan.ts';
import { xAccessCommands } from './commands/x-access.ts';
import type { Command } from './framework/command.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  eventsCommand,
  eventCommand,
  statusCommand,
  reportCommand,
  gapsCommand,
  gapsShowCommand,
  replayCommand,
  sendCommand,
  subscriptionsPlanCommand,
  subscriptionsApplyCommand,
  subscriptionsListCommand,
  ...xAccessCommands,
  setupCommand,
  doctorCommand,
];
