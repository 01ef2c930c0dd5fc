import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { carriedPostsTable, eventsTable, ledgerTable } from '../../shared/aws/tables.ts';

/** No table goes with the stack: what X said once cannot be asked for again after its replay horizon. */
const kept = {
  billing: Billing.onDemand(),
  encryption: TableEncryptionV2.awsManagedKey(),
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies Partial<TablePropsV2>;

/** The tables of docs/data-model.md, from the key specification that the adapters read too. */
export class EventTables extends Construct {
  readonly events: TableV2;
  readonly carriedPosts: TableV2;
  readonly ledger: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.events = new TableV2(this, 'Events', {
      ...kept,
      partitionKey: text(eventsTable.partitionKey),
      sortKey: text(eventsTable.sortKey),
      globalSecondaryIndexes: [eventsTable.byAccount, eventsTable.byTime].map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...index.include],
      })),
      dynamoStream: StreamViewType.NEW_IMAGE,
    });
    this.carriedPosts = new TableV2(this, 'CarriedPosts', {
      ...kept,
      partitionKey: text(carriedPostsTable.partitionKey),
      sortKey: text(carriedPostsTable.sortKey),
    });
    this.ledger = new TableV2(this, 'Ledger', {
      ...kept,
      partitionKey: text(ledgerTable.partitionKey),
      sortKey: text(ledgerTable.sortKey),
      timeToLiveAttribute: ledgerTable.expiresAt,
    });
  }
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}
