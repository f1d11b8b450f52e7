import { startApplication } from '../../src/modules/applications/actions/start-application.ts'
import type { Outline } from '../../src/modules/applications/application.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { registerOrganisation } from '#server/organisations'
import { type DeskAtWork, atDesk, ok, publishedCall } from './calls-at-desk.ts'
import { type Cast, callerAgain, personActing } from './cast.ts'

/** A consortium at work: Maria's school coordinates, Jonas's is a partner, Elena's is not in it. */
export type Consortium = DeskAtWork & {
  call: string
  application: Outline
  /** Representative of a school that takes no part. */
  elena: Cast['maria']
}

/** Gives a test an application that Maria began and Jonas's school agreed to, under an open call. */
export function withConsortium<T>(work: (consortium: Consortium) => Promise<T>): Promise<T> {
  return atDesk(async (desk) => {
    const { database } = desk
    const call = await publishedCall(desk)
    const maria = await personAt(desk, 'Marta Ozola', { name: 'Mārupes pamatskola', country: 'LV' })
    const jonas = await personAt(desk, 'Jonas Kazlauskas', { name: 'Vilniaus gimnazija', country: 'LT' })
    const elena = await personAt(desk, 'Elena Bianchi', { name: 'Liceo di Torino', country: 'IT' })
    const { code } = ok(
      await startApplication(desk.app, maria.caller, {
        call,
        action: 'cooperation-partnerships',
        field: 'school',
        organisation: maria.organisation,
        title: 'Lasīšanas tilti',
        language: 'lv'
      })
    )
    const begun = (await findOutline(database, code))!
    await database
      .insertInto('applications.participant')
      .values({
        application: begun.id,
        position: 1,
        role: 'partner',
        organisation: jonas.organisation,
        name: 'Vilniaus gimnazija',
        country: 'LT',
        state: 'accepted',
        added_by: maria.caller.person
      })
      .execute()
    const application = (await findOutline(database, code))!
    const places = { ...desk.places, mariasSchool: maria.organisation, jonasSchool: jonas.organisation }
    const people = { maria: maria.caller, jonas: jonas.caller, elena: elena.caller }
    return work({ ...desk, ...people, places, call, application })
  })
}

/** Somebody who registers a school and acts as its representative. */
async function personAt(
  { app, database }: DeskAtWork,
  name: string,
  school: { name: string; country: string }
) {
  const person = await personActing(database, { name })
  const { organisation } = ok(
    await registerOrganisation(app, person, { ...school, city: 'Centrs', type: 'school', seen: [] })
  )
  return { organisation, caller: await callerAgain(database, person) }
}
