/** A program that plays DynamoDB on a port of this machine. */
export interface DynamoDbEngine {
  readonly name: string;
  readonly command: string;
  /** `dataDir`: where the tables stay; without it they are in memory. */
  argumentsFor(port: number, dataDir: string | undefined): readonly string[];
  /**
   * What it writes to stderr when it has the port and takes requests. An answer at the port would be no proof of it:
   * somebody else can have taken the port while the engine was starting. Where it can't start, its process ends.
   */
  listensWhenItSays(port: number): string;
}
