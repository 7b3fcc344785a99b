import { isSameAction, type ListenerAction } from './action.ts';

export interface Listener {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** Of HTTPS listeners only. */
  readonly sslPolicy?: string;
  readonly defaultCertificate?: string;
  /** Chosen by SNI; may name the default certificate too. */
  readonly certificates: readonly string[];
  readonly action: ListenerAction;
  readonly attributes: Readonly<Record<string, string>>;
  readonly state?: 'active' | 'failed';
  readonly stateReason?: string;
}

/** What CreateListener compares when there is a listener on the port already. */
export type ListenerSettings = Pick<
  Listener,
  'port' | 'protocol' | 'sslPolicy' | 'defaultCertificate' | 'certificates' | 'action'
>;

/** Certificates that were added since do not count. */
export function hasSettings(listener: Listener, settings: ListenerSettings): boolean {
  const key = (each: ListenerSettings): string =>
    JSON.stringify([each.port, each.protocol, each.sslPolicy, each.defaultCertificate]);
  return key(listener) === key(settings) && isSameAction(listener.action, settings.action);
}

/** Each certificate once, the default first. */
export function certificatesOf(
  listener: Pick<Listener, 'defaultCertificate' | 'certificates'>,
): string[] {
  const { defaultCertificate, certificates } = listener;
  return [
    ...new Set([
      ...(defaultCertificate === undefined ? [] : [defaultCertificate]),
      ...certificates,
    ]),
  ];
}

/** What a load balancer uses after one of its listeners is another, is new (`before` absent) or goes (`after` absent). */
export function usesAfter(
  listeners: readonly Listener[],
  changed: { readonly before?: Listener | undefined; readonly after?: Listener | undefined },
  uses: (listener: Listener) => readonly string[],
): { readonly begun: string[]; readonly ended: string[]; readonly all: string[] } {
  const rest = listeners.filter((each) => each.arn !== changed.before?.arn);
  const before = new Set(listeners.flatMap(uses));
  const after = new Set(
    [...rest, ...(changed.after === undefined ? [] : [changed.after])].flatMap(uses),
  );
  return {
    begun: [...after].filter((each) => !before.has(each)),
    ended: [...before].filter((each) => !after.has(each)),
    all: [...after],
  };
}
