/* What a tenant has beside people, roles and policies: groups, programs, devices, and what happened to them. */

type Json = Readonly<Record<string, unknown>>;

export interface M365Estate {
  groups: M365Group[];
  programs: M365Program[];
  grants: M365Grant[];
  delegated: M365Delegated[];
  devices: M365Device[];
  eligible: M365Eligible[];
  signIns: M365SignIn[];
  risks: M365Risk[];
  reviews: M365Review[];
  /** Settings and lists of settings, each as Graph tells it, by its path. */
  settings: Record<string, Json>;
  listings: Record<string, Json[]>;
}

export interface M365Group {
  id: string;
  name: string;
  createdAt: string;
  dynamic: boolean;
  assignableToRoles: boolean;
  /** Ids of users, and of groups by which others are in it. */
  users: string[];
  groups: string[];
}

/** A program that was let in; one of the company's own is registered too. */
export interface M365Program {
  id: string;
  appId: string;
  name: string;
  /** The id of its registration, where it is the company's own. */
  registration: string | null;
  maker: string | null;
  type: 'Application' | 'ManagedIdentity';
  createdAt: string;
  enabled: boolean;
  /** What it lets programs do by themselves. */
  offers: { id: string; value: string }[];
  passwords: M365ProgramSecret[];
  certificates: M365ProgramSecret[];
}

export interface M365ProgramSecret {
  id: string;
  name: string;
  from: string;
  until: string;
}

export interface M365Grant {
  id: string;
  holder: string;
  resource: string;
  role: string;
  at: string;
}

export interface M365Delegated {
  id: string;
  client: string;
  resource: string;
  /** `null` where it holds for everybody. */
  of: string | null;
  scope: string;
}

export interface M365Device {
  id: string;
  deviceId: string;
  intuneId: string | null;
  name: string;
  owner: string;
  system: string;
  version: string;
  compliance: 'compliant' | 'noncompliant' | 'inGracePeriod';
  encrypted: boolean;
  enrolledAt: string;
  seenAt: string;
}

export interface M365Eligible {
  id: string;
  principal: string;
  role: string;
  from: string;
  until: string | null;
}

export interface M365SignIn {
  id: string;
  at: string;
  user: string;
  client: string;
  application: string;
  errorCode: number;
  factors: 'singleFactorAuthentication' | 'multiFactorAuthentication';
}

export interface M365Risk {
  user: string;
  level: 'low' | 'medium' | 'high';
  state: 'atRisk' | 'remediated';
  at: string;
}

export interface M365Review {
  id: string;
  name: string;
  scope: string;
  rounds: {
    id: string;
    state: string;
    from: string;
    until: string;
    decisions: { id: string; user: string; decision: string; by: string | null; at: string | null }[];
  }[];
}
