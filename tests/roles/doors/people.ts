import { randomBytes } from 'node:crypto'
import { openSession } from '#server/people'
import { type Door, open } from '../door.ts'
import { freshExpert } from '../fresh.ts'
import type { Visitor } from '../visitors.ts'
import type { World } from '../world.ts'

/** Whoever has no link of a mail, or is in the middle of nothing, is told that there is nothing: that is “come in”. */
function withoutLink(asks: readonly string[], ...doors: string[]): Door[] {
  return open(asks, ...doors).map((door) => ({ ...door, alsoIn: [404] }))
}

/** Who comes from no provider is led to the first step: that is “come in”. */
function fromNowhere(...doors: string[]): Door[] {
  return open([], ...doors).map((door) => ({ ...door, alsoIn: [303] }))
}

const makesNoToken = {
  'token that may write': 'a token makes no token'
}

async function ownToken({ site: { app }, cast }: World, { caller }: Visitor): Promise<string> {
  const { id } = await app.database
    .insertInto('people.token')
    .values({
      person: caller.person ?? cast.ilze.person,
      role: null,
      name: 'Test',
      secret_digest: randomBytes(32),
      scopes: ['calls:read'],
      expires_at: '2100-01-01T00:00:00Z'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function ownSession({ site: { app }, cast }: World, { caller }: Visitor): Promise<string> {
  const { id } = await openSession(app.database, caller.person ?? cast.ilze.person, { secondFactor: false })
  return id
}

export const peopleDoors: Door[] = [
  ...open([], 'load /sign-in', 'load /sign-in/forgotten', 'load /sign-up', 'load /sign-out'),
  // Who is not signed in is as they wished to be.
  ...open([], 'post /sign-out'),
  ...open(['people.sign-in'], 'post /sign-in?/password'),
  ...open(['people.begin-sign-in-by-passkey'], 'POST /sign-in/passkey'),
  ...open(['people.sign-in-by-passkey'], 'post /sign-in?/passkey'),
  ...open(['people.sign-up'], 'post /sign-up'),
  ...open(['people.ask-for-link'], 'post /sign-in/forgotten'),
  ...withoutLink(['people.set-password'], 'post /sign-up/finish', 'post /sign-in/password'),
  ...withoutLink(
    ['people.lookAtLink'],
    'load /sign-up/finish',
    'load /sign-in/password',
    'load /people/address',
    'load /people/address-back'
  ),
  ...withoutLink(['people.confirm-address'], 'post /people/address'),
  ...withoutLink(['people.restore-address'], 'post /people/address-back'),
  ...open(['people.switch-role'], 'post /people/role'),
  ...open(
    ['people.myAccount'],
    'load /people/account',
    'load /people/account/address',
    'load /people/account/codes',
    'load /people/account/name',
    'load /people/account/password',
    'load /sign-in/again',
    // Who is not signed in and in the middle of nothing is led to the first step.
    'load /sign-in/second-factor',
    'post /sign-in/second-factor?/code',
    'post /sign-in/second-factor?/passkey'
  ),
  ...open(['people.myPasskeys'], 'load /people/account/passkeys'),
  ...open(['people.mySessions'], 'load /people/account/devices'),
  ...open(['people.prove-again'], 'post /sign-in/again?/password', 'post /sign-in/again?/passkey'),
  ...open(['people.ask-for-address'], 'post /people/account/address'),
  ...open(['people.change-person'], 'post /people/account/name'),
  ...open(['people.change-password'], 'post /people/account/password'),
  ...open(
    ['people.end-sessions'],
    'post /people/account/devices?/one',
    'post /people/account/devices?/others'
  ),
  ...open(['people.add-codes'], 'post /people/account/codes?/add'),
  {
    door: 'post /people/account/codes?/recovery',
    asks: ['people.renew-recovery-codes'],
    ownSecondFactor: true
  },
  { door: 'post /people/account/codes?/remove', asks: ['people.remove-codes'], ownSecondFactor: true },
  ...open(['people.begin-adding-passkey'], 'POST /people/account/passkeys/options'),
  ...open(['people.add-passkey'], 'post /people/account/passkeys?/add'),
  ...open(['people.remove-passkey'], 'post /people/account/passkeys?/remove'),
  ...open(['people.myTokens'], 'load /people/account/tokens', 'api GET /api/v1/people/tokens'),
  ...open(['people.make-token'], 'post /people/account/tokens?/make'),
  { door: 'api POST /api/v1/people/tokens', asks: ['people.make-token'], butNot: makesNoToken },
  ...open(['people.revoke-token'], 'post /people/account/tokens?/revoke'),
  {
    door: 'api DELETE /api/v1/people/tokens/:token',
    asks: ['people.revoke-token'],
    at: async (world, visitor) => ({ parts: { token: await ownToken(world, visitor) } })
  },
  // None is set up in the tests, so that there is nowhere to go; tests/journeys and the module’s own go there.
  {
    door: 'GET /sign-in/with/[provider]',
    asks: ['people.go-to-provider'],
    at: () => ({ parts: { provider: 'none' } }),
    alsoIn: [404]
  },
  {
    door: 'bare GET /sign-in/back/[provider]',
    asks: ['people.come-from-provider'],
    at: () => ({ parts: { provider: 'none' } }),
    alsoIn: [303, 404]
  },
  ...fromNowhere('load /sign-up/from-provider', 'post /sign-up/from-provider?/finish'),
  ...fromNowhere('post /sign-up/from-provider?/mail'),
  ...open(['people.myProviders'], 'load /people/account/providers'),
  ...open(['people.link-provider'], 'post /people/account/providers?/link'),
  ...open(['people.unlink-provider'], 'post /people/account/providers?/unlink'),
  ...open(['people.whatIsKept'], 'load /people/privacy'),
  ...open(['people.myConsents'], 'load /people/account/data'),
  ...open(['people.set-consents'], 'post /people/account/data?/consents'),
  ...open(['people.export-person'], 'POST /people/account/data/download'),
  ...open(['people.myErasure'], 'load /people/account/erase'),
  // Without their address nobody is erased.
  ...open(['people.erase-person'], 'post /people/account/erase'),
  ...open([], 'load /people/erased'),
  ...open(['people.rolesGiven'], 'load /people/roles'),
  ...open(['people.give-role'], 'post /people/roles?/give'),
  {
    door: 'post /people/roles?/end',
    asks: ['people.end-given-role'],
    at: async (world) => ({ body: { role: await freshExpert(world) } })
  },
  ...open(['people.whoAmI'], 'api GET /api/v1/people/me'),
  ...open(['people.mySessions'], 'api GET /api/v1/people/sessions'),
  {
    door: 'api DELETE /api/v1/people/sessions',
    asks: ['people.end-sessions'],
    butNot: { 'token that may write': 'a token has no session that would stay' }
  },
  {
    door: 'api DELETE /api/v1/people/sessions/:session',
    asks: ['people.end-sessions'],
    at: async (world, visitor) => ({ parts: { session: await ownSession(world, visitor) } })
  }
]
