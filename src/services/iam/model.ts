// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'CreateAccessKey' | 'CreateUser' | 'GetUser' | 'PutUserPolicy';

export interface AccessKey {
  readonly AccessKeyId: accessKeyIdType;
  readonly CreateDate?: dateType | undefined;
  readonly SecretAccessKey: accessKeySecretType;
  readonly Status: statusType;
  readonly UserName: userNameType;
}
export interface AttachedPermissionsBoundary {
  readonly PermissionsBoundaryArn?: arnType | undefined;
  readonly PermissionsBoundaryType?: PermissionsBoundaryAttachmentType | undefined;
}
export type ConcurrentModificationMessage = string;
export interface CreateAccessKeyRequest {
  readonly UserName?: existingUserNameType | undefined;
}
export interface CreateAccessKeyResponse {
  readonly AccessKey: AccessKey;
}
export interface CreateUserRequest {
  readonly Path?: pathType | undefined;
  readonly PermissionsBoundary?: arnType | undefined;
  readonly Tags?: tagListType | undefined;
  readonly UserName: userNameType;
}
export interface CreateUserResponse {
  readonly User?: User | undefined;
}
export interface GetUserRequest {
  readonly UserName?: existingUserNameType | undefined;
}
export interface GetUserResponse {
  readonly User: User;
}
export type PermissionsBoundaryAttachmentType = 'PermissionsBoundaryPolicy';
export interface PutUserPolicyRequest {
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
  readonly UserName: existingUserNameType;
}
export interface Tag {
  readonly Key: tagKeyType;
  readonly Value: tagValueType;
}
export interface User {
  readonly Arn: arnType;
  readonly CreateDate: dateType;
  readonly PasswordLastUsed?: dateType | undefined;
  readonly Path: pathType;
  readonly PermissionsBoundary?: AttachedPermissionsBoundary | undefined;
  readonly Tags?: tagListType | undefined;
  readonly UserId: idType;
  readonly UserName: userNameType;
}
export type accessKeyIdType = string;
export type accessKeySecretType = string;
export type arnType = string;
export type dateType = Temporal.Instant;
export type entityAlreadyExistsMessage = string;
export type existingUserNameType = string;
export type idType = string;
export type invalidInputMessage = string;
export type limitExceededMessage = string;
export type malformedPolicyDocumentMessage = string;
export type noSuchEntityMessage = string;
export type pathType = string;
export type policyDocumentType = string;
export type policyNameType = string;
export type serviceFailureExceptionMessage = string;
export type statusType = 'Active' | 'Inactive' | 'Expired';
export type tagKeyType = string;
export type tagListType = readonly Tag[];
export type tagValueType = string;
export type userNameType = string;

export const model = {
 "apiVersion": "2010-05-08",
 "protocol": "query",
 "xmlNamespace": "https://iam.amazonaws.com/doc/2010-05-08/",
 "operations": {
  "CreateAccessKey": {
   "input": "CreateAccessKeyRequest",
   "output": "CreateAccessKeyResponse",
   "resultWrapper": "CreateAccessKeyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "CreateUser": {
   "input": "CreateUserRequest",
   "output": "CreateUserResponse",
   "resultWrapper": "CreateUserResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetUser": {
   "input": "GetUserRequest",
   "output": "GetUserResponse",
   "resultWrapper": "GetUserResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "PutUserPolicy": {
   "input": "PutUserPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  }
 },
 "shapes": {
  "AccessKey": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "SecretAccessKey": {
     "shape": "accessKeySecretType"
    },
    "Status": {
     "shape": "statusType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "AccessKeyId",
    "Status",
    "SecretAccessKey"
   ]
  },
  "AttachedPermissionsBoundary": {
   "type": "structure",
   "members": {
    "PermissionsBoundaryArn": {
     "shape": "arnType"
    },
    "PermissionsBoundaryType": {
     "shape": "PermissionsBoundaryAttachmentType"
    }
   }
  },
  "ConcurrentModificationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ConcurrentModificationMessage"
    }
   },
   "error": {
    "code": "ConcurrentModification",
    "status": 409
   }
  },
  "ConcurrentModificationMessage": {
   "type": "string"
  },
  "CreateAccessKeyRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "CreateAccessKeyResponse": {
   "type": "structure",
   "members": {
    "AccessKey": {
     "shape": "AccessKey"
    }
   },
   "required": [
    "AccessKey"
   ]
  },
  "CreateUserRequest": {
   "type": "structure",
   "members": {
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "arnType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "CreateUserResponse": {
   "type": "structure",
   "members": {
    "User": {
     "shape": "User"
    }
   }
  },
  "EntityAlreadyExistsException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "entityAlreadyExistsMessage"
    }
   },
   "error": {
    "code": "EntityAlreadyExists",
    "status": 409
   }
  },
  "GetUserRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "GetUserResponse": {
   "type": "structure",
   "members": {
    "User": {
     "shape": "User"
    }
   },
   "required": [
    "User"
   ]
  },
  "InvalidInputException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "invalidInputMessage"
    }
   },
   "error": {
    "code": "InvalidInput",
    "status": 400
   }
  },
  "LimitExceededException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "limitExceededMessage"
    }
   },
   "error": {
    "code": "LimitExceeded",
    "status": 409
   }
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
  "NoSuchEntityException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "noSuchEntityMessage"
    }
   },
   "error": {
    "code": "NoSuchEntity",
    "status": 404
   }
  },
  "PermissionsBoundaryAttachmentType": {
   "type": "string",
   "enum": [
    "PermissionsBoundaryPolicy"
   ]
  },
  "PutUserPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "ServiceFailureException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "serviceFailureExceptionMessage"
    }
   },
   "error": {
    "code": "ServiceFailure",
    "status": 500
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
  "User": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "PasswordLastUsed": {
     "shape": "dateType"
    },
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "AttachedPermissionsBoundary"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "UserId": {
     "shape": "idType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "Path",
    "UserName",
    "UserId",
    "Arn",
    "CreateDate"
   ]
  },
  "accessKeyIdType": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 16,
   "max": 128
  },
  "accessKeySecretType": {
   "type": "string",
   "sensitive": true
  },
  "arnType": {
   "type": "string",
   "min": 20,
   "max": 2048
  },
  "dateType": {
   "type": "timestamp"
  },
  "entityAlreadyExistsMessage": {
   "type": "string"
  },
  "existingUserNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 128
  },
  "idType": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 16,
   "max": 128
  },
  "invalidInputMessage": {
   "type": "string"
  },
  "limitExceededMessage": {
   "type": "string"
  },
  "malformedPolicyDocumentMessage": {
   "type": "string"
  },
  "noSuchEntityMessage": {
   "type": "string"
  },
  "pathType": {
   "type": "string",
   "pattern": "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
   "min": 1,
   "max": 512
  },
  "policyDocumentType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
   "min": 1,
   "max": 131072
  },
  "policyNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 128
  },
  "serviceFailureExceptionMessage": {
   "type": "string"
  },
  "statusType": {
   "type": "string",
   "enum": [
    "Active",
    "Inactive",
    "Expired"
   ]
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
  "userNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 64
  }
 }
} as const satisfies ServiceModel;
