import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { liesUnder } from '../../../lib/domain-name.ts';
import { nameServersOf } from '../built-in-zones.ts';
import { firstRecordSets } from '../domain/hosted-zone.ts';
import { formatName } from '../domain/names.ts';
import {
  ConflictingDomainExists,
  HostedZoneAlreadyExists,
  InvalidDomainName,
  InvalidInput,
  NoSuchDelegationSet,
} from '../errors.ts';
import { bareId, newId, zoneArn } from '../ids.ts';
import type { CreateHostedZoneRequest, CreateHostedZoneResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { delegationSet, recordChange, zoneName, zoneShape } from '../shapes.ts';

export const CreateHostedZone = operation<
  CreateHostedZoneRequest,
  CreateHostedZoneResponse,
  Route53Ports
>('CreateHostedZone', async (input, call, ports) => {
  await call.authorize('route53:CreateHostedZone', '*');
  refuseUnsupported(input);
  const name = newZoneName(input.Name);
  if ((await ports.reader.zoneOfReference(call.account, input.CallerReference)) !== undefined) {
    throw new HostedZoneAlreadyExists();
  }
  await refuseConflict(name, call, ports);

  const sets = firstRecordSets(name, nameServersOf(ports.options));
  const zone = {
    account: call.account,
    id: newId('Z', call.random),
    name,
    callerReference: input.CallerReference,
    comment: input.HostedZoneConfig?.Comment,
    createdAt: call.clock.now().round('millisecond'),
    recordSetCount: sets.length,
    version: 1,
  };
  ports.writer.insertZone(call.change, zone, sets);
  call.audit.resource({ type: 'AWS::Route53::HostedZone', arn: zoneArn(zone.id) });
  return {
    HostedZone: zoneShape(zone),
    ChangeInfo: recordChange(call, ports.writer),
    DelegationSet: delegationSet(ports.options),
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
  };
});

function refuseUnsupported(input: CreateHostedZoneRequest): void {
  if (input.VPC !== undefined || input.HostedZoneConfig?.PrivateZone === true) {
    throw new InvalidInput('Private hosted zones are not supported.');
  }
  if (input.DelegationSetId !== undefined) {
    throw new NoSuchDelegationSet(bareId('hostedzone', input.DelegationSetId));
  }
}

function newZoneName(text: string): string {
  const name = zoneName(text);
  if (name.includes('*')) {
    throw new InvalidDomainName(`${formatName(name)} is not a valid name of a hosted zone.`);
  }
  return name;
}

/**
 * All hosted zones of an installation are served by one name server. A zone is refused where it would take
 * a name that is another's: one that exists, one that is assigned to another account, or one under a zone
 * of another account, whose records it would hide.
 */
async function refuseConflict(
  name: string,
  call: Call,
  { reader, domains, options }: Route53Ports,
): Promise<void> {
  const conflict = (reason: string): ConflictingDomainExists =>
    new ConflictingDomainExists(
      `The hosted zone ${formatName(name)} cannot be created: ${reason}.`,
    );
  if (Object.values(options.zones).some((builtIn) => liesUnder(name, builtIn))) {
    throw conflict('the name is reserved');
  }
  const above = await reader.zoneHolding(name);
  if (above?.name === name) throw conflict('a hosted zone with this name exists');
  const owner = await domains.ownerOf(name);
  if (owner !== undefined && owner !== call.account) {
    throw conflict('the name is assigned to another account');
  }
  if (above !== undefined && above.account !== call.account && owner !== call.account) {
    throw conflict('it lies in a hosted zone of another account');
  }
}
