import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { type Problem, type Refused, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Consent,
  type Permission,
  type PersonalData,
  type SignedIn,
  type Stays,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { hindrances } from './actions/erase-person.ts'
import { type NotedConsent, consentsOf } from './consents.server.ts'
import { type FoundLink, type LinkOpens, findLink } from './links.server.ts'
import { type OutsideIdentity, identitiesOf } from './outside-identities.server.ts'
import { type Passkey, passkeysOf } from './passkeys.server.ts'
import { type Person, personOf, personsOf } from './persons.server.ts'
import { lasting } from './sessions.server.ts'
import { type Token, tokensOf } from './tokens.server.ts'
import { type WayIn, addedLately } from './ways-in.server.ts'

export const permissions = {
  lookAtLink: 'public',
  lookAtAddedLately: 'public',
  myAccount: ['person'],
  mySessions: ['person'],
  myConsents: ['person'],
  myErasure: ['person'],
  myPasskeys: ['person'],
  myProviders: ['person'],
  myTokens: ['person'],
  rolesGiven: ['administrator'],
  whatIsKept: 'public',
  whoAmI: ['person']
} satisfies Record<string, Permission>

type Holding = { database: Database }

/** What a mailed link opens, for whoever has it; looking does not use it. `email`: whose account it is about. */
export async function lookAtLink(
  app: Holding,
  opens: LinkOpens,
  secret: string
): Promise<{ state: FoundLink['state']; email: string | undefined }> {
  const found = await findLink(app.database, opens, secret)
  return { state: found.state, email: found.state === 'good' ? found.link.email : undefined }
}

/** What a link for a new password would take away besides, for whoever has it. */
export async function lookAtAddedLately(app: Holding, secret: string): Promise<WayIn[]> {
  const found = await findLink(app.database, 'password', secret)
  return found.state === 'good' ? addedLately(app.database, found.link.person!) : []
}

/** Somebody's account: who they are, and the ways by which they can sign in. */
export type Account = Person & {
  passwordSet: Temporal.Instant | null
  codesAdded: Temporal.Instant | null
  recoveryCodesLeft: number
  passkeys: number
  providers: number
  sessions: number
  tokens: number
}

/** The caller's account. */
export async function myAccount(app: Holding, caller: Caller): Promise<Account | Refused> {
  const own = ownOf(caller, permissions.myAccount)
  if ('refused' in own) return own
  const person = await personOf(app.database, own.person)
  if (!person) return refused('sign-in')
  const { rows } = await sql<Omit<Account, keyof Person>>`
    select
      (select set_at from people.password where person = p.id) as "passwordSet",
      (select added_at from people.one_time_code where person = p.id) as "codesAdded",
      (select count(*)::int from people.recovery_code where person = p.id and used_at is null) as "recoveryCodesLeft",
      (select count(*)::int from people.passkey where person = p.id) as passkeys,
      (select count(*)::int from people.outside_identity where person = p.id) as providers,
      (select count(*)::int from people.session where person = p.id and ${inForce()}) as sessions,
      (select count(*)::int from people.token where person = p.id and revoked_at is null
        and expires_at > clock_timestamp()) as tokens
    from people.person p where p.id = ${own.person}`.execute(app.database)
  return { ...person, ...rows[0]! }
}

/** A device on which somebody is signed in. */
export type Session = {
  id: string
  /** Such as 'Firefox, Linux'; '' when it could not be told. */
  device: string
  opened: Temporal.Instant
  /** At most five minutes behind. */
  lastSeen: Temporal.Instant
  /** Whether it is the one that asks. */
  here: boolean
}

/** The devices on which the caller is signed in, the last used first. */
export async function mySessions(app: Holding, caller: Caller): Promise<Session[] | Refused> {
  const own = ownOf(caller, permissions.mySessions)
  if ('refused' in own) return own
  const here = 'session' in own.by ? own.by.session : undefined
  const rows = await app.database
    .selectFrom('people.session')
    .select(['id', 'device', 'opened_at', 'last_seen_at'])
    .where('person', '=', own.person)
    .where(inForce())
    .orderBy('last_seen_at', 'desc')
    .execute()
  return rows
    .map(({ id, device, opened_at, last_seen_at }) => ({
      id,
      device,
      opened: opened_at,
      lastSeen: last_seen_at,
      here: id === here
    }))
    .sort((a, b) => Number(b.here) - Number(a.here))
}

/** Who asks, as they are to this installation: for programs that want to know in whose name they act. */
export type Me = Pick<SignedIn, 'person' | 'name' | 'language' | 'roles' | 'secondFactor'> & {
  acting: SignedIn['acting'] | null
  scopes: readonly string[] | null
}

/** The caller, to themselves. */
export function whoAmI(caller: Caller): Me | Refused {
  const own = ownOf(caller, permissions.whoAmI)
  if ('refused' in own) return own
  const { person, name, language, roles, secondFactor, acting = null, by } = own
  return { person, name, language, roles, secondFactor, acting, scopes: 'token' in by ? by.scopes : null }
}

/** The caller's passkeys, the oldest first. */
export async function myPasskeys(app: Holding, caller: Caller): Promise<Passkey[] | Refused> {
  const own = ownOf(caller, permissions.myPasskeys)
  return 'refused' in own ? own : passkeysOf(app.database, own.person)
}

/** The caller's accounts elsewhere that sign them in. */
export async function myProviders(app: Holding, caller: Caller): Promise<OutsideIdentity[] | Refused> {
  const own = ownOf(caller, permissions.myProviders)
  return 'refused' in own ? own : identitiesOf(app.database, own.person)
}

/** The caller's tokens that work, the newest first. */
export async function myTokens(app: Holding, caller: Caller): Promise<Token[] | Refused> {
  const own = ownOf(caller, permissions.myTokens)
  return 'refused' in own ? own : tokensOf(app.database, own.person)
}

type HoldingData = { personalData: readonly PersonalData[] }

/** What this installation keeps about people, by module: for everybody to read. */
export function whatIsKept(app: HoldingData): readonly PersonalData[] {
  return app.personalData
}

/** What the caller may agree to, and the log of what they ever agreed to. */
export async function myConsents(
  app: Holding & HoldingData,
  caller: Caller
): Promise<{ offered: readonly (Consent & { agreed: boolean })[]; log: NotedConsent[] } | Refused> {
  const own = ownOf(caller, permissions.myConsents)
  if ('refused' in own) return own
  const log = await consentsOf(app.database, own.person)
  const inForceOf = ({ id, version }: Consent) =>
    log.some((noted) => noted.consent === id && noted.version === version && noted.withdrawn === null)
  const offered = app.personalData
    .flatMap(({ consents = [] }) => consents)
    .map((consent) => ({ ...consent, agreed: inForceOf(consent) }))
  return { offered, log }
}

/** What would stay if the caller were erased now, and what stands in the way. */
export async function myErasure(
  app: Holding & HoldingData,
  caller: Caller
): Promise<{ email: string; stays: readonly Stays[]; hinders: readonly Problem[] } | Refused> {
  const own = ownOf(caller, permissions.myErasure)
  if ('refused' in own) return own
  const person = await personOf(app.database, own.person)
  if (!person) return refused('sign-in')
  const stays = []
  for (const part of app.personalData) stays.push(...(await part.stays(app.database, own.person)))
  return {
    email: person.email,
    stays,
    hinders: await hindrances(app.database, app.personalData, own.person)
  }
}

/** A role of the whole installation that somebody holds. */
export type GivenRole = {
  id: string
  role: 'expert' | 'administrator'
  person: Person
  from: Temporal.Instant
}

/** Who is an expert or an administrator now, by name. */
export async function rolesGiven(app: Holding, caller: Caller): Promise<GivenRole[] | Refused> {
  const no = refusalFor(caller, permissions.rolesGiven)
  if (no) return no
  const rows = await app.database
    .selectFrom('people.role')
    .select(['id', 'role', 'person', 'from_at'])
    .where('role', 'in', ['expert', 'administrator'])
    .where('from_at', '<=', sql<never>`clock_timestamp()`)
    .where((where) =>
      where.or([where('until_at', 'is', null), where('until_at', '>', sql<never>`clock_timestamp()`)])
    )
    .execute()
  const persons = await personsOf(
    app.database,
    rows.map(({ person }) => person)
  )
  return rows
    .flatMap(({ id, role, person, from_at }) => {
      const holder = persons.get(person)
      return holder ? [{ id, role: role as GivenRole['role'], person: holder, from: from_at }] : []
    })
    .sort((a, b) => a.person.name.localeCompare(b.person.name))
}

function inForce() {
  return sql<boolean>`(expires_at > clock_timestamp()
    and last_seen_at > clock_timestamp() - make_interval(days => ${sql.lit(lasting.idleDays)}))`
}

/** What everybody may see of themselves. */
function ownOf(caller: Caller, permission: Permission): SignedIn | Refused {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return caller
}
