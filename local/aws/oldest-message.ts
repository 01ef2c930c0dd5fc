import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { FauxqsServer } from 'fauxqs';
import { member } from '../../shared/domain/json.ts';

// The one thing about a queue that SQS measures and its API does not tell: how old its oldest message is.

/** Asks the process of fauxqs when the queue's oldest message was sent (Unix ms of its clock); `undefined`: it is empty. */
export function askOldestMessage(child: ChildProcess, queue: string): Promise<number | undefined> {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      how();
    };
    const onMessage = (answer: unknown) => {
      if (member(answer, 'oldestOf') !== id) return;
      const sentAt = member(answer, 'sentAt');
      settle(() => resolve(typeof sentAt === 'number' ? sentAt : undefined));
    };
    const onExit = () => settle(() => reject(new Error('SQS is gone')));
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send({ kind: 'oldest-message', id, queue }, (error) => {
      if (error !== null) onExit();
    });
  });
}

/** The other end. Messages that somebody has received and not deleted count, as on AWS. */
export function answerOldestMessage(server: Pick<FauxqsServer, 'inspectQueue'>): void {
  process.on('message', (question: unknown) => {
    const queue = member(question, 'queue');
    if (member(question, 'kind') !== 'oldest-message' || typeof queue !== 'string') return;
    const { ready = [], delayed = [], inflight = [] } = server.inspectQueue(queue)?.messages ?? {};
    const messages = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
    const sentAt = messages.reduce<number | undefined>(
      (oldest, { sentTimestamp }) => Math.min(oldest ?? sentTimestamp, sentTimestamp),
      undefined,
    );
    process.send?.({ oldestOf: member(question, 'id'), sentAt });
  });
}
