import { AwsError } from '../../aws/errors.ts';

/** A target that cannot be added, changed or removed; the message is one line for the operator, the code stands on record. */
export class EventTargetRefused extends AwsError {
  constructor(message: string) {
    super('EventTargetRefused', message);
  }
}
