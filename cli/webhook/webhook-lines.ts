import type { Webhook } from '../../shared/x/api/webhooks.ts';
import type { Terminal } from '../framework/terminal.ts';
import { plainJson, plainText } from '../output/plain-text.ts';

/** A webhook for people or, with `json`, for a program. */
export function webhookLine(webhook: Webhook, terminal: Terminal, json: boolean | undefined): string {
  if (json) return plainJson(JSON.stringify(webhook));
  const { webhookId, url, valid } = webhook;
  const state = valid ? terminal.style('green', 'valid') : terminal.style('red', 'invalid');
  return `${webhookId}  ${state}  ${plainText(url)}`;
}
