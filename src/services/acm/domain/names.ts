/** Suffixes whose names ACM never certifies: they are Amazon's own. */
const amazonSuffixes = ['amazonaws.com', 'cloudfront.net', 'elasticbeanstalk.com', 'awsapps.com'];

/**
 * Names that are requested and then fail, without an API error.
 * @see ACM User Guide, "Troubleshoot certificate requests"
 */
export function isAmazonName(name: string): boolean {
  return amazonSuffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}

/** A label with `--` at its third place must be a real A-label: `xn--` and Punycode that decodes. */
export function isAllowedPunycode(name: string, decodes: (label: string) => boolean): boolean {
  return name
    .split('.')
    .every(
      (label) =>
        label.slice(2, 4) !== '--' ||
        (label.toLowerCase().startsWith('xn--') && decodes(label.toLowerCase())),
    );
}
