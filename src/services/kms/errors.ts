import { AwsError } from '../../aws/errors.ts';

export class AlreadyExistsException extends AwsError {
  constructor(message: string) {
    super('AlreadyExistsException', message);
  }
}
export class CustomKeyStoreNotFoundException extends AwsError {
  constructor(message: string) {
    super('CustomKeyStoreNotFoundException', message);
  }
}
export class DisabledException extends AwsError {
  constructor(message: string) {
    super('DisabledException', message);
  }
}
/** How a dry run says that all is well. */
export class DryRunOperationException extends AwsError {
  constructor() {
    super(
      'DryRunOperationException',
      'The request would have succeeded, but the DryRun option is set.',
    );
  }
}
export class IncorrectKeyException extends AwsError {
  constructor() {
    super(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
}
export class InvalidAliasNameException extends AwsError {
  constructor(message: string) {
    super('InvalidAliasNameException', message);
  }
}
export class InvalidArnException extends AwsError {
  constructor(message: string) {
    super('InvalidArnException', message);
  }
}
/** Damaged, foreign, or another encryption context: AWS sends no message with it. */
export class InvalidCiphertextException extends AwsError {
  constructor() {
    super('InvalidCiphertextException', undefined);
  }
}
export class InvalidGrantTokenException extends AwsError {
  constructor(message: string) {
    super('InvalidGrantTokenException', message);
  }
}
export class InvalidKeyUsageException extends AwsError {
  constructor(message: string) {
    super('InvalidKeyUsageException', message);
  }
}
export class InvalidMarkerException extends AwsError {
  constructor() {
    super('InvalidMarkerException', 'The marker is not valid.');
  }
}
export class KMSInvalidStateException extends AwsError {
  constructor(message: string) {
    super('KMSInvalidStateException', message);
  }
}
export class LimitExceededException extends AwsError {
  constructor(message: string) {
    super('LimitExceededException', message);
  }
}
export class MalformedPolicyDocumentException extends AwsError {
  constructor(message: string) {
    super('MalformedPolicyDocumentException', message);
  }
}
/** What belongs to AWS's own aliases: without a message. */
export class NotAuthorizedException extends AwsError {
  constructor() {
    super('NotAuthorizedException', undefined);
  }
}
export class NotFoundException extends AwsError {
  constructor(message: string) {
    super('NotFoundException', message);
  }
}
export class TagException extends AwsError {
  constructor(message: string) {
    super('TagException', message);
  }
}
export class UnsupportedOperationException extends AwsError {
  constructor(message: string) {
    super('UnsupportedOperationException', message);
  }
}
export class ValidationException extends AwsError {
  constructor(message: string) {
    super('ValidationException', message);
  }
}
