import { IssuerProblem } from './issuer-problem.ts';

/** The CA cannot be asked, does not keep to RFC 8555, or gave out a certificate that is not what was ordered. */
export class AcmeProtocolError extends IssuerProblem {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AcmeProtocolError';
  }
}
