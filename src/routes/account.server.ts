import type { Account } from '#shared/design/reader.ts'
import { type Caller, type HeldRole, isSignedIn } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { App } from '../app.ts'

/** What the head of a page shows of who is signed in. */
export async function accountOf(_app: App, caller: Caller, language: Language): Promise<Account | undefined> {
  if (!isSignedIn(caller)) return undefined
  const labelled = caller.roles.map((role) => ({ id: role.id, label: labelOf(role, language) }))
  return {
    name: caller.name,
    acting: labelled.find(({ id }) => id === caller.acting?.id),
    roles: labelled
  }
}

function labelOf(role: HeldRole, language: Language): string {
  return texts(language)(`site.role.${role.role}`)
}
