import type { ChildProcess } from 'node:child_process';

/** A program that plays DynamoDB on a port of this machine. */
export interface DynamoDbEngine {
  readonly name: string;
  readonly command: string;
  /** `dataDir`: where the tables stay; without it they are in memory. */
  argumentsFor(port: number, dataDir: string | undefined): readonly string[];
  /** Resolves when it takes requests. Where it never does it need not settle: its process ends. */
  listens(child: ChildProcess, port: number): Promise<void>;
}
