declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** Twelve digits. */
export type AccountId = Brand<'AccountId'>;
/** For example `eu-west-1`; the one in the SigV4 scope. */
export type Region = Brand<'Region'>;

/** A parsed ARN: `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon, for example `certificate/1234…`. */
  readonly resource: string;
}

export function accountId(text: string): AccountId {
  if (!/^[0-9]{12}$/.test(text)) throw new TypeError('an account id has twelve digits');
  return text as AccountId;
}

export function region(text: string): Region {
  if (!isRegion(text)) throw new TypeError('not the name of a Region');
  return text as Region;
}

export function isRegion(text: string): boolean {
  return /^[a-z]{2,8}(-[a-z]{2,10}){1,3}-[0-9]{1,2}$/.test(text);
}

/** The parts of an ARN, or undefined when `text` is none. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition, service, arnRegion, account, resource] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { partition, service, region: arnRegion, account, resource };
}

export function formatArn(arn: Omit<Arn, 'partition'> & { partition?: string }): string {
  return `arn:${arn.partition ?? 'aws'}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`;
}
