// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'AssumeRole' | 'AssumeRoleWithWebIdentity' | 'DecodeAuthorizationMessage' | 'GetAccessKeyInfo' | 'GetCallerIdentity' | 'GetFederationToken' | 'GetSessionToken';

export interface AssumeRoleRequest {
  readonly DurationSeconds?: roleDurationSecondsType | undefined;
  readonly ExternalId?: externalIdType | undefined;
  readonly Policy?: unrestrictedSessionPolicyDocumentType | undefined;
  readonly PolicyArns?: policyDescriptorListType | undefined;
  readonly ProvidedContexts?: ProvidedContextsListType | undefined;
  readonly RoleArn: arnType;
  readonly RoleSessionName: roleSessionNameType;
  readonly SerialNumber?: serialNumberType | undefined;
  readonly SourceIdentity?: sourceIdentityType | undefined;
  readonly Tags?: tagListType | undefined;
  readonly TokenCode?: tokenCodeType | undefined;
  readonly TransitiveTagKeys?: tagKeyListType | undefined;
}
export interface AssumeRoleResponse {
  readonly AssumedRoleUser?: AssumedRoleUser | undefined;
  readonly Credentials?: Credentials | undefined;
  readonly PackedPolicySize?: nonNegativeIntegerType | undefined;
  readonly SourceIdentity?: sourceIdentityType | undefined;
}
export interface AssumeRoleWithWebIdentityRequest {
  readonly DurationSeconds?: roleDurationSecondsType | undefined;
  readonly Policy?: sessionPolicyDocumentType | undefined;
  readonly PolicyArns?: policyDescriptorListType | undefined;
  readonly ProviderId?: urlType | undefined;
  readonly RoleArn: arnType;
  readonly RoleSessionName: roleSessionNameType;
  readonly WebIdentityToken: clientTokenType;
}
export interface AssumeRoleWithWebIdentityResponse {
  readonly AssumedRoleUser?: AssumedRoleUser | undefined;
  readonly Audience?: Audience | undefined;
  readonly Credentials?: Credentials | undefined;
  readonly PackedPolicySize?: nonNegativeIntegerType | undefined;
  readonly Provider?: Issuer | undefined;
  readonly SourceIdentity?: sourceIdentityType | undefined;
  readonly SubjectFromWebIdentityToken?: webIdentitySubjectType | undefined;
}
export interface AssumedRoleUser {
  readonly Arn: arnType;
  readonly AssumedRoleId: assumedRoleIdType;
}
export type Audience = string;
export interface Credentials {
  readonly AccessKeyId: accessKeyIdType;
  readonly Expiration: dateType;
  readonly SecretAccessKey: accessKeySecretType;
  readonly SessionToken: tokenType;
}
export interface DecodeAuthorizationMessageRequest {
  readonly EncodedMessage: encodedMessageType;
}
export interface DecodeAuthorizationMessageResponse {
  readonly DecodedMessage?: decodedMessageType | undefined;
}
export interface FederatedUser {
  readonly Arn: arnType;
  readonly FederatedUserId: federatedIdType;
}
export interface GetAccessKeyInfoRequest {
  readonly AccessKeyId: accessKeyIdType;
}
export interface GetAccessKeyInfoResponse {
  readonly Account?: accountType | undefined;
}
export type GetCallerIdentityRequest = Readonly<Record<never, never>>;
export interface GetCallerIdentityResponse {
  readonly Account?: accountType | undefined;
  readonly Arn?: arnType | undefined;
  readonly UserId?: userIdType | undefined;
}
export interface GetFederationTokenRequest {
  readonly DurationSeconds?: durationSecondsType | undefined;
  readonly Name: userNameType;
  readonly Policy?: sessionPolicyDocumentType | undefined;
  readonly PolicyArns?: policyDescriptorListType | undefined;
  readonly Tags?: tagListType | undefined;
}
export interface GetFederationTokenResponse {
  readonly Credentials?: Credentials | undefined;
  readonly FederatedUser?: FederatedUser | undefined;
  readonly PackedPolicySize?: nonNegativeIntegerType | undefined;
}
export interface GetSessionTokenRequest {
  readonly DurationSeconds?: durationSecondsType | undefined;
  readonly SerialNumber?: serialNumberType | undefined;
  readonly TokenCode?: tokenCodeType | undefined;
}
export interface GetSessionTokenResponse {
  readonly Credentials?: Credentials | undefined;
}
export type Issuer = string;
export interface PolicyDescriptorType {
  readonly arn?: arnType | undefined;
}
export interface ProvidedContext {
  readonly ContextAssertion?: contextAssertionType | undefined;
  readonly ProviderArn?: arnType | undefined;
}
export type ProvidedContextsListType = readonly ProvidedContext[];
export interface Tag {
  readonly Key: tagKeyType;
  readonly Value: tagValueType;
}
export type accessKeyIdType = string;
export type accessKeySecretType = string;
export type accountType = string;
export type arnType = string;
export type assumedRoleIdType = string;
export type clientTokenType = string;
export type contextAssertionType = string;
export type dateType = Temporal.Instant;
export type decodedMessageType = string;
export type durationSecondsType = number;
export type encodedMessageType = string;
export type expiredIdentityTokenMessage = string;
export type externalIdType = string;
export type federatedIdType = string;
export type idpCommunicationErrorMessage = string;
export type idpRejectedClaimMessage = string;
export type invalidAuthorizationMessage = string;
export type invalidIdentityTokenMessage = string;
export type malformedPolicyDocumentMessage = string;
export type nonNegativeIntegerType = number;
export type packedPolicyTooLargeMessage = string;
export type policyDescriptorListType = readonly PolicyDescriptorType[];
export type regionDisabledMessage = string;
export type roleDurationSecondsType = number;
export type roleSessionNameType = string;
export type serialNumberType = string;
export type sessionPolicyDocumentType = string;
export type sourceIdentityType = string;
export type tagKeyListType = readonly tagKeyType[];
export type tagKeyType = string;
export type tagListType = readonly Tag[];
export type tagValueType = string;
export type tokenCodeType = string;
export type tokenType = string;
export type unrestrictedSessionPolicyDocumentType = string;
export type urlType = string;
export type userIdType = string;
export type userNameType = string;
export type webIdentitySubjectType = string;

export const model = {
 "apiVersion": "2011-06-15",
 "protocol": "query",
 "xmlNamespace": "https://sts.amazonaws.com/doc/2011-06-15/",
 "operations": {
  "AssumeRole": {
   "input": "AssumeRoleRequest",
   "output": "AssumeRoleResponse",
   "resultWrapper": "AssumeRoleResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ExpiredTokenException",
    "MalformedPolicyDocument",
    "PackedPolicyTooLarge",
    "RegionDisabledException"
   ]
  },
  "AssumeRoleWithWebIdentity": {
   "input": "AssumeRoleWithWebIdentityRequest",
   "output": "AssumeRoleWithWebIdentityResponse",
   "resultWrapper": "AssumeRoleWithWebIdentityResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ExpiredTokenException",
    "IDPCommunicationError",
    "IDPRejectedClaim",
    "InvalidIdentityToken",
    "MalformedPolicyDocument",
    "PackedPolicyTooLarge",
    "RegionDisabledException"
   ]
  },
  "DecodeAuthorizationMessage": {
   "input": "DecodeAuthorizationMessageRequest",
   "output": "DecodeAuthorizationMessageResponse",
   "resultWrapper": "DecodeAuthorizationMessageResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidAuthorizationMessageException"
   ]
  },
  "GetAccessKeyInfo": {
   "input": "GetAccessKeyInfoRequest",
   "output": "GetAccessKeyInfoResponse",
   "resultWrapper": "GetAccessKeyInfoResult",
   "method": "POST",
   "uri": "/",
   "errors": []
  },
  "GetCallerIdentity": {
   "input": "GetCallerIdentityRequest",
   "output": "GetCallerIdentityResponse",
   "resultWrapper": "GetCallerIdentityResult",
   "method": "POST",
   "uri": "/",
   "errors": []
  },
  "GetFederationToken": {
   "input": "GetFederationTokenRequest",
   "output": "GetFederationTokenResponse",
   "resultWrapper": "GetFederationTokenResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "MalformedPolicyDocument",
    "PackedPolicyTooLarge",
    "RegionDisabledException"
   ]
  },
  "GetSessionToken": {
   "input": "GetSessionTokenRequest",
   "output": "GetSessionTokenResponse",
   "resultWrapper": "GetSessionTokenResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "RegionDisabledException"
   ]
  }
 },
 "shapes": {
  "AssumeRoleRequest": {
   "type": "structure",
   "members": {
    "DurationSeconds": {
     "shape": "roleDurationSecondsType"
    },
    "ExternalId": {
     "shape": "externalIdType"
    },
    "Policy": {
     "shape": "unrestrictedSessionPolicyDocumentType"
    },
    "PolicyArns": {
     "shape": "policyDescriptorListType"
    },
    "ProvidedContexts": {
     "shape": "ProvidedContextsListType"
    },
    "RoleArn": {
     "shape": "arnType"
    },
    "RoleSessionName": {
     "shape": "roleSessionNameType"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "SourceIdentity": {
     "shape": "sourceIdentityType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "TokenCode": {
     "shape": "tokenCodeType"
    },
    "TransitiveTagKeys": {
     "shape": "tagKeyListType"
    }
   },
   "required": [
    "RoleArn",
    "RoleSessionName"
   ]
  },
  "AssumeRoleResponse": {
   "type": "structure",
   "members": {
    "AssumedRoleUser": {
     "shape": "AssumedRoleUser"
    },
    "Credentials": {
     "shape": "Credentials"
    },
    "PackedPolicySize": {
     "shape": "nonNegativeIntegerType"
    },
    "SourceIdentity": {
     "shape": "sourceIdentityType"
    }
   }
  },
  "AssumeRoleWithWebIdentityRequest": {
   "type": "structure",
   "members": {
    "DurationSeconds": {
     "shape": "roleDurationSecondsType"
    },
    "Policy": {
     "shape": "sessionPolicyDocumentType"
    },
    "PolicyArns": {
     "shape": "policyDescriptorListType"
    },
    "ProviderId": {
     "shape": "urlType"
    },
    "RoleArn": {
     "shape": "arnType"
    },
    "RoleSessionName": {
     "shape": "roleSessionNameType"
    },
    "WebIdentityToken": {
     "shape": "clientTokenType"
    }
   },
   "required": [
    "RoleArn",
    "RoleSessionName",
    "WebIdentityToken"
   ]
  },
  "AssumeRoleWithWebIdentityResponse": {
   "type": "structure",
   "members": {
    "AssumedRoleUser": {
     "shape": "AssumedRoleUser"
    },
    "Audience": {
     "shape": "Audience"
    },
    "Credentials": {
     "shape": "Credentials"
    },
    "PackedPolicySize": {
     "shape": "nonNegativeIntegerType"
    },
    "Provider": {
     "shape": "Issuer"
    },
    "SourceIdentity": {
     "shape": "sourceIdentityType"
    },
    "SubjectFromWebIdentityToken": {
     "shape": "webIdentitySubjectType"
    }
   }
  },
  "AssumedRoleUser": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "AssumedRoleId": {
     "shape": "assumedRoleIdType"
    }
   },
   "required": [
    "AssumedRoleId",
    "Arn"
   ]
  },
  "Audience": {
   "type": "string"
  },
  "Credentials": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    },
    "Expiration": {
     "shape": "dateType"
    },
    "SecretAccessKey": {
     "shape": "accessKeySecretType"
    },
    "SessionToken": {
     "shape": "tokenType"
    }
   },
   "required": [
    "AccessKeyId",
    "SecretAccessKey",
    "SessionToken",
    "Expiration"
   ]
  },
  "DecodeAuthorizationMessageRequest": {
   "type": "structure",
   "members": {
    "EncodedMessage": {
     "shape": "encodedMessageType"
    }
   },
   "required": [
    "EncodedMessage"
   ]
  },
  "DecodeAuthorizationMessageResponse": {
   "type": "structure",
   "members": {
    "DecodedMessage": {
     "shape": "decodedMessageType"
    }
   }
  },
  "ExpiredTokenException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "expiredIdentityTokenMessage"
    }
   },
   "error": {
    "code": "ExpiredTokenException",
    "status": 400
   }
  },
  "FederatedUser": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "FederatedUserId": {
     "shape": "federatedIdType"
    }
   },
   "required": [
    "FederatedUserId",
    "Arn"
   ]
  },
  "GetAccessKeyInfoRequest": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    }
   },
   "required": [
    "AccessKeyId"
   ]
  },
  "GetAccessKeyInfoResponse": {
   "type": "structure",
   "members": {
    "Account": {
     "shape": "accountType"
    }
   }
  },
  "GetCallerIdentityRequest": {
   "type": "structure",
   "members": {}
  },
  "GetCallerIdentityResponse": {
   "type": "structure",
   "members": {
    "Account": {
     "shape": "accountType"
    },
    "Arn": {
     "shape": "arnType"
    },
    "UserId": {
     "shape": "userIdType"
    }
   }
  },
  "GetFederationTokenRequest": {
   "type": "structure",
   "members": {
    "DurationSeconds": {
     "shape": "durationSecondsType"
    },
    "Name": {
     "shape": "userNameType"
    },
    "Policy": {
     "shape": "sessionPolicyDocumentType"
    },
    "PolicyArns": {
     "shape": "policyDescriptorListType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Name"
   ]
  },
  "GetFederationTokenResponse": {
   "type": "structure",
   "members": {
    "Credentials": {
     "shape": "Credentials"
    },
    "FederatedUser": {
     "shape": "FederatedUser"
    },
    "PackedPolicySize": {
     "shape": "nonNegativeIntegerType"
    }
   }
  },
  "GetSessionTokenRequest": {
   "type": "structure",
   "members": {
    "DurationSeconds": {
     "shape": "durationSecondsType"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "TokenCode": {
     "shape": "tokenCodeType"
    }
   }
  },
  "GetSessionTokenResponse": {
   "type": "structure",
   "members": {
    "Credentials": {
     "shape": "Credentials"
    }
   }
  },
  "IDPCommunicationErrorException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "idpCommunicationErrorMessage"
    }
   },
   "error": {
    "code": "IDPCommunicationError",
    "status": 400
   }
  },
  "IDPRejectedClaimException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "idpRejectedClaimMessage"
    }
   },
   "error": {
    "code": "IDPRejectedClaim",
    "status": 403
   }
  },
  "InvalidAuthorizationMessageException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "invalidAuthorizationMessage"
    }
   },
   "error": {
    "code": "InvalidAuthorizationMessageException",
    "status": 400
   }
  },
  "InvalidIdentityTokenException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "invalidIdentityTokenMessage"
    }
   },
   "error": {
    "code": "InvalidIdentityToken",
    "status": 400
   }
  },
  "Issuer": {
   "type": "string"
  },
  "MalformedPolicyDocumentException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "malformedPolicyDocumentMessage"
    }
   },
   "error": {
    "code": "MalformedPolicyDocument",
    "status": 400
   }
  },
  "PackedPolicyTooLargeException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "packedPolicyTooLargeMessage"
    }
   },
   "error": {
    "code": "PackedPolicyTooLarge",
    "status": 400
   }
  },
  "PolicyDescriptorType": {
   "type": "structure",
   "members": {
    "arn": {
     "shape": "arnType"
    }
   }
  },
  "ProvidedContext": {
   "type": "structure",
   "members": {
    "ContextAssertion": {
     "shape": "contextAssertionType"
    },
    "ProviderArn": {
     "shape": "arnType"
    }
   }
  },
  "ProvidedContextsListType": {
   "type": "list",
   "member": {
    "shape": "ProvidedContext"
   },
   "min": 1,
   "max": 5
  },
  "RegionDisabledException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "regionDisabledMessage"
    }
   },
   "error": {
    "code": "RegionDisabledException",
    "status": 403
   }
  },
  "Tag": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "tagKeyType"
    },
    "Value": {
     "shape": "tagValueType"
    }
   },
   "required": [
    "Key",
    "Value"
   ]
  },
  "accessKeyIdType": {
   "type": "string",
   "pattern": "[\\w]*",
   "min": 16,
   "max": 128
  },
  "accessKeySecretType": {
   "type": "string",
   "sensitive": true
  },
  "accountType": {
   "type": "string"
  },
  "arnType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+",
   "min": 20,
   "max": 2048
  },
  "assumedRoleIdType": {
   "type": "string",
   "pattern": "[\\w+=,.@:-]*",
   "min": 2,
   "max": 193
  },
  "clientTokenType": {
   "type": "string",
   "min": 4,
   "max": 20000,
   "sensitive": true
  },
  "contextAssertionType": {
   "type": "string",
   "min": 4,
   "max": 2048
  },
  "dateType": {
   "type": "timestamp"
  },
  "decodedMessageType": {
   "type": "string"
  },
  "durationSecondsType": {
   "type": "integer",
   "min": 900,
   "max": 129600
  },
  "encodedMessageType": {
   "type": "string",
   "min": 1,
   "max": 10240
  },
  "expiredIdentityTokenMessage": {
   "type": "string"
  },
  "externalIdType": {
   "type": "string",
   "pattern": "[\\w+=,.@:\\/-]*",
   "min": 2,
   "max": 1224
  },
  "federatedIdType": {
   "type": "string",
   "pattern": "[\\w+=,.@:-]*",
   "min": 2,
   "max": 193
  },
  "idpCommunicationErrorMessage": {
   "type": "string"
  },
  "idpRejectedClaimMessage": {
   "type": "string"
  },
  "invalidAuthorizationMessage": {
   "type": "string"
  },
  "invalidIdentityTokenMessage": {
   "type": "string"
  },
  "malformedPolicyDocumentMessage": {
   "type": "string"
  },
  "nonNegativeIntegerType": {
   "type": "integer",
   "min": 0
  },
  "packedPolicyTooLargeMessage": {
   "type": "string"
  },
  "policyDescriptorListType": {
   "type": "list",
   "member": {
    "shape": "PolicyDescriptorType"
   }
  },
  "regionDisabledMessage": {
   "type": "string"
  },
  "roleDurationSecondsType": {
   "type": "integer",
   "min": 900,
   "max": 43200
  },
  "roleSessionNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]*",
   "min": 2,
   "max": 64
  },
  "serialNumberType": {
   "type": "string",
   "pattern": "[\\w+=/:,.@-]*",
   "min": 9,
   "max": 256
  },
  "sessionPolicyDocumentType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
   "min": 1,
   "max": 2048
  },
  "sourceIdentityType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]*",
   "min": 2,
   "max": 64
  },
  "tagKeyListType": {
   "type": "list",
   "member": {
    "shape": "tagKeyType"
   },
   "max": 50
  },
  "tagKeyType": {
   "type": "string",
   "pattern": "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
   "min": 1,
   "max": 128
  },
  "tagListType": {
   "type": "list",
   "member": {
    "shape": "Tag"
   },
   "max": 50
  },
  "tagValueType": {
   "type": "string",
   "pattern": "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
   "min": 0,
   "max": 256
  },
  "tokenCodeType": {
   "type": "string",
   "pattern": "[\\d]*",
   "min": 6,
   "max": 6
  },
  "tokenType": {
   "type": "string"
  },
  "unrestrictedSessionPolicyDocumentType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
   "min": 1
  },
  "urlType": {
   "type": "string",
   "min": 4,
   "max": 2048
  },
  "userIdType": {
   "type": "string"
  },
  "userNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]*",
   "min": 2,
   "max": 32
  },
  "webIdentitySubjectType": {
   "type": "string",
   "min": 6,
   "max": 255
  }
 }
} as const satisfies ServiceModel;
