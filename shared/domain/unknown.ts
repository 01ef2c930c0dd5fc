import type { EventDraft } from './event-draft.ts';
import { unknownType } from './event-types.ts';

/** A signed body, or part of one, that Gapless does not know: kept whole. */
export function unknownDraft(content: unknown, wireType: string = unknownType): EventDraft {
  return { product: 'unknown', type: unknownType, wireType, content };
}
