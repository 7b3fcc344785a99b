import { AwsError, CommonError } from '../../aws/errors.ts';

export class DeleteConflictException extends AwsError {
  constructor(message: string) {
    super('DeleteConflict', message, { status: 409 });
  }
}
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

export class PasswordPolicyViolationException extends AwsError {
  constructor(message: string) {
    super('PasswordPolicyViolation', message);
  }
}
export class InvalidUserTypeException extends AwsError {
  constructor(message: string) {
    super('InvalidUserType', message);
  }
}
export class InvalidAuthenticationCodeException extends AwsError {
  constructor() {
    super('InvalidAuthenticationCode', 'Authentication code for device is not valid.', {
      status: 403,
    });
  }
}
export class CredentialReportNotPresentException extends AwsError {
  constructor() {
    super(
      'ReportNotPresent',
      'No report has been generated. Call GenerateCredentialReport first.',
      {
        status: 410,
      },
    );
  }
}

export class UnmodifiableEntityException extends AwsError {
  constructor(message: string) {
    super('UnmodifiableEntity', message);
  }
}

/** @param more what AWS has no words for */
export function protectedRole(
  { roleName }: { readonly roleName: string },
  more?: string,
): UnmodifiableEntityException {
  const why = `this role is only modifiable by AWS${more === undefined ? '' : `: ${more}`}`;
  return new UnmodifiableEntityException(
    `Cannot perform the operation on the protected role '${roleName}' - ${why}`,
  );
}

export function noSuchDevice(serial: string): NoSuchEntityException {
  return new NoSuchEntityException(`MFA Device with serial number ${serial} does not exist.`);
}

export function noSuchLoginProfile(userName: string): NoSuchEntityException {
  return new NoSuchEntityException(`Login Profile for User ${userName} cannot be found.`);
}

export function noSuchPasswordPolicy(account: string): NoSuchEntityException {
  return new NoSuchEntityException(
    `The Password Policy with domain name ${account} cannot be found.`,
  );
}

export function noSuchRole(roleName: string): NoSuchEntityException {
  return new NoSuchEntityException(`The role with name ${roleName} cannot be found.`);
}

export function noSuchUser(userName: string): NoSuchEntityException {
  return new NoSuchEntityException(`The user with name ${userName} cannot be found.`);
}

export function noSuchGroup(groupName: string): NoSuchEntityException {
  return new NoSuchEntityException(`The group with name ${groupName} cannot be found.`);
}

export function noSuchPolicy(arn: string, why = 'was not found'): NoSuchEntityException {
  return new NoSuchEntityException(`Policy ${arn} ${why}.`);
}

export function noSuchAccessKey(accessKeyId: string): NoSuchEntityException {
  return new NoSuchEntityException(`The Access Key with id ${accessKeyId} cannot be found.`);
}

export function noSuchVersion(arn: string, versionId: string): NoSuchEntityException {
  return new NoSuchEntityException(
    `Policy ${arn} version ${versionId} does not exist or is not attachable.`,
  );
}

/** @param quota for example `AccessKeysPerUser` */
export function quotaExceeded(quota: string, limit: number): LimitExceededException {
  return new LimitExceededException(`Cannot exceed quota for ${quota}: ${limit}`);
}

/** For the operations that mean the caller when they name nobody. */
export function callerIsNoUser(): CommonError {
  return new CommonError(
    'validation',
    'Must specify userName when calling with non-User credentials',
  );
}
