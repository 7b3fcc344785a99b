import { AwsError, CommonError } from '../errors.ts';
import type { RequestHead } from '../http/messages.ts';
import type { ServiceModel } from '../model.ts';
import type { BoundOperation, Service } from '../operation.ts';
import { json } from '../protocols/json.ts';
import type { Protocol, WireOperation } from '../protocols/protocol.ts';
import { formText, query } from '../protocols/query.ts';
import { restXml, routeRest } from '../protocols/rest-xml.ts';
import { claimedService } from '../sigv4/authorization.ts';

export const protocols: Readonly<Record<ServiceModel['protocol'], Protocol>> = {
  json,
  query,
  'rest-xml': restXml,
};

/** The services of one endpoint, told apart by the signing name in the credential scope. */
export type Services = ReadonlyMap<string, Service>;

export interface FoundOperation extends WireOperation {
  readonly service: Service;
  readonly run: BoundOperation;
}

/** What a request seems to be, before its signature is checked: for the shape of its errors and their record. */
export interface Claim {
  readonly service: Service | undefined;
  readonly protocol: ServiceModel['protocol'];
  /** Undefined when the service has no such operation. */
  readonly operationName: string | undefined;
}

export function claimOf(services: Services, head: RequestHead, body: Uint8Array): Claim {
  const target = head.headers.get('x-amz-target');
  const service = services.get(claimedService(head) ?? '') ?? meantService(services, head, body);
  const protocol =
    service?.model.protocol ??
    (target !== undefined ? 'json' : /^\/\d{4}-\d\d-\d\d\//.test(head.path) ? 'rest-xml' : 'query');
  const name = service === undefined ? undefined : namedOperation(service, head, body);
  return { service, protocol, operationName: name };
}

/**
 * The operation that a signed request is for.
 * @throws CommonError unknown-operation, invalid-signature (signed for another service); AwsError MissingAction
 */
export function findOperation(
  services: Services,
  signingName: string,
  head: RequestHead,
  body: Uint8Array,
): FoundOperation {
  const service = services.get(signingName);
  if (service === undefined) throw unknownOperation('The service is not served here.');
  refuseOtherTarget(services, service, head);
  const name = namedOperation(service, head, body);
  const operation = name === undefined ? undefined : service.model.operations[name];
  const run = name === undefined ? undefined : service.operations.get(name);
  if (name === undefined || operation === undefined || run === undefined)
    throw notFound(service, head, body);
  return { name, operation, model: service.model, signingName, service, run };
}

/** The name of an operation of the model; what a client sends is never looked up otherwise. */
function namedOperation(
  { model }: Service,
  head: RequestHead,
  body: Uint8Array,
): string | undefined {
  const name =
    model.protocol === 'json'
      ? targetOperation(model, head)
      : model.protocol === 'query'
        ? actionOf(model, head, body)
        : routeRest(model, head);
  return name !== undefined && Object.hasOwn(model.operations, name) ? name : undefined;
}

function targetOperation(
  model: ServiceModel,
  { method, path, headers }: RequestHead,
): string | undefined {
  const target = headers.get('x-amz-target');
  if (method !== 'POST' || path !== '/' || target === undefined) return undefined;
  const dot = target.lastIndexOf('.');
  return fitsPrefix(model, target.slice(0, dot)) ? target.slice(dot + 1) : undefined;
}

/** Some SDKs leave out what stands before the last dot of CloudTrail's prefix. */
function fitsPrefix({ targetPrefix }: ServiceModel, prefix: string): boolean {
  return (
    targetPrefix !== undefined &&
    (prefix === targetPrefix || prefix === targetPrefix.slice(targetPrefix.lastIndexOf('.') + 1))
  );
}

function actionOf(model: ServiceModel, head: RequestHead, body: Uint8Array): string | undefined {
  if (head.path !== '/' || (head.method !== 'POST' && head.method !== 'GET')) return undefined;
  const form = formText({ head, body });
  return parameter(form, 'Version') === model.apiVersion ? parameter(form, 'Action') : undefined;
}

/** The service that a request without a credential scope means: by its target, its path, or its form's version. */
function meantService(
  services: Services,
  head: RequestHead,
  body: Uint8Array,
): Service | undefined {
  const target = head.headers.get('x-amz-target');
  if (target !== undefined) return serviceOfTarget(services, target);
  const isForm =
    head.method === 'GET' ||
    head.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  const version = isForm ? parameter(formText({ head, body }), 'Version') : undefined;
  return [...services.values()].find(({ model: { protocol, apiVersion } }) =>
    protocol === 'query' ? version === apiVersion : isRestPath(protocol, apiVersion, head.path),
  );
}

function isRestPath(protocol: string, apiVersion: string, path: string): boolean {
  return protocol === 'rest-xml' && path.startsWith(`/${apiVersion}/`);
}

function parameter(form: string, name: 'Action' | 'Version'): string | undefined {
  return new RegExp(`(?:^|&)${name}=([A-Za-z0-9-]{1,128})(?=&|$)`).exec(form)?.[1];
}

function serviceOfTarget(services: Services, target: string): Service | undefined {
  return [...services.values()].find((service) => isOfTarget(service, target));
}

function isOfTarget({ model }: Service, target: string): boolean {
  return fitsPrefix(model, target.slice(0, target.lastIndexOf('.')));
}

function refuseOtherTarget(services: Services, service: Service, { headers }: RequestHead): void {
  const target = headers.get('x-amz-target');
  if (target === undefined || isOfTarget(service, target)) return;
  const other = serviceOfTarget(services, target);
  if (other === undefined) return;
  throw new CommonError(
    'invalid-signature',
    `Credential should be scoped to correct service: '${other.signingName}'.`,
  );
}

function notFound({ model }: Service, head: RequestHead, body: Uint8Array): AwsError | CommonError {
  if (model.protocol !== 'query') return unknownOperation('The operation is not known.');
  const form = formText({ head, body });
  const action = parameter(form, 'Action');
  if (action === undefined)
    return new AwsError('MissingAction', 'The request must contain the parameter Action.');
  const version = parameter(form, 'Version') ?? 'NO_VERSION_SPECIFIED';
  return unknownOperation(`Could not find operation ${action} for version ${version}`);
}

function unknownOperation(message: string): CommonError {
  return new CommonError('unknown-operation', message);
}
