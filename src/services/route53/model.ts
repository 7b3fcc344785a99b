// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'ChangeResourceRecordSets' | 'ChangeTagsForResource' | 'CreateHostedZone' | 'DeleteHostedZone' | 'GetChange' | 'GetDNSSEC' | 'GetHostedZone' | 'GetHostedZoneCount' | 'ListHostedZones' | 'ListHostedZonesByName' | 'ListResourceRecordSets' | 'ListTagsForResource' | 'ListTagsForResources' | 'UpdateHostedZoneComment';

export type AWSRegion = string;
export type AcceleratedRecoveryStatus = 'ENABLING' | 'ENABLE_FAILED' | 'ENABLING_HOSTED_ZONE_LOCKED' | 'ENABLED' | 'DISABLING' | 'DISABLE_FAILED' | 'DISABLED' | 'DISABLING_HOSTED_ZONE_LOCKED';
export type AliasHealthEnabled = boolean;
export interface AliasTarget {
  readonly DNSName: DNSName;
  readonly EvaluateTargetHealth: AliasHealthEnabled;
  readonly HostedZoneId: ResourceId;
}
export type Bias = number;
export interface Change {
  readonly Action: ChangeAction;
  readonly ResourceRecordSet: ResourceRecordSet;
}
export type ChangeAction = 'CREATE' | 'DELETE' | 'UPSERT';
export interface ChangeBatch {
  readonly Changes: Changes;
  readonly Comment?: ResourceDescription | undefined;
}
export type ChangeId = string;
export interface ChangeInfo {
  readonly Comment?: ResourceDescription | undefined;
  readonly Id: ResourceId;
  readonly Status: ChangeStatus;
  readonly SubmittedAt: TimeStamp;
}
export interface ChangeResourceRecordSetsRequest {
  readonly ChangeBatch: ChangeBatch;
  readonly HostedZoneId: ResourceId;
}
export interface ChangeResourceRecordSetsResponse {
  readonly ChangeInfo: ChangeInfo;
}
export type ChangeStatus = 'PENDING' | 'INSYNC';
export interface ChangeTagsForResourceRequest {
  readonly AddTags?: TagList | undefined;
  readonly RemoveTagKeys?: TagKeyList | undefined;
  readonly ResourceId: TagResourceId;
  readonly ResourceType: TagResourceType;
}
export type ChangeTagsForResourceResponse = Readonly<Record<never, never>>;
export type Changes = readonly Change[];
export type CidrLocationNameDefaultAllowed = string;
export interface CidrRoutingConfig {
  readonly CollectionId: UUID;
  readonly LocationName: CidrLocationNameDefaultAllowed;
}
export interface Coordinates {
  readonly Latitude: Latitude;
  readonly Longitude: Longitude;
}
export interface CreateHostedZoneRequest {
  readonly CallerReference: Nonce;
  readonly DelegationSetId?: ResourceId | undefined;
  readonly HostedZoneConfig?: HostedZoneConfig | undefined;
  readonly Name: DNSName;
  readonly VPC?: VPC | undefined;
}
export interface CreateHostedZoneResponse {
  readonly ChangeInfo: ChangeInfo;
  readonly DelegationSet: DelegationSet;
  readonly HostedZone: HostedZone;
  readonly Location: ResourceURI;
  readonly VPC?: VPC | undefined;
}
export type DNSName = string;
export interface DNSSECStatus {
  readonly ServeSignature?: ServeSignature | undefined;
  readonly StatusMessage?: SigningKeyStatusMessage | undefined;
}
export interface DelegationSet {
  readonly CallerReference?: Nonce | undefined;
  readonly Id?: ResourceId | undefined;
  readonly NameServers: DelegationSetNameServers;
}
export type DelegationSetNameServers = readonly DNSName[];
export interface DeleteHostedZoneRequest {
  readonly Id: ResourceId;
}
export interface DeleteHostedZoneResponse {
  readonly ChangeInfo: ChangeInfo;
}
export type ErrorMessage = string;
export type ErrorMessages = readonly ErrorMessage[];
export type FailureReason = string;
export interface GeoLocation {
  readonly ContinentCode?: GeoLocationContinentCode | undefined;
  readonly CountryCode?: GeoLocationCountryCode | undefined;
  readonly SubdivisionCode?: GeoLocationSubdivisionCode | undefined;
}
export type GeoLocationContinentCode = string;
export type GeoLocationCountryCode = string;
export type GeoLocationSubdivisionCode = string;
export interface GeoProximityLocation {
  readonly AWSRegion?: AWSRegion | undefined;
  readonly Bias?: Bias | undefined;
  readonly Coordinates?: Coordinates | undefined;
  readonly LocalZoneGroup?: LocalZoneGroup | undefined;
}
export interface GetChangeRequest {
  readonly Id: ChangeId;
}
export interface GetChangeResponse {
  readonly ChangeInfo: ChangeInfo;
}
export interface GetDNSSECRequest {
  readonly HostedZoneId: ResourceId;
}
export interface GetDNSSECResponse {
  readonly KeySigningKeys: KeySigningKeys;
  readonly Status: DNSSECStatus;
}
export type GetHostedZoneCountRequest = Readonly<Record<never, never>>;
export interface GetHostedZoneCountResponse {
  readonly HostedZoneCount: HostedZoneCount;
}
export interface GetHostedZoneRequest {
  readonly Id: ResourceId;
}
export interface GetHostedZoneResponse {
  readonly DelegationSet?: DelegationSet | undefined;
  readonly HostedZone: HostedZone;
  readonly VPCs?: VPCs | undefined;
}
export type HealthCheckId = string;
export interface HostedZone {
  readonly CallerReference: Nonce;
  readonly Config?: HostedZoneConfig | undefined;
  readonly Features?: HostedZoneFeatures | undefined;
  readonly Id: ResourceId;
  readonly LinkedService?: LinkedService | undefined;
  readonly Name: DNSName;
  readonly ResourceRecordSetCount?: HostedZoneRRSetCount | undefined;
}
export interface HostedZoneConfig {
  readonly Comment?: ResourceDescription | undefined;
  readonly PrivateZone?: IsPrivateZone | undefined;
}
export type HostedZoneCount = number;
export interface HostedZoneFailureReasons {
  readonly AcceleratedRecovery?: FailureReason | undefined;
}
export interface HostedZoneFeatures {
  readonly AcceleratedRecoveryStatus?: AcceleratedRecoveryStatus | undefined;
  readonly FailureReasons?: HostedZoneFailureReasons | undefined;
}
export type HostedZoneRRSetCount = number;
export type HostedZoneType = 'PrivateHostedZone';
export type HostedZones = readonly HostedZone[];
export type IsPrivateZone = boolean;
export interface KeySigningKey {
  readonly CreatedDate?: TimeStamp | undefined;
  readonly DNSKEYRecord?: SigningKeyString | undefined;
  readonly DSRecord?: SigningKeyString | undefined;
  readonly DigestAlgorithmMnemonic?: SigningKeyString | undefined;
  readonly DigestAlgorithmType?: SigningKeyInteger | undefined;
  readonly DigestValue?: SigningKeyString | undefined;
  readonly Flag?: SigningKeyInteger | undefined;
  readonly KeyTag?: SigningKeyTag | undefined;
  readonly KmsArn?: SigningKeyString | undefined;
  readonly LastModifiedDate?: TimeStamp | undefined;
  readonly Name?: SigningKeyName | undefined;
  readonly PublicKey?: SigningKeyString | undefined;
  readonly SigningAlgorithmMnemonic?: SigningKeyString | undefined;
  readonly SigningAlgorithmType?: SigningKeyInteger | undefined;
  readonly Status?: SigningKeyStatus | undefined;
  readonly StatusMessage?: SigningKeyStatusMessage | undefined;
}
export type KeySigningKeys = readonly KeySigningKey[];
export type Latitude = string;
export interface LinkedService {
  readonly Description?: ResourceDescription | undefined;
  readonly ServicePrincipal?: ServicePrincipal | undefined;
}
export interface ListHostedZonesByNameRequest {
  readonly DNSName?: DNSName | undefined;
  readonly HostedZoneId?: ResourceId | undefined;
  readonly MaxItems?: PageMaxItems | undefined;
}
export interface ListHostedZonesByNameResponse {
  readonly DNSName?: DNSName | undefined;
  readonly HostedZoneId?: ResourceId | undefined;
  readonly HostedZones: HostedZones;
  readonly IsTruncated: PageTruncated;
  readonly MaxItems: PageMaxItems;
  readonly NextDNSName?: DNSName | undefined;
  readonly NextHostedZoneId?: ResourceId | undefined;
}
export interface ListHostedZonesRequest {
  readonly DelegationSetId?: ResourceId | undefined;
  readonly HostedZoneType?: HostedZoneType | undefined;
  readonly Marker?: PageMarker | undefined;
  readonly MaxItems?: PageMaxItems | undefined;
}
export interface ListHostedZonesResponse {
  readonly HostedZones: HostedZones;
  readonly IsTruncated: PageTruncated;
  readonly Marker: PageMarker;
  readonly MaxItems: PageMaxItems;
  readonly NextMarker?: PageMarker | undefined;
}
export interface ListResourceRecordSetsRequest {
  readonly HostedZoneId: ResourceId;
  readonly MaxItems?: PageMaxItems | undefined;
  readonly StartRecordIdentifier?: ResourceRecordSetIdentifier | undefined;
  readonly StartRecordName?: DNSName | undefined;
  readonly StartRecordType?: RRType | undefined;
}
export interface ListResourceRecordSetsResponse {
  readonly IsTruncated: PageTruncated;
  readonly MaxItems: PageMaxItems;
  readonly NextRecordIdentifier?: ResourceRecordSetIdentifier | undefined;
  readonly NextRecordName?: DNSName | undefined;
  readonly NextRecordType?: RRType | undefined;
  readonly ResourceRecordSets: ResourceRecordSets;
}
export interface ListTagsForResourceRequest {
  readonly ResourceId: TagResourceId;
  readonly ResourceType: TagResourceType;
}
export interface ListTagsForResourceResponse {
  readonly ResourceTagSet: ResourceTagSet;
}
export interface ListTagsForResourcesRequest {
  readonly ResourceIds: TagResourceIdList;
  readonly ResourceType: TagResourceType;
}
export interface ListTagsForResourcesResponse {
  readonly ResourceTagSets: ResourceTagSetList;
}
export type LocalZoneGroup = string;
export type Longitude = string;
export type Nonce = string;
export type PageMarker = string;
export type PageMaxItems = string;
export type PageTruncated = boolean;
export type RData = string;
export type RRType = 'SOA' | 'A' | 'TXT' | 'NS' | 'CNAME' | 'MX' | 'NAPTR' | 'PTR' | 'SRV' | 'SPF' | 'AAAA' | 'CAA' | 'DS' | 'TLSA' | 'SSHFP' | 'SVCB' | 'HTTPS';
export type ResourceDescription = string;
export type ResourceId = string;
export interface ResourceRecord {
  readonly Value: RData;
}
export interface ResourceRecordSet {
  readonly AliasTarget?: AliasTarget | undefined;
  readonly CidrRoutingConfig?: CidrRoutingConfig | undefined;
  readonly Failover?: ResourceRecordSetFailover | undefined;
  readonly GeoLocation?: GeoLocation | undefined;
  readonly GeoProximityLocation?: GeoProximityLocation | undefined;
  readonly HealthCheckId?: HealthCheckId | undefined;
  readonly MultiValueAnswer?: ResourceRecordSetMultiValueAnswer | undefined;
  readonly Name: DNSName;
  readonly Region?: ResourceRecordSetRegion | undefined;
  readonly ResourceRecords?: ResourceRecords | undefined;
  readonly SetIdentifier?: ResourceRecordSetIdentifier | undefined;
  readonly TTL?: TTL | undefined;
  readonly TrafficPolicyInstanceId?: TrafficPolicyInstanceId | undefined;
  readonly Type: RRType;
  readonly Weight?: ResourceRecordSetWeight | undefined;
}
export type ResourceRecordSetFailover = 'PRIMARY' | 'SECONDARY';
export type ResourceRecordSetIdentifier = string;
export type ResourceRecordSetMultiValueAnswer = boolean;
export type ResourceRecordSetRegion = 'us-east-1' | 'us-east-2' | 'us-west-1' | 'us-west-2' | 'ca-central-1' | 'eu-west-1' | 'eu-west-2' | 'eu-west-3' | 'eu-central-1' | 'eu-central-2' | 'ap-southeast-1' | 'ap-southeast-2' | 'ap-southeast-3' | 'ap-northeast-1' | 'ap-northeast-2' | 'ap-northeast-3' | 'eu-north-1' | 'sa-east-1' | 'cn-north-1' | 'cn-northwest-1' | 'ap-east-1' | 'me-south-1' | 'me-central-1' | 'ap-south-1' | 'ap-south-2' | 'af-south-1' | 'eu-south-1' | 'eu-south-2' | 'ap-southeast-4' | 'il-central-1' | 'ca-west-1' | 'ap-southeast-5' | 'mx-central-1' | 'ap-southeast-7' | 'us-gov-east-1' | 'us-gov-west-1' | 'ap-east-2' | 'ap-southeast-6' | 'eusc-de-east-1';
export type ResourceRecordSetWeight = number;
export type ResourceRecordSets = readonly ResourceRecordSet[];
export type ResourceRecords = readonly ResourceRecord[];
export interface ResourceTagSet {
  readonly ResourceId?: TagResourceId | undefined;
  readonly ResourceType?: TagResourceType | undefined;
  readonly Tags?: TagList | undefined;
}
export type ResourceTagSetList = readonly ResourceTagSet[];
export type ResourceURI = string;
export type ServeSignature = string;
export type ServicePrincipal = string;
export type SigningKeyInteger = number;
export type SigningKeyName = string;
export type SigningKeyStatus = string;
export type SigningKeyStatusMessage = string;
export type SigningKeyString = string;
export type SigningKeyTag = number;
export type TTL = number;
export interface Tag {
  readonly Key?: TagKey | undefined;
  readonly Value?: TagValue | undefined;
}
export type TagKey = string;
export type TagKeyList = readonly TagKey[];
export type TagList = readonly Tag[];
export type TagResourceId = string;
export type TagResourceIdList = readonly TagResourceId[];
export type TagResourceType = 'healthcheck' | 'hostedzone';
export type TagValue = string;
export type TimeStamp = Temporal.Instant;
export type TrafficPolicyInstanceId = string;
export type UUID = string;
export interface UpdateHostedZoneCommentRequest {
  readonly Comment?: ResourceDescription | undefined;
  readonly Id: ResourceId;
}
export interface UpdateHostedZoneCommentResponse {
  readonly HostedZone: HostedZone;
}
export interface VPC {
  readonly VPCId?: VPCId | undefined;
  readonly VPCRegion?: VPCRegion | undefined;
}
export type VPCId = string;
export type VPCRegion = 'us-east-1' | 'us-east-2' | 'us-west-1' | 'us-west-2' | 'eu-west-1' | 'eu-west-2' | 'eu-west-3' | 'eu-central-1' | 'eu-central-2' | 'ap-east-1' | 'me-south-1' | 'us-gov-west-1' | 'us-gov-east-1' | 'us-iso-east-1' | 'us-iso-west-1' | 'us-isob-east-1' | 'me-central-1' | 'ap-southeast-1' | 'ap-southeast-2' | 'ap-southeast-3' | 'ap-south-1' | 'ap-south-2' | 'ap-northeast-1' | 'ap-northeast-2' | 'ap-northeast-3' | 'eu-north-1' | 'sa-east-1' | 'ca-central-1' | 'cn-north-1' | 'cn-northwest-1' | 'af-south-1' | 'eu-south-1' | 'eu-south-2' | 'ap-southeast-4' | 'il-central-1' | 'ca-west-1' | 'ap-southeast-5' | 'mx-central-1' | 'us-isof-south-1' | 'us-isof-east-1' | 'ap-southeast-7' | 'ap-east-2' | 'eu-isoe-west-1' | 'ap-southeast-6' | 'us-isob-west-1' | 'eusc-de-east-1';
export type VPCs = readonly VPC[];

export const model = {
 "apiVersion": "2013-04-01",
 "protocol": "rest-xml",
 "operations": {
  "ChangeResourceRecordSets": {
   "input": "ChangeResourceRecordSetsRequest",
   "output": "ChangeResourceRecordSetsResponse",
   "method": "POST",
   "uri": "/2013-04-01/hostedzone/{Id}/rrset/",
   "inputElement": "ChangeResourceRecordSetsRequest",
   "errors": [
    "InvalidChangeBatch",
    "InvalidInput",
    "NoSuchHealthCheck",
    "NoSuchHostedZone",
    "PriorRequestNotComplete"
   ]
  },
  "ChangeTagsForResource": {
   "input": "ChangeTagsForResourceRequest",
   "output": "ChangeTagsForResourceResponse",
   "method": "POST",
   "uri": "/2013-04-01/tags/{ResourceType}/{ResourceId}",
   "inputElement": "ChangeTagsForResourceRequest",
   "errors": [
    "InvalidInput",
    "NoSuchHealthCheck",
    "NoSuchHostedZone",
    "PriorRequestNotComplete",
    "ThrottlingException"
   ]
  },
  "CreateHostedZone": {
   "input": "CreateHostedZoneRequest",
   "output": "CreateHostedZoneResponse",
   "method": "POST",
   "uri": "/2013-04-01/hostedzone",
   "status": 201,
   "inputElement": "CreateHostedZoneRequest",
   "errors": [
    "ConflictingDomainExists",
    "DelegationSetNotAvailable",
    "DelegationSetNotReusable",
    "HostedZoneAlreadyExists",
    "InvalidDomainName",
    "InvalidInput",
    "InvalidVPCId",
    "NoSuchDelegationSet",
    "TooManyHostedZones"
   ]
  },
  "DeleteHostedZone": {
   "input": "DeleteHostedZoneRequest",
   "output": "DeleteHostedZoneResponse",
   "method": "DELETE",
   "uri": "/2013-04-01/hostedzone/{Id}",
   "errors": [
    "HostedZoneNotEmpty",
    "InvalidDomainName",
    "InvalidInput",
    "NoSuchHostedZone",
    "PriorRequestNotComplete"
   ]
  },
  "GetChange": {
   "input": "GetChangeRequest",
   "output": "GetChangeResponse",
   "method": "GET",
   "uri": "/2013-04-01/change/{Id}",
   "errors": [
    "InvalidInput",
    "NoSuchChange"
   ]
  },
  "GetDNSSEC": {
   "input": "GetDNSSECRequest",
   "output": "GetDNSSECResponse",
   "method": "GET",
   "uri": "/2013-04-01/hostedzone/{Id}/dnssec",
   "errors": [
    "InvalidArgument",
    "InvalidInput",
    "NoSuchHostedZone"
   ]
  },
  "GetHostedZone": {
   "input": "GetHostedZoneRequest",
   "output": "GetHostedZoneResponse",
   "method": "GET",
   "uri": "/2013-04-01/hostedzone/{Id}",
   "errors": [
    "InvalidInput",
    "NoSuchHostedZone"
   ]
  },
  "GetHostedZoneCount": {
   "input": "GetHostedZoneCountRequest",
   "output": "GetHostedZoneCountResponse",
   "method": "GET",
   "uri": "/2013-04-01/hostedzonecount",
   "errors": [
    "InvalidInput"
   ]
  },
  "ListHostedZones": {
   "input": "ListHostedZonesRequest",
   "output": "ListHostedZonesResponse",
   "method": "GET",
   "uri": "/2013-04-01/hostedzone",
   "errors": [
    "DelegationSetNotReusable",
    "InvalidInput",
    "NoSuchDelegationSet"
   ]
  },
  "ListHostedZonesByName": {
   "input": "ListHostedZonesByNameRequest",
   "output": "ListHostedZonesByNameResponse",
   "method": "GET",
   "uri": "/2013-04-01/hostedzonesbyname",
   "errors": [
    "InvalidDomainName",
    "InvalidInput"
   ]
  },
  "ListResourceRecordSets": {
   "input": "ListResourceRecordSetsRequest",
   "output": "ListResourceRecordSetsResponse",
   "method": "GET",
   "uri": "/2013-04-01/hostedzone/{Id}/rrset",
   "errors": [
    "InvalidInput",
    "NoSuchHostedZone"
   ]
  },
  "ListTagsForResource": {
   "input": "ListTagsForResourceRequest",
   "output": "ListTagsForResourceResponse",
   "method": "GET",
   "uri": "/2013-04-01/tags/{ResourceType}/{ResourceId}",
   "errors": [
    "InvalidInput",
    "NoSuchHealthCheck",
    "NoSuchHostedZone",
    "PriorRequestNotComplete",
    "ThrottlingException"
   ]
  },
  "ListTagsForResources": {
   "input": "ListTagsForResourcesRequest",
   "output": "ListTagsForResourcesResponse",
   "method": "POST",
   "uri": "/2013-04-01/tags/{ResourceType}",
   "inputElement": "ListTagsForResourcesRequest",
   "errors": [
    "InvalidInput",
    "NoSuchHealthCheck",
    "NoSuchHostedZone",
    "PriorRequestNotComplete",
    "ThrottlingException"
   ]
  },
  "UpdateHostedZoneComment": {
   "input": "UpdateHostedZoneCommentRequest",
   "output": "UpdateHostedZoneCommentResponse",
   "method": "POST",
   "uri": "/2013-04-01/hostedzone/{Id}",
   "inputElement": "UpdateHostedZoneCommentRequest",
   "errors": [
    "InvalidInput",
    "NoSuchHostedZone",
    "PriorRequestNotComplete"
   ]
  }
 },
 "shapes": {
  "AWSRegion": {
   "type": "string",
   "min": 1,
   "max": 64
  },
  "AcceleratedRecoveryStatus": {
   "type": "string",
   "enum": [
    "ENABLING",
    "ENABLE_FAILED",
    "ENABLING_HOSTED_ZONE_LOCKED",
    "ENABLED",
    "DISABLING",
    "DISABLE_FAILED",
    "DISABLED",
    "DISABLING_HOSTED_ZONE_LOCKED"
   ]
  },
  "AliasHealthEnabled": {
   "type": "boolean"
  },
  "AliasTarget": {
   "type": "structure",
   "members": {
    "DNSName": {
     "shape": "DNSName"
    },
    "EvaluateTargetHealth": {
     "shape": "AliasHealthEnabled"
    },
    "HostedZoneId": {
     "shape": "ResourceId"
    }
   },
   "required": [
    "HostedZoneId",
    "DNSName",
    "EvaluateTargetHealth"
   ]
  },
  "Bias": {
   "type": "integer",
   "min": -99,
   "max": 99
  },
  "Change": {
   "type": "structure",
   "members": {
    "Action": {
     "shape": "ChangeAction"
    },
    "ResourceRecordSet": {
     "shape": "ResourceRecordSet"
    }
   },
   "required": [
    "Action",
    "ResourceRecordSet"
   ]
  },
  "ChangeAction": {
   "type": "string",
   "enum": [
    "CREATE",
    "DELETE",
    "UPSERT"
   ]
  },
  "ChangeBatch": {
   "type": "structure",
   "members": {
    "Changes": {
     "shape": "Changes"
    },
    "Comment": {
     "shape": "ResourceDescription"
    }
   },
   "required": [
    "Changes"
   ]
  },
  "ChangeId": {
   "type": "string",
   "min": 1,
   "max": 6500
  },
  "ChangeInfo": {
   "type": "structure",
   "members": {
    "Comment": {
     "shape": "ResourceDescription"
    },
    "Id": {
     "shape": "ResourceId"
    },
    "Status": {
     "shape": "ChangeStatus"
    },
    "SubmittedAt": {
     "shape": "TimeStamp"
    }
   },
   "required": [
    "Id",
    "Status",
    "SubmittedAt"
   ]
  },
  "ChangeResourceRecordSetsRequest": {
   "type": "structure",
   "members": {
    "ChangeBatch": {
     "shape": "ChangeBatch"
    },
    "HostedZoneId": {
     "shape": "ResourceId",
     "name": "Id",
     "location": "uri"
    }
   },
   "required": [
    "HostedZoneId",
    "ChangeBatch"
   ]
  },
  "ChangeResourceRecordSetsResponse": {
   "type": "structure",
   "members": {
    "ChangeInfo": {
     "shape": "ChangeInfo"
    }
   },
   "required": [
    "ChangeInfo"
   ]
  },
  "ChangeStatus": {
   "type": "string",
   "enum": [
    "PENDING",
    "INSYNC"
   ]
  },
  "ChangeTagsForResourceRequest": {
   "type": "structure",
   "members": {
    "AddTags": {
     "shape": "TagList"
    },
    "RemoveTagKeys": {
     "shape": "TagKeyList"
    },
    "ResourceId": {
     "shape": "TagResourceId",
     "location": "uri"
    },
    "ResourceType": {
     "shape": "TagResourceType",
     "location": "uri"
    }
   },
   "required": [
    "ResourceType",
    "ResourceId"
   ]
  },
  "ChangeTagsForResourceResponse": {
   "type": "structure",
   "members": {}
  },
  "Changes": {
   "type": "list",
   "member": {
    "shape": "Change",
    "name": "Change"
   },
   "min": 1
  },
  "CidrLocationNameDefaultAllowed": {
   "type": "string",
   "pattern": "[0-9A-Za-z_\\-\\*]+",
   "min": 1,
   "max": 16
  },
  "CidrRoutingConfig": {
   "type": "structure",
   "members": {
    "CollectionId": {
     "shape": "UUID"
    },
    "LocationName": {
     "shape": "CidrLocationNameDefaultAllowed"
    }
   },
   "required": [
    "CollectionId",
    "LocationName"
   ]
  },
  "ConflictingDomainExists": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "ConflictingDomainExists",
    "status": 400
   }
  },
  "Coordinates": {
   "type": "structure",
   "members": {
    "Latitude": {
     "shape": "Latitude"
    },
    "Longitude": {
     "shape": "Longitude"
    }
   },
   "required": [
    "Latitude",
    "Longitude"
   ]
  },
  "CreateHostedZoneRequest": {
   "type": "structure",
   "members": {
    "CallerReference": {
     "shape": "Nonce"
    },
    "DelegationSetId": {
     "shape": "ResourceId"
    },
    "HostedZoneConfig": {
     "shape": "HostedZoneConfig"
    },
    "Name": {
     "shape": "DNSName"
    },
    "VPC": {
     "shape": "VPC"
    }
   },
   "required": [
    "Name",
    "CallerReference"
   ]
  },
  "CreateHostedZoneResponse": {
   "type": "structure",
   "members": {
    "ChangeInfo": {
     "shape": "ChangeInfo"
    },
    "DelegationSet": {
     "shape": "DelegationSet"
    },
    "HostedZone": {
     "shape": "HostedZone"
    },
    "Location": {
     "shape": "ResourceURI",
     "location": "header"
    },
    "VPC": {
     "shape": "VPC"
    }
   },
   "required": [
    "HostedZone",
    "ChangeInfo",
    "DelegationSet",
    "Location"
   ]
  },
  "DNSName": {
   "type": "string",
   "max": 1024
  },
  "DNSSECStatus": {
   "type": "structure",
   "members": {
    "ServeSignature": {
     "shape": "ServeSignature"
    },
    "StatusMessage": {
     "shape": "SigningKeyStatusMessage"
    }
   }
  },
  "DelegationSet": {
   "type": "structure",
   "members": {
    "CallerReference": {
     "shape": "Nonce"
    },
    "Id": {
     "shape": "ResourceId"
    },
    "NameServers": {
     "shape": "DelegationSetNameServers"
    }
   },
   "required": [
    "NameServers"
   ]
  },
  "DelegationSetNameServers": {
   "type": "list",
   "member": {
    "shape": "DNSName",
    "name": "NameServer"
   },
   "min": 1
  },
  "DelegationSetNotAvailable": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "DelegationSetNotAvailable",
    "status": 400
   }
  },
  "DelegationSetNotReusable": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "DelegationSetNotReusable",
    "status": 400
   }
  },
  "DeleteHostedZoneRequest": {
   "type": "structure",
   "members": {
    "Id": {
     "shape": "ResourceId",
     "location": "uri"
    }
   },
   "required": [
    "Id"
   ]
  },
  "DeleteHostedZoneResponse": {
   "type": "structure",
   "members": {
    "ChangeInfo": {
     "shape": "ChangeInfo"
    }
   },
   "required": [
    "ChangeInfo"
   ]
  },
  "ErrorMessage": {
   "type": "string"
  },
  "ErrorMessages": {
   "type": "list",
   "member": {
    "shape": "ErrorMessage",
    "name": "Message"
   }
  },
  "FailureReason": {
   "type": "string"
  },
  "GeoLocation": {
   "type": "structure",
   "members": {
    "ContinentCode": {
     "shape": "GeoLocationContinentCode"
    },
    "CountryCode": {
     "shape": "GeoLocationCountryCode"
    },
    "SubdivisionCode": {
     "shape": "GeoLocationSubdivisionCode"
    }
   }
  },
  "GeoLocationContinentCode": {
   "type": "string",
   "min": 2,
   "max": 2
  },
  "GeoLocationCountryCode": {
   "type": "string",
   "min": 1,
   "max": 2
  },
  "GeoLocationSubdivisionCode": {
   "type": "string",
   "min": 1,
   "max": 3
  },
  "GeoProximityLocation": {
   "type": "structure",
   "members": {
    "AWSRegion": {
     "shape": "AWSRegion"
    },
    "Bias": {
     "shape": "Bias"
    },
    "Coordinates": {
     "shape": "Coordinates"
    },
    "LocalZoneGroup": {
     "shape": "LocalZoneGroup"
    }
   }
  },
  "GetChangeRequest": {
   "type": "structure",
   "members": {
    "Id": {
     "shape": "ChangeId",
     "location": "uri"
    }
   },
   "required": [
    "Id"
   ]
  },
  "GetChangeResponse": {
   "type": "structure",
   "members": {
    "ChangeInfo": {
     "shape": "ChangeInfo"
    }
   },
   "required": [
    "ChangeInfo"
   ]
  },
  "GetDNSSECRequest": {
   "type": "structure",
   "members": {
    "HostedZoneId": {
     "shape": "ResourceId",
     "name": "Id",
     "location": "uri"
    }
   },
   "required": [
    "HostedZoneId"
   ]
  },
  "GetDNSSECResponse": {
   "type": "structure",
   "members": {
    "KeySigningKeys": {
     "shape": "KeySigningKeys"
    },
    "Status": {
     "shape": "DNSSECStatus"
    }
   },
   "required": [
    "Status",
    "KeySigningKeys"
   ]
  },
  "GetHostedZoneCountRequest": {
   "type": "structure",
   "members": {}
  },
  "GetHostedZoneCountResponse": {
   "type": "structure",
   "members": {
    "HostedZoneCount": {
     "shape": "HostedZoneCount"
    }
   },
   "required": [
    "HostedZoneCount"
   ]
  },
  "GetHostedZoneRequest": {
   "type": "structure",
   "members": {
    "Id": {
     "shape": "ResourceId",
     "location": "uri"
    }
   },
   "required": [
    "Id"
   ]
  },
  "GetHostedZoneResponse": {
   "type": "structure",
   "members": {
    "DelegationSet": {
     "shape": "DelegationSet"
    },
    "HostedZone": {
     "shape": "HostedZone"
    },
    "VPCs": {
     "shape": "VPCs"
    }
   },
   "required": [
    "HostedZone"
   ]
  },
  "HealthCheckId": {
   "type": "string",
   "max": 64
  },
  "HostedZone": {
   "type": "structure",
   "members": {
    "CallerReference": {
     "shape": "Nonce"
    },
    "Config": {
     "shape": "HostedZoneConfig"
    },
    "Features": {
     "shape": "HostedZoneFeatures"
    },
    "Id": {
     "shape": "ResourceId"
    },
    "LinkedService": {
     "shape": "LinkedService"
    },
    "Name": {
     "shape": "DNSName"
    },
    "ResourceRecordSetCount": {
     "shape": "HostedZoneRRSetCount"
    }
   },
   "required": [
    "Id",
    "Name",
    "CallerReference"
   ]
  },
  "HostedZoneAlreadyExists": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "HostedZoneAlreadyExists",
    "status": 409
   }
  },
  "HostedZoneConfig": {
   "type": "structure",
   "members": {
    "Comment": {
     "shape": "ResourceDescription"
    },
    "PrivateZone": {
     "shape": "IsPrivateZone"
    }
   }
  },
  "HostedZoneCount": {
   "type": "long"
  },
  "HostedZoneFailureReasons": {
   "type": "structure",
   "members": {
    "AcceleratedRecovery": {
     "shape": "FailureReason"
    }
   }
  },
  "HostedZoneFeatures": {
   "type": "structure",
   "members": {
    "AcceleratedRecoveryStatus": {
     "shape": "AcceleratedRecoveryStatus"
    },
    "FailureReasons": {
     "shape": "HostedZoneFailureReasons"
    }
   }
  },
  "HostedZoneNotEmpty": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "HostedZoneNotEmpty",
    "status": 400
   }
  },
  "HostedZoneRRSetCount": {
   "type": "long"
  },
  "HostedZoneType": {
   "type": "string",
   "enum": [
    "PrivateHostedZone"
   ]
  },
  "HostedZones": {
   "type": "list",
   "member": {
    "shape": "HostedZone",
    "name": "HostedZone"
   }
  },
  "InvalidArgument": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "InvalidArgument",
    "status": 400
   }
  },
  "InvalidChangeBatch": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    },
    "messages": {
     "shape": "ErrorMessages"
    }
   },
   "error": {
    "code": "InvalidChangeBatch",
    "status": 400
   }
  },
  "InvalidDomainName": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "InvalidDomainName",
    "status": 400
   }
  },
  "InvalidInput": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "InvalidInput",
    "status": 400
   }
  },
  "InvalidVPCId": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "InvalidVPCId",
    "status": 400
   }
  },
  "IsPrivateZone": {
   "type": "boolean"
  },
  "KeySigningKey": {
   "type": "structure",
   "members": {
    "CreatedDate": {
     "shape": "TimeStamp"
    },
    "DNSKEYRecord": {
     "shape": "SigningKeyString"
    },
    "DSRecord": {
     "shape": "SigningKeyString"
    },
    "DigestAlgorithmMnemonic": {
     "shape": "SigningKeyString"
    },
    "DigestAlgorithmType": {
     "shape": "SigningKeyInteger"
    },
    "DigestValue": {
     "shape": "SigningKeyString"
    },
    "Flag": {
     "shape": "SigningKeyInteger"
    },
    "KeyTag": {
     "shape": "SigningKeyTag"
    },
    "KmsArn": {
     "shape": "SigningKeyString"
    },
    "LastModifiedDate": {
     "shape": "TimeStamp"
    },
    "Name": {
     "shape": "SigningKeyName"
    },
    "PublicKey": {
     "shape": "SigningKeyString"
    },
    "SigningAlgorithmMnemonic": {
     "shape": "SigningKeyString"
    },
    "SigningAlgorithmType": {
     "shape": "SigningKeyInteger"
    },
    "Status": {
     "shape": "SigningKeyStatus"
    },
    "StatusMessage": {
     "shape": "SigningKeyStatusMessage"
    }
   }
  },
  "KeySigningKeys": {
   "type": "list",
   "member": {
    "shape": "KeySigningKey"
   }
  },
  "Latitude": {
   "type": "string",
   "pattern": "[-+]?[0-9]{1,2}(\\.[0-9]{0,2})?",
   "min": 1,
   "max": 6
  },
  "LinkedService": {
   "type": "structure",
   "members": {
    "Description": {
     "shape": "ResourceDescription"
    },
    "ServicePrincipal": {
     "shape": "ServicePrincipal"
    }
   }
  },
  "ListHostedZonesByNameRequest": {
   "type": "structure",
   "members": {
    "DNSName": {
     "shape": "DNSName",
     "name": "dnsname",
     "location": "querystring"
    },
    "HostedZoneId": {
     "shape": "ResourceId",
     "name": "hostedzoneid",
     "location": "querystring"
    },
    "MaxItems": {
     "shape": "PageMaxItems",
     "name": "maxitems",
     "location": "querystring"
    }
   }
  },
  "ListHostedZonesByNameResponse": {
   "type": "structure",
   "members": {
    "DNSName": {
     "shape": "DNSName"
    },
    "HostedZoneId": {
     "shape": "ResourceId"
    },
    "HostedZones": {
     "shape": "HostedZones"
    },
    "IsTruncated": {
     "shape": "PageTruncated"
    },
    "MaxItems": {
     "shape": "PageMaxItems"
    },
    "NextDNSName": {
     "shape": "DNSName"
    },
    "NextHostedZoneId": {
     "shape": "ResourceId"
    }
   },
   "required": [
    "HostedZones",
    "IsTruncated",
    "MaxItems"
   ]
  },
  "ListHostedZonesRequest": {
   "type": "structure",
   "members": {
    "DelegationSetId": {
     "shape": "ResourceId",
     "name": "delegationsetid",
     "location": "querystring"
    },
    "HostedZoneType": {
     "shape": "HostedZoneType",
     "name": "hostedzonetype",
     "location": "querystring"
    },
    "Marker": {
     "shape": "PageMarker",
     "name": "marker",
     "location": "querystring"
    },
    "MaxItems": {
     "shape": "PageMaxItems",
     "name": "maxitems",
     "location": "querystring"
    }
   }
  },
  "ListHostedZonesResponse": {
   "type": "structure",
   "members": {
    "HostedZones": {
     "shape": "HostedZones"
    },
    "IsTruncated": {
     "shape": "PageTruncated"
    },
    "Marker": {
     "shape": "PageMarker"
    },
    "MaxItems": {
     "shape": "PageMaxItems"
    },
    "NextMarker": {
     "shape": "PageMarker"
    }
   },
   "required": [
    "HostedZones",
    "Marker",
    "IsTruncated",
    "MaxItems"
   ]
  },
  "ListResourceRecordSetsRequest": {
   "type": "structure",
   "members": {
    "HostedZoneId": {
     "shape": "ResourceId",
     "name": "Id",
     "location": "uri"
    },
    "MaxItems": {
     "shape": "PageMaxItems",
     "name": "maxitems",
     "location": "querystring"
    },
    "StartRecordIdentifier": {
     "shape": "ResourceRecordSetIdentifier",
     "name": "identifier",
     "location": "querystring"
    },
    "StartRecordName": {
     "shape": "DNSName",
     "name": "name",
     "location": "querystring"
    },
    "StartRecordType": {
     "shape": "RRType",
     "name": "type",
     "location": "querystring"
    }
   },
   "required": [
    "HostedZoneId"
   ]
  },
  "ListResourceRecordSetsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "PageTruncated"
    },
    "MaxItems": {
     "shape": "PageMaxItems"
    },
    "NextRecordIdentifier": {
     "shape": "ResourceRecordSetIdentifier"
    },
    "NextRecordName": {
     "shape": "DNSName"
    },
    "NextRecordType": {
     "shape": "RRType"
    },
    "ResourceRecordSets": {
     "shape": "ResourceRecordSets"
    }
   },
   "required": [
    "ResourceRecordSets",
    "IsTruncated",
    "MaxItems"
   ]
  },
  "ListTagsForResourceRequest": {
   "type": "structure",
   "members": {
    "ResourceId": {
     "shape": "TagResourceId",
     "location": "uri"
    },
    "ResourceType": {
     "shape": "TagResourceType",
     "location": "uri"
    }
   },
   "required": [
    "ResourceType",
    "ResourceId"
   ]
  },
  "ListTagsForResourceResponse": {
   "type": "structure",
   "members": {
    "ResourceTagSet": {
     "shape": "ResourceTagSet"
    }
   },
   "required": [
    "ResourceTagSet"
   ]
  },
  "ListTagsForResourcesRequest": {
   "type": "structure",
   "members": {
    "ResourceIds": {
     "shape": "TagResourceIdList"
    },
    "ResourceType": {
     "shape": "TagResourceType",
     "location": "uri"
    }
   },
   "required": [
    "ResourceType",
    "ResourceIds"
   ]
  },
  "ListTagsForResourcesResponse": {
   "type": "structure",
   "members": {
    "ResourceTagSets": {
     "shape": "ResourceTagSetList"
    }
   },
   "required": [
    "ResourceTagSets"
   ]
  },
  "LocalZoneGroup": {
   "type": "string",
   "min": 1,
   "max": 64
  },
  "Longitude": {
   "type": "string",
   "pattern": "[-+]?[0-9]{1,3}(\\.[0-9]{0,2})?",
   "min": 1,
   "max": 7
  },
  "NoSuchChange": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "NoSuchChange",
    "status": 404
   }
  },
  "NoSuchDelegationSet": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "NoSuchDelegationSet",
    "status": 400
   }
  },
  "NoSuchHealthCheck": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "NoSuchHealthCheck",
    "status": 404
   }
  },
  "NoSuchHostedZone": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "NoSuchHostedZone",
    "status": 404
   }
  },
  "Nonce": {
   "type": "string",
   "min": 1,
   "max": 128
  },
  "PageMarker": {
   "type": "string",
   "max": 64
  },
  "PageMaxItems": {
   "type": "string"
  },
  "PageTruncated": {
   "type": "boolean"
  },
  "PriorRequestNotComplete": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "PriorRequestNotComplete",
    "status": 400
   }
  },
  "RData": {
   "type": "string",
   "max": 4000
  },
  "RRType": {
   "type": "string",
   "enum": [
    "SOA",
    "A",
    "TXT",
    "NS",
    "CNAME",
    "MX",
    "NAPTR",
    "PTR",
    "SRV",
    "SPF",
    "AAAA",
    "CAA",
    "DS",
    "TLSA",
    "SSHFP",
    "SVCB",
    "HTTPS"
   ]
  },
  "ResourceDescription": {
   "type": "string",
   "max": 256
  },
  "ResourceId": {
   "type": "string",
   "max": 32
  },
  "ResourceRecord": {
   "type": "structure",
   "members": {
    "Value": {
     "shape": "RData"
    }
   },
   "required": [
    "Value"
   ]
  },
  "ResourceRecordSet": {
   "type": "structure",
   "members": {
    "AliasTarget": {
     "shape": "AliasTarget"
    },
    "CidrRoutingConfig": {
     "shape": "CidrRoutingConfig"
    },
    "Failover": {
     "shape": "ResourceRecordSetFailover"
    },
    "GeoLocation": {
     "shape": "GeoLocation"
    },
    "GeoProximityLocation": {
     "shape": "GeoProximityLocation"
    },
    "HealthCheckId": {
     "shape": "HealthCheckId"
    },
    "MultiValueAnswer": {
     "shape": "ResourceRecordSetMultiValueAnswer"
    },
    "Name": {
     "shape": "DNSName"
    },
    "Region": {
     "shape": "ResourceRecordSetRegion"
    },
    "ResourceRecords": {
     "shape": "ResourceRecords"
    },
    "SetIdentifier": {
     "shape": "ResourceRecordSetIdentifier"
    },
    "TTL": {
     "shape": "TTL"
    },
    "TrafficPolicyInstanceId": {
     "shape": "TrafficPolicyInstanceId"
    },
    "Type": {
     "shape": "RRType"
    },
    "Weight": {
     "shape": "ResourceRecordSetWeight"
    }
   },
   "required": [
    "Name",
    "Type"
   ]
  },
  "ResourceRecordSetFailover": {
   "type": "string",
   "enum": [
    "PRIMARY",
    "SECONDARY"
   ]
  },
  "ResourceRecordSetIdentifier": {
   "type": "string",
   "min": 1,
   "max": 128
  },
  "ResourceRecordSetMultiValueAnswer": {
   "type": "boolean"
  },
  "ResourceRecordSetRegion": {
   "type": "string",
   "enum": [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-central-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "eu-north-1",
    "sa-east-1",
    "cn-north-1",
    "cn-northwest-1",
    "ap-east-1",
    "me-south-1",
    "me-central-1",
    "ap-south-1",
    "ap-south-2",
    "af-south-1",
    "eu-south-1",
    "eu-south-2",
    "ap-southeast-4",
    "il-central-1",
    "ca-west-1",
    "ap-southeast-5",
    "mx-central-1",
    "ap-southeast-7",
    "us-gov-east-1",
    "us-gov-west-1",
    "ap-east-2",
    "ap-southeast-6",
    "eusc-de-east-1"
   ],
   "min": 1,
   "max": 64
  },
  "ResourceRecordSetWeight": {
   "type": "long",
   "min": 0,
   "max": 255
  },
  "ResourceRecordSets": {
   "type": "list",
   "member": {
    "shape": "ResourceRecordSet",
    "name": "ResourceRecordSet"
   }
  },
  "ResourceRecords": {
   "type": "list",
   "member": {
    "shape": "ResourceRecord",
    "name": "ResourceRecord"
   },
   "min": 1
  },
  "ResourceTagSet": {
   "type": "structure",
   "members": {
    "ResourceId": {
     "shape": "TagResourceId"
    },
    "ResourceType": {
     "shape": "TagResourceType"
    },
    "Tags": {
     "shape": "TagList"
    }
   }
  },
  "ResourceTagSetList": {
   "type": "list",
   "member": {
    "shape": "ResourceTagSet",
    "name": "ResourceTagSet"
   }
  },
  "ResourceURI": {
   "type": "string",
   "max": 1024
  },
  "ServeSignature": {
   "type": "string",
   "min": 1,
   "max": 1024
  },
  "ServicePrincipal": {
   "type": "string",
   "max": 128
  },
  "SigningKeyInteger": {
   "type": "integer"
  },
  "SigningKeyName": {
   "type": "string",
   "min": 3,
   "max": 128
  },
  "SigningKeyStatus": {
   "type": "string",
   "min": 5,
   "max": 150
  },
  "SigningKeyStatusMessage": {
   "type": "string",
   "min": 0,
   "max": 512
  },
  "SigningKeyString": {
   "type": "string"
  },
  "SigningKeyTag": {
   "type": "integer",
   "min": 0,
   "max": 65536
  },
  "TTL": {
   "type": "long",
   "min": 0,
   "max": 2147483647
  },
  "Tag": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "TagKey"
    },
    "Value": {
     "shape": "TagValue"
    }
   }
  },
  "TagKey": {
   "type": "string",
   "max": 128
  },
  "TagKeyList": {
   "type": "list",
   "member": {
    "shape": "TagKey",
    "name": "Key"
   },
   "min": 1,
   "max": 10
  },
  "TagList": {
   "type": "list",
   "member": {
    "shape": "Tag",
    "name": "Tag"
   },
   "min": 1,
   "max": 10
  },
  "TagResourceId": {
   "type": "string",
   "max": 64
  },
  "TagResourceIdList": {
   "type": "list",
   "member": {
    "shape": "TagResourceId",
    "name": "ResourceId"
   },
   "min": 1,
   "max": 10
  },
  "TagResourceType": {
   "type": "string",
   "enum": [
    "healthcheck",
    "hostedzone"
   ]
  },
  "TagValue": {
   "type": "string",
   "max": 256
  },
  "ThrottlingException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "ThrottlingException",
    "status": 400
   }
  },
  "TimeStamp": {
   "type": "timestamp"
  },
  "TooManyHostedZones": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessage"
    }
   },
   "error": {
    "code": "TooManyHostedZones",
    "status": 400
   }
  },
  "TrafficPolicyInstanceId": {
   "type": "string",
   "min": 1,
   "max": 36
  },
  "UUID": {
   "type": "string",
   "pattern": "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
  },
  "UpdateHostedZoneCommentRequest": {
   "type": "structure",
   "members": {
    "Comment": {
     "shape": "ResourceDescription"
    },
    "Id": {
     "shape": "ResourceId",
     "location": "uri"
    }
   },
   "required": [
    "Id"
   ]
  },
  "UpdateHostedZoneCommentResponse": {
   "type": "structure",
   "members": {
    "HostedZone": {
     "shape": "HostedZone"
    }
   },
   "required": [
    "HostedZone"
   ]
  },
  "VPC": {
   "type": "structure",
   "members": {
    "VPCId": {
     "shape": "VPCId"
    },
    "VPCRegion": {
     "shape": "VPCRegion"
    }
   }
  },
  "VPCId": {
   "type": "string",
   "max": 1024
  },
  "VPCRegion": {
   "type": "string",
   "enum": [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-central-2",
    "ap-east-1",
    "me-south-1",
    "us-gov-west-1",
    "us-gov-east-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "me-central-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "eu-north-1",
    "sa-east-1",
    "ca-central-1",
    "cn-north-1",
    "cn-northwest-1",
    "af-south-1",
    "eu-south-1",
    "eu-south-2",
    "ap-southeast-4",
    "il-central-1",
    "ca-west-1",
    "ap-southeast-5",
    "mx-central-1",
    "us-isof-south-1",
    "us-isof-east-1",
    "ap-southeast-7",
    "ap-east-2",
    "eu-isoe-west-1",
    "ap-southeast-6",
    "us-isob-west-1",
    "eusc-de-east-1"
   ],
   "min": 1,
   "max": 64
  },
  "VPCs": {
   "type": "list",
   "member": {
    "shape": "VPC",
    "name": "VPC"
   },
   "min": 1
  }
 }
} as const satisfies ServiceModel;
