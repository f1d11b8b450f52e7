import { record } from '#shared/audit/index.ts'
import { type JsonObject } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, type PersonalData, actorOf } from '#shared/identity/index.ts'
import type { App } from '../../../app.ts'
import { ownerOf } from '../owner.server.ts'

export const permission: Permission = ['person']

/** Everything an installation knows of somebody: by module, in the order of src/personal-data.ts. */
export type Everything = {
  person: string
  /** The moment at which it was put together. */
  made: string
  modules: readonly { module: string; name: PersonalData['name']; data: JsonObject }[]
}

/** Puts together everything that is known of the caller. It takes a fresh proof: it is everything. */
export async function exportPerson(
  app: { database: Database; personalData: readonly PersonalData[]; clock: App['clock'] },
  caller: Caller
): Promise<Everything | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const { person } = owner.caller
  return app.database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const modules = []
      for (const { module, name, exports } of app.personalData)
        modules.push({ module, name, data: await exports(transaction, person) })
      await record(transaction, {
        act: 'people.exported',
        by: actorOf(owner.caller),
        subject: { kind: 'person', id: person },
        payload: { modules: modules.map(({ module }) => module) },
        about: [person]
      })
      return { person, made: app.clock().toString(), modules }
    })
}
