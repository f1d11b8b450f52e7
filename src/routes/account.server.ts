import { bodyNames } from '#server/directory'
import { organisationNames } from '#server/organisations'
import type { Account } from '#shared/design/reader.ts'
import { type Caller, type HeldRole, isSignedIn } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { App } from '../app.ts'

/** What the head of a page shows of who is signed in: every role by the name of its organisation or body. */
export async function accountOf(
  { database }: App,
  caller: Caller,
  language: Language
): Promise<Account | undefined> {
  if (!isSignedIn(caller)) return undefined
  const { roles, acting, name } = caller
  const organisations = roles.flatMap((role) => ('organisation' in role ? [role.organisation] : []))
  const bodies = roles.flatMap((role) => ('body' in role ? [role.body] : []))
  const [ofOrganisations, ofBodies] = await Promise.all([
    organisationNames(database, organisations, language),
    bodyNames(database, bodies, language)
  ])
  const labelled = roles.map((role) => ({
    id: role.id,
    label: labelOf(role, placeOf(role, ofOrganisations, ofBodies), language)
  }))
  return { name, acting: labelled.find(({ id }) => id === acting?.id), roles: labelled }
}

function placeOf(
  role: HeldRole,
  organisations: ReadonlyMap<string, { name: string }>,
  bodies: ReadonlyMap<string, string>
): string | undefined {
  if ('organisation' in role) return organisations.get(role.organisation)?.name
  return 'body' in role ? bodies.get(role.body) : undefined
}

function labelOf(role: HeldRole, place: string | undefined, language: Language): string {
  const what = texts(language)(`site.role.${role.role}`)
  return place ? `${place} · ${what}` : what
}
