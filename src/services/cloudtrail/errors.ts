import { AwsError } from '../../aws/errors.ts';

export class InvalidLookupAttributesException extends AwsError {
  constructor(message: string) {
    super('InvalidLookupAttributesException', message);
  }
}
export class InvalidMaxResultsException extends AwsError {
  constructor(message: string) {
    super('InvalidMaxResultsException', message);
  }
}
export class InvalidNextTokenException extends AwsError {
  constructor(message: string) {
    super('InvalidNextTokenException', message);
  }
}
export class InvalidTimeRangeException extends AwsError {
  constructor(message: string) {
    super('InvalidTimeRangeException', message);
  }
}
