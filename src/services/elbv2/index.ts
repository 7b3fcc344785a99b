import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import type { Change } from '../../store/change.ts';
import { ConfigurationSource } from './configuration.ts';
import { FeedSequence } from './feed-sequence.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { Elbv2Ports } from './ports.ts';
import type { Elbv2Tables } from './schema.ts';
import { Elbv2Reader } from './store.ts';
import { Elbv2Writer } from './writer.ts';

export { elbv2AuthoritySets } from './authority-sets.ts';
export { elbv2Migrations, type Elbv2Tables } from './schema.ts';

/** The room's doors: the API, word of changes from others, and what the gateway's feed reads. */
export interface Elbv2 {
  readonly service: Service;
  /**
   * The certificates, keys or grants of a load balancer are others (ACM's `materialChanged`, the end of a
   * grant in KMS): in the same commit its gateway is told. ARNs of other resources are passed over.
   */
  moved(change: Change, resourceArn: string): void;
  readonly configuration: ConfigurationSource;
}

export function createElbv2(
  db: Kysely<Elbv2Tables>,
  authority: Authority,
  others: Omit<Elbv2Ports, 'reader' | 'writer' | 'feed'>,
): Elbv2 {
  const feed = new FeedSequence(db);
  const ports: Elbv2Ports = {
    ...others,
    reader: new Elbv2Reader(db, authority),
    writer: new Elbv2Writer(db, authority),
    feed,
  };
  return {
    service: {
      model,
      signingName: 'elasticloadbalancing',
      eventSource: 'elasticloadbalancing.amazonaws.com',
      readOnly: new Set(
        Object.keys(model.operations).filter((name) => name.startsWith('Describe')),
      ),
      isGlobal: false,
      operations: bindOperations(operations, ports),
    },
    moved: (change, resourceArn) => feed.moved(change, resourceArn),
    configuration: new ConfigurationSource(db, ports),
  };
}
