/** What the calls that were acknowledged came to. */
export class Model {
  /** By ARN: those that were made and not deleted. */
  readonly certificates = new Map<string, Certificate>();
  /** Every name for which a certificate was ever requested: the authority may have signed for no other. */
  readonly requestedNames = new Set<string>();
  /** Names under which an import may have been kept of which nobody heard. */
  readonly importsInDoubt = new Set<string>();
  /** Regions in which first requests were made, and how many certificates these came to. */
  readonly regions = new Map<string, number>();

  certificate(arn: string): Certificate {
    const certificate = this.certificates.get(arn);
    if (certificate === undefined) throw new TypeError(`${arn} is not in the model`);
    return certificate;
  }
}

export interface Certificate {
  readonly name: string;
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED';
  /** ARNs of load balancers. */
  readonly uses: Set<string>;
}
