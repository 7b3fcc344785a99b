import { operation } from '../../../aws/operation.ts';
import { authorizedListener } from '../authorization.ts';
import { ValidationError } from '../errors.ts';
import { changeListener } from '../listener-change.ts';
import { certificateArns } from '../listener-settings.ts';
import type { AddListenerCertificatesInput, AddListenerCertificatesOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const AddListenerCertificates = operation<
  AddListenerCertificatesInput,
  AddListenerCertificatesOutput,
  Elbv2Ports
>('AddListenerCertificates', async (input, call, ports) => {
  const { reader } = ports;
  const { balancer, listener: before } = await authorizedListener(
    call,
    reader,
    'AddListenerCertificates',
    input.ListenerArn,
  );
  if (before.protocol !== 'HTTPS')
    throw new ValidationError('Certificates can only be added to HTTPS listeners');
  if (input.Certificates.some(({ IsDefault }) => IsDefault === true))
    throw new ValidationError('The default certificate is set with ModifyListener');
  const named = certificateArns(input.Certificates);
  if (named.length === 0) throw new ValidationError('A certificate ARN must be specified');
  const after = { ...before, certificates: [...new Set([...before.certificates, ...named])] };
  await changeListener(call, ports, balancer, { before, after, named });
  return { Certificates: named.map((CertificateArn) => ({ CertificateArn, IsDefault: false })) };
});
