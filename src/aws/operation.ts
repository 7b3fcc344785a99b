import type { Call } from './call.ts';
import type { ServiceModel } from './model.ts';
import type { WebIdentityPrincipal } from './principal.ts';

/**
 * One operation of a service. `run` reads, decides, adds to `call.change`, and returns the output; the
 * pipeline has validated the input before, and commits, audits and answers after. When a guard of the
 * Change fails `run` is called again, so it keeps nothing outside `call`.
 */
export interface Operation<Ports> {
  readonly name: string;
  run(input: unknown, call: Call, ports: Ports): Promise<unknown>;
}

export function operation<Input, Output, Ports>(
  name: string,
  run: (input: Input, call: Call, ports: Ports) => Promise<Output>,
): Operation<Ports> {
  return { name, run: (input, call, ports) => run(input as Input, call, ports) };
}

/** A room's door to the pipeline. */
export interface Service {
  readonly model: ServiceModel;
  /** In the SigV4 scope: `acm`, `kms`, `elasticloadbalancing`, … */
  readonly signingName: string;
  /** `acm.amazonaws.com`. */
  readonly eventSource: string;
  /** Operations that CloudTrail marks `readOnly`. */
  readonly readOnly: ReadonlySet<string>;
  /** Operations whose request or answer may hold a private key or its passphrase. */
  readonly carriesKeys?: ReadonlySet<string>;
  /** IAM and Route 53 have one set of data for all Regions; audit says `us-east-1`. */
  readonly isGlobal: boolean;
  /** Operations that nobody signs, each with how its input says who calls. A signature that comes with one is passed over. */
  readonly unsigned?: ReadonlyMap<string, Identify>;
  /** Own property lookups only: the names are those of the model. */
  readonly operations: ReadonlyMap<string, BoundOperation>;
}

/**
 * Finds out from an input who calls, before anything of the call is decided or written. It takes as long as others take to
 * answer, for example an identity provider.
 * @throws AwsError, CommonError: anybody can cause it, so not each one is recorded
 */
export type Identify = (input: unknown, remoteAddress: string) => Promise<WebIdentityPrincipal>;

/** An operation with its ports plugged in. */
export type BoundOperation = (input: unknown, call: Call) => Promise<unknown>;

/** Plugs the ports in and closes the table. */
export function bindOperations<Ports>(
  operations: Readonly<Record<string, Operation<Ports>>>,
  ports: Ports,
): ReadonlyMap<string, BoundOperation> {
  return new Map(
    Object.entries(operations).map(([name, each]) => [
      name,
      (input: unknown, call: Call) => each.run(input, call, ports),
    ]),
  );
}
