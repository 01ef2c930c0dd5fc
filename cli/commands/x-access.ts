import type { Command } from '../framework/command.ts';
import { authListCommand } from './auth-list.ts';
import { authLoginCommand } from './auth-login.ts';
import { authRevokeCommand } from './auth-revoke.ts';
import { secretsEndCommand } from './secrets-end.ts';
import { secretsRotateCommand } from './secrets-rotate.ts';
import { secretsSetCommand } from './secrets-set.ts';
import { webhookDeleteCommand } from './webhook-delete.ts';
import { webhookListCommand } from './webhook-list.ts';
import { webhookRegisterCommand } from './webhook-register.ts';
import { webhookValidateCommand } from './webhook-validate.ts';

/** What an operator needs before X delivers: keys, the webhook, and the accounts' consent. */
export const xAccessCommands: readonly Command[] = [
  secretsSetCommand,
  secretsRotateCommand,
  secretsEndCommand,
  webhookRegisterCommand,
  webhookListCommand,
  webhookValidateCommand,
  webhookDeleteCommand,
  authLoginCommand,
  authListCommand,
  authRevokeCommand,
];
