import { UsageError } from './usage-error.ts';

/** An address to bind or to ask. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** @throws UsageError */
export function endpoint(option: string, value: string, defaultPort?: number): Endpoint {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+))(?::([0-9]{1,5}))?$/.exec(value);
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  if (match === null || port === undefined || port > 65_535) {
    throw new UsageError(`${option}: '${value}' is not HOST:PORT`);
  }
  return { host: match[1] ?? match[2] ?? '', port };
}

/** In lower case, without the dot at its end. @throws UsageError */
export function domainName(option: string, value: string): string {
  const name = value.toLowerCase().replace(/\.$/, '');
  if (
    !/^(?=.{1,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(
      name,
    )
  ) {
    throw new UsageError(`${option}: '${value}' is not a domain name`);
  }
  return name;
}
