/** Of what Terraform would change: the resources, and how. */
export type Changes = Readonly<Record<string, readonly string[]>>;

export interface Form {
  readonly title: string;
  readonly gateways: readonly string[];
  /** For `domain`, given the ARN of a certificate in the right region. */
  readonly hcl: (certificate: string) => string;
  readonly url: string;
  /** Records that are left to somebody else. */
  readonly records?: number;
  /** What changes when the stage, which was deployed like this, is given `domain` as it was emitted. */
  readonly changes: Changes;
}

const certificate = {
  'aws_acm_certificate.this[0]': ['create'],
  'aws_acm_certificate_validation.this[0]': ['create'],
  'aws_route53_record.validation[0]': ['create'],
};
const records = { 'aws_route53_record.this["A"]': ['create'], 'aws_route53_record.this["AAAA"]': ['create'] };
const renamed = { 'aws_apigatewayv2_domain_name.this[0]': ['update'] };
/** AWS replaces it. */
const listener = { 'aws_lb_listener_certificate.this': ['update'] };
const distribution = { 'aws_cloudfront_distribution.this[0]': ['update'] };
const path = { 'aws_apigatewayv2_api_mapping.this': ['update'], 'aws_lambda_function.this': ['update'] };

export const forms: readonly Form[] = [
  {
    title: 'a certificate and records of its own',
    gateways: ['http', 'rest', 'url', 'alb'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org" }',
    url: 'https://demo-dev.shop.org',
    changes: {},
  },
  {
    title: 'a certificate that is there',
    gateways: ['http', 'rest'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", zone = "shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    changes: { ...certificate, ...renamed },
  },
  {
    title: 'a certificate that is there',
    gateways: ['url'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", zone = "shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    changes: { ...certificate, ...distribution },
  },
  {
    title: 'a certificate that is there',
    gateways: ['alb'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", zone = "shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    changes: { ...certificate, ...listener },
  },
  {
    title: 'records elsewhere',
    gateways: ['http', 'rest'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    records: 2,
    changes: { ...certificate, ...records, ...renamed },
  },
  {
    title: 'records elsewhere',
    gateways: ['url'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    records: 2,
    changes: { ...certificate, ...records, ...distribution },
  },
  {
    title: 'records elsewhere',
    gateways: ['alb'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    records: 2,
    changes: { ...certificate, ...records, ...listener },
  },
  {
    title: 'a path of its own host name',
    gateways: ['http', 'rest'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org", base_path = "orders/v1" }',
    url: 'https://demo-dev.shop.org/orders/v1',
    changes: path,
  },
  {
    title: "a path of another root's host name",
    gateways: ['http', 'rest'],
    hcl: () => '{ name = "api.shop.org", base_path = "orders", shared = true }',
    url: 'https://api.shop.org/orders',
    changes: {
      ...certificate,
      ...records,
      ...path,
      'aws_apigatewayv2_api_mapping.this': ['delete', 'create'],
      'aws_apigatewayv2_domain_name.this[0]': ['create'],
    },
  },
  {
    title: 'mutual TLS',
    gateways: ['http', 'rest'],
    hcl: () =>
      '{ name = "demo-dev.shop.org", zone = "shop.org", client_certificates = { truststore_uri = "s3://shop-trust/clients.pem" } }',
    url: 'https://demo-dev.shop.org',
    changes: renamed,
  },
  {
    title: 'mutual TLS',
    gateways: ['url'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org", client_certificates = { trust_store_id = "ts_1" } }',
    url: 'https://demo-dev.shop.org',
    changes: distribution,
  },
  {
    title: 'a generated host name that goes on answering',
    gateways: ['http'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org", generated_endpoint = true }',
    url: 'https://demo-dev.shop.org',
    changes: { 'aws_apigatewayv2_api.this': ['update'] },
  },
];
