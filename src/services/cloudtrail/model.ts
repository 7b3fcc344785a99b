// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'LookupEvents';

export type DateValue = Temporal.Instant;
export interface Event {
  readonly AccessKeyId?: StringValue | undefined;
  readonly CloudTrailEvent?: StringValue | undefined;
  readonly EventId?: StringValue | undefined;
  readonly EventName?: StringValue | undefined;
  readonly EventSource?: StringValue | undefined;
  readonly EventTime?: DateValue | undefined;
  readonly ReadOnly?: StringValue | undefined;
  readonly Resources?: ResourceList | undefined;
  readonly Username?: StringValue | undefined;
}
export type EventCategory = 'insight';
export type EventsList = readonly Event[];
export interface LookupAttribute {
  readonly AttributeKey: LookupAttributeKey;
  readonly AttributeValue: LookupAttributeValue;
}
export type LookupAttributeKey = 'EventId' | 'EventName' | 'ReadOnly' | 'Username' | 'ResourceType' | 'ResourceName' | 'EventSource' | 'AccessKeyId';
export type LookupAttributeValue = string;
export type LookupAttributesList = readonly LookupAttribute[];
export interface LookupEventsRequest {
  readonly EndTime?: DateValue | undefined;
  readonly EventCategory?: EventCategory | undefined;
  readonly LookupAttributes?: LookupAttributesList | undefined;
  readonly MaxResults?: MaxResults | undefined;
  readonly NextToken?: NextToken | undefined;
  readonly StartTime?: DateValue | undefined;
}
export interface LookupEventsResponse {
  readonly Events?: EventsList | undefined;
  readonly NextToken?: NextToken | undefined;
}
export type MaxResults = number;
export type NextToken = string;
export interface Resource {
  readonly ResourceName?: StringValue | undefined;
  readonly ResourceType?: StringValue | undefined;
}
export type ResourceList = readonly Resource[];
export type StringValue = string;

export const model = {
 "apiVersion": "2013-11-01",
 "protocol": "json",
 "targetPrefix": "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
 "operations": {
  "LookupEvents": {
   "input": "LookupEventsRequest",
   "output": "LookupEventsResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidEventCategoryException",
    "InvalidLookupAttributesException",
    "InvalidMaxResultsException",
    "InvalidNextTokenException",
    "InvalidTimeRangeException",
    "OperationNotPermittedException",
    "UnsupportedOperationException"
   ]
  }
 },
 "shapes": {
  "Date": {
   "type": "timestamp"
  },
  "Event": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "String"
    },
    "CloudTrailEvent": {
     "shape": "String"
    },
    "EventId": {
     "shape": "String"
    },
    "EventName": {
     "shape": "String"
    },
    "EventSource": {
     "shape": "String"
    },
    "EventTime": {
     "shape": "Date"
    },
    "ReadOnly": {
     "shape": "String"
    },
    "Resources": {
     "shape": "ResourceList"
    },
    "Username": {
     "shape": "String"
    }
   }
  },
  "EventCategory": {
   "type": "string",
   "enum": [
    "insight"
   ]
  },
  "EventsList": {
   "type": "list",
   "member": {
    "shape": "Event"
   }
  },
  "InvalidEventCategoryException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidEventCategoryException",
    "status": 400
   }
  },
  "InvalidLookupAttributesException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidLookupAttributesException",
    "status": 400
   }
  },
  "InvalidMaxResultsException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidMaxResultsException",
    "status": 400
   }
  },
  "InvalidNextTokenException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidNextTokenException",
    "status": 400
   }
  },
  "InvalidTimeRangeException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidTimeRangeException",
    "status": 400
   }
  },
  "LookupAttribute": {
   "type": "structure",
   "members": {
    "AttributeKey": {
     "shape": "LookupAttributeKey"
    },
    "AttributeValue": {
     "shape": "LookupAttributeValue"
    }
   },
   "required": [
    "AttributeKey",
    "AttributeValue"
   ]
  },
  "LookupAttributeKey": {
   "type": "string",
   "enum": [
    "EventId",
    "EventName",
    "ReadOnly",
    "Username",
    "ResourceType",
    "ResourceName",
    "EventSource",
    "AccessKeyId"
   ]
  },
  "LookupAttributeValue": {
   "type": "string",
   "min": 1,
   "max": 2000
  },
  "LookupAttributesList": {
   "type": "list",
   "member": {
    "shape": "LookupAttribute"
   }
  },
  "LookupEventsRequest": {
   "type": "structure",
   "members": {
    "EndTime": {
     "shape": "Date"
    },
    "EventCategory": {
     "shape": "EventCategory"
    },
    "LookupAttributes": {
     "shape": "LookupAttributesList"
    },
    "MaxResults": {
     "shape": "MaxResults"
    },
    "NextToken": {
     "shape": "NextToken"
    },
    "StartTime": {
     "shape": "Date"
    }
   }
  },
  "LookupEventsResponse": {
   "type": "structure",
   "members": {
    "Events": {
     "shape": "EventsList"
    },
    "NextToken": {
     "shape": "NextToken"
    }
   }
  },
  "MaxResults": {
   "type": "integer",
   "min": 1,
   "max": 50
  },
  "NextToken": {
   "type": "string"
  },
  "OperationNotPermittedException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "OperationNotPermittedException",
    "status": 400
   }
  },
  "Resource": {
   "type": "structure",
   "members": {
    "ResourceName": {
     "shape": "String"
    },
    "ResourceType": {
     "shape": "String"
    }
   }
  },
  "ResourceList": {
   "type": "list",
   "member": {
    "shape": "Resource"
   }
  },
  "String": {
   "type": "string"
  },
  "UnsupportedOperationException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "UnsupportedOperationException",
    "status": 400
   }
  }
 }
} as const satisfies ServiceModel;
