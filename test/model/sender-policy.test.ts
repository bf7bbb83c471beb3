import { describe, expect, test } from 'vitest';
import { parseSenderPolicy, referredTo } from '../../evidence-model/sender-policy.ts';

describe('a sender policy', () => {
  test.each([
    'v=spf1 -all',
    'V=SPF1 -ALL',
    'v=spf1  a mx:mail.example.com/24 a:x.example//64 mx/24//64  ~all ',
    'v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ip6:::1 ?all',
    'v=spf1 include:_spf.example.com. redirect=other.example exp=why.%{d}',
    'v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all',
    'v=spf1 ptr ptr:example.com unknown=%{d}%% -all',
  ])('is well formed: %s', (text) => {
    expect(parseSenderPolicy(text)).not.toBeNull();
  });

  test.each([
    ...['ip4:999.1.1.1', 'ip4:mail.example.com', 'ip4:192.0.2.0/33', 'ip4:192.0.2.0/', 'ip4', 'ip4:1.2.3'],
    ...[
      'ip6:zz',
      'ip6:::1/129',
      'ip6:::/0/0',
      'a:',
      'a:/24',
      'mx/99',
      'mx/',
      'mx:host..com',
      'a:foo%zz',
      'a/08',
    ],
    ...[
      'all:example.com',
      'include',
      'include:',
      'include:localhost',
      'exists:',
      'ptr:',
      'ptr/24',
      'ipv4:192.0.2.1',
    ],
    ...[
      'exp=a.example exp=b.example',
      'exp=',
      'redirect=',
      'redirect=a.example redirect=b.example',
      'foo=%q',
    ],
    ...['a:ex\u00e4mple.com', 'a\tmx', 'a:1.2.3.4', '--all', 'a:-x.example'],
  ])('is not well formed: %s', (term) => {
    expect(parseSenderPolicy(`v=spf1 ${term} -all`)).toBeNull();
  });

  test('refers to others in its order, but for those whose name depends on who sends', () => {
    expect(
      referredTo('v=spf1 include:B.example. include:%{d}.example include:a.example redirect=c.example'),
    ).toEqual(['b.example', 'a.example', 'c.example']);
    expect(referredTo('v=spf1 include:b.example redirect=c.example -all')).toEqual(['b.example']);
    expect(referredTo('v=spf1 include:b.example ip4:x -all')).toEqual([]);
  });

  test('is read in no time, however it is written', () => {
    const started = performance.now();
    expect(parseSenderPolicy(`v=spf1 a:${'%{i}'.repeat(60)}/x -all`)).toBeNull();
    expect(parseSenderPolicy(`v=spf1 a:%{i}${'a'.repeat(60_000)} -all`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
