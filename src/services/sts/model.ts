// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'GetCallerIdentity';

export type GetCallerIdentityRequest = Readonly<Record<never, never>>;
export interface GetCallerIdentityResponse {
  readonly Account?: accountType | undefined;
  readonly Arn?: arnType | undefined;
  readonly UserId?: userIdType | undefined;
}
export type accountType = string;
export type arnType = string;
export type userIdType = string;

export const model = {
 "apiVersion": "2011-06-15",
 "protocol": "query",
 "xmlNamespace": "https://sts.amazonaws.com/doc/2011-06-15/",
 "operations": {
  "GetCallerIdentity": {
   "input": "GetCallerIdentityRequest",
   "output": "GetCallerIdentityResponse",
   "resultWrapper": "GetCallerIdentityResult",
   "method": "POST",
   "uri": "/",
   "errors": []
  }
 },
 "shapes": {
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
  "accountType": {
   "type": "string"
  },
  "arnType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+",
   "min": 20,
   "max": 2048
  },
  "userIdType": {
   "type": "string"
  }
 }
} as const satisfies ServiceModel;
