import { operation } from '../../../aws/operation.ts';
import { authorizedListener } from '../authorization.ts';
import { OperationNotPermitted } from '../errors.ts';
import { changeListener } from '../listener-change.ts';
import { certificateArns } from '../listener-settings.ts';
import type {
  RemoveListenerCertificatesInput,
  RemoveListenerCertificatesOutput,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

/** One that the listener does not have is no error. */
export const RemoveListenerCertificates = operation<
  RemoveListenerCertificatesInput,
  RemoveListenerCertificatesOutput,
  Elbv2Ports
>('RemoveListenerCertificates', async (input, call, ports) => {
  const { reader } = ports;
  const { balancer, listener: before } = await authorizedListener(
    call,
    reader,
    'RemoveListenerCertificates',
    input.ListenerArn,
  );
  const named = new Set(certificateArns(input.Certificates));
  const { defaultCertificate, certificates } = before;
  if (
    defaultCertificate !== undefined &&
    named.has(defaultCertificate) &&
    !certificates.includes(defaultCertificate)
  )
    throw new OperationNotPermitted('Default Certificate cannot be removed');
  const after = { ...before, certificates: certificates.filter((arn) => !named.has(arn)) };
  await changeListener(call, ports, balancer, { before, after });
  return {};
});
