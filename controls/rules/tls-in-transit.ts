import { z } from 'zod';
import { Certificate, Listener, ListenerRule, LoadBalancer } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';
import { oldestTls } from '../tls-policy.ts';

export const tlsInTransit = controlOverParts({
  id: 'tls-in-transit',
  severity: 'medium',
  assertion:
    'At each reading, every listener of a load balancer of the connected AWS accounts that can be reached from the internet took TLS 1.2 or newer and nothing older, or did nothing but send callers to where that is asked of them; and no certificate in use that AWS keeps ended within the days that the policy names (14 unless it says otherwise). Load balancers of the classic sort, what goes on between load balancers and machines, other services and regions that are not switched on were not looked at.',
  board: 'It keeps others from reading or changing what travels between customers and us.',
  remedy:
    'Choose a security policy of TLS 1.2 or newer for the listed listeners, let those of plain HTTP redirect to HTTPS, and renew the listed certificates.',
  collectors: ['aws'],
  population: 'listeners of load balancers, and certificates, of connected AWS accounts',
  parameters: z.strictObject({ leastDaysLeft: z.number().int().min(0).default(14) }),
  parts: (part) => [
    part({
      over: need(Listener, ['protocol', 'tlsPolicy', 'plain']),
      related: {
        balancers: need(LoadBalancer, ['public'], { id: 'loadBalancer' }),
        rules: need(ListenerRule, ['sendsToTls'], 'listener'),
      },
      test: (listener, { related, open }) => {
        const [balancer] = related('balancers');
        if (!balancer)
          return noData(open('balancers') ?? 'the load balancer of the listener is in no reading');
        return balancer.given(['public'], (it) => {
          if (!it.public) return notApplicable('its load balancer cannot be reached from the internet');
          return listener.given(['plain'], ({ plain }) => {
            const rules = related('rules');
            if (plain)
              return rules.length === 0
                ? noData(open('rules') ?? 'what it does with requests is in no reading')
                : all(
                    rules.map((rule) =>
                      rule.given(['sendsToTls'], ({ sendsToTls }) =>
                        sendsToTls
                          ? pass('it only sends callers to where TLS is asked of them')
                          : fail('it takes requests that nothing encrypts'),
                      ),
                    ),
                  );
            return listener.given(['protocol', 'tlsPolicy'], ({ protocol, tlsPolicy }) => {
              if (tlsPolicy === 'none')
                return noData(
                  `it hands on ${protocol} as it comes, and whether that is encrypted is not told`,
                );
              const oldest = oldestTls(tlsPolicy);
              if (oldest === null) return noData(`nobody here knows what ${tlsPolicy} takes`);
              const told = `${tlsPolicy} takes TLS ${oldest} and newer`;
              return oldest === '1.2' || oldest === '1.3' ? pass(told) : fail(told);
            });
          });
        });
      },
    }),
    part({
      over: need(Certificate, ['inUse', 'expiresAt']),
      related: {},
      test: (certificate, { asOf, parameters: { leastDaysLeft } }) =>
        certificate.given(['inUse'], ({ inUse }) =>
          inUse
            ? certificate.given(['expiresAt'], ({ expiresAt }) => {
                // A part of a day is none: what is left is never stretched.
                const days = -daysBetween(expiresAt, asOf);
                const told = `it ends in ${days} days, ${leastDaysLeft} are wanted`;
                return days < leastDaysLeft ? fail(told) : pass(told);
              })
            : notApplicable('nothing uses it'),
        ),
    }),
  ],
});
