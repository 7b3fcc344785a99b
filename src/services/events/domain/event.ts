/** What has happened to a resource. */
export interface Happening {
  /** For example `aws.acm`. */
  readonly source: string;
  readonly detailType: string;
  readonly account: string;
  readonly region: string;
  /** ARNs. */
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The event as EventBridge would give it, in one line.
 * @see EventBridge User Guide, "AWS service event metadata"
 */
export function eventBody(id: string, at: Temporal.Instant, happening: Happening): string {
  const { source, detailType, account, region, resources, detail } = happening;
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account,
    time: at.toString({ smallestUnit: 'second' }),
    region,
    resources,
    detail,
  });
}
