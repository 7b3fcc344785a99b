import { AwsError } from '../../aws/errors.ts';

export class MalformedPolicyDocumentException extends AwsError {
  constructor(message: string) {
    super('MalformedPolicyDocument', message);
  }
}
export class PackedPolicyTooLargeException extends AwsError {
  constructor(percent: number) {
    super(
      'PackedPolicyTooLarge',
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    );
  }
}
export class InvalidAuthorizationMessageException extends AwsError {
  constructor() {
    super('InvalidAuthorizationMessageException', 'The specified message is invalid.');
  }
}
export class InvalidIdentityTokenException extends AwsError {
  constructor(message: string) {
    super('InvalidIdentityToken', message);
  }
}
export class ExpiredTokenException extends AwsError {
  constructor(message: string) {
    super('ExpiredTokenException', message);
  }
}
export class IdpCommunicationErrorException extends AwsError {
  constructor() {
    super('IDPCommunicationError', 'An error occurred during communication with identity provider');
  }
}
export class InvalidParameterValueException extends AwsError {
  constructor(message: string) {
    super('InvalidParameterValue', message);
  }
}
