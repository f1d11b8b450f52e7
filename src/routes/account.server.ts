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
  return {
    name,
    acting: labelled.find(({ id }) => id === acting?.id),
    roles: labelled,
    places: placesOf(acting, ofOrganisations, language)
  }
}

/** Where the work of a role waits. */
function placesOf(
  acting: HeldRole | undefined,
  organisations: ReadonlyMap<string, { code: string }>,
  language: Language
): Account['places'] {
  const t = texts(language)
  if (!acting || acting.role === 'expert') return []
  if ('organisation' in acting) {
    const code = organisations.get(acting.organisation)?.code
    const own = code && { href: `/${language}/organisations/${code}`, label: t('site.place.organisation') }
    return [{ href: `/${language}/applications`, label: t('site.place.applications') }, ...(own ? [own] : [])]
  }
  if (acting.role === 'officer') {
    return [
      { href: `/${language}/directory/desk`, label: t('site.place.desk') },
      { href: `/${language}/calls/desk`, label: t('site.place.calls') }
    ]
  }
  return [
    { href: `/${language}/people/roles`, label: t('site.place.roles') },
    { href: `/${language}/operations`, label: t('site.place.operations') }
  ]
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
