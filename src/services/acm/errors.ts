import { AwsError } from '../../aws/errors.ts';

export class ConflictException extends AwsError {
  constructor(message: string) {
    super('ConflictException', message);
  }
}
export class InvalidArgsException extends AwsError {
  constructor(message: string) {
    super('InvalidArgsException', message);
  }
}
export class InvalidArnException extends AwsError {
  constructor(message: string) {
    super('InvalidArnException', message);
  }
}
export class InvalidDomainValidationOptionsException extends AwsError {
  constructor(message: string) {
    super('InvalidDomainValidationOptionsException', message);
  }
}
export class InvalidParameterException extends AwsError {
  constructor(message: string) {
    super('InvalidParameterException', message);
  }
}
export class InvalidTagException extends AwsError {
  constructor(message: string) {
    super('InvalidTagException', message);
  }
}
export class LimitExceededException extends AwsError {
  constructor(message: string) {
    super('LimitExceededException', message);
  }
}
export class RequestInProgressException extends AwsError {
  constructor(message: string) {
    super('RequestInProgressException', message);
  }
}
export class ResourceInUseException extends AwsError {
  constructor(message: string) {
    super('ResourceInUseException', message);
  }
}
export class ResourceNotFoundException extends AwsError {
  constructor(message: string) {
    super('ResourceNotFoundException', message);
  }
}
export class TooManyTagsException extends AwsError {
  constructor(message: string) {
    super('TooManyTagsException', message);
  }
}
export class ValidationException extends AwsError {
  constructor(message: string) {
    super('ValidationException', message);
  }
}

/** Not on ACM's own wire: a service that associates says it in its own terms. */
export class UnfitForAssociation extends Error {
  constructor(certificateArn: string, reason: 'is not issued' | 'has a key that is refused') {
    super(`certificate ${certificateArn} ${reason}`);
    this.name = 'UnfitForAssociation';
  }
}
