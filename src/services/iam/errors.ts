import { AwsError, CommonError } from '../../aws/errors.ts';

export class EntityAlreadyExistsException extends AwsError {
  constructor(message: string) {
    super('EntityAlreadyExists', message, { status: 409 });
  }
}
export class InvalidInputException extends AwsError {
  constructor(message: string) {
    super('InvalidInput', message);
  }
}
export class LimitExceededException extends AwsError {
  constructor(message: string) {
    super('LimitExceeded', message, { status: 409 });
  }
}
export class MalformedPolicyDocumentException extends AwsError {
  constructor(message: string) {
    super('MalformedPolicyDocument', message);
  }
}
export class NoSuchEntityException extends AwsError {
  constructor(message: string) {
    super('NoSuchEntity', message, { status: 404 });
  }
}

export function noSuchUser(userName: string): NoSuchEntityException {
  return new NoSuchEntityException(`The user with name ${userName} cannot be found.`);
}

/** For the operations that mean the caller when they name nobody. */
export function callerIsNoUser(): CommonError {
  return new CommonError(
    'validation',
    'Must specify userName when calling with non-User credentials',
  );
}
