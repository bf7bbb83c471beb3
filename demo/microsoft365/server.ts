import { startHttp, type HttpServer } from '../http.ts';
import { misbehave, type Faults } from '../misbehave.ts';
import type { SelfSigned } from './certificate.ts';
import { microsoft365Handler, type Microsoft365Options } from './handler.ts';
import type { Microsoft365Model } from './model.ts';

export interface Microsoft365Server extends HttpServer {
  /** What to trust to be sure of it, PEM. */
  readonly certificate: string;
}

/** The synthetic Microsoft 365 behind a real HTTPS server on loopback: Graph at `/v1.0`, Entra at the tenant's id. */
export async function startMicrosoft365(
  model: Microsoft365Model,
  {
    faults = misbehave(),
    certificate,
    ...options
  }: Microsoft365Options & { readonly certificate: SelfSigned; readonly faults?: Faults },
): Promise<Microsoft365Server> {
  const server = await startHttp(microsoft365Handler(model, options), {
    now: options.now,
    faults,
    tls: certificate,
    requestIdOf: (n) => `7c2f5a10-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
  });
  return { ...server, certificate: certificate.cert };
}
