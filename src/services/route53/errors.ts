import { AwsError } from '../../aws/errors.ts';

export class ConflictingDomainExists extends AwsError {
  constructor(message: string) {
    super('ConflictingDomainExists', message);
  }
}
export class HostedZoneAlreadyExists extends AwsError {
  constructor() {
    super(
      'HostedZoneAlreadyExists',
      'A hosted zone has already been created with the specified caller reference.',
      { status: 409 },
    );
  }
}
export class HostedZoneNotEmpty extends AwsError {
  constructor() {
    super(
      'HostedZoneNotEmpty',
      'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    );
  }
}
export class InvalidChangeBatch extends AwsError {
  readonly messages: readonly string[];

  /** On the wire the messages stand in the error's text, in brackets, where clients of today read them. */
  constructor(messages: readonly string[]) {
    super('InvalidChangeBatch', `[${messages.join(', ')}]`);
    this.messages = messages;
  }
}
export class InvalidDomainName extends AwsError {
  constructor(message: string) {
    super('InvalidDomainName', message);
  }
}
export class InvalidInput extends AwsError {
  constructor(message: string) {
    super('InvalidInput', message);
  }
}
export class NoSuchChange extends AwsError {
  constructor(id: string) {
    super('NoSuchChange', `A change with the ID ${id} does not exist.`, { status: 404 });
  }
}
export class NoSuchDelegationSet extends AwsError {
  constructor(id: string) {
    super('NoSuchDelegationSet', `No delegation set found with ID: ${id}`);
  }
}
export class NoSuchHealthCheck extends AwsError {
  constructor(id: string) {
    super('NoSuchHealthCheck', `No health check exists with the ID: ${id}`, { status: 404 });
  }
}
export class NoSuchHostedZone extends AwsError {
  constructor(id: string) {
    super('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, { status: 404 });
  }
}
