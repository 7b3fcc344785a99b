import type { Call } from '../../aws/call.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import { faultPoint } from '../../lib/fault-points.ts';
import { randomHex } from '../../lib/random.ts';
import { authorizeKey, isForAwsResource, keyPolicy } from './authorization.ts';
import {
  checkOperations,
  contextEquals,
  maxGrantsPerKey,
  mayRetire,
  permitsChild,
  type Grant,
  type GrantConstraint,
} from './domain/grant.ts';
import { keyArn, refuseState, type KmsKey } from './domain/key.ts';
import {
  DryRunOperationException,
  InvalidArnException,
  LimitExceededException,
  NotFoundException,
} from './errors.ts';
import type { LocatedKey } from './key-id.ts';
import type { GrantOperation } from './model.ts';
import type { KmsPorts } from './ports.ts';

export interface GrantRequest {
  readonly name: string;
  readonly granteePrincipal: string;
  readonly retiringPrincipal: string | undefined;
  readonly operations: readonly GrantOperation[];
  readonly constraint: GrantConstraint | undefined;
}

type GrantPorts = Pick<KmsPorts, 'reader' | 'writer' | 'principals'>;

/**
 * Makes a grant, or gives one that is there with the same name and parameters.
 * @throws access-denied, DisabledException, KMSInvalidStateException, InvalidArnException,
 *   LimitExceededException, ValidationException; DryRunOperationException in the place of success
 */
export async function createGrant(
  call: Call,
  ports: GrantPorts,
  located: LocatedKey,
  request: GrantRequest,
  options: { readonly isDryRun?: boolean } = {},
): Promise<Grant> {
  const { key } = located;
  noteRequest(call, key, request);
  const { granteePrincipal, retiringPrincipal = granteePrincipal } = request;
  [granteePrincipal, retiringPrincipal].forEach(checkPrincipal);
  await authorizeCreation(call, ports, located, request);
  refuseState(key, 'create-grant');
  checkOperations(request.operations, key);
  const wanted = grantOf(call, key, await withKeptPrincipals(request, ports));
  const same = await ports.reader.grantLike(wanted, call.change);
  if (same === undefined) await refuseTooMany(ports, key);
  if (options.isDryRun === true) throw new DryRunOperationException();
  if (same === undefined) ports.writer.insertGrant(call.change, wanted, key);
  else ports.writer.requireGrant(call.change, same);
  const grant = same ?? wanted;
  call.audit.responseElements({ grantId: grant.grantId, keyId: keyArn(key) });
  return grant;
}

/**
 * The grant, once the caller may retire it: its retiring principal, its grantee if it allows RetireGrant, and
 * whoever the account that made it lets. An Allow of the key policy has no say, a Deny has.
 * @throws access-denied, also when there is no such grant and the caller may not know; NotFoundException
 */
export async function retirableGrant(
  call: Call,
  ports: GrantPorts,
  key: KmsKey,
  grantId: string,
): Promise<Grant> {
  const grant = await ports.reader.grant(key, grantId, call.change);
  const mayRetireIt = grant !== undefined && mayRetire(grant, call.principal);
  await authorizeKey(call, ports, { key }, 'kms:RetireGrant', {
    policy: retiringPolicy(keyPolicy(key), grant?.issuingAccount ?? key.account, mayRetireIt),
    ...(grant?.constraint === undefined ? {} : { encryptionContext: grant.constraint.context }),
    context: { 'kms:GrantConstraintType': grant?.constraint?.type },
  });
  if (grant === undefined) throw grantNotFound(grantId);
  return grant;
}

/** Takes the grant away with the Change, and tells those who live on it. */
export function endGrant(
  call: Call,
  { writer, grantEnded }: Pick<KmsPorts, 'writer' | 'grantEnded'>,
  grant: Grant,
  key: KmsKey,
): void {
  writer.deleteGrant(call.change, grant, key);
  faultPoint('grant.ended');
  const encryptionContextEquals = contextEquals(grant);
  grantEnded(call.change, {
    account: grant.account,
    region: grant.region,
    keyArn: keyArn(grant),
    grantId: grant.grantId,
    ...(encryptionContextEquals === undefined ? {} : { encryptionContextEquals }),
  });
}

export function grantNotFound(grantId: string): NotFoundException {
  return new NotFoundException(`Grant ID ${grantId} not found`);
}

function noteRequest(call: Call, key: KmsKey, request: GrantRequest): void {
  const { constraint } = request;
  const constraints = constraint && {
    [constraint.type === 'EncryptionContextEquals'
      ? 'encryptionContextEquals'
      : 'encryptionContextSubset']: constraint.context,
  };
  call.audit.requestParameters({
    keyId: keyArn(key),
    granteePrincipal: request.granteePrincipal,
    retiringPrincipal: request.retiringPrincipal,
    operations: request.operations,
    constraints,
    name: request.name === '' ? undefined : request.name,
  });
}

/** Customer managed keys have a quota of grants. */
async function refuseTooMany({ reader }: GrantPorts, key: KmsKey): Promise<void> {
  if (key.keyManager !== 'CUSTOMER' || (await reader.grantCount(key)) < maxGrantsPerKey) return;
  throw new LimitExceededException(
    `The KMS key ${keyArn(key)} has reached its quota of ${maxGrantsPerKey} grants.`,
  );
}

async function authorizeCreation(
  call: Call,
  ports: GrantPorts,
  located: LocatedKey,
  request: GrantRequest,
): Promise<void> {
  const { operations, constraint } = request;
  await authorizeKey(call, ports, located, 'kms:CreateGrant', {
    ...(constraint === undefined ? {} : { encryptionContext: constraint.context }),
    context: {
      ...isForAwsResource(call),
      'kms:GrantOperations': [...new Set(operations)],
      'kms:GrantConstraintType': constraint?.type,
      'kms:GranteePrincipal': request.granteePrincipal,
      'kms:RetiringPrincipal': request.retiringPrincipal,
    },
    grantOperation: 'CreateGrant',
    isCoveredBy: (parent) =>
      permitsChild(parent, { operations, ...(constraint === undefined ? {} : { constraint }) }),
  });
}

function grantOf(call: Call, key: KmsKey, request: GrantRequest): Grant {
  const { retiringPrincipal, constraint } = request;
  return {
    account: key.account,
    region: key.region,
    keyId: key.keyId,
    grantId: randomHex(call.random, 32),
    name: request.name,
    granteePrincipal: request.granteePrincipal,
    ...(retiringPrincipal === undefined ? {} : { retiringPrincipal }),
    issuingAccount: call.account,
    operations: [...new Set(request.operations)],
    ...(constraint === undefined ? {} : { constraint }),
    createdAt: call.clock.now().round('millisecond'),
  };
}

/** @throws InvalidArnException for one who is not there */
async function withKeptPrincipals(
  request: GrantRequest,
  { principals }: Pick<GrantPorts, 'principals'>,
): Promise<GrantRequest> {
  const kept = async (name: string): Promise<string> => {
    const id = await principals.kept(name);
    if (id === undefined) throw invalidPrincipal(name);
    return id;
  };
  const { granteePrincipal, retiringPrincipal } = request;
  return {
    ...request,
    granteePrincipal: await kept(granteePrincipal),
    retiringPrincipal: retiringPrincipal && (await kept(retiringPrincipal)),
  };
}

/** A user, role, session, federated user or account, or a service. @throws InvalidArnException */
function checkPrincipal(principal: string): void {
  const isArn =
    /^arn:aws:(iam|sts)::[0-9]{12}:(root|(user|role|assumed-role|federated-user)\/[^*?\s]+)$/.test(
      principal,
    );
  if (!isArn && !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/.test(principal))
    throw invalidPrincipal(principal);
}

function invalidPrincipal(name: string): InvalidArnException {
  return new InvalidArnException(`ARN does not refer to a valid principal: ${name}`);
}

/** What decides RetireGrant: the grant itself or its account, and the Denies of the key policy. */
function retiringPolicy(
  policy: PolicyDocument,
  issuingAccount: string,
  mayRetireIt: boolean,
): PolicyDocument {
  const allow = {
    effect: 'Allow',
    principal: mayRetireIt ? '*' : { AWS: [`arn:aws:iam::${issuingAccount}:root`] },
    actions: ['kms:RetireGrant'],
    resources: ['*'],
    conditions: [],
  } as const;
  return {
    ...policy,
    statements: [...policy.statements.filter(({ effect }) => effect === 'Deny'), allow],
  };
}
