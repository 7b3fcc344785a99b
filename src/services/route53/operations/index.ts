import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { ChangeResourceRecordSets } from './ChangeResourceRecordSets.ts';
import { ChangeTagsForResource } from './ChangeTagsForResource.ts';
import { CreateHostedZone } from './CreateHostedZone.ts';
import { DeleteHostedZone } from './DeleteHostedZone.ts';
import { GetChange } from './GetChange.ts';
import { GetDNSSEC } from './GetDNSSEC.ts';
import { GetHostedZone } from './GetHostedZone.ts';
import { GetHostedZoneCount } from './GetHostedZoneCount.ts';
import { ListHostedZones } from './ListHostedZones.ts';
import { ListHostedZonesByName } from './ListHostedZonesByName.ts';
import { ListResourceRecordSets } from './ListResourceRecordSets.ts';
import { ListTagsForResource } from './ListTagsForResource.ts';
import { ListTagsForResources } from './ListTagsForResources.ts';
import { UpdateHostedZoneComment } from './UpdateHostedZoneComment.ts';

export const operations = {
  ChangeResourceRecordSets,
  ChangeTagsForResource,
  CreateHostedZone,
  DeleteHostedZone,
  GetChange,
  GetDNSSEC,
  GetHostedZone,
  GetHostedZoneCount,
  ListHostedZones,
  ListHostedZonesByName,
  ListResourceRecordSets,
  ListTagsForResource,
  ListTagsForResources,
  UpdateHostedZoneComment,
} satisfies Record<OperationName, Operation<Route53Ports>>;
