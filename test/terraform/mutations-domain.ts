import { at, type Mutation } from './mutation.ts';

const shared = { gateway: 'http' } as const;

/** Of what a domain is made of, each form of it. */
export const domainMutations: readonly Mutation[] = [
  ...at(
    { ...shared, extras: 'domain', file: 'service/domain.tf', suite: 'domain' },
    {
      'a host name shows another certificate': [
        'certificate_arn                        = local.certificate_arn',
        'certificate_arn                        = "arn:aws:acm:eu-west-1:123456789012:certificate/other"',
      ],
      'the generated host name answers until somebody makes records': ['== null ? [local.domain_name] :', '== null ? [] :'],
      'the generated host name answers as well': ['var.domain.generated_endpoint || length(', 'true || length('],
    },
  ),
  ...at(
    { ...shared, extras: 'domain', file: 'service/variables-domain.tf', suite: 'domain' },
    {
      'a host name lies outside of its zone': ['condition     = endswith(', 'condition     = var.domain != null || endswith('],
      'a certificate of another region is taken': ['acm:${local.certificate_region}:', 'acm:[a-z0-9-]+:'],
      "a certificate waits for nobody's record": [
        'var.domain.shared || var.domain.zone != null',
        'true || var.domain.zone != null',
      ],
    },
  ),
  ...at(
    { ...shared, extras: 'domain', file: 'service/domain.tf', suite: 'domain-paths' },
    { 'the function keeps a path that is mapped': ['{ BASE_PATH = local.base_path }', '{}'] },
  ),
  ...at(
    { ...shared, extras: 'domain', file: 'service/variables-domain.tf', suite: 'domain-paths' },
    {
      'a shared host name is given a certificate': [
        '(var.domain.zone == null && var.domain.certificate_arn == null)',
        '(var.domain.zone == null)',
      ],
    },
  ),
  ...at(
    { ...shared, extras: 'domain', file: 'service/lambda.tf', suite: 'domain-paths' },
    {
      'the environment moves a service from the path that is mapped': [
        'var.environment, local.base_environment)',
        'local.base_environment, var.environment)',
      ],
    },
  ),
  ...at(
    { ...shared, extras: 'domain', file: 'service/api.tf', suite: 'domain-paths' },
    {
      'a service takes every path of a host name': ['  api_mapping_key = var.domain.base_path\n', ''],
    },
  ),
  ...at(
    { ...shared, extras: 'domain', file: 'service/domain.tf', suite: 'domain-clients' },
    {
      'callers are not asked for certificates': ['for_each = var.domain.client_certificates[*]', 'for_each = []'],
      'any version of the trusted authorities counts': [
        '      truststore_version = mutual_tls_authentication.value.truststore_version\n',
        '',
      ],
      'releases do not know that certificates are asked for': ['var.domain.client_certificates != null', 'false'],
    },
  ),
  ...at(
    { ...shared, extras: 'domain', file: 'service/variables-domain.tf', suite: 'domain-clients' },
    {
      'mutual TLS is passed by': [
        'var.domain.client_certificates == null || !var.domain.generated_endpoint',
        'var.domain != null',
      ],
      'trusted authorities are read from anywhere': ['"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+$"', '"^.+$"'],
    },
  ),
  ...at(
    { gateway: 'url', extras: 'domain', file: 'service/cloudfront.tf', suite: 'domain-url' },
    {
      'CloudFront speaks old TLS': ['"TLSv1.2_2021"', '"TLSv1"'],
      'CloudFront asks for no certificates': ['for_each = var.domain.client_certificates[*]', 'for_each = []'],
      'CloudFront lets in who shows none': ['mode = "required"', 'mode = "optional"'],
      'CloudFront speaks HTTP/3, which asks for none': [
        'var.domain.client_certificates == null ? "http2and3" : "http2"',
        '"http2and3"',
      ],
    },
  ),
  ...at(
    { gateway: 'url', extras: 'domain', file: 'service/variables-domain.tf', suite: 'domain-url' },
    {
      'CloudFront is given a path that it does not map': [
        'var.domain.base_path == null && !var.domain.shared',
        '!var.domain.shared',
      ],
      'an open URL is given a host name': ['|| var.access == "cloudfront"', '|| var.access != ""'],
    },
  ),
];
