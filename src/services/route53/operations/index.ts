import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { ChangeResourceRecordSets } from './ChangeResourceRecordSets.ts';
import { CreateHostedZone } from './CreateHostedZone.ts';
import { DeleteHostedZone } from './DeleteHostedZone.ts';
import { GetChange } from './GetChange.ts';
import { GetHostedZone } from './GetHostedZone.ts';
import { ListHostedZones } from './ListHostedZones.ts';
import { ListResourceRecordSets } from './ListResourceRecordSets.ts';

export const operations = {
  ChangeResourceRecordSets,
  CreateHostedZone,
  DeleteHostedZone,
  GetChange,
  GetHostedZone,
  ListHostedZones,
  ListResourceRecordSets,
} satisfies Record<OperationName, Operation<Route53Ports>>;
