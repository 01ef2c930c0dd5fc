import { splitAaa } from './aaa.ts';
import type { DeliveryBody } from './delivery-body.ts';
import type { ReplayJobStatus } from './event.ts';
import type { EventDraft } from './event-draft.ts';
import { splitFilteredStream } from './filtered-stream.ts';
import { type JsonObject, object } from './json.ts';
import { readReplayJobStatus } from './replay-job-status.ts';
import { unknownDraft } from './unknown.ts';
import { splitXaa } from './xaa.ts';

export interface BodyFindings {
  readonly drafts: readonly EventDraft[];
  readonly replayStatuses: readonly ReplayJobStatus[];
}

/** What is in a body: never nothing. */
export function splitBody(body: DeliveryBody): BodyFindings {
  if (body.kind === 'opaque') {
    return { drafts: [{ ...unknownDraft(body.payload), entryType: body.form }], replayStatuses: [] };
  }
  const members = object(body.value);
  const found = members === undefined ? { drafts: [], replayStatuses: [] } : splitObject(members);
  const isEmpty = found.drafts.length + found.replayStatuses.length === 0;
  return isEmpty ? { drafts: [unknownDraft(body.value)], replayStatuses: [] } : found;
}

function splitObject(body: JsonObject): BodyFindings {
  const status = object(body.replay_job_status);
  if (status === undefined) return { drafts: splitByProduct(body), replayStatuses: [] };
  const { replay_job_status: _, ...others } = body;
  const drafts = splitByProduct(others);
  const replayStatus = readReplayJobStatus(status);
  return replayStatus === undefined
    ? { drafts: [...drafts, unknownDraft({ replay_job_status: status }, 'replay_job_status')], replayStatuses: [] }
    : { drafts, replayStatuses: [replayStatus] };
}

/** X names the product nowhere; the shapes tell them apart. */
function splitByProduct(body: JsonObject): readonly EventDraft[] {
  for (const split of [splitXaa, splitFilteredStream, splitAaa]) {
    const drafts = split(body);
    if (drafts.length > 0) return drafts;
  }
  return [];
}
