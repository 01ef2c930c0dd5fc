import type { OptionSpecs } from '../framework/command.ts';

export const appOption = {
  app: { type: 'string', value: 'APP', summary: 'the X app (default: default)' },
} as const satisfies OptionSpecs;

export const jsonOption = {
  json: { type: 'boolean', summary: 'one JSON object a line' },
} as const satisfies OptionSpecs;

export const dryRunOption = {
  'dry-run': { type: 'boolean', summary: 'say what would be done and do nothing' },
} as const satisfies OptionSpecs;
