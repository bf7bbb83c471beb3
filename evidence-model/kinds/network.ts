import { z } from 'zod';
import { kind } from '../kind.ts';
import { place } from './place.ts';
import { time } from './time.ts';

/** A network of one's own in the cloud. */
export const Network = kind('network', {
  ...place,
  /** The vendor made it, and things land there where nothing else is said. */
  default: z.boolean(),
});

/** Two networks that were joined, so that what is in one may reach what is in the other. */
export const NetworkPeering = kind('network-peering', {
  /** The cloud accounts whose networks they are: that which asked for it, and that which was asked. */
  requester: z.string(),
  accepter: z.string(),
  /** The vendor's own word, such as active or deleted. */
  state: z.string(),
});

/** Rules that let traffic through to what stands behind them. */
export const Firewall = kind('firewall', {
  ...place,
  name: z.string(),
  network: z.string(),
  /**
   * What comes in from every address of the internet, or from a range that is wider than a 256th of IPv4 or a 65,536th
   * of IPv6, as `protocol ports`, such as `tcp 22-22` or `all`.
   */
  openToAll: z.array(z.string()),
  /** What comes in from lists of addresses, of which it is told elsewhere what is in them. */
  openToLists: z.array(z.string()),
});

/** What ties something to a network. */
export const NetworkInterface = kind('network-interface', {
  ...place,
  network: z.string(),
  publicAddress: z.boolean(),
  firewalls: z.array(z.string()),
  /** The machine that it belongs to; `none`, or the vendor's service that made it. */
  usedBy: z.string(),
});

/** A log of which traffic went where in a network or a part of it. */
export const TrafficLog = kind('traffic-log', {
  ...place,
  /** The network, or the part of it. */
  of: z.string(),
  active: z.boolean(),
  traffic: z.enum(['all', 'accepted', 'rejected']),
});

/** What takes requests from a network and hands them on to machines. */
export const LoadBalancer = kind('load-balancer', {
  ...place,
  name: z.string(),
  type: z.string(),
  /** It can be reached from the internet. */
  public: z.boolean(),
});

/** One port of it. */
export const Listener = kind('listener', {
  ...place,
  loadBalancer: z.string(),
  port: z.number().int(),
  protocol: z.string(),
  /** The name of the vendor's set of versions and ciphers; `none` where nothing is encrypted. */
  tlsPolicy: z.string(),
  /** It takes requests of browsers that nothing encrypts. */
  plain: z.boolean(),
});

/** What becomes of requests of some sort at a port. */
export const ListenerRule = kind('listener-rule', {
  listener: z.string(),
  /** Callers are told to come again encrypted, and nothing else is done. */
  sendsToTls: z.boolean(),
});

/** What hands on what a server says from places all over the world. */
export const Distribution = kind('distribution', {
  cloudAccount: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  /** Whether viewers may come without encryption, for each part of it, in the vendor's words, such as https-only. */
  viewerPolicies: z.array(z.string()),
  /** The name of the vendor's set of versions and ciphers, such as TLSv1.2_2021. */
  tlsPolicy: z.string(),
  /** The rules of requests that hold for it; `none` where there are none. */
  webAcl: z.string(),
});

/** Rules that let requests of the web through or not. */
export const WebAcl = kind('web-acl', {
  ...place,
  name: z.string(),
  /** For what stands in its region, or for distributions. */
  for: z.enum(['region', 'distributions']),
});

/** What proves to a caller who answers. */
export const Certificate = kind('certificate', {
  ...place,
  name: z.string(),
  /** The vendor's own word, such as ISSUED or EXPIRED. */
  state: z.string(),
  expiresAt: time,
  inUse: z.boolean(),
  /** The vendor will renew it by itself. */
  renewed: z.boolean(),
  keyAlgorithm: z.string(),
});
