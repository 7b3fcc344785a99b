import { AwsError } from '../../aws/errors.ts';

/** Not on ACM's own wire: a service that associates says it in its own terms. */
export class InvalidStateForAssociation extends Error {
  readonly status: string;

  constructor(certificateArn: string, status: string) {
    super(`certificate ${certificateArn} is not issued`);
    this.name = 'InvalidStateForAssociation';
    this.status = status;
  }
}
