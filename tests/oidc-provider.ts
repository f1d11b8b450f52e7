import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** For tests: somebody who has an account at the provider. */
export type Elsewhere = {
  sub: string
  name?: string
  email?: string
  email_verified?: boolean
  /** How they proved there who they are. */
  acr?: string
  amr?: string[]
}

/** For tests: a real OpenID Connect provider (oidc-provider, certified) at which somebody signs in at once. */
export type TestProvider = {
  issuer: string
  /** Who sits at the browser; undefined: they press “cancel”. */
  somebody: Elsewhere | undefined
  /**
   * Follows an address of the provider as a browser would, until it is sent back.
   * @returns the address of the site to which the browser comes back
   */
  follow: (address: string, back: string) => Promise<URL>
  /** How often it was asked for a fresh proof. */
  prompts: number
  stop: () => Promise<void>
}

export const client = { id: 'kopa', secret: 'a secret of the tests, not of anybody' }

/** Starts a provider that knows one client. @param backs the addresses to which browsers may be sent back */
export async function startProvider(backs: string[]): Promise<TestProvider> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const test: TestProvider = {
    issuer,
    somebody: undefined,
    prompts: 0,
    follow: (address, back) => follow(address, back),
    stop: () => stopped(server)
  }
  const seen = new Map<string, Elsewhere>()
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: backs }],
    claims: {
      acr: null,
      amr: null,
      auth_time: null,
      iss: null,
      sid: null,
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name']
    },
    acrValues: ['two-factors'],
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    cookies: { keys: ['only for tests'] },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...seen.get(sub), sub }) }),
    // Nobody is asked to consent: that page is the provider's business.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    }
  })
  const handle = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response)
    void provider.interactionDetails(request, response).then(({ params }) => {
      if (params.prompt === 'login') test.prompts++
      const { somebody } = test
      if (!somebody) {
        const no = { error: 'access_denied', error_description: 'They pressed “cancel”' }
        return provider.interactionFinished(request, response, no)
      }
      seen.set(somebody.sub, somebody)
      const { sub, acr, amr } = somebody
      const login = { accountId: sub, ...(acr && { acr }), ...(amr && { amr }) }
      return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
    })
  })
  return test
}

async function follow(address: string, back: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = new URL(address)
  for (let step = 0; step < 10; step++) {
    if (next.href.startsWith(back)) return next
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    const location = answer.headers.get('location')
    if (!location) throw new Error(`${next.href} answered ${answer.status}: ${await answer.text()}`)
    next = new URL(location, next)
  }
  throw new Error('The provider sends the browser around in circles')
}

async function stopped(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
