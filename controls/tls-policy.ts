/** Policies whose name does not tell what they take: these still take TLS 1.0. */
const old = ['2016-08', '2015-05', '2015-03', '2015-02', '2014-10', '2014-01', '2011-08', 'FS-2018-06'];

/**
 * The oldest version of TLS that a security policy of a load balancer takes; `null` for one that nobody here knows. Newer
 * ones say it in their name, such as `ELBSecurityPolicy-TLS13-1-2-Res-2021-06`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function oldestTls(policy: string): string | null {
  const name = /^ELBSecurityPolicy-(.+)$/.exec(policy)?.[1] ?? '';
  if (old.includes(name)) return '1.0';
  const minor =
    /^TLS13-1-([0-3])-(?:[A-Za-z0-9]+-)*\d{4}-\d\d$/.exec(name)?.[1] ??
    /^(?:TLS|FS)-1-([12])-(?:[A-Za-z]+-)?\d{4}-\d\d$/.exec(name)?.[1];
  return minor === undefined ? null : `1.${minor}`;
}
