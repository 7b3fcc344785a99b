import { AwsError } from '../../aws/errors.ts';

export class CertificateNotFound extends AwsError {
  constructor(message: string) {
    super('CertificateNotFound', message);
  }
}
export class DuplicateListener extends AwsError {
  constructor(message: string) {
    super('DuplicateListener', message);
  }
}
export class DuplicateLoadBalancerName extends AwsError {
  constructor(message: string) {
    super('DuplicateLoadBalancerName', message);
  }
}
export class DuplicateTagKeys extends AwsError {
  constructor(message: string) {
    super('DuplicateTagKeys', message);
  }
}
export class DuplicateTargetGroupName extends AwsError {
  constructor(message: string) {
    super('DuplicateTargetGroupName', message);
  }
}
export class InvalidLoadBalancerAction extends AwsError {
  constructor(message: string) {
    super('InvalidLoadBalancerAction', message);
  }
}
export class InvalidTarget extends AwsError {
  constructor(message: string) {
    super('InvalidTarget', message);
  }
}
export class ListenerNotFound extends AwsError {
  constructor(message: string) {
    super('ListenerNotFound', message);
  }
}
export class LoadBalancerNotFound extends AwsError {
  constructor(message: string) {
    super('LoadBalancerNotFound', message);
  }
}
export class OperationNotPermitted extends AwsError {
  constructor(message: string) {
    super('OperationNotPermitted', message);
  }
}
export class ResourceInUse extends AwsError {
  constructor(message: string) {
    super('ResourceInUse', message);
  }
}
export class SSLPolicyNotFound extends AwsError {
  constructor(message: string) {
    super('SSLPolicyNotFound', message);
  }
}
export class TargetGroupAssociationLimit extends AwsError {
  constructor(message: string) {
    super('TargetGroupAssociationLimit', message);
  }
}
export class TargetGroupNotFound extends AwsError {
  constructor(message: string) {
    super('TargetGroupNotFound', message);
  }
}
export class TooManyActions extends AwsError {
  constructor(message: string) {
    super('TooManyActions', message);
  }
}
export class TooManyCertificates extends AwsError {
  constructor(message: string) {
    super('TooManyCertificates', message);
  }
}
export class TooManyListeners extends AwsError {
  constructor(message: string) {
    super('TooManyListeners', message);
  }
}
export class TooManyLoadBalancers extends AwsError {
  constructor(message: string) {
    super('TooManyLoadBalancers', message);
  }
}
export class TooManyTags extends AwsError {
  constructor(message: string) {
    super('TooManyTags', message);
  }
}
export class TooManyTargets extends AwsError {
  constructor(message: string) {
    super('TooManyTargets', message);
  }
}
export class TooManyUniqueTargetGroupsPerLoadBalancer extends AwsError {
  constructor(message: string) {
    super('TooManyUniqueTargetGroupsPerLoadBalancer', message);
  }
}
export class UnsupportedCertificate extends AwsError {
  constructor(message: string) {
    super('UnsupportedCertificate', message);
  }
}
export class UnsupportedProtocol extends AwsError {
  constructor(message: string) {
    super('UnsupportedProtocol', message);
  }
}
export class ValidationError extends AwsError {
  constructor(message: string) {
    super('ValidationError', message);
  }
}
