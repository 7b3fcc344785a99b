import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeCertificates } from '../descriptions.ts';
import { ListenerNotFound } from '../errors.ts';
import { cut, pageOf } from '../markers.ts';
import type {
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

/** The default certificate first; after it the others, page by page. */
export const DescribeListenerCertificates = operation<
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
  Elbv2Ports
>('DescribeListenerCertificates', async (input, call, { reader }) => {
  await authorize(call, 'DescribeListenerCertificates', '*');
  const listener = await reader.listener(call, checkedArn(input.ListenerArn, 'listener'));
  if (listener === undefined) throw new ListenerNotFound('One or more listeners not found');
  const page = pageOf(
    { call, name: 'DescribeListenerCertificates', parameters: listener.arn },
    input,
  );
  const all = describeCertificates(listener);
  const last = all.findIndex(({ CertificateArn }) => CertificateArn === page.after);
  const { items, NextMarker } = cut(
    all.slice(last + 1),
    page,
    ({ CertificateArn }) => CertificateArn ?? '',
  );
  return { Certificates: items, NextMarker };
});
